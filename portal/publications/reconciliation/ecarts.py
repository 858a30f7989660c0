"""What a listing shows, set against what is known, entry by entry."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portal.publications.entrees import Entree
from portal.publications.reconciliation.autour import Autour
from portal.publications.reconciliation.divergences import find_divergences
from portal.publications.reconciliation.doublons import keep_one_of_each
from portal.publications.reconciliation.index import Actes, Index
from portal.publications.reconciliation.modele import DOUTE, Connue, Ecart, Etat
from portal.publications.reconciliation.motifs import Trouve, find_acte, list_possible

INCONNU = "Aucun acte du portail n'a cette adresse, ce NOR, cette date et ces parties, ni ce titre."
DISPARU = "La liste, lue en entier, ne montre plus cet acte."


def reconcile(entrees: Iterable[Entree], connues: Iterable[Connue]) -> Iterator[Ecart]:
    """Yields an écart for each entry, in order, then one for each publication seen before that no entry shows.

    A publication that a doubtful entry may be is not absent; where an entry could not be told from many, no absence is
    certain. Of several entries of one act, the surest is it, that of the address where it was before first; where
    nothing tells which, none is certain: they are for the editor.
    """
    toutes, actes = list(entrees), Actes(connues)
    liste = _Liste(toutes, Index(actes))
    trouves = liste.conclude_each()
    ecarts = list(keep_one_of_each(toutes, trouves, actes))
    yield from ecarts
    liste.doubt(place for place, ecart in enumerate(ecarts) if trouves[place].certain and not ecart.certain)
    montres = {ecart.uid for ecart in ecarts if ecart.certain}
    possibles = liste.list_possible()
    for rang, connue in enumerate(actes.connues):
        if connue.vue and connue.uid not in montres and rang not in possibles:
            yield Ecart(Etat.ABSENT, DISPARU, DOUTE if liste.vague else 100, uid=connue.uid)


class _Liste:
    """The entries of a listing, and what those that are doubtful may be; `vague` says that one may be any act."""

    def __init__(self, entrees: Sequence[Entree], index: Index) -> None:
        self.vague = False
        self._entrees = entrees
        self._index = index
        self._adresses = Counter(entree.url for entree in entrees)
        self._possibles: dict[int, Sequence[int]] = {}

    def conclude_each(self) -> list[Ecart]:
        """What each entry is, in their order."""
        ecarts: dict[int, Ecart] = {}
        for place, autour in self._look_around(range(len(self._entrees))):
            trouve = find_acte(autour)
            ecarts[place] = _conclude(autour, trouve)
            if trouve and not trouve.certain:
                self.vague = self.vague or trouve.vague
                self._add(autour)
        return [ecarts[place] for place in range(len(self._entrees))]

    def doubt(self, places: Iterable[int]) -> None:
        """Takes entries that seemed certain for doubtful."""
        for _, autour in self._look_around(places):
            self._add(autour)

    def list_possible(self) -> set[int]:
        """The ranks of all the acts that doubtful entries may be."""
        return set().union(*self._possibles.values())

    def _look_around(self, places: Iterable[int]) -> Iterator[tuple[int, Autour]]:
        """The entries of one day together, as the index asks for."""
        for place in sorted(places, key=lambda place: self._entrees[place].date or datetime.date.min):
            entree = self._entrees[place]
            yield place, Autour(entree, self._index, seule=self._adresses[entree.url] == 1)

    def _add(self, autour: Autour) -> None:
        """Entries that may be the same many acts hold one list of them: each list is kept once, and never copied."""
        self._possibles.update((id(liste), liste) for liste in list_possible(autour))


def _conclude(autour: Autour, trouve: Trouve | None) -> Ecart:
    entree = autour.entree
    if trouve is None:
        return Ecart(Etat.NOUVEAU, INCONNU, 100, entree)
    if trouve.rang is None:
        return Ecart(Etat.NOUVEAU, trouve.motif, trouve.confiance, entree)
    connue = autour.actes.connues[trouve.rang]
    divergences = tuple(find_divergences(entree, connue)) if trouve.certain else ()
    return Ecart(_compare(entree, connue), trouve.motif, trouve.confiance, entree, connue.uid, divergences)


def _compare(entree: Entree, connue: Connue) -> Etat:
    """Say whether the entry changes what was last seen."""
    vue = (connue.url, connue.date_publication, connue.nor_vu)
    montre = (entree.url, entree.date_publication or connue.date_publication, entree.nor or connue.nor_vu)
    return Etat.RAPPROCHE if connue.vue and vue == montre else Etat.MODIFIE
