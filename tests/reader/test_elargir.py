from dataclasses import replace

import pytest

from portal.reader.elargir import ESSAIS, explain, list_pistes
from search.query import SearchQuery
from search.results import Reduite, Results


def results(query: SearchQuery) -> Results:
    return Results(query=query, total=0, hits=(), facets=(), pages=1)


@pytest.mark.parametrize(
    ("query", "debut"),
    [
        (SearchQuery(q="visio"), "Aucune convention publiée ne contient tous les mots de «\u00a0visio\u00a0»"),
        (
            SearchQuery(q="visio", annee=(2020,), page=3),
            "Aucune convention ne contient «\u00a0visio\u00a0» avec ces filtres",
        ),
        (SearchQuery(annee=(2020,)), "Aucune convention ne répond à tous ces filtres"),
        (SearchQuery(), "Aucune convention n’est publiée"),
    ],
)
def test_the_page_says_why_nothing_is_found(query: SearchQuery, debut: str) -> None:
    assert explain(query).startswith(debut)


def test_only_searches_that_find_something_are_offered() -> None:
    def count(query: SearchQuery) -> int:
        return 4 if query == SearchQuery(q="classes virtuelles", annee=(2020,)) else 0

    (piste,) = list_pistes(results(SearchQuery(q='"classes virtuelles"', annee=(2020,))), count)
    assert piste.libelle == "Chercher les mots sans guillemets"
    assert piste.adresse == "/conventions/?q=classes+virtuelles&annee=2020"
    assert piste.nombre == 4


def test_a_filter_a_word_or_all_filters_may_be_taken_off() -> None:
    libelles = [piste.libelle for piste in list_pistes(results(SearchQuery(q="a b", annee=(2020,))), lambda _: 1)]
    assert libelles == [
        "Retirer le filtre Signée en\u00a0: 2020",
        "Chercher sans «\u00a0a\u00a0»",
        "Chercher sans «\u00a0b\u00a0»",
    ]


def test_the_words_of_the_nearest_convention_come_first() -> None:
    reduite = Reduite(SearchQuery(q="crédits 161"), "crédits 161", ("qui", "gère"), 2)
    found = replace(results(SearchQuery(q="qui gère les crédits 161")), reduite=reduite)
    (piste,) = list_pistes(found, lambda query: 2 if query == reduite.query else 0)
    assert piste.libelle == "Chercher «\u00a0crédits 161\u00a0», sans «\u00a0qui\u00a0», «\u00a0gère\u00a0»"
    assert (piste.adresse, piste.nombre) == ("/conventions/?q=cr%C3%A9dits+161", 2)


def test_all_conventions_are_the_last_resort() -> None:
    pistes = list_pistes(results(SearchQuery(q="introuvable")), lambda query: 9 if query == SearchQuery() else 0)
    assert [(piste.libelle, piste.nombre) for piste in pistes] == [("Toutes les conventions", 9)]


def test_a_long_search_tries_few_others() -> None:
    essais: list[SearchQuery] = []
    list_pistes(results(SearchQuery(q=" ".join("abcdefghijklmnop"))), lambda query: essais.append(query) or 0)
    assert len(essais) <= ESSAIS + 1
