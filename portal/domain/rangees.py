"""The rows of a table that is printed as text, their cells parted by tabs, by bars or by wide gaps.

With tabs and bars an empty cell is seen; with gaps a cell is put in the column over or under which it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum, auto

_FILET = re.compile(r"[\s|:+=_-]+")
_CELLULE_ESPACEE = re.compile(r"\S+(?: \S+)*")


class Separateur(Enum):
    """What stands between two cells."""

    TABULATION = auto()
    BARRE = auto()
    ESPACES = auto()


def find_separateur(ligne: str) -> Separateur | None:
    """Say what parts the cells of a line, its indent kept; `None` where it has one cell only."""
    if "\t" in ligne.strip(" \t") or ligne.startswith("\t"):
        return Separateur.TABULATION
    if ligne.count("|") > 1 or " | " in ligne:
        return Separateur.BARRE
    return Separateur.ESPACES if "  " in ligne.strip() else None


def split_rangee(ligne: str) -> list[str]:
    """Cut one line into its cells, the empty ones of tabs and bars included; a line of one cell gives that cell."""
    separateur = find_separateur(ligne)
    return _split(ligne, separateur, ligne.strip().startswith("|")) if separateur else [_squeeze(ligne)]


def split_rangees(lignes: Sequence[str], separateur: Separateur) -> list[list[str]]:
    """Cut the lines of one table into rows of one length; a rule (« ---|--- ») gives an empty list."""
    if separateur is Separateur.ESPACES:
        rangees = _align([list(_CELLULE_ESPACEE.finditer(ligne)) for ligne in lignes])
    else:
        # « | a | b | » has a bar at both ends of each of its rows; « | 110 » under « a | b » has an empty first cell.
        encadre = all(ligne.strip().startswith("|") for ligne in lignes)
        rangees = [[] if _FILET.fullmatch(ligne) else _split(ligne, separateur, encadre) for ligne in lignes]
    largeur = max(map(len, rangees), default=0)
    return [rangee and [*rangee, *[""] * (largeur - len(rangee))] for rangee in rangees]


def _split(ligne: str, separateur: Separateur, encadre: bool) -> list[str]:
    if separateur is Separateur.ESPACES:
        return [trouve[0] for trouve in _CELLULE_ESPACEE.finditer(ligne)]
    if separateur is Separateur.BARRE:
        nue = ligne.strip()
        return [
            _squeeze(cellule) for cellule in (nue.removeprefix("|").removesuffix("|") if encadre else nue).split("|")
        ]
    return [_squeeze(cellule) for cellule in ligne.split("\t")]


def _align(rangees: Sequence[Sequence[re.Match[str]]]) -> list[list[str]]:
    """Put cells in columns: the bands of the page that hold cells, else the cells of the fullest row."""
    bandes = _find_bands([cellule.span() for rangee in rangees for cellule in rangee])
    placees = [[bisect_right(bandes, cellule.start()) - 1 for cellule in rangee] for rangee in rangees]
    if all(len(set(colonnes)) == len(colonnes) for colonnes in placees):
        return [
            [cellules.get(colonne, "") for colonne in range(len(bandes))]
            for cellules in (
                dict(zip(colonnes, (cellule[0] for cellule in rangee), strict=True))
                for colonnes, rangee in zip(placees, rangees, strict=True)
            )
        ]
    modele = max(rangees, key=len)
    return [_place(rangee, modele) for rangee in rangees]


def _find_bands(etendues: Iterable[tuple[int, int]]) -> list[int]:
    """Give where each band starts: cells that stand one over the other, in whatever rows, make one."""
    debuts: list[int] = []
    limite = -1
    for debut, fin in sorted(etendues):
        if debut >= limite:
            debuts.append(debut)
        limite = max(limite, fin)
    return debuts


def _place(rangee: Sequence[re.Match[str]], modele: Sequence[re.Match[str]]) -> list[str]:
    if len(rangee) == len(modele):
        return [cellule[0] for cellule in rangee]
    placees = [""] * len(modele)
    libre = 0
    for rang, cellule in enumerate(rangee):
        possibles = range(libre, len(modele) - (len(rangee) - rang) + 1)
        colonne = min(possibles, key=lambda colonne: _distance(cellule, modele[colonne]))
        placees[colonne] = cellule[0]
        libre = colonne + 1
    return placees


def _distance(cellule: re.Match[str], colonne: re.Match[str]) -> float:
    """Give how far two cells stand apart; below 0 where one is over the other."""
    commun = min(cellule.end(), colonne.end()) - max(cellule.start(), colonne.start())
    return -commun if commun > 0 else abs(cellule.start() + cellule.end() - colonne.start() - colonne.end()) / 2


def _squeeze(texte: str) -> str:
    return " ".join(texte.split())
