"""The pages that are measured hold the very conventions that the engines are measured on."""

import pytest
from wagtail.models import Page

from bench.corpus import publish_generated
from bench.pages import publish_pages
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
