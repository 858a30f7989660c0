"""The one writer of the publications: each change of state has a reason, and is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.domain.convention import Canal
from portal.publications.entrees import Entree, ListeBloquee
from portal.publications.models import EcartOuvert, EtatPublication, Mouvement, Publication, Visite
from portal.publications.reconciliation import Ecart

ACTIVES = (EtatPublication.ATTENDUE, EtatPublication.TRANSMISE)
VUES = (EtatPublication.PUBLIEE, EtatPublication.DIVERGENTE)
CLE_MAXIMUM = 2_000


def expect(uid: str, canaux: Iterable[Canal], moment: datetime) -> None:
    """Makes a publication of each channel that a public act promises; one that it no longer promises is withdrawn."""
    promis = set(canaux)
    tenues = {publication.canal: publication for publication in Publication.objects.filter(uid=uid)}
    for canal in promis - set(tenues):
        Publication.objects.create(uid=uid, canal=canal)
    for canal, publication in tenues.items():
        publication.prevue = canal in promis
        publication.save(update_fields=["prevue"])
        if publication.etat == EtatPublication.RETIREE and publication.prevue:
            _move(publication, EtatPublication.ATTENDUE, "L'acte prévoit de nouveau cette publication.", moment)
        elif publication.etat in ACTIVES and not publication.prevue:
            _move(publication, EtatPublication.RETIREE, "L'acte ne prévoit plus cette publication.", moment)


def withdraw(uid: str, moment: datetime) -> None:
    """Expects nothing more of an act that is no longer public; what was seen elsewhere stays seen."""
    for publication in Publication.objects.filter(uid=uid, etat__in=ACTIVES):
        _move(publication, EtatPublication.RETIREE, "L'acte n'est plus public sur ce portail.", moment)


@transaction.atomic
def record_visit(
    source: str,
    canal: Canal,
    nom: str,
    moment: datetime,
    ecarts: Iterable[Ecart],
    preuves: Mapping[str, str],
    *,
    entiere: bool,
) -> Visite:
    """Applies what is certain, keeps the rest for an editor; `preuves` are the archived pages by address of entry."""
    visite = Visite.objects.create(source=source, nom=nom, moment=moment, entiere=entiere)
    for ecart in ecarts:
        visite.lues += ecart.entree is not None
        preuve = preuves.get(ecart.entree.url, "") if ecart.entree else ""
        if not ecart.certain or ecart.uid is None:
            _keep(source, ecart, moment, preuve)
        elif ecart.entree is None:
            _mark_absent(ecart, canal, moment)
        else:
            _mark_seen(ecart, ecart.entree, canal, source, moment, preuve)
    visite.save(update_fields=["lues"])
    if entiere:
        _unblock(source, canal, moment)
    return visite


@transaction.atomic
def record_blocage(
    source: str, canal: Canal, nom: str, moment: datetime, blocage: ListeBloquee, *, entiere: bool
) -> Visite:
    """Keeps that a listing was not believed. Nothing becomes absent.

    Where it is `entiere`, showing every act of its channel at once, what is expected there cannot be checked meanwhile.
    """
    message = str(blocage)
    if entiere:
        for publication in Publication.objects.filter(canal=canal, etat__in=ACTIVES):
            _move(publication, EtatPublication.BLOQUEE, message, moment)
    return Visite.objects.create(source=source, nom=nom, moment=moment, blocage=blocage.blocage, message=message)


def last_whole(source: str) -> Visite | None:
    """The last visit of a source that was believed and read whole: what the next is compared with."""
    return Visite.objects.filter(source=source, blocage="", entiere=True).order_by("-pk").first()


def _mark_seen(ecart: Ecart, entree: Entree, canal: Canal, source: str, moment: datetime, preuve: str) -> None:
    publication, made = Publication.objects.get_or_create(
        uid=ecart.uid, canal=canal, defaults={"prevue": False, "etat": EtatPublication.ATTENDUE}
    )
    publication.url, publication.source = entree.url, source
    publication.nor = entree.nor or publication.nor
    publication.date_publication = entree.date_publication or publication.date_publication
    publication.verifiee_le, publication.preuve = moment, preuve
    publication.save()
    if publication.etat != EtatPublication.PUBLIEE or made:
        _move(publication, EtatPublication.PUBLIEE, f"Vue sur la liste : {ecart.motif}.", moment, preuve)
    EcartOuvert.objects.filter(source=source, cle__in=(_key(ecart), ecart.uid)).delete()


def _mark_absent(ecart: Ecart, canal: Canal, moment: datetime) -> None:
    for publication in Publication.objects.filter(uid=ecart.uid, canal=canal, etat__in=VUES):
        publication.verifiee_le = moment
        publication.save(update_fields=["verifiee_le"])
        _move(publication, EtatPublication.ABSENTE, ecart.motif, moment)


def _keep(source: str, ecart: Ecart, moment: datetime, preuve: str) -> None:
    EcartOuvert.objects.update_or_create(
        source=source,
        cle=_key(ecart),
        defaults={
            "etat": ecart.etat,
            "uid": ecart.uid or "",
            "entree": asdict(ecart.entree) if ecart.entree else None,
            "motif": ecart.motif,
            "confiance": ecart.confiance,
            "preuve": preuve,
            "vu_le": moment,
        },
    )


def _key(ecart: Ecart) -> str:
    """What tells an écart from the others of its source; a saved page may not say the address of an entry."""
    entree = ecart.entree
    if entree is None:
        return ecart.uid or ""
    return entree.url or entree.document or f"{entree.nor or ''} {entree.date or ''} {entree.titre}"[:CLE_MAXIMUM]


def _unblock(source: str, canal: Canal, moment: datetime) -> None:
    """What could not be checked is expected again, or transmitted, as before."""
    for publication in Publication.objects.filter(canal=canal, etat=EtatPublication.BLOQUEE):
        last: Any = publication.mouvements.last()
        _move(publication, EtatPublication(last.avant), f"La liste « {source} » se lit de nouveau.", moment)


def _move(publication: Publication, apres: EtatPublication, motif: str, moment: datetime, preuve: str = "") -> None:
    Mouvement.objects.create(
        publication=publication, moment=moment, avant=publication.etat, apres=apres, motif=motif, preuve=preuve
    )
    publication.etat = apres
    publication.save(update_fields=["etat"])
