"""What the search finds for the queries of tests/relevance, judged by hand, on the corpus of bench/corpus.py."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from search.engines.base import Engine
from search.query import parse
from search.relevance import CUTOFF, JudgedQuery, ScoredQuery
from search.results import Results
from search.service import run

FOLDER = Path(__file__).parent.parent / "tests" / "relevance"
CORRECTIONS = FOLDER / "corrections.csv"
AUJOURDHUI = date(2026, 6, 1)
"""The day of the statuts: judged once, they do not change with the calendar."""


def read_judged(folder: Path = FOLDER) -> dict[str, tuple[JudgedQuery, ...]]:
    """The judged queries by the name of their file."""
    return {
        path.stem: _group(read_rows(path)) for path in sorted(folder.glob("*.csv")) if path.name != CORRECTIONS.name
    }


def read_corrections(path: Path = CORRECTIONS) -> dict[str, str]:
    """The text to propose for each query misspelt."""
    return {row["query"]: row["expected"] for row in read_rows(path)}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score_all(engine: Engine, judged: Mapping[str, tuple[JudgedQuery, ...]]) -> dict[str, list[ScoredQuery]]:
    """The judged queries of each file, with what `engine` finds for them."""
    return {
        name: [ScoredQuery(one, tuple(hit.uid for hit in find(engine, one.q).hits)) for one in queries]
        for name, queries in judged.items()
    }


def find(engine: Engine, q: str) -> Results:
    """What a reader sees first who types `q`."""
    return run(parse({"q": q}), AUJOURDHUI, engine, lambda _keys: {}, CUTOFF)


def _group(rows: list[dict[str, str]]) -> tuple[JudgedQuery, ...]:
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        grades[row["query"]][row["uid"]] = int(row["grade"])
    return tuple(JudgedQuery(q, found) for q, found in grades.items())
