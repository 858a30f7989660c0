"""The échéancier by year: what the chart draws and what « L'essentiel » sums up."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.domain.convention import LigneEcheancier
from portal.domain.montants import sum_stated
from portal.rendu.tableur import write_cell


@dataclass(frozen=True, slots=True)
class Exercice:
    """The euros of one year, `None` where no line states any; `annee` is `None` for lines without a year."""

    annee: int | None
    ae: Decimal | None
    cp: Decimal | None

    @property
    def libelle(self) -> str:
        return str(self.annee) if self.annee else "Sans année"


def by_exercice(lignes: Iterable[LigneEcheancier]) -> list[Exercice]:
    """One `Exercice` a year, in order, lines without a year last."""
    lignes = list(lignes)
    annees = sorted({ligne.annee for ligne in lignes}, key=lambda annee: (annee is None, annee or 0))
    return [
        Exercice(
            annee,
            sum_stated(ligne.ae for ligne in lignes if ligne.annee == annee),
            sum_stated(ligne.cp for ligne in lignes if ligne.annee == annee),
        )
        for annee in annees
    ]


def total(lignes: Iterable[LigneEcheancier]) -> Exercice:
    """AE and CP of all lines together; its `annee` is `None`."""
    lignes = list(lignes)
    return Exercice(None, sum_stated(ligne.ae for ligne in lignes), sum_stated(ligne.cp for ligne in lignes))


def write_csv(lignes: Iterable[LigneEcheancier]) -> str:
    """The lines as CSV, in their order; an amount that is not stated is an empty cell."""
    texte = io.StringIO()
    tableau = csv.writer(texte)
    champs = ("annee", "programme", "uo", "partie", "ae", "cp")
    tableau.writerow(champs)
    for ligne in lignes:
        tableau.writerow([_cell(getattr(ligne, champ)) for champ in champs])
    return texte.getvalue()


def _cell(valeur: object) -> object:
    return write_cell(valeur) if isinstance(valeur, str) else valeur
