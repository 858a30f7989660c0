"""Tables with borders: rules that cross make a grid, and each word falls in one of its cells.

A merged cell is several cells of the grid with no rule between them: its text is in the first, the others are empty.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from importers.documents.mise_en_page.mots import Filet, Mot

PROCHE = 3.5
"""Points within which two rules are one, or touch."""
OUVERT = 10.0
"""Points by which rules go beyond the last that crosses them, where a table has no border on that side."""
COURT = 5.0
"""A rule under this length, in points, is none."""
FILETS_MAXIMUM = 3_000
CASES_MAXIMUM = 20_000


@dataclass(frozen=True, slots=True)
class Grille:
    """The cells of a table: `xs` and `ys` are where its rules stand; `premiere` gives, by (row, column), the first cell
    of those merged with it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    premiere: dict[tuple[int, int], tuple[int, int]]

    @property
    def boite(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def find(self, mot: Mot) -> tuple[int, int] | None:
        """The cell of a word, None where the word is outside."""
        x, y = (mot.x0 + mot.x1) / 2, mot.milieu
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        ligne = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        colonne = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return self.premiere[ligne, colonne]


def find_grilles(filets: Iterable[Filet]) -> list[Grille]:
    """The grids of two columns or more that the rules of a page draw."""
    couches = merge_filets([filet for filet in filets if filet.couche])
    droits = merge_filets([filet for filet in filets if not filet.couche])
    if len(couches) + len(droits) > FILETS_MAXIMUM:
        return []
    return [grille for groupe in _group(couches, droits) if (grille := _build(*groupe)) is not None]


def merge_filets(filets: Sequence[Filet]) -> list[Filet]:
    """Make one of the rules that lie on one line and touch."""
    par_place: list[list[Filet]] = []
    for filet in sorted(filets, key=_place):
        if par_place and _place(filet) - _place(par_place[-1][0]) <= PROCHE:
            par_place[-1].append(filet)
        else:
            par_place.append([filet])
    longs = (long for groupe in par_place for long in _chain(groupe))
    return [filet for filet in longs if max(filet.x1 - filet.x0, filet.bas - filet.haut) > COURT]


def _place(filet: Filet) -> float:
    return filet.haut if filet.couche else filet.x0


def _chain(groupe: Sequence[Filet]) -> Iterator[Filet]:
    couche = groupe[0].couche
    place = _place(groupe[len(groupe) // 2])
    portees = sorted((f.x0, f.x1) if couche else (f.haut, f.bas) for f in groupe)
    debut, fin = portees[0]
    for suivant, bout in [*portees[1:], (float("inf"), 0.0)]:
        if suivant <= fin + PROCHE:
            fin = max(fin, bout)
            continue
        yield Filet(debut, place, fin, place) if couche else Filet(place, debut, place, fin)
        debut, fin = suivant, bout


def _group(couches: Sequence[Filet], droits: Sequence[Filet]) -> Iterator[tuple[list[Filet], list[Filet]]]:
    """Group the rules that touch, each with the next."""
    parents = list(range(len(couches) + len(droits)))

    def find(rang: int) -> int:
        while parents[rang] != rang:
            parents[rang] = rang = parents[parents[rang]]
        return rang

    for rang, couche in enumerate(couches):
        for autre, droit in enumerate(droits, len(couches)):
            if (
                couche.x0 - PROCHE <= droit.x0 <= couche.x1 + PROCHE
                and droit.haut - PROCHE <= couche.haut <= droit.bas + PROCHE
            ):
                parents[find(rang)] = find(autre)
    groupes: dict[int, tuple[list[Filet], list[Filet]]] = defaultdict(lambda: ([], []))
    for rang, couche in enumerate(couches):
        groupes[find(rang)][0].append(couche)
    for autre, droit in enumerate(droits, len(couches)):
        groupes[find(autre)][1].append(droit)
    yield from groupes.values()


def _build(couches: Sequence[Filet], droits: Sequence[Filet]) -> Grille | None:
    if not couches or not droits:
        return None
    xs = _cluster([f.x0 for f in droits], min(f.x0 for f in couches), max(f.x1 for f in couches))
    ys = _cluster([f.haut for f in couches], min(f.haut for f in droits), max(f.bas for f in droits))
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > CASES_MAXIMUM:
        return None
    return Grille(xs, ys, _merge_cases(xs, ys, couches, droits))


def _cluster(places: Iterable[float], debut: float, fin: float) -> tuple[float, ...]:
    """Make one of the places that are near; the ends of the rules across count where no rule closes the table there."""
    gardees: list[float] = []
    for place in sorted(places):
        if not gardees or place - gardees[-1] > PROCHE:
            gardees.append(place)
    avant = [debut] if gardees[0] - debut > OUVERT else []
    apres = [fin] if fin - gardees[-1] > OUVERT else []
    return (*avant, *gardees, *apres)


def _merge_cases(
    xs: Sequence[float], ys: Sequence[float], couches: Sequence[Filet], droits: Sequence[Filet]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Give, for each cell, the first in reading order of those that no rule parts from it."""
    murs = {
        (ligne, colonne)
        for droit in droits
        for colonne in _near(xs, droit.x0)
        for ligne in _between(ys, droit.haut, droit.bas)
    }
    planchers = {
        (ligne, colonne)
        for couche in couches
        for ligne in _near(ys, couche.haut)
        for colonne in _between(xs, couche.x0, couche.x1)
    }
    premiere: dict[tuple[int, int], tuple[int, int]] = {}
    for ligne in range(len(ys) - 1):
        for colonne in range(len(xs) - 1):
            if colonne and (ligne, colonne) not in murs:
                premiere[ligne, colonne] = premiere[ligne, colonne - 1]
            elif ligne and (ligne, colonne) not in planchers:
                premiere[ligne, colonne] = premiere[ligne - 1, colonne]
            else:
                premiere[ligne, colonne] = (ligne, colonne)
    return premiere


def _near(places: Sequence[float], place: float) -> list[int]:
    return [rang for rang, autre in enumerate(places) if abs(autre - place) <= PROCHE]


def _between(places: Sequence[float], debut: float, fin: float) -> list[int]:
    """The intervals of `places` whose middle a rule from `debut` to `fin` passes."""
    return [
        rang
        for rang in range(len(places) - 1)
        if debut - PROCHE <= (places[rang] + places[rang + 1]) / 2 <= fin + PROCHE
    ]
