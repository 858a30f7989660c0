"""What stands on a page: words and rules; and the pieces of lines that words make."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

ECART = 0.6
"""A gap wider than this many heights of a line may part two columns; a space is half of it."""
PAS = 1.6
"""Where all characters have one width, two spaces may part two columns: one space is as wide as a gap of other fonts."""
MEME_LARGEUR = 0.03
ECART_DE_LISTE = 4.0
"""What opens an item of a list stands no further from its words, in heights of a line."""
LOIN = 60.0
"""Points: no word goes on with a piece that ends further to its left."""
SEULS = 4
"""A justified line that is cut at its words has this many pieces or more."""
BORD = 2.0
"""Points within which lines end at one edge."""
TRANCHE = 12.0
"""Points of height in which pieces are looked for together."""


_MARQUE = re.compile(
    r"[-–—•▪◦●■o*✓➢→]|(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)°]-?|\d{1,2}(?:\.\d{1,2}){1,3}\.?|vu|considérant",
    re.IGNORECASE,
)
"""What opens an item of a list, however far from its words it stands."""


@dataclass(frozen=True, slots=True)
class Mot:
    """A word and its box. `appel` says that it is a raised number, the call of a note."""

    texte: str
    x0: float
    haut: float
    x1: float
    bas: float
    appel: bool = False

    @property
    def hauteur(self) -> float:
        return self.bas - self.haut

    @property
    def milieu(self) -> float:
        return (self.haut + self.bas) / 2


@dataclass(frozen=True, slots=True)
class Filet:
    """A straight rule, flat (haut = bas) or upright (x0 = x1)."""

    x0: float
    haut: float
    x1: float
    bas: float

    @property
    def couche(self) -> bool:
        return self.x1 - self.x0 >= self.bas - self.haut


@dataclass(frozen=True, slots=True)
class Page:
    """The size of a page and what stands on it."""

    largeur: float
    hauteur: float
    mots: tuple[Mot, ...] = ()
    filets: tuple[Filet, ...] = ()


@dataclass(frozen=True, slots=True)
class Bout:
    """A piece of a line: words that only spaces part."""

    mots: tuple[Mot, ...]
    x0: float = field(init=False)
    haut: float = field(init=False)
    x1: float = field(init=False)
    bas: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "x0", self.mots[0].x0)
        object.__setattr__(self, "x1", max(mot.x1 for mot in self.mots))
        corps = max(self.mots, key=lambda mot: mot.x1 - mot.x0)
        object.__setattr__(self, "haut", corps.haut)
        object.__setattr__(self, "bas", corps.bas)

    @property
    def texte(self) -> str:
        return " ".join(mot.texte for mot in self.mots)

    @property
    def hauteur(self) -> float:
        return self.bas - self.haut

    @property
    def milieu(self) -> float:
        return (self.haut + self.bas) / 2


def find_rangees(mots: Iterable[Mot]) -> list[list[Mot]]:
    """Group words by the line on which they stand, from top to bottom, each from left to right."""
    rangees: list[list[Mot]] = []
    repere: Mot | None = None
    for mot in sorted(mots, key=lambda mot: (mot.milieu, mot.x0)):
        if repere is None or not is_level(repere, mot):
            rangees.append([])
            repere = mot
        rangees[-1].append(mot)
    return [sorted(rangee, key=lambda mot: mot.x0) for rangee in rangees]


def is_level(un: Mot | Bout, autre: Mot | Bout) -> bool:
    """Say whether two words stand on one line: over half of the smaller stands beside the other."""
    commun = min(un.bas, autre.bas) - max(un.haut, autre.haut)
    return commun > 0.5 * min(un.hauteur, autre.hauteur)


def find_bouts(mots: Iterable[Mot]) -> list[Bout]:
    """Chain each word to that right before it on its line; the pieces come from top to bottom.

    Lines of two columns need not be level with each other: no line of the page is supposed.
    """
    ouverts: dict[int, list[list[Mot]]] = defaultdict(list)
    chaines: list[list[Mot]] = []
    tries = sorted(mots, key=lambda mot: mot.x0)
    corps: dict[int, list[Mot]] = defaultdict(list)
    for mot in tries:
        corps[_corps(mot)].append(mot)
    pas = {taille: _find_step(groupe) for taille, groupe in corps.items()}
    for mot in tries:
        chaine = _find_chain(ouverts, mot, pas[_corps(mot)])
        if chaine is None:
            chaine = []
            chaines.append(chaine)
            ouverts[int(mot.bas / TRANCHE)].append(chaine)
        chaine.append(mot)
    bouts = [Bout(tuple(chaine)) for chaine in _join_spaced(chaines)]
    return sorted(bouts, key=lambda bout: (bout.milieu, bout.x0))


def _corps(mot: Mot) -> int:
    """Give the size of a word's font, in half points: each size has its own widths."""
    return round(2 * mot.hauteur)


