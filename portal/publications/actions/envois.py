"""The outbox: what is to be sent, each try of it, and what came of it. A try is kept before anything leaves."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.publications.actions.mouvements import move
from portal.publications.dossiers import EchecTransmission, Recu
from portal.publications.models import (
    VUES,
    Essai,
    EtatPublication,
    EtatTransmission,
    FinEssai,
    Publication,
    Transmission,
)

RECULS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""The waits between two tries; after the last, someone is to ask for it again."""
ATTENTE_MAXIMUM = timedelta(days=2)
"""What the other side may ask to wait, at most."""
BAIL = timedelta(minutes=20)
"""A try that has not ended after so long, more than the slowest sending may take, was cut."""
INTERROMPU = "L'essai a été interrompu : ce qui était envoyé est peut-être arrivé."


@transaction.atomic
def request(publication: Publication, moment: datetime, *, auteur: Any = None, retrait: bool = False) -> Transmission:
    """Asks that an act be sent, or taken away; what was asked and not begun yet is replaced."""
    Publication.objects.select_for_update().get(pk=publication.pk)
    attente = publication.transmissions.filter(etat=EtatTransmission.A_FAIRE).first()
    if attente and attente.retrait == retrait:
        attente.prochain_essai = moment
        attente.auteur = auteur or attente.auteur
        attente.save(update_fields=["prochain_essai", "auteur"])
        return attente
    if attente:
        _end(attente, EtatTransmission.ANNULEE, "Remplacée par une demande plus récente.")
    return Transmission.objects.create(
        publication=publication, demandee_le=moment, prochain_essai=moment, auteur=auteur, retrait=retrait
    )


@transaction.atomic
def begin(pk: int, moment: datetime) -> Essai | None:
    """Takes a sending that is due, for this process alone: a try is kept. None where there is nothing to do now."""
    publication = Publication.objects.select_for_update().filter(transmissions__pk=pk).first()
    due = Transmission.objects.filter(pk=pk, etat=EtatTransmission.A_FAIRE, prochain_essai__lte=moment).first()
    if publication is None or due is None:
        return None
    if publication.transmissions.filter(etat=EtatTransmission.EN_COURS).exists():
        return None
    due.etat = EtatTransmission.EN_COURS
    due.save(update_fields=["etat"])
    return Essai.objects.create(transmission=due, moment=moment)


@transaction.atomic
def record_success(essai: Essai, recu: Recu, empreinte: str, moment: datetime) -> None:
    """Keeps that a sending was received; `empreinte` is that of the dossier, "" for a withdrawal."""
    transmission = _end_essai(essai, FinEssai.REUSSI, recu.message)
    transmission.empreinte = empreinte
    _end(transmission, EtatTransmission.FAITE, recu.message)
    publication = transmission.publication
    publication.empreinte = empreinte
    if transmission.retrait:
        publication.save(update_fields=["empreinte"])
        move(publication, EtatPublication.RETIREE, recu.message, moment, auteur=transmission.auteur)
        return
    publication.identifiant = recu.identifiant or publication.identifiant
    publication.url = recu.adresse or publication.url
    publication.save(update_fields=["empreinte", "identifiant", "url"])
    vue = publication.etat == EtatPublication.PUBLIEE  # it stands there, and what it says is brought up to date
    apres = EtatPublication.PUBLIEE if vue else EtatPublication.TRANSMISE
    move(publication, apres, recu.message, moment, auteur=transmission.auteur)


@transaction.atomic
def record_failure(essai: Essai, echec: EchecTransmission, moment: datetime) -> None:
    """Keeps why a try failed, and when the next one is, unless another would fail too."""
    transmission = _end_essai(essai, FinEssai.ECHOUE, str(echec))
    if transmission.etat == EtatTransmission.EN_COURS:
        _try_again(transmission, str(echec), moment, definitif=echec.definitif, attente=echec.attente)


@transaction.atomic
def record_nothing_to_do(essai: Essai, message: str) -> None:
    """Keeps that a sending has no object any more: nothing left."""
    transmission = _end_essai(essai, FinEssai.REUSSI, message)
    _end(transmission, EtatTransmission.ANNULEE, message)


@transaction.atomic
def recover(moment: datetime, bail: timedelta = BAIL) -> int:
    """Takes up what a sudden stop cut: its try is kept as cut, and another follows. Gives how many were."""
    coupees = Transmission.objects.select_for_update().filter(etat=EtatTransmission.EN_COURS)
    coupees = [transmission for transmission in coupees if _last(transmission).moment <= moment - bail]
    for transmission in coupees:
        _end_essai(_last(transmission), FinEssai.INTERROMPU, INTERROMPU)
        _try_again(transmission, INTERROMPU, moment, definitif=False, attente=0)
    return len(coupees)


@transaction.atomic
def mark_sent(publication: Publication, empreinte: str, message: str, moment: datetime, auteur: Any) -> Transmission:
    """Keeps that an editor sent the dossier by his own means."""
    if publication.etat in VUES:
        raise ValidationError("L'acte est déjà vu sur ce canal : il n'y a rien à transmettre à la main.")
    attente = publication.transmissions.filter(etat=EtatTransmission.A_FAIRE).first()
    if attente:
        _end(attente, EtatTransmission.ANNULEE, "Transmise à la main entre-temps.")
    publication.empreinte = empreinte
    publication.save(update_fields=["empreinte"])
    move(publication, EtatPublication.TRANSMISE, message, moment, auteur=auteur)
    return Transmission.objects.create(
        publication=publication,
        demandee_le=moment,
        prochain_essai=moment,
        auteur=auteur,
        etat=EtatTransmission.FAITE,
        a_la_main=True,
        message=message,
        empreinte=empreinte,
    )


def _try_again(transmission: Transmission, message: str, moment: datetime, *, definitif: bool, attente: float) -> None:
    essais = transmission.essais.count()
    if transmission.publication.transmissions.filter(etat=EtatTransmission.A_FAIRE).exists():
        _end(transmission, EtatTransmission.ANNULEE, f"{message} Une demande plus récente la remplace.")
    elif definitif or essais > len(RECULS):
        _end(transmission, EtatTransmission.ECHOUEE, message)
    else:
        recul = max(RECULS[essais - 1], min(timedelta(seconds=attente), ATTENTE_MAXIMUM))
        transmission.prochain_essai = moment + recul
        _end(transmission, EtatTransmission.A_FAIRE, message)


def _end(transmission: Transmission, etat: EtatTransmission, message: str) -> None:
    transmission.etat, transmission.message = etat, message
    transmission.save(update_fields=["etat", "message", "empreinte", "prochain_essai"])


def _end_essai(essai: Essai, fin: FinEssai, message: str) -> Transmission:
    """The sending of a try, as it stands now: the try may have been taken for cut, and another have followed it."""
    transmission: Transmission = (
        Transmission.objects.select_for_update().select_related("publication").get(pk=essai.transmission_id)
    )
    essai.fin, essai.message = fin, message
    essai.save(update_fields=["fin", "message"])
    return transmission


def _last(transmission: Transmission) -> Essai:
    essai: Essai = transmission.essais.latest("pk")
    return essai
