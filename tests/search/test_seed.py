"""The first example, read by the real importer, found by its words: what a reader does on the first day."""

from datetime import date

import pytest

from portal.domain.convention import Role
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.service import run
from tests.search.builders import facet, fill, find, make_convention, make_publiee, marked, read_seed, uids


@pytest.fixture
def portail(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The seed, and a convention that speaks of délégants and délégataires but of no délégation."""
    autre = make_convention("Le délégant et le délégataire se réunissent.", titre="Charte", nor="MENA2420224X")
    fill(engine, [make_publiee("seed", read_seed()), make_publiee("autre", autre)])
    return engine


@pytest.mark.parametrize(
    ("q", "ancre", "libelle", "mark"),
    [
        ("visioconférences", "article-1", "Article 1, Objet de la délégation", "[visioconférences]"),
        ("visioconference", "article-1", "Article 1, Objet de la délégation", "[visioconférences]"),
        ("classes-virtuelles", "article-1", "Article 1, Objet de la délégation", "[classes-virtuelles]"),
        ("0214-CEN2-INFO", "article-6", "Article 6, Exécution financière de la délégation", "[0214-CEN2-INFO]"),
        ("0214-cen2-info", "article-6", "Article 6, Exécution financière de la délégation", "[0214-CEN2-INFO]"),
        ("l'État", "article-1", "Article 1, Objet de la délégation", "[l'Etat]"),
        ("etat", "article-1", "Article 1, Objet de la délégation", "[l'Etat]"),
        ("préavis", "article-8", "Article 8, Durée, reconduction et résiliation de la convention", "[préavis]"),
        ('"actes juridiques"', "article-6", "Article 6, Exécution financière de la délégation", "[actes juridiques]"),
        ("intrapreneurs", "preambule", "Préambule", "[intrapreneurs]"),
        ("2022-408", "visas", "Visas", "[2022-408]"),
    ],
)  # fmt: skip
def test_words_of_the_seed(portail: EmbeddedEngine, q: str, ancre: str, libelle: str, mark: str) -> None:
    results = find(portail, q)
    assert uids(results) == ["seed"]
    passage = results.hits[0].passages[0]
    assert (passage.ancre, passage.libelle, passage.adresse) == (ancre, libelle, "/conventions/seed/")
    assert mark in marked(passage.fragments)


def test_delegation_is_not_delegant(portail: EmbeddedEngine) -> None:
    assert uids(find(portail, "délégation")) == ["seed"]
    assert set(uids(find(portail, "délégant"))) == {"seed", "autre"}


def test_words_typed_differently_give_the_same(portail: EmbeddedEngine) -> None:
    typed, plain = find(portail, "l'État"), find(portail, "etat")
    assert typed.hits == plain.hits
    assert typed.facets == plain.facets


def test_a_uo_is_recognised_and_filters_count_without_themselves(portail: EmbeddedEngine) -> None:
    results = find(portail, "0214-CEN2-INFO", programme=("129",))
    assert results.reconnus == ("Reconnu : centre financier (UO) 0214-CEN2-INFO.",)
    assert results.total == 0
    assert facet(results, "programme") == {"214": 1, "129": 0}
    assert facet(results, "annee") == {}


@pytest.mark.parametrize(
    ("jour", "statut"),
    [
        (date(2024, 8, 31), "a_venir"),
        (date(2024, 9, 1), "en_vigueur"),
        (date(2025, 12, 31), "en_vigueur"),
        (date(2026, 1, 1), "echue"),
    ],
)
def test_the_statut_turns_at_midnight(portail: EmbeddedEngine, jour: date, statut: str) -> None:
    results = find(portail, "visioconférences", aujourdhui=jour, statut=(statut,))
    assert [hit.statut for hit in results.hits] == [statut]


def test_a_hostile_address_gets_the_nearest_search_and_its_reasons(portail: EmbeddedEngine) -> None:
    parsed = parse({"annee": ["abc"], "page": ["-1"], "tri": ["x"], "q": ['"']})
    results = run(parsed, date(2024, 10, 1), portail, lambda _keys: {})
    assert results.total == 2
    assert len(results.remarques) == 5


def test_the_seed_has_both_sides() -> None:
    roles = [partie.role for partie in read_seed().parties]
    assert roles == [Role.DELEGANT, Role.DELEGATAIRE]
