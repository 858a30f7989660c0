import pytest
from pytest_django import DjangoAssertNumQueries

from portal.conventions.models import Service
from search.facets import FACETS, build_facets
from search.labels import read_labels
from search.query import SearchQuery
from search.results import FacetValue
from tests.factories import ServiceFactory


def values(nom: str, counts: dict[str, int], query: SearchQuery | None = None) -> list[FacetValue]:
    facets = build_facets(query or SearchQuery(), {nom: counts}, lambda _keys: {"dne": "Direction (DNE)"})
    assert [facet.nom for facet in facets] == list(FACETS)
    return list(next(facet for facet in facets if facet.nom == nom).valeurs)


def test_values_come_by_count_then_by_label() -> None:
    assert [one.libelle for one in values("delegant", {"Zoé": 2, "dne": 2, "Abc": 1})] == [
        "Direction (DNE)",
        "Zoé",
        "Abc",
    ]


def test_years_come_newest_first() -> None:
    assert [one.valeur for one in values("annee", {"2023": 9, "2025": 1, "2024": 5})] == ["2025", "2024", "2023"]


def test_statuts_come_in_the_order_of_life_with_their_label() -> None:
    found = values("statut", {"echue": 9, "a_venir": 1, "en_vigueur": 5})
    assert [one.libelle for one in found] == ["À venir", "En vigueur", "Échue"]


def test_a_value_chosen_is_marked_and_kept() -> None:
    found = values("annee", {"2024": 3}, SearchQuery(annee=(2024, 1999)))
    assert [(one.valeur, one.nombre, one.choisie) for one in found] == [("2024", 3, True), ("1999", 0, True)]


@pytest.mark.django_db
def test_labels_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    service = ServiceFactory(nom="Direction des essais", sigle="DE")
    with django_assert_num_queries(1):
        assert read_labels([service.slug, "inconnu"]) == {service.slug: "Direction des essais (DE)"}
    with django_assert_num_queries(0):
        assert read_labels([service.slug, "inconnu"]) == {service.slug: "Direction des essais (DE)"}


@pytest.mark.django_db
def test_a_new_name_is_shown_at_once() -> None:
    service = ServiceFactory(nom="Ancien")
    assert read_labels([service.slug]) == {service.slug: "Ancien"}
    service.nom = "Nouveau"
    service.save()
    assert read_labels([service.slug]) == {service.slug: "Nouveau"}
    Service.objects.filter(pk=service.pk).first().delete()
    assert read_labels([service.slug]) == {}
