"""The acts that are known, by what an entry can share with them."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from portal.domain.convention import Nature
from portal.domain.fold import fold
from portal.publications.entrees import Entree
from portal.publications.reconciliation.modele import Connue
from portal.publications.reconciliation.parties import Noms, pair_up
from portal.publications.reconciliation.rayon import PETIT, SURE, Rayon, Traits, Voisinage, gather
from portal.publications.reconciliation.titres import Titre, read_titre

_REFERENCE = re.compile(r"(?=[a-z0-9/.-]*\d)(?=[a-z0-9/.-]*[a-z])[a-z0-9]+(?:[-/.][a-z0-9]+)+")
"""A number of letters and figures in several parts (« FTAP-2022-031 »): no date, and no number of a decree."""
RARE = 64
"""Acts that have a word in their title: a word of more is no rare one."""
_SANS: Traits = frozenset()

Volet = tuple[bool, bool]
"""Whether an act is an avenant, and whether it has a NOR: what an entry may contradict."""


class Actes:
    """Acts made ready to compare, by rank."""

    def __init__(self, connues: Iterable[Connue]) -> None:
        self.connues = list(connues)
        self.noms = Noms()
        lus: dict[str, Titre] = {}
        self.titres: list[Titre] = []
        self.parties: list[tuple[tuple[str, ...], ...]] = []
        for connue in self.connues:
            if connue.titre not in lus:
                lus[connue.titre] = read_titre(connue.titre)
            self.titres.append(lus[connue.titre])
            self.parties.append(tuple(self.noms.add(partie) for partie in connue.parties))


class Index:
    """Some of the acts, by what an entry can share with them. What is found is given by ranks among all."""

    def __init__(self, actes: Actes, rangs: Sequence[int] | None = None) -> None:
        self.actes = actes
        self.adresses: defaultdict[str, list[int]] = defaultdict(list)
        self.references: defaultdict[str, list[int]] = defaultdict(list)
        self._nors: dict[bool, defaultdict[str, list[int]]] = {False: defaultdict(list), True: defaultdict(list)}
        self._jours: defaultdict[tuple[datetime.date | None, Volet], list[int]] = defaultdict(list)
        self._volets: defaultdict[Volet, list[int]] = defaultdict(list)
        for rang in range(len(actes.connues)) if rangs is None else rangs:
            self._add(rang, actes.connues[rang])
        self._sous: dict[str, Index] = {}
        self._rayons_des_nors: dict[tuple[str, bool], Rayon] = {}
        self._rayons_du_jour: tuple[datetime.date | None, dict[Volet, Rayon]] = (None, {})

    def _add(self, rang: int, connue: Connue) -> None:
        avenant = connue.nature is Nature.AVENANT
        volet = avenant, connue.nor is not None
        if connue.url:
            self.adresses[connue.url].append(rang)
        for nor in {connue.nor, connue.nor_vu} - {None}:
            self._nors[avenant][str(nor)].append(rang)
        for reference in set(find_references(connue.reference or "")):
            self.references[reference].append(rang)
        self._jours[connue.date, volet].append(rang)
        self._volets[volet].append(rang)

    def at(self, url: str) -> "Index":
        """Those of one address."""
        if url not in self._sous:
            self._sous[url] = Index(self.actes, self.adresses[url])
        return self._sous[url]

    def list_of_nor(self, entree: Entree) -> list[Sequence[int]]:
        """Those of the NOR of an entry, and of its nature."""
        nor = entree.nor or ""
        return [self._nors[avenant][nor] for avenant in _avenants(entree) if nor in self._nors[avenant]]

    def find_of_nor(self, entree: Entree, titre: Titre) -> Voisinage:
        """Those of the NOR of an entry; its day designates them."""
        rayons = (self._rayon_of_nor(entree.nor or "", rangs) for rangs in self.list_of_nor(entree))
        return gather(rayon.find(titre, dict.fromkeys(_day(entree.date), SURE)) for rayon in rayons)

    def _rayon_of_nor(self, nor: str, rangs: Sequence[int]) -> Rayon:
        cle = nor, self.actes.connues[rangs[0]].nature is Nature.AVENANT
        if cle in self._rayons_des_nors:
            return self._rayons_des_nors[cle]
        actes = self.actes
        rayon = Rayon((rang, actes.titres[rang], _day(actes.connues[rang].date)) for rang in rangs)
        if len(rangs) > PETIT:
            self._rayons_des_nors[cle] = rayon
        return rayon

    def find_of_day(self, entree: Entree, titre: Titre) -> Voisinage:
        """Those that were signed on the day of an entry that has one, and that it does not contradict; the names of two
        of their parties designate them, more or less surely.

        The acts of one day at a time are made ready: ask for the entries of one day together.
        """
        if self._rayons_du_jour[0] != entree.date:
            self._rayons_du_jour = (entree.date, {})
        volets = [volet for volet in _volets(entree) if (entree.date, volet) in self._jours]
        if not volets:
            return Voisinage()
        paires = self.actes.noms.find_pairs(entree, titre)
        return gather(self._rayon_of_day(entree.date, volet).find(titre, paires) for volet in volets)

    def _rayon_of_day(self, jour: datetime.date | None, volet: Volet) -> Rayon:
        rayons = self._rayons_du_jour[1]
        if volet not in rayons:
            actes = self.actes
            rangs = self._jours[jour, volet]
            rayons[volet] = Rayon((rang, actes.titres[rang], pair_up(actes.parties[rang])) for rang in rangs)
        return rayons[volet]

    def find_by_title(self, entree: Entree, titre: Titre) -> Voisinage:
        """Those that neither the NOR, the nature nor the day of an entry contradict, by their title alone."""
        rayons = self._rayons_sans_date if entree.date else self._rayons
        return gather(rayons[volet].find(titre, {}) for volet in _volets(entree) if volet in rayons)

    def is_common(self, titre: Titre) -> bool:
        """Say whether no known word of a title tells it from many others."""
        return all(self._frequences[mot] > RARE for mot in titre.mots if mot in self._frequences)

    @cached_property
    def _frequences(self) -> Counter[str]:
        return Counter(mot for rangs in self._volets.values() for rang in rangs for mot in self.actes.titres[rang].mots)

    @cached_property
    def _rayons(self) -> dict[Volet, Rayon]:
        return {volet: self._shelve(rangs) for volet, rangs in self._volets.items()}

    @cached_property
    def _rayons_sans_date(self) -> dict[Volet, Rayon]:
        return {volet: self._shelve(rangs) for (jour, volet), rangs in self._jours.items() if jour is None}

    def _shelve(self, rangs: Iterable[int]) -> Rayon:
        return Rayon((rang, self.actes.titres[rang], _SANS) for rang in rangs)


def find_references(texte: str) -> list[str]:
    """The numbers that services give to their acts, folded, in order."""
    return _REFERENCE.findall(fold(texte))


def _day(jour: datetime.date | None) -> Traits:
    return frozenset([jour]) if jour else _SANS


def _avenants(entree: Entree) -> tuple[bool, ...]:
    return (False, True) if entree.nature is None else (entree.nature is Nature.AVENANT,)


def _volets(entree: Entree) -> Iterator[Volet]:
    """What an entry does not contradict: its NOR, where an act has it, was asked first, so that here it is another."""
    return ((avenant, avec) for avenant in _avenants(entree) for avec in ((False,) if entree.nor else (False, True)))
