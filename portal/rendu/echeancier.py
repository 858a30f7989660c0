"""The échéancier of an act: its rows as every file shows them, and as a file for a spreadsheet."""

import csv
import io
from decimal import Decimal

from portal.domain.convention import Convention
from portal.rendu.tableur import write_cell

COLONNES = {"programme": "Programme", "uo": "UO", "partie": "Partie"}
"""The columns of a line, besides its year and its amounts."""


def write_csv(convention: Convention) -> bytes:
    """Write the lines in their order, an empty cell for what is unknown; amounts are in euros.

    A double click opens it right in a spreadsheet that is set in French: such a one parts cells by semicolons, writes
    decimals with a comma, and takes UTF-8 for another encoding where no byte order mark says that it is.
    """
    texte = io.StringIO()
    tableau = csv.writer(texte, delimiter=";")
    tableau.writerow(["Année", "AE", "CP", *COLONNES.values()])
    for ligne in convention.echeancier:
        codes = (write_cell(getattr(ligne, champ) or "") for champ in COLONNES)
        tableau.writerow([ligne.annee or "", _write_montant(ligne.ae), _write_montant(ligne.cp), *codes])
    return texte.getvalue().encode("utf-8-sig", "replace")


def _write_montant(montant: Decimal | None) -> str:
    return "" if montant is None else f"{montant:.2f}".replace(".", ",")
