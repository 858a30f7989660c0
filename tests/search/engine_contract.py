"""What every engine must do. A test module takes these in, and gives the fixture `engine`: an empty one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.convention import (
    Duree,
    Imputation,
    LigneEcheancier,
    Partie,
    Role,
)
from portal.domain.statut import Statut
from search.engines.base import Engine
from search.query import SearchQuery, Tri, parse
from search.results import IndexIndisponible, Results
from search.service import run
from search.synonyms import Synonyms
from tests.search.builders import MOMENT, facet, fill, find, make_convention, make_publiee, of, put, uids
from tests.search.typed import typed_texts


class TestTexts:
    CORPUS = (
        ("etat", "Les services de l'État exécutent la délégation."),
        ("delegant", "Le délégant informe le délégataire."),
        ("visio", "Les visioconférences et les classes-virtuelles du ministère."),
        ("uo", "Sur l'UO 0214-CEN2-INFO, un compte rendu de gestion."),
        ("vide", ""),
    )

    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        fill(engine, [of(uid, corps, titre="Acte", parties=()) for uid, corps in self.CORPUS])

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("visioconférences", {"visio"}),
            ("VISIOCONFERENCE", {"visio"}),
            ("classes-virtuelles", {"visio"}),
            ("classe virtuelle", {"visio"}),
            ("délégation", {"etat"}),
            ("délégant", {"delegant"}),
            ("l'État", {"etat"}),
            ("etat", {"etat"}),
            ("0214-CEN2-INFO", {"uo"}),
            ('"compte rendu"', {"uo"}),
            ('"rendu compte"', set()),
            ("rendu compte", {"uo"}),
            ("compte visioconférences", set()),
            ("les -visioconférences", {"etat"}),
            ("-les", {"delegant", "uo", "vide"}),
            ("acte", {"etat", "delegant", "visio", "uo", "vide"}),
            ("", {"etat", "delegant", "visio", "uo", "vide"}),
            ("absent", set()),
        ],
    )
    def test_words_find_what_has_them_all(self, engine: Engine, q: str, expected: set[str]) -> None:
        results = find(engine, q)
        assert (set(uids(results)), results.total) == (expected, len(expected))

    def test_a_phrase_does_not_go_from_one_text_to_the_next(self, engine: Engine) -> None:
        put(engine, of("deux", preambule="fin du préambule", copies=("suite du texte",)))
        assert uids(find(engine, '"préambule suite"')) == []

    def test_an_excluded_phrase(self, engine: Engine) -> None:
        assert set(uids(find(engine, 'de -"compte rendu"'))) == {"etat"}


class TestLanguage:
    """What `search.syntax` reads is found, and nothing else."""

    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        menj = Partie("Ministère de l'éducation nationale", Role.DELEGANT, "MENJ")
        dinum = Partie("Direction interministérielle du numérique", Role.DELEGATAIRE, "DINUM")
        fill(
            engine,
            [
                of(
                    "ecole",
                    "Les visioconférences de l'école, un compte annuel rendu en mai.",
                    titre="Hébergement des classes",
                    parties=(menj, dinum),
                    date_signature=date(2022, 3, 1),
                    echeancier=(LigneEcheancier(2022, "214", "0214-CEN2-INFO", ae=Decimal(120_000), cp=Decimal(5)),),
                    duree=Duree(date_fin=date(2023, 12, 31)),
                ),
                of(
                    "agence",
                    "Une visite, un rendu de compte et la paie.",
                    titre="Gestion de la paie",
                    parties=(Partie("DINUM", Role.DELEGANT), Partie("Agence", Role.DELEGATAIRE)),
                    visas=("Vu le décret n° 2004-1085, article 2",),
                    date_signature=date(2024, 3, 1),
                    echeancier=(LigneEcheancier(2024, "129", "0129-CABN-DNUM", ae=Decimal("99.50")),),
                    nor="MENA2420224X",
                    reference="2024-12",
                ),
                of("vide", "Le DINUM n'est pas partie. Montant : 120 000 €.", titre="Vide", parties=(), visas=("Vu",)),
            ],
        )

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("école OU paie", {"ecole", "agence"}),
            ("(école OU paie) visio*", {"ecole"}),
            ("vis*", {"ecole", "agence"}),
            ("visioconférenc*", {"ecole"}),
            ("-vis*", {"vide"}),
            ("-(école OU paie)", {"vide"}),
            ("dinum -(delegant:dinum)", {"ecole", "vide"}),
            ("delegant:dinum", {"agence"}),
            ("delegataire:dinum", {"ecole"}),
            ("partie:dinum", {"ecole", "agence"}),
            ("delegant:(menj OU dinum)", {"ecole", "agence"}),
            ("delegataire:numér*", {"ecole"}),
            ("objet:numér*", set()),
            ("objet:paie", {"agence"}),
            ("titre:hébergement", {"ecole"}),
            ("article:hébergement", set()),
            ("article:visio*", {"ecole"}),
            ("visa:2004-1085", {"agence"}),
            ('"compte rendu"', set()),
            ('"compte rendu"~1', {"ecole"}),
            ('"compte rendu"~3', {"ecole", "agence"}),
            ("annee:2022..2023", {"ecole"}),
            ("annee:>2022", {"agence", "vide"}),
            ("-annee:2022", {"agence", "vide"}),
            ("ae:>120000", set()),
            ("ae:>=120000", {"ecole"}),
            ("ae:1..100", {"agence"}),
            ("cp:<10", {"ecole"}),
            ("statut:echue OU paie", {"ecole", "agence"}),
            ("du:2024-03-01", {"agence"}),
            ("au:2022", {"ecole"}),
            ("programme:214", {"ecole"}),
            ("uo:0129*", {"agence"}),
            ("uo:(0129* OU 0214-CEN2-INFO)", {"ecole", "agence"}),
            ("nor:MENA2420224X", {"agence"}),
            ("120 000 €", {"ecole", "vide"}),
            ("120 k€", {"ecole", "vide"}),
            ("99,50 €", {"agence"}),
            ("20 000 €", set()),
        ],
    )
    def test_the_language_finds(self, engine: Engine, q: str, expected: set[str]) -> None:
        results = find(engine, q)
        assert (set(uids(results)), results.total) == (expected, len(expected))

    def test_an_amount_of_the_echeancier_comes_before_one_that_a_text_states(self, engine: Engine) -> None:
        assert uids(find(engine, "120 000 €")) == ["ecole", "vide"]

    def test_a_phrase_that_is_loose_does_not_cross_many_words(self, engine: Engine) -> None:
        assert uids(find(engine, '"visite paie"~2')) == []
        assert uids(find(engine, '"visite paie"~6')) == ["agence"]

    @pytest.mark.parametrize("q", ['"rendu compte paie"~3', '"compte rendu compte"~3', '"la la paie"~1', '"et et"~2'])
    def test_the_words_of_a_loose_phrase_are_near_two_by_two(self, engine: Engine, q: str) -> None:
        results = find(engine, q)
        assert "agence" in uids(results)
        assert sum(facet(results, "nature").values()) == results.total

    def test_beginnings_are_marked_whole(self, engine: Engine) -> None:
        [hit] = find(engine, "visioconférenc*").hits
        assert [one.texte for one in hit.passages[0].fragments if one.marque] == ["visioconférences"]

    def test_the_title_comes_before_the_text_for_beginnings_too(self, engine: Engine) -> None:
        put(engine, of("titre", "Rien.", titre="Visioconférence"))
        assert uids(find(engine, "visioc*")) == ["titre", "ecole"]

    def test_the_query_repaired_is_the_one_that_is_said(self, engine: Engine) -> None:
        results = find(engine, '(école OU "paie')
        assert (results.cherchee, results.total) == ('(école OU "paie")', 2)
        assert find(engine, "école OU paie").cherchee == ""

    def test_a_reference_is_recognised_where_it_is_one(self, engine: Engine) -> None:
        assert find(engine, "2024-12").reconnus == ("Reconnu : référence 2024-12.",)
        assert find(engine, "paie").reconnus == ()

    def test_synonyms_are_found_and_said(self, engine: Engine) -> None:
        synonyms = Synonyms([("MENJ", "éducation nationale"), ("paie", "rémunération")])

        def look_for(q: str) -> Results:
            return run(SearchQuery(q=q), date(2024, 1, 1), engine, lambda _: {}, synonyms=synonyms)

        assert uids(look_for("rémunération")) == ["agence"]
        assert look_for("rémunération").reconnus == ("« rémunération » est cherché aussi comme « paie ».",)
        assert uids(look_for("delegant:menj")) == ["ecole"]
        assert uids(look_for("rémunération -menj")) == ["agence"]
        assert uids(look_for('"rémunération"')) == []
        [hit] = look_for("rémunération").hits
        assert [one.texte for one in hit.titre if one.marque] == ["paie"]


class TestIdentifiers:
    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        codes = Imputation("214", "FAC9460075", "0214-08-02", "0214-CEN2-INFO", "021401SI0202", "DINUPROD75")
        fill(
            engine,
            [
                of("code", nor="MENA2420224X", imputations=(codes,)),
                of("cite", "Vu la convention MENA2420224X, sur l'UO 0214-CEN2-INFO du programme 214."),
                of("autre", "Un texte sans code, au chapitre 214."),
            ],
        )

    @pytest.mark.parametrize(
        "q",
        [
            "MENA2420224X",
            "nor mena2420224x",
            "M E N A 2 4 2 0 2 2 4 X",
            "UO : 0214-CEN2-INFO",
            "0214-cen2-info",
            "programme 214",
        ],
    )
    def test_the_convention_that_has_the_code_comes_before_those_that_cite_it(self, engine: Engine, q: str) -> None:
        results = find(engine, q)
        assert uids(results) == ["code", "cite"]
        assert len(results.reconnus) == 1

    @pytest.mark.parametrize("q", ["FAC9460075", "0214-08-02", "021401SI0202", "centre de coût DINUPROD75"])
    def test_codes_of_the_imputation(self, engine: Engine, q: str) -> None:
        assert uids(find(engine, q)) == ["code"]


class TestRelevance:
    def test_the_title_counts_more_than_the_body(self, engine: Engine) -> None:
        fill(
            engine,
            [of("corps", "Le numérique éducatif."), of("titre", "Rien.", titre="Convention sur le numérique éducatif")],
        )
        assert uids(find(engine, "éducatif")) == ["titre", "corps"]

    def test_what_all_conventions_cite_counts_least(self, engine: Engine) -> None:
        fill(engine, [of("visa", "Rien.", visas=("Vu le décret 2004-1085",)), of("corps", "Le décret 2004-1085.")])
        assert uids(find(engine, "décret 2004-1085")) == ["corps", "visa"]


class TestOrders:
    SIGNED = (
        ("c", date(2024, 5, 1)),
        ("a", date(2024, 5, 1)),
        ("b", date(2023, 5, 1)),
        ("d", None),
        ("e", date(2025, 1, 1)),
    )

    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        fill(engine, [of(uid, "texte", date_signature=day) for uid, day in self.SIGNED])

    def test_newest_first_and_undated_last(self, engine: Engine) -> None:
        assert uids(find(engine)) == uids(find(engine, "texte", tri=Tri.DATE)) == ["e", "a", "c", "b", "d"]

    def test_oldest_first_and_undated_last(self, engine: Engine) -> None:
        assert uids(find(engine, tri=Tri.DATE_CROISSANTE)) == ["b", "a", "c", "e", "d"]

    def test_last_published_first_whenever_they_were_signed(self, engine: Engine) -> None:
        moments = {"e": MOMENT, "d": MOMENT + timedelta(microseconds=1), "b": MOMENT + timedelta(days=1), "a": MOMENT}
        for uid, moment in moments.items():
            put(engine, make_publiee(uid, make_convention("texte", date_signature=None), publiee_le=moment))
        assert uids(find(engine, tri=Tri.PUBLICATION)) == ["b", "d", "a", "c", "e"]
        assert uids(find(engine, "texte -absent", tri=Tri.PUBLICATION)) == ["b", "d", "a", "c", "e"]

    def test_by_amount_and_unstated_last(self, engine: Engine) -> None:
        amounts: dict[str, tuple[int | None, int | None]] = {
            "ae": (100, 900),
            "cp": (None, 500),
            "zero": (0, None),
            "rien": (None, None),
            "gros": (10_000, None),
        }

        def lines(ae: int | None, cp: int | None) -> tuple[LigneEcheancier, ...]:
            return (
                LigneEcheancier(2024, ae=None if ae is None else Decimal(ae), cp=None if cp is None else Decimal(cp)),
            )

        fill(engine, [of(uid, "texte", echeancier=lines(*amount)) for uid, amount in amounts.items()])
        assert uids(find(engine, "texte", tri=Tri.MONTANT)) == ["gros", "cp", "ae", "zero", "rien"]
        assert uids(find(engine, "texte", tri=Tri.MONTANT_CROISSANT)) == ["zero", "ae", "cp", "gros", "rien"]

    def test_what_is_as_relevant_comes_newest_first(self, engine: Engine) -> None:
        assert uids(find(engine, "texte")) == ["e", "a", "c", "b", "d"]

    @pytest.mark.parametrize("tri", Tri)
    def test_the_order_is_the_same_each_time_and_after_a_rebuild(self, engine: Engine, tri: Tri) -> None:
        first = uids(find(engine, "texte", tri=tri))
        assert uids(find(engine, "texte", tri=tri)) == first
        if tri is not Tri.PERTINENCE:
            again = [of(uid, "texte", date_signature=hit.date_signature) for uid, hit in self.hits(engine)]
            fill(engine, reversed(again))
            assert uids(find(engine, "texte", tri=tri)) == first

    def hits(self, engine: Engine) -> Iterator[tuple[str, Any]]:
        return ((hit.uid, hit) for hit in find(engine).hits)

    def test_pages_follow_each_other(self, engine: Engine) -> None:
        pages = [run(SearchQuery(page=page), date(2024, 1, 1), engine, lambda _: {}, taille=2) for page in (1, 2, 3)]
        assert [uid for page in pages for uid in uids(page)] == uids(find(engine))
        assert {page.pages for page in pages} == {3}

    def test_a_page_beyond_the_last_is_brought_back_to_it(self, engine: Engine) -> None:
        results = run(SearchQuery(page=9), date(2024, 1, 1), engine, lambda _: {}, taille=2)
        assert (results.query.page, len(results.hits)) == (3, 1)
        assert results.remarques == ("La page 9 n'existe pas : voici la dernière, la page 3.",)


def test_a_hit_holds_what_the_convention_says(engine: Engine) -> None:
    convention = make_convention(
        "Le texte de l'article.",
        titre="Convention  relative à l'essai",
        objet="Essayer.",
        echeancier=(LigneEcheancier(2024, ae=Decimal("120000.50")),),
        duree=Duree(date_fin=date(2024, 12, 31)),
    )
    fill(engine, [make_publiee("a", convention)])
    [hit] = find(engine, "essai texte").hits
    assert (hit.uid, hit.adresse, hit.objet, hit.nature) == ("a", "/conventions/a/", "Essayer.", "convention")
    assert [one.texte for one in hit.titre if one.marque] == ["l'essai"]
    assert hit.delegants == ("Direction du numérique",)
    assert hit.delegataires == ("Direction interministérielle du numérique (DINUM)",)
    assert (hit.statut, hit.date_signature) == ("en_vigueur", date(2024, 1, 15))
    assert (hit.ae, hit.cp) == (Decimal("120000.50"), None)
    assert [passage.libelle for passage in hit.passages] == ["Article 1, Objet"]


addresses = st.fixed_dictionaries(
    {},
    optional={
        "q": typed_texts(),
        "delegant": st.text(max_size=20),
        "annee": st.integers(1800, 2199).map(str),
        "programme": st.sampled_from(["214", "999"]),
        "statut": st.sampled_from(Statut),
        "ae_min": st.integers(0, 10**15).map(str),
        "cp_max": st.integers(0, 10**15).map(str),
        "exercice": st.integers(1800, 2199).map(str),
        "du": st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(str),
        "tri": st.sampled_from(Tri),
        "page": st.integers(-5, 2000).map(str),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=addresses)
def test_no_search_is_an_error(engine: Engine, address: dict[str, str]) -> None:
    try:
        engine.count()
    except IndexIndisponible:
        fill(engine, [of("a", "a b é 0214"), of("b", date_signature=None)])
    results = run(parse({name: [value] for name, value in address.items()}), date(2024, 6, 1), engine, lambda _: {})
    assert len(results.hits) <= results.total <= 2
    assert 1 <= results.query.page <= results.pages


def test_a_text_of_several_megabytes_is_searched(engine: Engine) -> None:
    fill(engine, [of("gros", "mot " * 500_000 + "aiguille"), of("ligne", "x" * 3_000_000 + " aiguille")])
    results = find(engine, "aiguille")
    assert set(uids(results)) == {"gros", "ligne"}
    assert all(len(passage.fragments) > 1 for hit in results.hits for passage in hit.passages)


def test_the_search_that_was_run_is_the_one_that_was_asked(engine: Engine) -> None:
    fill(engine, [of("a", "texte")])
    results = find(engine, 'texte "', annee=(2024,))
    assert results.query == SearchQuery(q='texte "', annee=(2024,))
    assert len(results.remarques) == 1
