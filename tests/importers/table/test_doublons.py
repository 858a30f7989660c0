from dataclasses import replace
from datetime import date

import pytest

from importers.table.doublons import Motif, find_conventions_changed, find_doublons, search_conventions
from portal.conventions import actions, originaux
from portal.conventions.models import ActePage
from portal.conventions.rattachement import Registre
from portal.domain.convention import Avenant, Convention, Nature
from tests.conventions.test_actions import lecture
from tests.factories import ConventionFactory


def held(**facts: object) -> tuple[ActePage, Convention]:
    convention = ConventionFactory(**facts)
    return actions.create_draft(convention), Registre().match_parties(convention)


def motifs(convention: Convention) -> list[tuple[int, Motif]]:
    return [(found.page.pk, found.motif) for found in find_doublons(convention, None)]


def test_the_same_file(portail: None) -> None:
    contenu = b"Les octets de l'acte"
    result = actions.import_lecture(lecture(ConventionFactory(), contenu=contenu), contenu=contenu)
    found = find_doublons(
        ConventionFactory(titre="Sans rapport", date_signature=None), originaux.keep(contenu, "b.txt")
    )
    assert [(one.page.uid, one.motif) for one in found] == [(result.uid, Motif.FICHIER)]


def test_the_same_nor(portail: None) -> None:
    page, _ = held(nor="ARME2302147X")
    other = ConventionFactory(titre="Un tout autre titre", nor="arme2302147x", date_signature=date(2020, 1, 1))
    assert motifs(other) == [(page.pk, Motif.NOR)]


@pytest.mark.parametrize(("jour", "found"), [(date(2026, 1, 5), True), (date(2027, 1, 5), False)])
def test_the_same_reference_of_the_same_day(portail: None, jour: date, found: bool) -> None:
    page, _ = held(reference="2026-001")
    other = Convention(titre="Un tout autre titre", reference="2026-001", date_signature=jour)
    assert motifs(other) == ([(page.pk, Motif.REFERENCE_ET_DATE)] if found else [])


def test_likeness(portail: None) -> None:
    page, convention = held(titre="Convention de délégation de gestion relative à l'hébergement des applications")
    like = replace(convention, titre="CONVENTION de délégation de gestion relative à l’hébergement d'applications")
    assert motifs(like) == [(page.pk, Motif.RESSEMBLANCE)]


@pytest.mark.parametrize(
    "change",
    [
        {"date_signature": date(2027, 1, 5)},  # the same parties sign the same title each year
        {"titre": "Avances de trésorerie du fonds d'innovation"},
        {"avenant": Avenant("1")},
    ],
    ids=["date", "titre", "avenant"],
)
def test_no_likeness(portail: None, change: dict[str, object]) -> None:
    _, convention = held()
    assert motifs(replace(convention, **change)) == []


def test_an_unknown_date_does_not_hide_the_same_act(portail: None) -> None:
    page, convention = held()
    assert motifs(replace(convention, date_signature=None)) == [(page.pk, Motif.RESSEMBLANCE)]


def test_each_page_is_found_once_for_the_surest_reason(portail: None) -> None:
    page, convention = held(nor="ARME2302147X", reference="2026-001")
    assert motifs(convention) == [(page.pk, Motif.NOR)]


@pytest.mark.parametrize(
    ("avenant", "motif"),
    [
        (Avenant("1", convention_reference="2026-001"), Motif.REFERENCE),
        (Avenant("1", convention_reference="ARME2302147X"), Motif.NOR),
        (Avenant("1", convention_date=date(2026, 1, 5)), Motif.DATE_ET_PARTIES),
        (Avenant("1", convention_date=date(2026, 1, 6)), None),
        (None, None),
    ],
)
def test_the_convention_that_an_avenant_changes(portail: None, avenant: Avenant | None, motif: Motif | None) -> None:
    page, convention = held(reference="2026-001", nor="ARME2302147X")
    held(nature=Nature.AVENANT, avenant=Avenant("1", date(2026, 1, 5), "2026-001"), titre="Avenant n° 1")
    found = find_conventions_changed(replace(convention, avenant=avenant))
    assert [(one.page.pk, one.motif) for one in found] == ([(page.pk, motif)] if motif else [])


@pytest.mark.parametrize(
    ("words", "found"),
    [("2026-001", True), ("applications hébergement", True), ("applications inconnues", False), ("  ", False)],
)
def test_an_editor_names_another_convention(portail: None, words: str, found: bool) -> None:
    page, _ = held(reference="2026-001", titre="Hébergement des applications")
    assert [one.page.pk for one in search_conventions(words)] == ([page.pk] if found else [])
