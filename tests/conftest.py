import pytest
from wagtail.models import Locale, Page

from portal.conventions import actions
from portal.conventions.installation import install
from portal.conventions.models import ActePage
from portal.domain.convention import Convention
from tests.factories import ConventionFactory


@pytest.fixture
def portail(db: None) -> None:
    """The tree of pages and the register, as a new installation has them."""
    if not Page.objects.exists():  # a test of real transactions empties the database behind it
        Locale.objects.get_or_create(language_code="fr")
        Page.add_root(instance=Page(title="Root", slug="root"))
    install()


@pytest.fixture
def draft(portail: None) -> ActePage:
    return actions.create_draft(ConventionFactory())


@pytest.fixture
def published(draft: ActePage) -> ActePage:
    actions.publish_page(draft)
    return draft


@pytest.fixture
def blocked(portail: None) -> ActePage:
    """A draft that a rule keeps from being public: it has no délégataire."""
    return actions.create_draft(without_delegataire())


def without_delegataire() -> Convention:
    convention = ConventionFactory()
    return ConventionFactory(parties=convention.delegants)
