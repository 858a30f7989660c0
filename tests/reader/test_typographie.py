"""The French of our own pages: no double sign is ever parted from its word at the end of a line."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"
BALISES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
SECABLE = re.compile(r"[^\n]? [:;?!»](?=\s|$)|« |n° ", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_double_signs_follow_a_no_break_space(path: Path) -> None:
    texte = BALISES.sub("\0", path.read_text(encoding="utf-8"))
    assert SECABLE.findall(texte) == []
