"""A line of a page, set in its column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.documents.mise_en_page.mots import Bout, Mot

PEU = 12
"""With no more lines than this, the furthest may be a long one rather than one that fills the column."""


FLEUR = 4.0
"""Points: lines that end so near to each other end together."""
JUSTIFIE = 0.35
"""The share of the lines of a justified text which end at its edge."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line, or a row of a table. [gauche, droite] is the column where it stands; `justifiee` says that the lines of the
    column end together.
    """

    x0: float
    haut: float
    x1: float
    bas: float
    texte: str
    premier: float = 0.0  # the width of its first word, in points
    gauche: float = 0.0
    droite: float = 0.0
    justifiee: bool = False
    est_rangee: bool = False
    colonne: int = 0

    @property
    def hauteur(self) -> float:
        return self.bas - self.haut

    @property
    def milieu(self) -> float:
        return (self.haut + self.bas) / 2


def to_ligne(mots: Sequence[Mot]) -> Ligne:
    bout = Bout(tuple(mots))
    return Ligne(bout.x0, bout.haut, bout.x1, bout.bas, bout.texte, premier=mots[0].x1 - mots[0].x0)


def to_rangee(cellules: Sequence[Sequence[Sequence[Mot]]]) -> Ligne:
    """A row of a table, each cell given by its lines: cells are parted by tabs; a line end in a cell waits for `write`."""
    mots = [mot for cellule in cellules for rangee in cellule for mot in rangee]
    texte = "\t".join("\n".join(write_mots(rangee) for rangee in cellule) for cellule in cellules)
    haut, bas = min(mot.haut for mot in mots), max(mot.bas for mot in mots)
    return Ligne(mots[0].x0, haut, mots[-1].x1, bas, texte, est_rangee=True)


def write_mots(mots: Sequence[Mot]) -> str:
    return " ".join(mot.texte for mot in mots)


def set_edges(lignes: Sequence[Ligne], largeur: float) -> list[Ligne]:
    """Give plain lines the edges of the text: those that three lines reach; few lines say less than equal margins do."""
    plaines = [ligne for ligne in lignes if not ligne.est_rangee and not ligne.droite]
    if not plaines:
        return list(lignes)
    gauche = sorted(ligne.x0 for ligne in plaines)[_third(plaines)]
    droite = sorted((ligne.x1 for ligne in plaines), reverse=True)[_third(plaines)]
    droite = droite if len(plaines) > PEU else max(droite, largeur - gauche)
    return _place(lignes, plaines, gauche, droite, 0)


def set_in_column(lignes: Sequence[Ligne], colonne: int, limite: float) -> list[Ligne]:
    """Give the lines of a column its edges; a column of few lines goes as far as `limite`, where the next begins."""
    plaines = [ligne for ligne in lignes if not ligne.est_rangee and not ligne.colonne]
    if not plaines:
        return list(lignes)
    gauche = min(ligne.x0 for ligne in plaines)
    droites = sorted((ligne.x1 for ligne in plaines), reverse=True)
    droite = droites[_third(plaines)] if len(plaines) > PEU else limite
    return _place(lignes, plaines, gauche, droite, colonne)


def _place(
    lignes: Sequence[Ligne], plaines: Sequence[Ligne], gauche: float, droite: float, colonne: int
) -> list[Ligne]:
    justifiee = sum(droite - ligne.x1 < FLEUR for ligne in plaines) > max(3, len(plaines) * JUSTIFIE)
    placees = {
        id(ligne): replace(ligne, gauche=gauche, droite=droite, colonne=colonne, justifiee=justifiee)
        for ligne in plaines
    }
    return [placees.get(id(ligne), ligne) for ligne in lignes]


def _third(lignes: Sequence[Ligne]) -> int:
    return 2 if len(lignes) > PEU else 0
