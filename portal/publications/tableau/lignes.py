"""A row of the board: a publication with the act that it is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.conventions.models import ActePage
from portal.conventions.publiees import MARQUE_FICTIF
from portal.publications.models import COPIE, EtatPublication, EtatTransmission, Publication

LOT = 500
"""Acts asked of the database at once: it refuses a query of too many parameters."""
SUPPRIMEE = "Acte dont la page est supprimée"


@dataclass(frozen=True, slots=True)
class Ligne:
    """`publication` was read by `with_envoi`; `page` is that of its act, None where it was deleted."""

    publication: Any
    page: ActePage | None
    en_retard: bool

    @property
    def titre(self) -> str:
        if self.page is None:
            return SUPPRIMEE
        return f"{MARQUE_FICTIF} {self.page.title}" if self.page.fictif else self.page.title

    @property
    def canal(self) -> str:
        libelle: str = self.publication.get_canal_display()
        return f"{libelle} : {self.publication.destinataire}" if self.publication.canal == COPIE else libelle

    @property
    def envoi(self) -> str:
        """What is to be known of the last sending, "" where all is well."""
        etat = self.publication.last_envoi
        if etat == EtatTransmission.ECHOUEE:
            return f"Envoi échoué : {self.publication.message_envoi}"
        if etat == EtatTransmission.EN_COURS:
            return "Envoi en cours."
        if etat == EtatTransmission.A_FAIRE:
            return (
                f"Envoi à refaire : {self.publication.message_envoi}"
                if self.publication.message_envoi
                else ("Envoi demandé.")
            )
        return ""

    @property
    def may_be_sent(self) -> bool:
        """What is not there, or there no more, or there otherwise, may be sent in one click."""
        envoyables = (
            EtatPublication.ATTENDUE,
            EtatPublication.ABSENTE,
            EtatPublication.DIVERGENTE,
            EtatPublication.BLOQUEE,
        )
        attend = self.publication.last_envoi in (EtatTransmission.A_FAIRE, EtatTransmission.EN_COURS)
        return self.publication.etat in envoyables and not attend


def make_lignes(publications: Iterable[Publication], jour: date) -> list[Ligne]:
    toutes = list(publications)
    uids = sorted({publication.uid for publication in toutes})
    pages: dict[str, ActePage] = {}
    for debut in range(0, len(uids), LOT):
        pages |= {page.uid: page for page in ActePage.objects.filter(uid__in=uids[debut : debut + LOT])}
    return [Ligne(publication, pages.get(publication.uid), publication.is_late(jour)) for publication in toutes]
