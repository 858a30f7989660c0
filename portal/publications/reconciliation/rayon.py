"""Acts that share a day, a NOR, or nothing, among which those near an entry are found without comparing each.

An act is near by its title, or designated by a trait that it shares with the entry: the names of two parties, a day.
Acts that nothing tells apart are compared once. A title of n words can be at most (n - r) / n near to one that has none
of r of them: the words are looked up the rarest first, until what was not seen is too far to matter. Where the
words, or the traits, are those of too many acts, the search stops, and says how near what it did not see may be.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.publications.reconciliation.titres import PROCHE, Titre, measure_likeness, share_of

PETIT = 16
"""Of so few, each is compared."""
COMPARES = 400
"""Acts, told apart by their title or their traits, that are compared with an entry for what they share with it."""

PEUT_ETRE, SURE = 1, 2
"""How surely a trait designates an act."""

Traits = frozenset[Hashable]


class Note(NamedTuple):
    """How near an act is, the greater the nearer: whether a trait designates it surely, the likeness of its title, 0 to
    1, whether it is word for word the same, and how surely a trait designates it (0 where none does).
    """

    nomme: bool
    proche: float
    exact: bool
    designe: int


def _note(designe: int, proche: float, exact: bool) -> Note:
    return Note(designe == SURE, proche, exact, designe)


@dataclass(frozen=True, slots=True)
class Voisin:
    """Acts that nothing tells apart, by their ranks, and how near they are."""

    note: Note
    rangs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Voisinage:
    """What is near an entry: `voisins` were compared; what was not may be as near as `ignores`, and is of `tous`."""

    voisins: tuple[Voisin, ...] = ()
    ignores: tuple[Note, ...] = ()
    tous: tuple[Sequence[int], ...] = ()


class Rayon:
    """Acts and their traits, given by their ranks."""

    def __init__(self, membres: Iterable[tuple[int, Titre, Traits]]) -> None:
        groupes: dict[tuple[str, Traits], int] = {}
        self.rangs: list[int] = []
        self._groupes: list[tuple[Titre, Traits, list[int]]] = []
        for rang, titre, traits in membres:
            groupe = groupes.setdefault((titre.suite, traits), len(self._groupes))
            if groupe == len(self._groupes):
                self._groupes.append((titre, traits, []))
            self._groupes[groupe][2].append(rang)
            self.rangs.append(rang)
        self._fiches = _Fiches(self._groupes) if len(self._groupes) > PETIT else None

    def find(self, titre: Titre, designes: Mapping[Hashable, int]) -> Voisinage:
        """What is near a title, or has one of the traits that designate it, each as surely as said; where few are here,
        all. Where some have the very words of the title, no other is looked for.
        """
        mots = frozenset(titre.mots)
        if self._fiches is None:
            voisins = [self._compare(groupe, titre, mots, designes) for groupe in range(len(self._groupes))]
            return Voisinage(tuple(voisins), (), (self.rangs,))
        nommes, reste = _look_up((self._fiches.traits.get(trait, ()) for trait in designes), COMPARES)
        proches, au_plus = self._find_near(titre, mots, self._fiches)
        voisins = [self._compare(groupe, titre, mots, designes) for groupe in sorted(nommes | proches)]
        ignores = [_note(max(designes.values()), au_plus, True)] if reste < 0 else []
        ignores += [_note(0, au_plus, True)] if au_plus >= PROCHE else []
        return Voisinage(tuple(voisins), tuple(ignores), (self.rangs,))

    def _find_near(self, titre: Titre, mots: frozenset[str], fiches: "_Fiches") -> tuple[set[int], float]:
        """Those of the same words, else those of words near enough, and how near the others may be."""
        if not mots:
            return set(), 0.0
        memes, reste = _look_up([fiches.titres.get(titre.mots, ())], COMPARES)
        if reste < 0:
            return set(), 1.0
        nombre = len(mots)
        au_plus = nombre / (nombre + 1)
        if any(measure_likeness(titre, self._groupes[groupe][0], mots) == 1 for groupe in memes):
            return memes, au_plus
        proches = set(memes)
        for lus, liste in enumerate(sorted((fiches.mots.get(mot, ()) for mot in titre.mots), key=len)):
            au_plus = min(au_plus, (nombre - lus) / nombre)
            reste -= len(liste)
            if au_plus < PROCHE or reste < 0:
                return proches, au_plus
            proches.update(groupe for groupe in liste if share_of(mots, self._groupes[groupe][0].mots) >= PROCHE)
        return proches, 0.0

    def _compare(self, groupe: int, titre: Titre, mots: frozenset[str], designes: Mapping[Hashable, int]) -> Voisin:
        autre, siens, rangs = self._groupes[groupe]
        designe = max((designes.get(trait, 0) for trait in siens), default=0)
        note = _note(designe, measure_likeness(titre, autre, mots), titre.suite == autre.suite)
        return Voisin(note, rangs)


class _Fiches:
    """Where the acts of each trait, of each word and of each title are."""

    def __init__(self, groupes: Sequence[tuple[Titre, Traits, list[int]]]) -> None:
        self.traits: defaultdict[Hashable, list[int]] = defaultdict(list)
        self.mots: defaultdict[str, list[int]] = defaultdict(list)
        self.titres: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for groupe, (titre, traits, _) in enumerate(groupes):
            self.titres[titre.mots].append(groupe)
            for trait in traits:
                self.traits[trait].append(groupe)
            for mot in titre.mots:
                self.mots[mot].append(groupe)


def _look_up(listes: Iterable[Sequence[int]], reste: int) -> tuple[set[int], int]:
    """What lists hold, up to the first that holds more than may be compared; then what is left is below 0."""
    trouves: set[int] = set()
    for liste in listes:
        reste -= len(liste)
        if reste < 0:
            break
        trouves.update(liste)
    return trouves, reste


def gather(voisinages: Iterable[Voisinage]) -> Voisinage:
    """Several as one."""
    liste = list(voisinages)
    return Voisinage(
        tuple(voisin for voisinage in liste for voisin in voisinage.voisins),
        tuple(note for voisinage in liste for note in voisinage.ignores),
        tuple(tous for voisinage in liste for tous in voisinage.tous),
    )
