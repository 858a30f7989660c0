"""Wagtail is measured on the very conventions that the engines are measured on."""

import pytest
from django.db import connection
from wagtail.models import Page

from bench import wagtail_seul
from bench.corpus import publish_generated
from bench.pages import publish_pages
from bench.ways import Way, queries
from portal.conventions.models import ConventionPage
from portal.conventions.publiees import iter_published

NOMBRE = 30


@pytest.fixture
def pages(portail: None) -> None:
    publish_pages(NOMBRE)


def test_the_pages_are_read_as_the_conventions_are_made(pages: None) -> None:
    assert list(iter_published()) == list(publish_generated(NOMBRE))


def test_the_tree_is_as_wagtail_would_have_made_it(pages: None) -> None:
    assert not any(Page.find_problems())
    assert ConventionPage.objects.first().get_parent().get_children().count() == NOMBRE


def test_several_lots_are_as_one(portail: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.pages.LOT", 7)
    publish_pages(NOMBRE)
    assert list(iter_published()) == list(publish_generated(NOMBRE))


@pytest.fixture
def ways(pages: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Way]:
    if connection.vendor != "sqlite":
        pytest.skip("Wagtail est mesuré sur SQLite.")
    monkeypatch.setattr(ConventionPage, "search_fields", ConventionPage.search_fields)  # put back after the test
    wagtail_seul.declare_fields()
    wagtail_seul.index_pages(wagtail_seul.BASE)
    return wagtail_seul.build_ways(wagtail_seul.BASE)


@pytest.mark.parametrize("q", ["délégation de gestion", "semestre"])
def test_wagtail_finds_the_words_of_titles_and_articles(ways: dict[str, Way], q: str) -> None:
    nombre, found = ways["Wagtail"].run(q)
    assert (nombre, len(found)) == (NOMBRE, 10)


def test_wagtail_counts_what_every_page_has(ways: dict[str, Way]) -> None:
    _nombre, _found, counts = ways["Wagtail, huit facettes"].run("délégation de gestion")
    assert [sum(count.values()) for count in counts] == [NOMBRE] * len(wagtail_seul.FACETTES)


def test_only_plain_words_are_asked_of_wagtail(ways: dict[str, Way]) -> None:
    left = [q for q in queries() if not ways["Wagtail"].can_run(q)]
    assert left == ['"compte rendu de gestion"', "héberg* OU visio*", "objet:gestion annee:2022..2024 -avenant", ""]