def _find_step(mots: Sequence[Mot]) -> float:
    """Give the width in points of a character where all have the same, 0 in any other font."""
    largeurs = [(mot.x1 - mot.x0) / len(mot.texte) for mot in mots if len(mot.texte) > 2]
    pas = median(largeurs) if largeurs else 0.0
    egales = sum(abs(largeur - pas) < MEME_LARGEUR * pas for largeur in largeurs)
    return pas if egales > 0.8 * len(largeurs) else 0.0


def _join_spaced(chaines: Sequence[list[Mot]]) -> list[list[Mot]]:
    """Make one again of a justified line that was cut at each word, for it had few words for its width."""
    if sum(len(chaine) < 3 for chaine in chaines) < SEULS:
        return list(chaines)
    bords = Counter(
        round(chaine[-1].x1 / BORD) + voisin for chaine in chaines if len(chaine) > 3 for voisin in (-1, 0, 1)
    )
    joints: list[list[Mot]] = []
    par_premier = {id(chaine[0]): chaine for chaine in chaines}
    for rangee in find_rangees(mot for chaine in chaines for mot in chaine):
        ici = [par_premier[id(mot)] for mot in rangee if id(mot) in par_premier]
        au_bord = bool(ici) and bords[round(ici[-1][-1].x1 / BORD)] > 2
        joints += [[mot for chaine in ici for mot in chaine]] if au_bord and _is_spaced(ici) else ici
    return joints


def _is_spaced(chaines: Sequence[Sequence[Mot]]) -> bool:
    if len(chaines) < SEULS or sum(map(len, chaines)) > 2 * len(chaines):
        return False
    ecarts = [suite[0].x0 - chaine[-1].x1 for chaine, suite in pairwise(chaines)]
    hauteur = max(mot.hauteur for chaine in chaines for mot in chaine)
    lettres = sum(mot.texte[0].isalpha() for chaine in chaines for mot in chaine)
    return max(ecarts) < 2.5 * hauteur and 2 * lettres > sum(map(len, chaines))


def _find_chain(ouverts: dict[int, list[list[Mot]]], mot: Mot, pas: float) -> list[Mot] | None:
    """Find the piece that a word goes on with; forget those that are too far behind for any word to come."""
    tranche = int(mot.bas / TRANCHE)
    proches = []
    for voisine in (tranche - 1, tranche, tranche + 1):
        if voisine in ouverts:
            ouverts[voisine] = [chaine for chaine in ouverts[voisine] if mot.x0 - chaine[-1].x1 < LOIN]
            proches += [chaine for chaine in ouverts[voisine] if _chains(chaine, mot, pas)]
    return min(proches, key=lambda chaine: abs(chaine[0].bas - mot.bas), default=None)


def _chains(chaine: Sequence[Mot], mot: Mot, pas: float) -> bool:
    dernier = chaine[-1]
    ecart, hauteur = mot.x0 - dernier.x1, max(dernier.hauteur, mot.hauteur)
    marque = len(chaine) == 1 and _MARQUE.fullmatch(dernier.texte) and not mot.texte[0].isdigit()
    permis = ECART_DE_LISTE if marque else ECART
    return -hauteur < ecart < max(permis * hauteur, PAS * pas) and is_level(dernier, mot)


def without_calls(mots: Sequence[Mot]) -> tuple[Mot, ...]:
    """Leave out the calls of notes; one that opens its line is the number of the note, and that of « m² » a power."""
    gardes = []
    for rang, mot in enumerate(mots):
        if not mot.appel:
            gardes.append(mot)
        elif not gardes or not is_level(gardes[-1], mot):
            gardes.append(replace(mot, texte=f"({mot.texte})"))
        elif gardes[-1].texte.lower() in _UNITES and rang:
            gardes[-1] = replace(gardes[-1], texte=gardes[-1].texte + mot.texte, x1=mot.x1)
    return tuple(gardes)


_UNITES = {"m", "km", "dm", "cm", "mm"}
