"""What a listing shows, set against what is known, entry by entry."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from portal.publications.entrees import Entree
from portal.publications.reconciliation.autour import Autour
from portal.publications.reconciliation.divergences import find_divergences
from portal.publications.reconciliation.index import Actes, Index
from portal.publications.reconciliation.modele import DOUTE, Connue, Ecart, Etat
from portal.publications.reconciliation.motifs import Trouve, find_acte, list_possible
from portal.publications.reconciliation.titres import PROCHE, measure_likeness, split_words, words_of

INCONNU = "Aucun acte du portail n'a cette adresse, ce NOR, cette date et ces parties, ni ce titre."
DISPARU = "La liste, lue en entier, ne montre plus cet acte."


def reconcile(entrees: Iterable[Entree], connues: Iterable[Connue]) -> Iterator[Ecart]:
    """Yields an écart for each entry, in order, then one for each publication seen before that no entry shows.

    A publication that a doubtful entry may be is not absent; where an entry could not be told from many, no absence is
    certain. Of several entries of one act, the surest is it, that of the address where it was before first; where
    nothing tells which, none is certain: they are for the editor.
    """
    actes = Actes(connues)
    liste = _Liste(list(entrees), Index(actes))
    conclusions = liste.conclude_each()
    ecarts = list(_keep_one_of_each(conclusions))
    yield from ecarts
    liste.doubt(place for place, ecart in enumerate(ecarts) if conclusions[place].ecart.certain and not ecart.certain)
    montres = {ecart.uid for ecart in ecarts if ecart.certain}
    possibles = liste.list_possible()
    for rang, connue in enumerate(actes.connues):
        if connue.vue and connue.uid not in montres and rang not in possibles:
            yield Ecart(Etat.ABSENT, DISPARU, DOUTE if liste.vague else 100, uid=connue.uid)


class _Surete(NamedTuple):
    """How surely an entry is an act, the greater the surer. `a_sa_place` says that it is at the address where the act
    was; `exact` that the titles are word for word the same.
    """

    certain: bool = False
    a_sa_place: bool = False
    confiance: int = 0
    proche: float = 0.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Conclusion:
    """The écart of an entry, and how surely it is of its act."""

    entree: Entree
    ecart: Ecart
    surete: _Surete


class _Liste:
    """The entries of a listing, and what those that are doubtful may be; `vague` says that one may be any act."""

    def __init__(self, entrees: Sequence[Entree], index: Index) -> None:
        self.vague = False
        self._entrees = entrees
        self._index = index
        self._adresses = Counter(entree.url for entree in entrees)
        self._possibles: dict[int, Sequence[int]] = {}

    def conclude_each(self) -> list[_Conclusion]:
        """What each entry is, in their order."""
        conclusions: dict[int, _Conclusion] = {}
        for place, autour in self._look_around(range(len(self._entrees))):
            trouve = find_acte(autour)
            conclusions[place] = _conclude(autour, trouve)
            if trouve and not trouve.certain:
                self.vague = self.vague or trouve.vague
                self._add(autour)
        return [conclusions[place] for place in range(len(self._entrees))]

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


def _conclude(autour: Autour, trouve: Trouve | None) -> _Conclusion:
    entree = autour.entree
    if trouve is None or trouve.rang is None:
        motif, confiance = (trouve.motif, trouve.confiance) if trouve else (INCONNU, 100)
        return _Conclusion(entree, Ecart(Etat.NOUVEAU, motif, confiance, entree), _Surete())
    connue, titre = autour.actes.connues[trouve.rang], autour.actes.titres[trouve.rang]
    divergences = tuple(find_divergences(entree, connue)) if trouve.certain else ()
    ecart = Ecart(_compare(entree, connue), trouve.motif, trouve.confiance, entree, connue.uid, divergences)
    a_sa_place = connue.url != "" and connue.url == entree.url
    proche, exact = measure_likeness(autour.titre, titre), autour.titre.suite == titre.suite
    return _Conclusion(entree, ecart, _Surete(trouve.certain, a_sa_place, trouve.confiance, proche, exact))


def _compare(entree: Entree, connue: Connue) -> Etat:
    """Say whether the entry changes what was last seen."""
    vue = (connue.url, connue.date_publication, connue.nor_vu)
    montre = (entree.url, entree.date_publication or connue.date_publication, entree.nor or connue.nor_vu)
    return Etat.RAPPROCHE if connue.vue and vue == montre else Etat.MODIFIE


def _keep_one_of_each(conclusions: Sequence[_Conclusion]) -> Iterator[Ecart]:
    par_acte: defaultdict[str, list[_Conclusion]] = defaultdict(list)
    for conclusion in conclusions:
        if conclusion.ecart.uid is not None:
            par_acte[conclusion.ecart.uid].append(conclusion)
    gardees = {uid: _find_surest(siennes) for uid, siennes in par_acte.items()}
    for conclusion in conclusions:
        ecart = conclusion.ecart
        if ecart.uid is None or gardees[ecart.uid] is conclusion:
            yield ecart
        else:
            motif = f"{ecart.motif} ; une autre entrée de la liste l'est aussi"
            yield replace(ecart, confiance=DOUTE, motif=motif, divergences=())


def _find_surest(siennes: Sequence[_Conclusion]) -> _Conclusion | None:
    """The entry that an act is; None where several claim it and nothing tells which it is."""
    surete = max(conclusion.surete for conclusion in siennes)
    premieres = [conclusion for conclusion in siennes if conclusion.surete == surete]
    if not surete.certain:
        return premieres[0]
    if len(premieres) > 1:
        semblables = _say_the_same([conclusion.entree for conclusion in premieres])
        return min(premieres, key=lambda conclusion: conclusion.entree.url) if semblables else None
    par_le_titre = sum(conclusion.surete[:3] == surete[:3] for conclusion in siennes) > 1
    return None if par_le_titre and surete.proche < PROCHE else premieres[0]


def _say_the_same(entrees: Sequence[Entree]) -> bool:
    """Say whether entries are one act shown at several addresses: a title that says something, and no other party."""
    titres = {tuple(split_words(entree.titre)) for entree in entrees}
    parties = {entree.parties for entree in entrees} - {()}
    return len(titres) == 1 and len(parties) <= 1 and bool(words_of(entrees[0].titre))
