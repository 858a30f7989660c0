from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from portal.conventions import actions, mapping
from portal.conventions.models import ActePage, ConventionPage
from portal.conventions.publiees import iter_published, publiee_of, read_published
from portal.domain.convention import Avenant, Nature
from tests.factories import ConventionFactory


@pytest.fixture
def convention(portail: None) -> ActePage:
    page = actions.create_draft(ConventionFactory(reference="2026-001"))
    actions.publish_page(page)
    return page


def add_avenant(numero: str, signature: date) -> ActePage:
    facts = Avenant(numero=numero, convention_reference="2026-001")
    page = actions.create_draft(
        ConventionFactory(nature=Nature.AVENANT, avenant=facts, titre=f"Avenant n° {numero}", date_signature=signature)
    )
    actions.publish_page(page)
    return page


def test_a_public_convention_has_its_facts_its_address_and_its_services(convention: ActePage) -> None:
    publiee = read_published([convention.uid])[convention.uid]
    assert publiee.convention == mapping.from_page(convention)
    assert publiee.adresse == f"/conventions/{convention.slug}/" == convention.get_url()
    assert {service.cle: service.ministere for service in publiee.services} == {
        "dne": "ministere-education-nationale",
        "ministere-education-nationale": "ministere-education-nationale",
        "dinum": "services-du-premier-ministre",
        "services-du-premier-ministre": "services-du-premier-ministre",
    }


def test_what_is_not_public_is_missing(convention: ActePage) -> None:
    draft = actions.create_draft(ConventionFactory())
    convention.unpublish()
    assert read_published([convention.uid, draft.uid, "inconnu"]) == {}
    assert list(iter_published()) == []


def test_public_avenants_are_inside_their_convention_in_the_order_of_signature(convention: ActePage) -> None:
    second = add_avenant("2", date(2026, 6, 1))
    first = add_avenant("1", date(2026, 3, 1))
    withdrawn = add_avenant("3", date(2026, 7, 1))
    withdrawn.unpublish()
    (publiee,) = iter_published()
    assert [avenant.uid for avenant in publiee.avenants] == [first.uid, second.uid]
    assert publiee.avenants[0].adresse == f"/conventions/{convention.slug}/{first.slug}/"
    assert read_published([first.uid]) == {}


def test_a_draft_of_a_public_page_does_not_show(convention: ActePage) -> None:
    page = ConventionPage.objects.get(pk=convention.pk)
    page.objet = "Autre objet."
    page.save_revision()
    assert read_published([page.uid])[page.uid].convention.objet == "Héberger les applications."


def test_the_preview_of_a_page_not_yet_saved_shows_its_facts(db: None) -> None:
    page = mapping.to_page(ConventionFactory(parties=()), ConventionPage())
    assert publiee_of(page).convention.objet == "Héberger les applications."


def test_the_number_of_queries_does_not_grow_with_the_conventions(
    portail: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        actions.publish_page(actions.create_draft(ConventionFactory()))
    with django_assert_max_num_queries(14):
        assert len(list(iter_published())) == 5


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of a table, here too small.")
def test_no_table_is_read_whole(convention: ActePage) -> None:
    with CaptureQueriesContext(connection) as queries:
        read_published([convention.uid, "absent"])
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            assert [step for *_, step in cursor.fetchall() if step.startswith("SCAN")] == [], query["sql"]
