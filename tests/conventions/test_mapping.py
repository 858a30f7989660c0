import pytest
from hypothesis import HealthCheck, given, settings

from portal.conventions import mapping
from portal.conventions.models import ConventionPage
from portal.domain.convention import Convention
from tests.factories import ConventionFactory, ServiceFactory
from tests.strategies import conventions


class Register:
    """Stands for the register's rows: any key is one."""

    def __getitem__(self, cle: str) -> object:
        return ServiceFactory.build(slug=cle)


@given(convention=conventions())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_round_trip_in_memory_loses_nothing(convention: Convention) -> None:
    page = mapping.to_page(convention, ConventionPage(), Register())
    assert mapping.from_page(page) == convention


@pytest.mark.django_db
@given(convention=conventions())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_revision_loses_nothing(convention: Convention) -> None:
    page = mapping.to_page(convention, ConventionPage(title="x", slug="x"), Register())
    if any(partie.service for partie in convention.parties):
        return  # a revision names a service by its row, which this test does not store
    assert mapping.from_page(ConventionPage.from_serializable_data(page.serializable_data())) == convention


def test_line_ends_of_a_browser_become_those_of_the_domain() -> None:
    page = mapping.to_page(ConventionFactory(), ConventionPage())
    page.preambule = "Un.\r\n\r\nDeux."
    assert mapping.from_page(page).preambule == "Un.\n\nDeux."


def test_writing_again_replaces_every_row() -> None:
    page = mapping.to_page(ConventionFactory(), ConventionPage())
    other = ConventionFactory(parties=(), echeancier=(), signataires=(), visas=(), articles=())
    assert mapping.from_page(mapping.to_page(other, page)) == other


def test_a_service_that_the_register_lacks_is_refused() -> None:
    convention = ConventionFactory()
    partie = type(convention.parties[0])(nom="Direction", service="inconnu")
    with pytest.raises(KeyError):
        mapping.to_page(ConventionFactory(parties=(partie,)), ConventionPage(), {})
