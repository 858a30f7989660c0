"""What is set against what: the acts that a listing may show, and what is concluded of each of its entries."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.convention import Nature
from portal.publications.entrees import Entree

CERTITUDE = 90
DOUTE = 50


class Etat(StrEnum):
    """What an entry, or a publication that no entry shows, is to us."""

    NOUVEAU = "nouveau"
    RAPPROCHE = "rapproche"
    MODIFIE = "modifie"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Connue:
    """A convention that this listing may show. `parties` are names and sigles; `url` is its address there, as it was
    last seen or given back when it was transmitted; `date_publication` and `nor_vu` are what was last seen of it there.
    `vue` says that it was seen there; `empreinte` is that of the dossier that was transmitted last, "" for none.
    """

    uid: str
    titre: str
    nature: Nature = Nature.CONVENTION
    nor: str | None = None
    reference: str | None = None
    date: datetime.date | None = None
    parties: tuple[str, ...] = ()
    vue: bool = False
    url: str = ""
    date_publication: datetime.date | None = None
    nor_vu: str | None = None
    empreinte: str = ""


@dataclass(frozen=True, slots=True)
class Ecart:
    """What was concluded of one entry, or of a publication without one (`entree` is None then). `motif` is the proof,
    in French; `confiance` goes from 0 to 100; only a `certain` one is applied without an editor. `divergences` are
    French sentences that say what a certain entry shows otherwise than the act.
    """

    etat: Etat
    motif: str
    confiance: int
    entree: Entree | None = None
    uid: str | None = None
    divergences: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        return self.confiance >= CERTITUDE


def has_other_nature(entree: Entree, connue: Connue) -> bool:
    """Say whether one is an avenant and the other is not."""
    return entree.nature is not None and (entree.nature is Nature.AVENANT) != (connue.nature is Nature.AVENANT)


def has_other_nor(entree: Entree, connue: Connue) -> bool:
    """Say whether an entry has a NOR that is not that of the act."""
    return bool(entree.nor and connue.nor and entree.nor != connue.nor)


def has_other_date(entree: Entree, connue: Connue) -> bool:
    """Say whether both say when they were signed, and not the same day."""
    return bool(entree.date and connue.date and entree.date != connue.date)
