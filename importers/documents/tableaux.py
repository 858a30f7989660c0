"""Tables in a text: rows whose cells are separated by tabs, by bars or by wide gaps.

With tabs and bars an empty cell is seen; with gaps a cell is put in the column of the fullest row above or below which
it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from importers.documents.lignes import Ligne
from importers.documents.passage import PLAT, Etendue

TITRE_MAXIMUM = 60
"""A heading over rows is no longer than this."""

_FILET = re.compile(r"[\s|:+=_-]+")
_CELLULE_ESPACEE = re.compile(r"\S+(?: \S+)*")


class Separateur(Enum):
    """What stands between two cells."""

    TABULATION = auto()
    BARRE = auto()
    ESPACES = auto()


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row: its cells, blanks squeezed, and its span."""

    cellules: tuple[str, ...]
    etendue: Etendue


@dataclass(frozen=True, slots=True)
class Tableau:
    """Rows of one length; `rang` is the rank of its first line among the lines where it was found."""

    rangees: tuple[Rangee, ...]
    rang: int
    lignes: int

    @property
    def colonnes(self) -> int:
        return len(self.rangees[0].cellules)


def find_tableaux(texte: str, lignes: Sequence[Ligne]) -> Iterator[Tableau]:
    """Yield the tables of two rows or more; a line of another separator ends one."""
    debut = 0
    while debut < len(lignes):
        separateur = _separator(_raw(texte, lignes[debut]))
        fin = debut + 1
        while separateur and fin < len(lignes) and _goes_on(texte, lignes, fin, separateur):
            fin += 1
        if separateur and fin - debut > 1:
            tableau = _build(texte, lignes, debut, fin, separateur)
            if tableau:
                yield tableau
        debut = fin


def _goes_on(texte: str, lignes: Sequence[Ligne], rang: int, separateur: Separateur) -> bool:
    """Say whether a line is a row of the table above it: one of cells, or a heading over the rows that follow."""
    if _separator(_raw(texte, lignes[rang])) is separateur:
        return True
    titre = len(lignes[rang].texte) <= TITRE_MAXIMUM and lignes[rang].texte[-1] not in ".;:"
    suivante = rang + 1 < len(lignes) and _separator(_raw(texte, lignes[rang + 1])) is separateur
    return separateur is not Separateur.ESPACES and titre and suivante


def split_cellules(texte: str, ligne: Ligne) -> tuple[str, ...]:
    """Cut one line into its cells, the empty ones of tabs and bars included; a line of one cell gives that cell."""
    brut = _raw(texte, ligne)
    separateur = _separator(brut)
    return tuple(_cells(brut, separateur)) if separateur else (_squeeze(brut),)


def _raw(texte: str, ligne: Ligne) -> str:
    return texte[ligne.depart : ligne.fin].translate(PLAT)


def _separator(brut: str) -> Separateur | None:
    if "\t" in brut.strip(" \t") or brut.startswith("\t"):
        return Separateur.TABULATION
    if brut.count("|") > 1 or " | " in brut:
        return Separateur.BARRE
    return Separateur.ESPACES if "  " in brut.strip() else None


def _build(texte: str, lignes: Sequence[Ligne], debut: int, fin: int, separateur: Separateur) -> Tableau | None:
    bruts = [(_raw(texte, ligne), ligne.etendue) for ligne in lignes[debut:fin]]
    if separateur is Separateur.ESPACES:
        cellules = _align([list(_CELLULE_ESPACEE.finditer(brut)) for brut, _ in bruts])
    else:
        bruts = [(brut, etendue) for brut, etendue in bruts if not _FILET.fullmatch(brut)]
        cellules = [_cells(brut, separateur) for brut, _ in bruts]
    largeur = max((len(rangee) for rangee in cellules), default=0)
    if largeur < 2:
        return None
    rangees = tuple(
        Rangee((*rangee, *[""] * (largeur - len(rangee))), etendue)
        for rangee, (_, etendue) in zip(cellules, bruts, strict=True)
    )
    return Tableau(rangees, debut, fin - debut)


def _cells(brut: str, separateur: Separateur) -> list[str]:
    if separateur is Separateur.ESPACES:
        return [trouve[0] for trouve in _CELLULE_ESPACEE.finditer(brut)]
    if separateur is Separateur.BARRE:
        return [_squeeze(cellule) for cellule in brut.strip().removeprefix("|").removesuffix("|").split("|")]
    return [_squeeze(cellule) for cellule in brut.split("\t")]


def _align(rangees: Sequence[Sequence[re.Match[str]]]) -> list[list[str]]:
    """Put the cells of each row in columns: the bands of the page that hold cells, else the cells of the fullest row."""
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
