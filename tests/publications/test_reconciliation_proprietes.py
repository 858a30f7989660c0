"""What holds of every listing, whatever it shows, and what it costs to set one against many acts."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reconciliation import CAS, draw, show, to_connue
from portal.domain.convention import Nature
from portal.publications.entrees import Entree
from portal.publications.reconciliation import Connue, Ecart, Etat, reconcile

MOTS = ["numérique", "travail", "santé", "écoles", "réseau", "enquête", "paie", "lot 1", "lot 2", "lot B", "pour 2025"]
PARTIES = [
    "Direction générale du travail|DGT",
    "DARES",
    "Ministère de la justice|MJ",
    "Secrétariat général du ministère de la justice|SG",
    "Secrétariat général du ministère du travail|SG",
]
ADRESSES = [f"https://exemple.fr/{rang}" for rang in range(6)]
NORS = st.none() | st.sampled_from(["MENA2420224X", "TSSZ2530340X", "ARME1851116X"])
JOURS = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3))
TITRES = st.builds(
    " ".join,
    st.tuples(
        st.sampled_from(
            ["Convention de délégation de gestion", "Délégation", "Convention du 2 janvier 2024 FTAP-2024-01"]
        ),
        st.builds(" ".join, st.lists(st.sampled_from(MOTS), max_size=4)),
    ),
)
DEUX_PARTIES = st.lists(st.sampled_from(PARTIES), max_size=3).map(tuple)
ENTREES = st.builds(
    Entree,
    TITRES,
    st.sampled_from(["", *ADRESSES]),
    JOURS,
    JOURS,
    NORS,
    DEUX_PARTIES.map(lambda parties: tuple(partie.partition("|")[0] for partie in parties)),
    st.none() | st.sampled_from([Nature.CONVENTION, Nature.AVENANT]),
)


@st.composite
def known(draw: st.DrawFn) -> list[Connue]:
    return [
        Connue(
            str(rang),
            draw(TITRES),
            draw(st.sampled_from([Nature.CONVENTION, Nature.AVENANT])),
            draw(NORS),
            draw(st.none() | st.just("FTAP-2024-01")),
            draw(JOURS),
            draw(DEUX_PARTIES),
            draw(st.booleans()),
            draw(st.sampled_from(["", *ADRESSES])),
            nor_vu=draw(NORS),
        )
        for rang in range(draw(st.integers(0, 5)))
    ]


def show_all(connues: Sequence[Connue], *, url: str = "") -> list[Entree]:
    """The listing that shows each act as it is, at its address or at another."""
    return [
        Entree(
            connue.titre,
            f"{url}{connue.url}",
            connue.date,
            None,
            connue.nor,
            tuple(partie.partition("|")[0] for partie in connue.parties),
            connue.nature,
        )
        for connue in connues
    ]


@st.composite
def distinct(draw: st.DrawFn, *, nombre: int = 4) -> list[Connue]:
    """Acts that were all seen, no two of one title, of days and parties that may be those of others."""
    return [
        replace(
            connue,
            uid=str(rang),
            titre=f"{connue.titre} {sujet}",
            vue=True,
            url=f"https://exemple.fr/{sujet}",
            nor=draw(NORS),
            date=draw(st.dates(date(2024, 1, 1), date(2024, 1, 3))),
        )
        for rang, (connue, sujet) in enumerate(
            zip(draw(known()), ["aviation", "viticulture", "archives", "vaccins", "douanes"], strict=False)
        )
    ]


def certain_of(ecarts: Sequence[Ecart]) -> list[str]:
    return sorted(ecart.uid for ecart in ecarts if ecart.certain and ecart.uid and ecart.etat is not Etat.ABSENT)


def absent_of(ecarts: Sequence[Ecart]) -> set[str | None]:
    return {ecart.uid for ecart in ecarts if ecart.etat is Etat.ABSENT}


@given(st.lists(ENTREES, max_size=6), known())
def test_each_entry_has_one_ecart_and_no_act_is_both_shown_and_absent(
    entrees: list[Entree], connues: list[Connue]
) -> None:
    ecarts = list(reconcile(entrees, connues))
    assert [ecart.entree for ecart in ecarts if ecart.entree] == entrees
    montres = {ecart.uid for ecart in ecarts if ecart.entree and ecart.uid}
    assert not absent_of(ecarts) & montres
    assert len(certain_of(ecarts)) == len(set(certain_of(ecarts)))
    assert all(ecart.certain or not ecart.divergences for ecart in ecarts)
    assert absent_of(ecarts) <= {connue.uid for connue in connues if connue.vue}


@given(st.data(), known())
def test_the_order_of_the_entries_changes_nothing_certain(data: st.DataObject, connues: list[Connue]) -> None:
    entrees = data.draw(st.lists(ENTREES, max_size=6))
    autrement = data.draw(st.permutations(entrees))
    ecarts, autres = list(reconcile(entrees, connues)), list(reconcile(autrement, connues))
    assert certain_of(ecarts) == certain_of(autres)
    assert absent_of(ecarts) == absent_of(autres)


@given(st.lists(ENTREES, max_size=6), known(), st.data())
def test_nor_does_that_of_the_acts(entrees: list[Entree], connues: list[Connue], data: st.DataObject) -> None:
    ecarts, autres = (list(reconcile(entrees, actes)) for actes in (connues, data.draw(st.permutations(connues))))
    assert certain_of(ecarts) == certain_of(autres)
    assert absent_of(ecarts) == absent_of(autres)


@given(distinct(), st.sampled_from(["", "https://ailleurs.example/?"]))
def test_a_listing_of_the_acts_themselves_finds_each(connues: list[Connue], url: str) -> None:
    ecarts = list(reconcile(show_all(connues, url=url), connues))
    assert [(ecart.uid, ecart.certain, ecart.divergences) for ecart in ecarts] == [
        (connue.uid, True, ()) for connue in connues
    ]


@given(distinct(), st.sampled_from(["", "https://ailleurs.example/?"]), st.data())
def test_one_that_it_shows_no_more_alone_is_absent(connues: list[Connue], url: str, data: st.DataObject) -> None:
    if not connues:
        return
    ote = data.draw(st.sampled_from(connues))
    restent = [connue for connue in connues if connue is not ote]
    ecarts = list(reconcile(show_all(restent, url=url), connues))
    assert [(ecart.uid, ecart.certain) for ecart in ecarts if ecart.etat is Etat.ABSENT] == [(ote.uid, True)]


@given(st.lists(ENTREES.map(lambda entree: replace(entree, titre=f"{entree.titre} divers")), max_size=6), known())
def test_many_acts_that_nothing_likens_to_an_entry_change_nothing(entrees: list[Entree], connues: list[Connue]) -> None:
    """So many of the same days that acts are looked up by their words, and not one by one."""
    autres = [
        Connue(f"autre-{rang}", f"objet{rang} sans rapport{rang} aucun{rang}", date=date(2024, 1, 1 + rang % 3))
        for rang in range(60)
    ]
    ecarts = [(e.uid, e.certain, e.etat) for e in reconcile(entrees, connues)]
    assert [(e.uid, e.certain, e.etat) for e in reconcile(entrees, [*connues, *autres])] == ecarts


COURT, FOIS = 400, 3


@pytest.mark.parametrize(("cas", "bis"), [*((cas, "") for cas in CAS), ("meme_jour", " bis"), ("meme_titre", " bis")])
def test_thrice_the_acts_make_about_thrice_the_calls(cas: str, bis: str) -> None:
    assert _count_calls(COURT * FOIS, cas, bis) < 1.15 * FOIS * _count_calls(COURT, cas, bis)


def _count_calls(nombre: int, cas: str, bis: str) -> int:
    """Calls are counted, not seconds: `python -m bench.reconciliation` measures those."""
    conventions = list(draw(nombre, cas))
    connues = [to_connue(rang, convention) for rang, convention in enumerate(conventions)]
    entrees = [replace(entree, titre=f"{entree.titre}{bis}") for entree in show(conventions)]
    calls = 0

    def count(_frame: FrameType, _event: str, _arg: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        ecarts = list(reconcile(entrees, connues))
    finally:
        sys.setprofile(None)
    assert len([ecart for ecart in ecarts if ecart.entree]) == nombre
    return calls
