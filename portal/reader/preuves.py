"""Where an act is published: each channel that it promises, or where it was seen, and what is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.convention import Canal, Convention
from portal.publications.models import EtatPublication, Publication


@dataclass(frozen=True, slots=True)
class Preuve:
    """A channel as the page shows it: `libelle` and `adresse` as the act prints them; `url` is where the act was seen,
    `verifiee_le` when it was last looked for; without a visit, `etat` is None.
    """

    canal: Canal
    libelle: str = ""
    adresse: str = ""
    etat: EtatPublication | None = None
    url: str = ""
    nor: str = ""
    date_publication: date | None = None
    verifiee_le: datetime | None = None

    @property
    def vue(self) -> bool:
        return self.etat in (EtatPublication.PUBLIEE, EtatPublication.DIVERGENTE)

    @property
    def absente(self) -> bool:
        return self.etat == EtatPublication.ABSENTE


def list_preuves(uid: str, convention: Convention) -> list[Preuve]:
    """The channels that the act promises, in its order, then those where it was seen without a promise."""
    tenues = {publication.canal: publication for publication in Publication.objects.filter(uid=uid)}
    return list(_list(convention, tenues))


def _list(convention: Convention, tenues: dict[str, Publication]) -> Iterator[Preuve]:
    for prevue in convention.publications_prevues:
        # Two promises of one channel (« les deux bulletins ») are one publication: it is proved once.
        yield _prove(prevue.canal, tenues.pop(prevue.canal, None), prevue.libelle, prevue.url or "")
    for canal, publication in tenues.items():
        if publication.verifiee_le:
            yield _prove(Canal(canal), publication)


def _prove(canal: Canal, publication: Publication | None, libelle: str = "", adresse: str = "") -> Preuve:
    if publication is None or publication.verifiee_le is None:
        return Preuve(canal, libelle, adresse)
    return Preuve(
        canal,
        libelle,
        adresse,
        EtatPublication(publication.etat),
        publication.url,
        publication.nor,
        publication.date_publication,
        publication.verifiee_le,
    )
