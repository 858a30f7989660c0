"""What is expected of an act: the publications and the copies that it promises, or that an editor asks for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.publications.actions.mouvements import check_motif, move
from portal.publications.models import A_PUBLIER, EtatPublication, Publication

ENCORE = "L'acte prévoit de nouveau cette publication."
PLUS = "L'acte ne prévoit plus cette publication."
RETIRE = "L'acte n'est plus public sur ce portail."
EN_ATTENTE = (*A_PUBLIER, EtatPublication.BLOQUEE)


def expect(uid: str, attentes: Iterable[tuple[str, str]], moment: datetime) -> None:
    """Makes a publication of each channel and recipient that a public act promises; one that it no longer promises is
    withdrawn. The word of an editor goes before that of the act.
    """
    promises = set(attentes)
    tenues = {(publication.canal, publication.destinataire): publication for publication in _of(uid)}
    for canal, destinataire in sorted(promises - set(tenues)):
        _create(uid, canal, moment, destinataire=destinataire)
    for promesse, publication in tenues.items():
        publication.prevue = promesse in promises
        publication.save(update_fields=["prevue"])
        if publication.etat == EtatPublication.RETIREE and publication.attendue:
            move(publication, EtatPublication.ATTENDUE, ENCORE, moment)
        elif publication.etat in EN_ATTENTE and not publication.attendue:
            move(publication, EtatPublication.RETIREE, PLUS, moment)


def withdraw(uid: str, moment: datetime) -> None:
    """Expects nothing more of an act that is no longer public; what was seen elsewhere stays seen."""
    for publication in _of(uid).filter(etat__in=EN_ATTENTE):
        move(publication, EtatPublication.RETIREE, RETIRE, moment)


@transaction.atomic
def ask_for(uid: str, canal: str, moment: datetime, auteur: Any) -> Publication:
    """Expects an act on a channel that it does not promise, since an editor wants it there."""
    publication = _of(uid).filter(canal=canal, destinataire="").first() or _create(uid, canal, moment, prevue=False)
    publication.voulue = True
    publication.save(update_fields=["voulue"])
    if publication.etat in (EtatPublication.RETIREE, EtatPublication.ATTENDUE):
        move(publication, EtatPublication.ATTENDUE, "Demandée par un éditeur.", moment, auteur=auteur)
    return publication


@transaction.atomic
def stop_expecting(publication: Publication, motif: str, moment: datetime, auteur: Any) -> None:
    """Says that an act is not to be on a channel. Raises `ValidationError` without a reason, or where it was seen."""
    motif = check_motif(motif, "Dites pourquoi cette publication n'est plus attendue.")
    if publication.etat not in (*EN_ATTENTE, EtatPublication.ABSENTE):
        raise ValidationError("L'acte a été vu sur ce canal : demandez son retrait plutôt que de ne plus l'attendre.")
    publication.voulue = False
    publication.save(update_fields=["voulue"])
    move(publication, EtatPublication.RETIREE, motif, moment, auteur=auteur)


def set_echeance(publication: Publication, jour: date, moment: datetime, auteur: Any) -> None:
    """Sets the day by which an act is to be on a channel."""
    avant = publication.echeance
    publication.echeance = jour
    publication.save(update_fields=["echeance"])
    de = f" au lieu du {avant:%d/%m/%Y}" if avant else ""
    move(publication, EtatPublication(publication.etat), f"Échéance au {jour:%d/%m/%Y}{de}.", moment, auteur=auteur)


def _of(uid: str) -> Any:
    return Publication.objects.filter(uid=uid)


def _create(uid: str, canal: str, moment: datetime, *, destinataire: str = "", prevue: bool = True) -> Publication:
    echeance = moment.date() + timedelta(days=settings.PUBLICATION_DELAI)
    return Publication.objects.create(uid=uid, canal=canal, destinataire=destinataire, prevue=prevue, echeance=echeance)
