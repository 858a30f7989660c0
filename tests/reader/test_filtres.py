from dataclasses import replace
from datetime import date

import pytest

from portal.reader.filtres import VISIBLES, cleared, list_filtres, list_pages, list_puces
from search.query import SearchQuery, Tri
from search.results import Facet, FacetValue

QUERY = SearchQuery(
    q="visio", delegant=("dinum", "menj"), annee=(2024,), ae_min=1_000_050, du=date(2024, 9, 1), tri=Tri.DATE, page=3
)
FACETS = (Facet("delegant", "Délégant", (FacetValue("menj", "Éducation nationale", 3, True),)),)


def test_each_restriction_has_a_chip_that_takes_it_off_alone() -> None:
    puces = list_puces(QUERY, FACETS)
    assert [puce.libelle.replace("\u202f", " ").replace("\u00a0", " ") for puce in puces] == [
        "Délégant : dinum",
        "Délégant : Éducation nationale",
        "Signée en : 2024",
        "AE à partir de : 10 000,50 €",
        "Signée depuis le : 1er septembre 2024",
    ]
    assert puces[1].query == replace(QUERY, delegant=("dinum",), page=1)
    assert puces[1].adresse == "/conventions/?q=visio&delegant=dinum&annee=2024&ae_min=10000.50&du=2024-09-01&tri=date"


def test_a_chip_does_not_say_its_filter_twice() -> None:
    facets = (Facet("programme", "Programme", (FacetValue("214", "Programme 214", 3, True),)),)
    assert [puce.libelle for puce in list_puces(SearchQuery(programme=("214",)), facets)] == ["Programme 214"]


def test_clearing_keeps_words_and_order() -> None:
    assert cleared(QUERY) == SearchQuery(q="visio", tri=Tri.DATE)
    assert list_puces(cleared(QUERY), FACETS) == []


def test_chosen_values_stay_in_sight() -> None:
    valeurs = tuple(FacetValue(f"v{rang}", f"V{rang}", 30 - rang, choisie=rang == 20) for rang in range(25))
    (filtre, seul) = list_filtres(
        [Facet("programme", "Programme", valeurs), Facet("vide", "Vide", ()), Facet("nature", "Nature", valeurs[:1])]
    )
    assert filtre.ouvert
    assert filtre.visibles[0].valeur.valeur == "v20"
    assert len(filtre.visibles) == VISIBLES
    assert len(filtre.visibles) + len(filtre.autres) == 25
    assert len({case.identifiant for case in (*filtre.visibles, *filtre.autres)}) == 25
    assert not seul.ouvert
    assert not seul.autres


@pytest.mark.parametrize(
    ("page", "pages", "attendues"),
    [
        (1, 1, [1]),
        (2, 3, [1, 2, 3]),
        (1, 20, [1, 2, None, 20]),
        (3, 20, [1, 2, 3, 4, None, 20]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (10, 20, [1, None, 9, 10, 11, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_pages_to_turn(page: int, pages: int, attendues: list[int | None]) -> None:
    assert list_pages(page, pages) == attendues
