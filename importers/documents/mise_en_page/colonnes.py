"""Bands of a page where a blank strip parts what stands to its left from what stands to its right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from importers.documents.mise_en_page.mots import Bout

LARGE = 0.5
"""A strip is no narrower than this many heights of a line."""
SUREMENT = 4
SUREMENT_LARGE = 1.25
MOYENNE = 0.7
PRINCIPALE = 0.7
OUVERTES_MAXIMUM = 24
"""Strips looked at together: no table of an act has more columns."""


@dataclass
class Gouttiere:
    """A blank strip [x0, x1] that no piece of a line crosses from `haut` to `bas`; `paires` counts the lines that have
    words on both sides, `chiffres` those whose right side opens by a figure.
    """

    x0: float
    x1: float
    haut: float
    bas: float
    hauteur: float
    paires: int = 1
    chiffres: int = 0

    @property
    def sure(self) -> bool:
        """In justified text a gap may stand under another by chance, but no wide one, not four, not each before a figure."""
        large = (self.x1 - self.x0) / self.hauteur
        return self.paires > 1 and (
            large > SUREMENT_LARGE or self.paires >= SUREMENT or (large > MOYENNE and self.chiffres >= self.paires - 1)
        )


@dataclass
class Bande:
    """Pieces of lines from `haut` to `bas` that blank strips part in columns."""

    haut: float
    bas: float
    gouttieres: list[Gouttiere] = field(default_factory=list)
    bouts: list[Bout] = field(default_factory=list)

    @property
    def principales(self) -> list[Gouttiere]:
        """The strips that go along most of the band; the others part the cells of a table within one of its columns."""
        hauteur = max(gouttiere.bas - gouttiere.haut for gouttiere in self.gouttieres)
        return [gouttiere for gouttiere in self.gouttieres if gouttiere.bas - gouttiere.haut > PRINCIPALE * hauteur]

    def list_colonnes(self, gouttieres: Sequence[Gouttiere], *autres: Bout) -> list[list[Bout]]:
        """The pieces of each column, and others, from top to bottom; one that lies over two belongs to the first."""
        limites = [(gouttiere.x0 + gouttiere.x1) / 2 for gouttiere in gouttieres]
        colonnes: list[list[Bout]] = [[] for _ in range(len(limites) + 1)]
        for bout in (*self.bouts, *autres):
            colonnes[sum(bout.x0 >= limite for limite in limites)].append(bout)
        return colonnes


def find_bandes(bouts: Sequence[Bout]) -> list[Bande]:
    """The bands of a page, from top to bottom, each with its pieces; what is in none stands between them."""
    bandes: list[Bande] = []
    for gouttiere in sorted(_find_gouttieres(bouts), key=lambda gouttiere: gouttiere.haut):
        if bandes and gouttiere.haut < bandes[-1].bas:
            bandes[-1].bas = max(bandes[-1].bas, gouttiere.bas)
            bandes[-1].gouttieres.append(gouttiere)
        else:
            bandes.append(Bande(gouttiere.haut, gouttiere.bas, [gouttiere]))
    for bande in bandes:
        bande.gouttieres = _part(bande.gouttieres)
        bande.bouts = [bout for bout in bouts if bande.haut <= bout.milieu <= bande.bas]
    return bandes


def continue_bande(gouttieres: Sequence[Gouttiere], bouts: Sequence[Bout]) -> Bande | None:
    """The band at the top of a page that goes on with the columns of a table, the last of the page before."""
    bande = Bande(0.0, 0.0, list(gouttieres))
    for rang, bout in enumerate(bouts):
        traverse = any(bout.x0 < gouttiere.x0 - 1 and bout.x1 > gouttiere.x1 + 1 for gouttiere in gouttieres)
        if traverse or _is_alone(bouts, rang) or (bande.bouts and bout.haut - bande.bas > 2 * bout.hauteur):
            break
        bande.bouts.append(bout)
        bande.bas = max(bande.bas, bout.bas)
    return bande if len(bande.bouts) > 1 and gouttieres else None


def _part(gouttieres: Iterable[Gouttiere]) -> list[Gouttiere]:
    """Keep one of the strips that lie over each other: that which goes the furthest."""
    gardees: list[Gouttiere] = []
    for gouttiere in sorted(gouttieres, key=lambda g: (g.haut - g.bas, g.x0)):
        if all(gouttiere.x1 <= autre.x0 or autre.x1 <= gouttiere.x0 for autre in gardees):
            gardees.append(gouttiere)
    return sorted(gardees, key=lambda gouttiere: gouttiere.x0)


def _find_gouttieres(bouts: Sequence[Bout]) -> list[Gouttiere]:
    """The strips beside which two lines or more have words on both sides; a line alone that crosses one ends all."""
    ouvertes: list[Gouttiere] = []
    closes: list[Gouttiere] = []
    for rang, bout in enumerate(bouts):
        ouvertes, fermees = _narrow(ouvertes, bout)
        closes += fermees
        if any(gouttiere.sure for gouttiere in fermees) and _is_alone(bouts, rang):
            closes, ouvertes = closes + ouvertes, []
        for gauche, droite in _pairs(bouts, rang):
            _open(ouvertes, gauche, droite)
    toutes = [gouttiere for gouttiere in (*closes, *ouvertes) if gouttiere.paires > 1]
    sures = [gouttiere for gouttiere in toutes if gouttiere.sure]
    return [gouttiere for gouttiere in toutes if gouttiere.sure or _is_likely(gouttiere, sures)]


def _is_likely(gouttiere: Gouttiere, sures: Sequence[Gouttiere]) -> bool:
    """Say whether a strip, of no width by itself, goes along one that is sure: they part the cells of one table."""
    large = gouttiere.x1 - gouttiere.x0 > MOYENNE * gouttiere.hauteur
    return large and any(sure.haut - 1 <= gouttiere.haut and gouttiere.bas <= sure.bas + 1 for sure in sures)


def _is_alone(bouts: Sequence[Bout], rang: int) -> bool:
    """Say whether a piece has its line for itself."""
    voisins = (*bouts[max(0, rang - 2) : rang], *bouts[rang + 1 : rang + 3])
    return not any(_overlap(voisin, bouts[rang]) for voisin in voisins)


def _overlap(un: Bout, autre: Bout) -> bool:
    return min(un.bas, autre.bas) - max(un.haut, autre.haut) > 0.2 * min(un.hauteur, autre.hauteur)


def _narrow(ouvertes: Iterable[Gouttiere], bout: Bout) -> tuple[list[Gouttiere], list[Gouttiere]]:
    """Narrow the strips by a piece that stands beside them; close those that it crosses."""
    restent, fermees = [], []
    for gouttiere in ouvertes:
        x0, x1 = gouttiere.x0, gouttiere.x1
        if (bout.x0 + bout.x1) / 2 < (x0 + x1) / 2:
            x0 = max(x0, bout.x1)
        else:
            x1 = min(x1, bout.x0)
        if x1 - x0 < LARGE * min(bout.hauteur, gouttiere.hauteur):
            fermees.append(gouttiere)
        else:
            gouttiere.x0, gouttiere.x1 = x0, x1
            restent.append(gouttiere)
    return restent, fermees


def _pairs(bouts: Sequence[Bout], rang: int) -> Iterator[tuple[Bout, Bout]]:
    """The piece with its nearest neighbours, among those already seen, to its left and to its right."""
    bout = bouts[rang]
    beside = [autre for autre in bouts[max(0, rang - OUVERTES_MAXIMUM) : rang] if _overlap(autre, bout)]
    gauche = max((autre for autre in beside if autre.x1 <= bout.x0), key=lambda autre: autre.x1, default=None)
    droite = min((autre for autre in beside if bout.x1 <= autre.x0), key=lambda autre: autre.x0, default=None)
    if gauche is not None:
        yield gauche, bout
    if droite is not None:
        yield bout, droite


def _open(ouvertes: list[Gouttiere], gauche: Bout, droite: Bout) -> None:
    """Count the line for each strip between two pieces, or open one there."""
    entre = [gouttiere for gouttiere in ouvertes if gauche.x1 <= gouttiere.x0 and gouttiere.x1 <= droite.x0]
    for gouttiere in entre:
        gouttiere.paires += 1
        gouttiere.chiffres += _opens_by_figure(droite)
        gouttiere.bas = max(gouttiere.bas, gauche.bas, droite.bas)
    if not entre and len(ouvertes) < OUVERTES_MAXIMUM:
        haut, bas = min(gauche.haut, droite.haut), max(gauche.bas, droite.bas)
        hauteur = min(gauche.hauteur, droite.hauteur)
        chiffres = int(_opens_by_figure(droite))
        ouvertes.append(Gouttiere(gauche.x1, droite.x0, haut, bas, hauteur, chiffres=chiffres))


def _opens_by_figure(bout: Bout) -> bool:
    premier = bout.mots[0].texte
    return premier[:1].isdigit() or premier in ("-", "–", "—", "AE", "CP", "p.m.", "néant")
