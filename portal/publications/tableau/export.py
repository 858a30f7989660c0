"""The board as a table for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from portal.publications.tableau.lignes import Ligne
from portal.rendu.tableur import write_cell

COLONNES = (
    "acte",
    "identifiant",
    "canal",
    "état",
    "en retard",
    "échéance",
    "publiée le",
    "adresse",
    "NOR",
    "vérifiée le",
    "envoi",
    "divergences",
)
BOM = "\ufeff"
"""Without it, a spreadsheet takes the text for one of an old French Windows."""


def write_csv(lignes: Iterable[Ligne]) -> str:
    """UTF-8 with semicolons, as French spreadsheets open it; no cell is taken for a formula."""
    texte = StringIO()
    writer = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLONNES)
    for ligne in lignes:
        writer.writerow([write_cell(str(cellule)) for cellule in _cells(ligne)])
    return BOM + texte.getvalue()


def _cells(ligne: Ligne) -> tuple[object, ...]:
    publication = ligne.publication
    return (
        ligne.titre,
        publication.uid,
        ligne.canal,
        publication.get_etat_display(),
        "oui" if ligne.en_retard else "non",
        publication.echeance or "",
        publication.date_publication or "",
        publication.url,
        publication.nor,
        publication.verifiee_le.date() if publication.verifiee_le else "",
        ligne.envoi,
        " ; ".join(publication.divergences),
    )
