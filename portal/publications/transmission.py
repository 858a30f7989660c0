"""Sends what is due: one try of one sending, from the outbox to its channel and back."""

import logging
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee, publiee_of
from portal.publications import actions
from portal.publications.canaux import CANAUX
from portal.publications.dossiers import EchecTransmission, Envoi
from portal.publications.models import Essai, EtatTransmission, Publication, Transmission

logger = logging.getLogger(__name__)

PLUS_PUBLIC = "L'acte n'est plus public sur ce portail : rien n'est transmis."
INVENTE = "L'acte est un exemple inventé : il n'est transmis à personne."
DEJA = "Le dossier est celui qui a déjà été transmis : il n'y a rien à renvoyer."
IMPREVU = "L'envoi a échoué pour une raison qui n'est pas prévue : signalez-le à l'administrateur."
SANS_VOIE = "Le portail ne sait pas transmettre par ce canal : faites-le par vos moyens, puis marquez-le."


def find_acte(uid: str) -> Publiee | None:
    """The public act of that identifier, convention or avenant; None where there is none."""
    page: Any = ActePage.objects.live().filter(uid=uid).select_related("original").first()
    return publiee_of(page.specific) if page else None


def find_obstacle(publication: Publication, publiee: Publiee | None) -> str:
    """Why the portal cannot send an act by its channel, in French; "" where it can."""
    if publication.canal not in CANAUX:
        return SANS_VOIE
    if publiee is None:
        return PLUS_PUBLIC
    if publiee.fictif:
        return INVENTE
    return CANAUX[publication.canal].find_obstacle(publiee, publication.destinataire)


def transmit(pk: int, moment: datetime | None = None) -> bool:
    """Tries a sending once, where it is due; gives whether it was. What goes wrong is kept, and tried again."""
    essai = actions.begin(pk, moment or timezone.now())
    if essai is None:
        return False
    try:
        _send(essai)
    except EchecTransmission as echec:
        actions.record_failure(essai, echec, timezone.now())
    except Exception:
        logger.exception("La transmission %s a échoué pour une raison qui n'est pas prévue.", pk)
        actions.record_failure(essai, EchecTransmission(IMPREVU), timezone.now())
    return True


def transmit_due() -> int:
    """Tries all that is due now, once each; gives how many were tried."""
    due = Transmission.objects.filter(etat=EtatTransmission.A_FAIRE, prochain_essai__lte=timezone.now())
    return sum(transmit(pk) for pk in list(due.order_by("prochain_essai", "pk").values_list("pk", flat=True)))


def _send(essai: Essai) -> None:
    transmission = essai.transmission
    publication = transmission.publication
    envoi = Envoi(publication.uid, str(transmission.cle), publication.identifiant)
    if transmission.retrait:
        _withdraw(essai, publication, envoi)
        return
    publiee = find_acte(publication.uid)
    if publiee is None or publiee.fictif:
        actions.record_nothing_to_do(essai, INVENTE if publiee else PLUS_PUBLIC)
        return
    if obstacle := find_obstacle(publication, publiee):
        raise EchecTransmission(obstacle, definitif=True)
    voie = CANAUX[publication.canal]
    dossier = voie.prepare(publiee, publication.destinataire)
    if dossier.empreinte == publication.empreinte and transmission.auteur is None:
        actions.record_nothing_to_do(essai, DEJA)  # an editor who asks for it again gets it
        return
    recu = voie.send(dossier, envoi)
    actions.record_success(essai, recu, dossier.empreinte, timezone.now())


def _withdraw(essai: Essai, publication: Publication, envoi: Envoi) -> None:
    withdraw = CANAUX[publication.canal].withdraw if publication.canal in CANAUX else None
    if withdraw is None:
        raise EchecTransmission("Ce canal ne permet aucun retrait : demandez-le à qui le tient.", definitif=True)
    actions.record_success(essai, withdraw(envoi), "", timezone.now())
