"""docs/vocabulaire.md is true: every fact of the domain is in it, and no banned word is in a name."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.domain import convention

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "vocabulaire.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
LISTED = set(re.findall(r"[a-z_0-9]+", " ".join(f"{row[0]} {row[1]}" for row in ROWS)))
BANNED = {word for row in ROWS if len(row) > 2 for word in re.findall(r"[a-z_]+", row[2]) if row[2] != "jamais"}
SOURCES = [
    path
    for folder in ("portal", "search", "importers", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]


def names_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize(
    "kind",
    [item for item in vars(convention).values() if dataclasses.is_dataclass(item)],
    ids=lambda kind: kind.__name__,
)
def test_every_fact_of_the_domain_is_listed(kind: type) -> None:
    names = {field.name for field in dataclasses.fields(kind)}
    assert names <= LISTED


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_banned_word_in_a_name(path: Path) -> None:
    words = {
        word for name in names_of(path) for word in re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower())
    }
    assert not words & BANNED


def test_files_are_named_by_their_job() -> None:
    assert not [path for path in SOURCES if path.stem in {"utils", "helpers", "common", "misc", "tools"}]
