"""What every engine proposes to a reader: the end of a word, another spelling, fewer words.

Taken in like `engine_contract`.
"""

from datetime import date

import pytest

from search.engines.base import Engine
from search.query import SearchQuery
from search.results import Reduite, Results
from search.service import run
from search.synonyms import Synonyms
from tests.search.builders import fill, find, of, uids


class TestPropositions:
    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        fill(
            engine,
            [
                of("a", "Le numéro.", titre="Numérique éducatif", parties=()),
                of("b", "", titre="Le numérique", parties=()),
                of("c", "numerotation", titre="Numéraire", parties=()),
            ],
        )

    @pytest.mark.parametrize(
        ("debut", "expected"),
        [
            ("num", [("numérique", 2), ("numéraire", 1)]),
            ("numera", [("numéraire", 1)]),
            ("educ", [("éducatif", 1)]),
            ("xyz", []),
        ],
    )
    def test_words_are_completed(self, engine: Engine, debut: str, expected: list[tuple[str, int]]) -> None:
        assert [tuple(one) for one in engine.complete(debut, 8)] == expected

    def test_no_more_than_asked_are_given(self, engine: Engine) -> None:
        assert [one.mot for one in engine.complete("num", 1)] == ["numérique"]

    def test_words_that_resemble_another_are_found(self, engine: Engine) -> None:
        assert [one.mot for one in engine.resemble("numerike", 3)] == ["numerique", "numeraire"]
        assert [tuple(one) for one in engine.resemble("numerique", 3)] == [("numerique", 2)]
        assert engine.resemble("zumerique", 3) == ()
        assert engine.resemble("xxxxxxxx", 3) == ()
        assert engine.resemble("numx", 3) == ()


class TestOtherSearches:
    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        fill(
            engine,
            [
                of("ecole", "Les visioconférences de l'école.", titre="Hébergement des classes", parties=()),
                of("paie", "La paie des agents de la sous-direction.", nor="MENA2420224X", parties=()),
                of("vide", parties=(), date_signature=date(2020, 1, 1)),
            ],
        )

    def test_a_misspelt_word_is_corrected_where_that_finds_more(self, engine: Engine) -> None:
        results = find(engine, "visoconference école")
        assert results.total == 0
        assert results.corrigee is not None
        assert (results.corrigee.texte, results.corrigee.total) == ("visioconférences école", 1)
        assert results.corrigee.query.q == "visioconférences école"
        assert find(engine, "visioconférence").corrigee is None
        assert find(engine, "xylophone").corrigee is None
        assert find(engine, "-visoconference").corrigee is None

    @pytest.mark.parametrize(
        ("q", "texte", "sans"),
        [
            ("qui paie les visioconférences de l'école ?", "visioconférences l'école", ("qui", "paie")),
            ("hébergement xylophone", "hébergement", ("xylophone",)),
            ("quelle paie", "paie", ("quelle",)),
            ("la paie par sous-direction", "paie sous-direction", ("par",)),
            ("la paie des grandes-écoles", "paie", ("grandes-écoles",)),
            ("MENA2420224X école", "MENA2420224X", ("école",)),
            ("paie école -hébergement", "paie -hébergement", ("école",)),
            ("annee:2024 visioconférences xylophone", "annee:2024 visioconférences", ("xylophone",)),
        ],
    )
    def test_where_nothing_has_all_words_those_of_the_nearest_are_proposed(
        self, engine: Engine, q: str, texte: str, sans: tuple[str, ...]
    ) -> None:
        results = find(engine, q)
        assert results.total == 0
        assert results.reduite == Reduite(SearchQuery(q=texte), texte, sans, 1)
        assert find(engine, texte).total == 1

    @pytest.mark.parametrize(
        "q",
        ["xylophone", "xylophone vibraphone", "qui est", '"paie école"', "annee:2019 paie école", "paie agents", ""],
    )
    def test_nothing_is_proposed_where_nothing_is_near_or_something_is_found(self, engine: Engine, q: str) -> None:
        assert find(engine, q).reduite is None

    def test_what_is_proposed_keeps_the_filters(self, engine: Engine) -> None:
        reduite = find(engine, "paie xylophone", annee=(2024,)).reduite
        assert reduite is not None
        assert (reduite.query, reduite.total) == (SearchQuery(q="paie", annee=(2024,)), 1)
        assert find(engine, "paie xylophone", annee=(2020,)).reduite is None

    def test_a_synonym_is_held_as_the_word_itself(self, engine: Engine) -> None:
        def look_for(q: str) -> Results:
            synonyms = Synonyms([("paie", "rémunération")])
            return run(SearchQuery(q=q), date(2024, 1, 1), engine, lambda _: {}, synonyms=synonyms)

        reduite = look_for("rémunération xylophone").reduite
        assert reduite is not None
        assert (reduite.texte, reduite.sans) == ("rémunération", ("xylophone",))
        assert uids(look_for(reduite.texte)) == ["paie"]
