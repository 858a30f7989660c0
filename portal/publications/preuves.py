"""Where an act is published: each channel that it promises, or where it was seen, and what is known of it.

What pages, feeds and the API show of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from portal.domain.convention import Canal, Convention
from portal.publications.models import COPIE, EtatPublication, Mouvement, Publication


@dataclass(frozen=True, slots=True)
class Preuve:
    """A channel, or the recipient of a copy, as it is shown: `libelle` and `adresse` as the act prints them; `url` is
    where the act was seen, `verifiee_le` when it was last looked for, `transmise_le` when it was last sent there.
    `etat` is None where nothing is known yet.
    """

    canal: str
    libelle: str = ""
    adresse: str = ""
    etat: EtatPublication | None = None
    url: str = ""
    nor: str = ""
    date_publication: date | None = None
    verifiee_le: datetime | None = None
    transmise_le: datetime | None = None
    divergences: tuple[str, ...] = ()

    @property
    def vue(self) -> bool:
        return self.etat in (EtatPublication.PUBLIEE, EtatPublication.DIVERGENTE)

    @property
    def absente(self) -> bool:
        return self.etat == EtatPublication.ABSENTE

    @property
    def transmise(self) -> bool:
        return self.etat == EtatPublication.TRANSMISE


def read_preuves(uids: Iterable[str]) -> dict[str, list[Any]]:
    """What is known of the publications of acts, by identifier, for `list_preuves`: one query for all."""
    transmise = Max("mouvements__moment", filter=Q(mouvements__apres=EtatPublication.TRANSMISE))
    tenues = defaultdict(list)
    for publication in Publication.objects.filter(uid__in=list(uids)).annotate(transmise_le=transmise).order_by("pk"):
        tenues[publication.uid].append(publication)
    return tenues


def last_mouvement() -> Mouvement | None:
    """The last change of what is published: where it is the same, so is all that is shown of it."""
    return Mouvement.objects.order_by("-pk").first()


def list_preuves(convention: Convention, tenues: Iterable[Any]) -> list[Preuve]:
    """The channels that the act promises, in its order, then those where it was seen without a promise."""
    return list(_list_canaux(convention, {tenue.canal: tenue for tenue in tenues if tenue.canal != COPIE}))


def list_copies(convention: Convention, tenues: Iterable[Any]) -> list[Preuve]:
    """The recipients to whom the act promises a copy, in its order."""
    envois = {tenue.destinataire: tenue for tenue in tenues if tenue.canal == COPIE}
    return [_prove(Preuve(COPIE, destinataire), envois.get(destinataire)) for destinataire in convention.copies]


def _list_canaux(convention: Convention, tenues: dict[str, Any]) -> Iterator[Preuve]:
    for prevue in convention.publications_prevues:
        # Two promises of one channel (« les deux bulletins ») are one publication: it is proved once.
        yield _prove(Preuve(prevue.canal, prevue.libelle, prevue.url or ""), tenues.pop(prevue.canal, None))
    for canal, publication in tenues.items():
        if publication.verifiee_le:
            yield _prove(Preuve(Canal(canal)), publication)


def _prove(preuve: Preuve, publication: Any) -> Preuve:
    """Only what was looked for, or sent, is a proof."""
    if publication is None or not (publication.verifiee_le or publication.transmise_le):
        return preuve
    return replace(
        preuve,
        etat=EtatPublication(publication.etat),
        url=publication.url,
        nor=publication.nor,
        date_publication=publication.date_publication,
        verifiee_le=publication.verifiee_le,
        transmise_le=publication.transmise_le,
        divergences=tuple(publication.divergences),
    )
