"""The échéancier opens right in a French spreadsheet, and runs nothing there."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given

from portal.domain.convention import Convention, LigneEcheancier
from portal.rendu.echeancier import write_csv
from tests import strategies
from tests.rendu.actes import SEED, read_exemple


def rows(contenu: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(contenu.decode("utf-8-sig"), newline=""), delimiter=";"))


def row_of(ligne: LigneEcheancier) -> list[str]:
    return rows(write_csv(Convention("C", echeancier=(ligne,))))[1]


def test_it_opens_right_in_french() -> None:
    contenu = write_csv(read_exemple(SEED))
    assert contenu.decode("utf-8") == (
        "\ufeffAnnée;AE;CP;Programme;UO;Partie\r\n"
        "2024;120000,00;10000,00;;0214-CEN2-INFO;\r\n"
        "2025;;110000,00;;0214-CEN2-INFO;\r\n"
    )


def test_a_negative_amount_stays_a_number() -> None:
    assert row_of(LigneEcheancier(2024, ae=Decimal("-1234.50"))) == ["2024", "-1234,50", "", "", "", ""]


@pytest.mark.parametrize(
    "formule", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", '=HYPERLINK("http://a.fr")']
)
def test_no_cell_is_a_formula(formule: str) -> None:
    ligne = row_of(LigneEcheancier(programme=formule, uo=formule, partie=formule))
    assert ligne[3:] == [f"'{formule}"] * 3


def test_a_separator_in_a_cell_does_not_part_it() -> None:
    assert row_of(LigneEcheancier(partie='DNE; "DINUM"\n=1'))[5] == 'DNE; "DINUM"\n=1'


@given(strategies.conventions)
def test_any_convention_has_a_row_a_line(convention: Convention) -> None:
    lues = rows(write_csv(convention))
    assert len(lues) == 1 + len(convention.echeancier)
    assert {len(lue) for lue in lues} == {6}
    assert [lue[1] for lue in lues[1:]] == [
        "" if ligne.ae is None else str(ligne.ae).replace(".", ",") for ligne in convention.echeancier
    ]
