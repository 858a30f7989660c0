import pytest
from hypothesis import HealthCheck, given, settings

from portal.conventions import mapping
from portal.conventions.models import ConventionPage, ConventionsIndexPage, Service
from portal.domain.convention import Convention
from tests.factories import ConventionFactory
from tests.strategies import conventions

pytestmark = pytest.mark.django_db
no_deadline = settings(deadline=None, suppress_health_check=list(HealthCheck))


def services_of(convention: Convention) -> dict[str, Service]:
    keys = {partie.service for partie in convention.parties if partie.service}
    return {key: Service.objects.get_or_create(slug=key, defaults={"nom": key})[0] for key in keys}


@given(convention=conventions)
@settings(no_deadline, max_examples=60)
def test_a_round_trip_in_memory_loses_nothing(convention: Convention) -> None:
    page = mapping.to_page(convention, ConventionPage(), services_of(convention))
    assert mapping.from_page(page) == convention


@given(convention=conventions)
@settings(no_deadline, max_examples=20)
def test_a_revision_loses_nothing(convention: Convention) -> None:
    page = mapping.to_page(convention, ConventionPage(title="x", slug="x"), services_of(convention))
    assert mapping.from_page(ConventionPage.from_serializable_data(page.serializable_data())) == convention


@given(convention=conventions)
@settings(no_deadline, max_examples=15)
def test_the_database_loses_nothing(convention: Convention, portail: None) -> None:
    page = mapping.to_page(convention, ConventionPage(), services_of(convention))
    page.live = False
    ConventionsIndexPage.objects.get().add_child(instance=page)
    assert mapping.from_page(ConventionPage.objects.get(pk=page.pk)) == convention


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
