"""The tables of a text: runs of lines whose cells are parted alike, with the headings that stand between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.documents.lignes import Ligne
from importers.documents.passage import PLAT, Etendue
from portal.domain.rangees import Separateur, find_separateur, split_rangee, split_rangees

TITRE_MAXIMUM = 60
"""A heading over rows is no longer than this."""


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
        separateur = find_separateur(_raw(texte, lignes[debut]))
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
    if find_separateur(_raw(texte, lignes[rang])) is separateur:
        return True
    titre = len(lignes[rang].texte) <= TITRE_MAXIMUM and lignes[rang].texte[-1] not in ".;:"
    suivante = rang + 1 < len(lignes) and find_separateur(_raw(texte, lignes[rang + 1])) is separateur
    return separateur is not Separateur.ESPACES and titre and suivante


def split_cellules(texte: str, ligne: Ligne) -> tuple[str, ...]:
    """Cut one line into its cells, the empty ones of tabs and bars included; a line of one cell gives that cell."""
    return tuple(split_rangee(_raw(texte, ligne)))


def _raw(texte: str, ligne: Ligne) -> str:
    return texte[ligne.depart : ligne.fin].translate(PLAT)


def _build(texte: str, lignes: Sequence[Ligne], debut: int, fin: int, separateur: Separateur) -> Tableau | None:
    rangees = split_rangees([_raw(texte, ligne) for ligne in lignes[debut:fin]], separateur)
    tableau = tuple(
        Rangee(tuple(cellules), ligne.etendue)
        for cellules, ligne in zip(rangees, lignes[debut:fin], strict=True)
        if cellules
    )
    return Tableau(tableau, debut, fin - debut) if tableau and len(tableau[0].cellules) > 1 else None
