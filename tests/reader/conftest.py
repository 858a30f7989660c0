from collections.abc import Callable
from pathlib import Path

import pytest

from portal.conventions import actions, originaux
from portal.conventions.models import AvenantPage, ConventionPage
from search import indexing
from tests.reader.exemples import AVENANT, CONVENTION

SIGNED = "Convention signée, avec ses accents.\n".encode() * 40


@pytest.fixture
def index(own_index: Path) -> Callable[[], None]:
    """An index of its own, empty at first; calling it takes in what was published meanwhile."""
    return indexing.catch_up


@pytest.fixture
def convention(portail: None) -> ConventionPage:
    """A public convention that fills every part of its page, with its signed file."""
    page = actions.create_draft(CONVENTION)
    page.original = originaux.keep(SIGNED, "convention signée.txt")
    page.save_revision()
    actions.publish_page(page)
    return ConventionPage.objects.get(pk=page.pk)


@pytest.fixture
def avenant(convention: ConventionPage) -> AvenantPage:
    page = actions.create_draft(AVENANT)
    actions.publish_page(page)
    return AvenantPage.objects.get(pk=page.pk)
