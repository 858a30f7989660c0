"""`manage.py score_search`: searches what readers search, and says how near the top they find what they want."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from bench.corpus import read_corpus, rebuild
from bench.relevance import read_judged, score_all
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.relevance import Score, ScoredQuery, average

ENGINES: Mapping[str, Callable[[Path], Engine]] = {"embedded": EmbeddedEngine}
"""The engines that can make an index in a folder that is thrown away."""

WORST = 10
TOTAL = "total"
SHOWN = 3

Scored = Mapping[str, list[ScoredQuery]]


class Command(BaseCommand):
    help = "Mesure la pertinence de la recherche sur les requêtes jugées de tests/relevance, sans base de données."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=ENGINES, default="embedded", help="le moteur mesuré (embedded)")
        parser.add_argument(
            "--details", action="store_true", help=f"montre les {WORST} requêtes les moins bien servies"
        )
        parser.add_argument("--json", action="store_true", help="écrit du JSON, toutes les requêtes avec --details")

    def handle(self, *args: Any, engine: str, details: bool, json: bool, **options: Any) -> None:
        with TemporaryDirectory(prefix="portail-pertinence-") as folder:
            chosen = ENGINES[engine](Path(folder))
            rebuild(chosen, read_corpus())
            scored = score_all(chosen, read_judged())
        if json:
            self.stdout.write(_write_json(scored, details))
            return
        console = Console(file=cast("IO[str]", self.stdout))
        console.print(_table_of_files(average_all(scored)))
        if details:
            console.print(_table_of_worst(scored))


def average_all(scored: Scored) -> dict[str, Score]:
    """The score of each file, then of all queries together."""
    by_file = {name: average(queries) for name, queries in scored.items()}
    return by_file | {TOTAL: average(chain.from_iterable(scored.values()))}


def _table_of_files(scores: Mapping[str, Score]) -> Table:
    table = Table("requêtes", "nombre", "nDCG@10", "MRR")
    for name, score in scores.items():
        table.add_row(name, str(score.nombre), f"{score.ndcg:.3f}", f"{score.mrr:.3f}")
    return table


def _table_of_worst(scored: Scored) -> Table:
    table = Table("requête", "nDCG@10", show_lines=True)
    for heading in ("trouvé d'abord", "attendu"):
        table.add_column(heading, overflow="fold")
    for one in sorted(chain.from_iterable(scored.values()), key=lambda one: one.ndcg)[:WORST]:
        grades = one.judged.grades
        wanted = sorted(grades, key=lambda uid: -grades[uid])
        found = [f"{uid} ({grades.get(uid, 0)})" for uid in one.found[:SHOWN]]
        expected = [f"{uid} ({grades[uid]})" for uid in wanted[:SHOWN]]
        table.add_row(one.judged.q, f"{one.ndcg:.3f}", "\n".join(found) or "rien", "\n".join(expected))
    return table


def _write_json(scored: Scored, details: bool) -> str:
    scores = {name: asdict(score) for name, score in average_all(scored).items()}
    written: dict[str, Any] = {"scores": scores}
    if details:
        written["queries"] = [
            {
                "file": name,
                "query": one.judged.q,
                "ndcg": one.ndcg,
                "reciprocal_rank": one.reciprocal_rank,
                "found": one.found,
                "grades": dict(one.judged.grades),
            }
            for name, queries in scored.items()
            for one in queries
        ]
    return json.dumps(written, ensure_ascii=False, indent=2)
