import csv
import io
from decimal import Decimal

from portal.domain.convention import LigneEcheancier
from portal.reader.echeances import Exercice, by_exercice, total, write_csv

LIGNES = (
    LigneEcheancier(2025, "352", None, None, None, Decimal("5.50")),
    LigneEcheancier(2024, "214", "0214-CEN2-INFO", "DNE", Decimal("100"), None),
    LigneEcheancier(2024, "352", None, None, Decimal("20"), None),
    LigneEcheancier(None, None, None, None, Decimal("1"), None),
)


def test_lines_are_summed_by_year_and_unknown_stays_unknown() -> None:
    assert by_exercice(LIGNES) == [
        Exercice(2024, Decimal("120"), None),
        Exercice(2025, None, Decimal("5.50")),
        Exercice(None, Decimal("1"), None),
    ]
    assert total(LIGNES) == Exercice(None, Decimal("121"), Decimal("5.50"))
    assert total(()) == Exercice(None, None, None)


def test_the_csv_reads_back_line_by_line() -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv(LIGNES))))
    assert len(rows) == len(LIGNES)
    assert rows[1] == {
        "annee": "2024", "programme": "214", "uo": "0214-CEN2-INFO", "partie": "DNE", "ae": "100", "cp": ""
    }  # fmt: skip


def test_a_spreadsheet_runs_no_formula() -> None:
    (row,) = csv.DictReader(io.StringIO(write_csv([LigneEcheancier(2024, partie='=HYPERLINK("http://x")')])))
    assert row["partie"] == '\'=HYPERLINK("http://x")'
