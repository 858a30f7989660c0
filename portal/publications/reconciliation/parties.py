"""The parties that an entry names, found in its words by their names or sigles."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, combinations_with_replacement

from portal.publications.entrees import Entree
from portal.publications.reconciliation.rayon import PEUT_ETRE, SURE
from portal.publications.reconciliation.titres import Titre, split_words

Paire = tuple[str, str]
"""The names of two parties, in alphabetical order."""

NOMMEES = 32
"""Names of parties in one entry: one that prints more is the list of many acts."""


class Noms:
    """The names of the parties of all acts."""

    def __init__(self) -> None:
        self._formes: dict[str, tuple[str, ...]] = {}
        self._noms: dict[str, str] = {}
        self._longueurs: dict[str, tuple[int, ...]] = {}

    def add(self, partie: str) -> tuple[str, ...]:
        """Gives the forms of a party: « Direction du numérique|DNUM » is found by either."""
        if partie not in self._formes:
            mots = (split_words(nom) for nom in partie.split("|"))
            self._formes[partie] = tuple(dict.fromkeys(self._keep(forme) for forme in mots if forme))
        return self._formes[partie]

    def _keep(self, mots: list[str]) -> str:
        connues = self._longueurs.get(mots[0], ())
        if len(mots) not in connues:
            self._longueurs[mots[0]] = tuple(sorted((*connues, len(mots)), reverse=True))
        nom = " ".join(mots)
        return self._noms.setdefault(nom, nom)

    def find_pairs(self, entree: Entree, titre: Titre) -> Mapping[Hashable, int]:
        """The pairs of names that an entry prints, `SURE` where they are those of two parties, `PEUT_ETRE` where one is
        a part of a longer name, or where one may stand for both; none where it prints more names than an act has.
        """
        textes = [titre.suite.split(), *map(split_words, entree.parties)]
        noms = {nom for mots in textes for rang in range(len(mots)) for nom in self._find_at(mots, rang)}
        if len(noms) > NOMMEES:
            return {}
        surs = {nom for mots in textes for nom in self._find_longest(mots)}
        paires: dict[Hashable, int] = dict.fromkeys(combinations_with_replacement(sorted(noms), 2), PEUT_ETRE)
        paires.update(dict.fromkeys(combinations(sorted(surs), 2), SURE))
        return paires

    def _find_longest(self, mots: Sequence[str]) -> Iterator[str]:
        """That of a ministère is no party where it stands in the name of its direction."""
        rang = 0
        while rang < len(mots):
            nom = next(self._find_at(mots, rang), "")
            if nom:
                yield nom
            rang += nom.count(" ") + 1

    def _find_at(self, mots: Sequence[str], rang: int) -> Iterator[str]:
        """The names that begin at a word, the longest first."""
        for longueur in self._longueurs.get(mots[rang], ()):
            nom = " ".join(mots[rang : rang + longueur])
            if nom in self._noms:
                yield nom


def pair_up(parties: Iterable[tuple[str, ...]]) -> frozenset[Paire]:
    """The pairs of names of two parties, each party by any of its forms; a name that both have makes a pair alone."""
    return frozenset(
        (min(un, autre), max(un, autre))
        for formes, autres in combinations(dict.fromkeys(parties), 2)
        for un in formes
        for autre in autres
    )
