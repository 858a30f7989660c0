"""What every engine filters, counts and sums. Taken in like `engine_contract`."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from portal.conventions.publiees import Publiee
from portal.domain.convention import (
    Canal,
    Convention,
    Duree,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    Role,
)
from portal.domain.statut import Statut, statut_between
from search.document import to_document
from search.engines.base import Engine
from search.query import SearchQuery, Tri
from search.results import Somme, Sommes
from search.service import run
from tests.search.builders import facet, fill, find, make_convention, make_publiee, of, put, uids


class TestSums:
    def test_amounts_are_summed_by_year_over_all_that_is_found(self, engine: Engine) -> None:
        def line(year: int | None, ae: str | None, cp: str | None) -> LigneEcheancier:
            return LigneEcheancier(year, ae=Decimal(ae) if ae else None, cp=Decimal(cp) if cp else None)

        fill(
            engine,
            [
                *(of(f"a{n:02}", "texte", echeancier=(line(2024, "0.10", "0.20"),)) for n in range(30)),
                of("b", "texte", echeancier=(line(2025, None, "7"), line(None, "1000", None))),
                of("c", "autre", echeancier=(line(2030, "5", "5"),)),
            ],
        )
        results = run(SearchQuery(q="texte"), date(2024, 1, 1), engine, lambda _: {}, sommes=True)
        assert results.total == 31
        assert results.sommes == Sommes(
            Decimal("1003.00"),
            Decimal("13.00"),
            (Somme(2024, Decimal("3.00"), Decimal("6.00")), Somme(2025, Decimal(0), Decimal("7.00"))),
        )
        put(engine, of("d", "texte", echeancier=(line(2031, "1", None),)))
        filtered = SearchQuery(q="texte", annee=(2024,), du=date(2024, 1, 1))
        again = run(filtered, date(2024, 1, 1), engine, lambda _: {}, sommes=True).sommes
        assert again is not None
        assert [one.annee for one in again.exercices] == [2024, 2025, 2031]
        assert find(engine, "texte").sommes is None
        nothing = run(SearchQuery(q="absent"), date(2024, 1, 1), engine, lambda _: {}, sommes=True)
        assert nothing.sommes == Sommes(Decimal(0), Decimal(0), ())


class TestFilters:
    @pytest.fixture(autouse=True)
    def corpus(self, engine: Engine) -> None:
        def convention(annee: int, programme: str, ae: int | None, **facts: Any) -> Convention:
            line = LigneEcheancier(annee, programme, ae=None if ae is None else Decimal(ae), cp=Decimal(10))
            return make_convention("texte", date_signature=date(annee, 3, 1), echeancier=(line,), **facts)

        tiers = (Partie("Préfecture", Role.DELEGANT), Partie("Agence « X »", Role.DELEGATAIRE))
        canal = (PublicationPrevue(Canal.RAA),)
        conventions = {
            "a": convention(2023, "214", 100),
            "b": convention(2024, "214", 2000),
            "c": convention(2024, "129", None, nature=Nature.CHARTE, publications_prevues=canal),
            "d": convention(2025, "129", 50_000, parties=tiers),
        }
        fill(engine, [make_publiee(uid, one) for uid, one in conventions.items()])

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({"annee": (2024,)}, "bc"),
            ({"annee": (2023, 2025)}, "ad"),
            ({"annee": (1999,)}, ""),
            ({"programme": ("214",)}, "ab"),
            ({"programme": ("214",), "annee": (2024,)}, "b"),
            ({"delegant": ("dne",)}, "abc"),
            ({"delegataire": ("Agence « X »",)}, "d"),
            ({"service": ("dinum",)}, "abc"),
            ({"service": ("dinum", "Préfecture")}, "abcd"),
            ({"nature": ("charte",)}, "c"),
            ({"canal": ("raa",)}, "c"),
            ({"ae_min": 10_000}, "abd"),
            ({"ae_min": 10_001}, "bd"),
            ({"ae_max": 200_000}, "ab"),
            ({"ae_min": 10_001, "ae_max": 4_999_999}, "b"),
            ({"ae_min": 1, "exercice": 2025}, "d"),
            ({"cp_max": 1000, "exercice": 2024}, "bc"),
            ({"exercice": 2024}, "bc"),
            ({"du": date(2024, 1, 1)}, "bcd"),
            ({"au": date(2023, 3, 1)}, "a"),
            ({"du": date(2024, 3, 1), "au": date(2024, 3, 1)}, "bc"),
            ({"q": "texte", "annee": (2024,)}, "bc"),
            ({"q": "-texte"}, ""),
        ],
    )
    def test_filters(self, engine: Engine, filters: dict[str, Any], expected: str) -> None:
        results = find(engine, **filters)
        assert (sorted(uids(results)), results.total) == (list(expected), len(expected))

    def test_counts_without_filter(self, engine: Engine) -> None:
        results = find(engine)
        assert facet(results, "annee") == {"2025": 1, "2024": 2, "2023": 1}
        assert facet(results, "programme") == {"214": 2, "129": 2}
        assert facet(results, "delegant") == {"dne": 3, "Préfecture": 1}
        assert facet(results, "nature") == {"convention": 3, "charte": 1}

    def test_a_facet_counts_without_its_own_filter_but_with_the_others(self, engine: Engine) -> None:
        results = find(engine, annee=(2024,), programme=("214",))
        assert uids(results) == ["b"]
        assert facet(results, "annee") == {"2024": 1, "2023": 1}
        assert facet(results, "programme") == {"214": 1, "129": 1}
        assert facet(results, "nature") == {"convention": 1}

    def test_a_value_chosen_that_nothing_has_is_still_there(self, engine: Engine) -> None:
        results = find(engine, canal=("jorf",))
        value = next(one for one in results.facets if one.nom == "canal").valeurs[-1]
        assert (value.valeur, value.libelle, value.nombre, value.choisie) == ("jorf", "Journal officiel", 0, True)

    def test_a_rare_value_is_counted_when_it_is_chosen(self, engine: Engine) -> None:
        parties = [(Partie(f"Service {n:02}", Role.DELEGANT),) for n in range(40)]
        frequent = [of(f"f{n:02}-{k}", parties=one) for n, one in enumerate(parties) for k in range(2)]
        rare = of("rare", parties=(Partie("Rare", Role.DELEGANT),))
        fill(engine, [*frequent, rare])
        assert "Rare" not in facet(find(engine), "delegant")
        assert facet(find(engine, delegant=("Rare",)), "delegant")["Rare"] == 1


class TestKeptCounts:
    """What an engine has counted it may keep, but never beyond the next change of the index."""

    def count(self, engine: Engine, **asked: Any) -> tuple[int, dict[str, int], int]:
        results = run(SearchQuery(q="texte", **asked), date(2024, 6, 1), engine, lambda _: {}, sommes=True)
        assert results.sommes is not None
        return results.total, facet(results, "annee"), int(results.sommes.ae)

    def make(self, uid: str, annee: int) -> Publiee:
        return of(
            uid, "texte", date_signature=date(annee, 1, 1), echeancier=(LigneEcheancier(annee, ae=Decimal(annee)),)
        )

    def test_each_change_is_counted_at_once(self, engine: Engine, other: Engine) -> None:
        fill(engine, [self.make("a", 2024)])
        for one in (engine, engine, other):
            assert self.count(one) == (1, {"2024": 1}, 2024)
        put(other, self.make("b", 2025))
        for one in (engine, engine, other):
            assert self.count(one) == (2, {"2024": 1, "2025": 1}, 4049)
        put(engine, self.make("b", 2024), gone=("a",))
        for one in (engine, other):
            assert self.count(one) == (1, {"2024": 1}, 2024)
        fill(other, [self.make("c", 2023)])
        for one in (engine, other):
            assert self.count(one) == (1, {"2023": 1}, 2023)

    def test_pages_and_orders_share_them_but_filters_and_days_do_not(self, engine: Engine) -> None:
        fill(engine, [self.make(f"{annee}-{n:02}", annee) for annee in (2023, 2024) for n in range(12)])
        both = {"2023": 12, "2024": 12}
        for shown in ({}, {"page": 2}, {"tri": Tri.DATE_CROISSANTE}, {"page": 3, "tri": Tri.MONTANT}):
            assert self.count(engine, **shown) == (24, both, 12 * 4047)
        assert self.count(engine, annee=(2023,)) == (12, both, 12 * 2023)
        assert self.count(engine, du=date(2024, 1, 1)) == (12, {"2024": 12}, 12 * 2024)
        days = (date(2022, 12, 31), date(2023, 6, 1), date(2024, 6, 1))
        assert [facet(find(engine, "texte", aujourdhui=day), "statut") for day in days] == [
            {"a_venir": 24},
            {"a_venir": 12, "en_vigueur": 12},
            {"en_vigueur": 24},
        ]


DAYS = (None, date(2024, 1, 1), date(2024, 6, 15), date(2024, 12, 31))


class TestStatut:
    """The statut is that of the day of the question: nothing is indexed again at midnight."""

    def corpus(self) -> list[Publiee]:
        return [
            make_publiee(
                f"{debut}/{fin}/{resiliation}",
                make_convention(date_signature=None, duree=Duree(date_effet=debut, date_fin=fin)),
                date_resiliation=resiliation,
            )
            for debut, fin, resiliation in product(DAYS, repeat=3)
        ]

    @pytest.fixture(autouse=True)
    def index(self, engine: Engine) -> None:
        fill(engine, self.corpus())

    @pytest.mark.parametrize("shift", [-1, 0, 1])
    @pytest.mark.parametrize("day", [day for day in DAYS if day])
    def test_filters_and_counts_are_those_of_the_domain(self, engine: Engine, day: date, shift: int) -> None:
        jour = day + timedelta(days=shift)
        expected: dict[str, set[str]] = {}
        for document in map(to_document, self.corpus()):
            fiche = document.fiche
            statut = statut_between(fiche.debut, fiche.fin, jour, fiche.date_resiliation)
            if statut:
                expected.setdefault(statut.value, set()).add(fiche.uid)
        assert facet(find(engine, aujourdhui=jour), "statut") == {name: len(found) for name, found in expected.items()}
        for statut in Statut:
            query = SearchQuery(statut=(statut.value,))
            results = run(query, jour, engine, lambda _: {}, taille=100)
            assert set(uids(results)) == expected.get(statut.value, set())
            assert {hit.statut for hit in results.hits} <= {statut.value}

    def test_two_statuts_widen_the_search(self, engine: Engine) -> None:
        day = date(2024, 6, 15)
        totals = [find(engine, aujourdhui=day, statut=(name,)).total for name in ("echue", "resiliee")]
        assert find(engine, aujourdhui=day, statut=("echue", "resiliee")).total == sum(totals)
