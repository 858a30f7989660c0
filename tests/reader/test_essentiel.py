from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.domain.convention import Convention, Duree, Nature, Reconduction, RegleEffet
from portal.reader.essentiel import list_faits
from tests.reader.exemples import AVENANT, CONVENTION


def read(convention: Convention, cle: str, resiliee: date | None = None) -> list[str]:
    (fait,) = (fait for fait in list_faits(convention, resiliee) if fait.cle == cle)
    return [valeur.replace("\u202f", " ").replace("\u00a0", " ") for valeur in fait.valeurs]


def test_a_whole_convention_answers_every_question() -> None:
    assert all(fait.precise for fait in list_faits(CONVENTION))
    assert read(CONVENTION, "delegants") == ["Ministère de l’Éducation nationale et de la Jeunesse (MENJ)"]
    assert read(CONVENTION, "montants") == ["120 000 € en AE", "120 000 € en CP, de 2024 à 2025"]
    assert read(CONVENTION, "dates") == [
        "Signée le 1er septembre 2024",
        "Effet à la notification",
        "Fin le 31 décembre 2027",
        "Reconduction expresse",
        "Préavis de 3 mois",
    ]
    assert read(CONVENTION, "credits") == ["Programme 214", "UO 0214-CEN2-INFO"]


def test_what_a_document_does_not_say_is_said() -> None:
    faits = list_faits(Convention(titre="Convention"))
    assert [fait.cle for fait in faits if fait.precise] == ["dates"]
    assert read(Convention(titre="Convention"), "dates") == [
        "Date de signature non précisée",
        "Date d’effet non précisée",
        "Date de fin non précisée",
        "Reconduction non précisée",
        "Préavis non précisé",
    ]


@pytest.mark.parametrize(
    ("duree", "phrase"),
    [
        (Duree(RegleEffet.DATE, date(2025, 1, 1)), "Effet le 1er janvier 2025"),
        (Duree(RegleEffet.NOTIFICATION, date(2025, 1, 2)), "Effet le 2 janvier 2025"),
        (Duree(RegleEffet.DATE), "Date d’effet non précisée"),
        (Duree(reconduction=Reconduction.AUCUNE), "Sans reconduction"),
        (Duree(preavis_mois=0), "Préavis de 0 mois"),
    ],
)
def test_dates_are_written_as_they_are_known(duree: Duree, phrase: str) -> None:
    assert phrase in read(replace(CONVENTION, duree=duree), "dates")


def test_a_resiliation_is_told_among_the_dates() -> None:
    assert "Résiliée le 1er mars 2025" in read(CONVENTION, "dates", date(2025, 3, 1))


@pytest.mark.parametrize(
    ("credit", "lignes"),
    [
        ("ae", ["AE non précisées", "120 000 € en CP, de 2024 à 2025"]),
        ("cp", ["120 000 € en AE", "CP non précisés, de 2024 à 2025"]),
    ],
)
def test_credits_that_no_line_states_are_said_so(credit: str, lignes: list[str]) -> None:
    vides: dict[str, Decimal | None] = {credit: None}
    echeancier = tuple(replace(ligne, **vides) for ligne in CONVENTION.echeancier)
    assert read(replace(CONVENTION, echeancier=echeancier), "montants") == lignes


def test_a_declared_total_that_differs_from_the_lines_is_told_too() -> None:
    convention = replace(CONVENTION, montant_total=Decimal("130000"))
    assert read(convention, "montants")[-1] == "130 000 € annoncés dans le texte"


def test_an_avenant_tells_only_what_it_changes() -> None:
    assert [fait.cle for fait in list_faits(AVENANT)] == ["delegants", "delegataires", "objet", "dates"]
    assert read(AVENANT, "dates") == ["Signé le 3 novembre 2025", "Effet à la signature", "Fin le 31 décembre 2028"]
    assert list_faits(Convention(titre="Avenant", nature=Nature.AVENANT)) == []
