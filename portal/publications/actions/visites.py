"""What a listing was seen to hold: what is certain is applied, the rest is kept for an editor."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.domain.convention import Canal
from portal.publications.actions.mouvements import move
from portal.publications.entrees import Entree, ListeBloquee
from portal.publications.models import A_PUBLIER, VUES, EcartOuvert, EtatPublication, Publication, Visite
from portal.publications.reconciliation import Ecart

CLE_MAXIMUM = 2_000


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
    visite = Visite.objects.create(source=source, canal=canal, nom=nom, moment=moment, entiere=entiere)
    gardees: set[str] = set()
    for ecart in ecarts:
        visite.lues += ecart.entree is not None
        preuve = preuves.get(ecart.entree.url, "") if ecart.entree else ""
        if not ecart.certain or ecart.uid is None:
            cle = _key(ecart) if _key(ecart) not in gardees else _full_key(ecart)
            gardees.add(cle)
            _keep(source, canal, cle, ecart, moment, preuve)
        elif ecart.entree is None:
            mark_absent(ecart.uid, canal, ecart.motif, moment)
            EcartOuvert.objects.filter(source=source, cle=ecart.uid).delete()
        else:
            motif = f"Vue sur la liste : {ecart.motif}."
            mark_seen(ecart.uid, ecart.entree, canal, source, moment, motif, preuve, divergences=ecart.divergences)
            EcartOuvert.objects.filter(source=source, cle__in=(_key(ecart), _full_key(ecart), ecart.uid)).delete()
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
        for publication in Publication.objects.filter(canal=canal, etat__in=A_PUBLIER):
            move(publication, EtatPublication.BLOQUEE, message, moment)
    return Visite.objects.create(
        source=source, canal=canal, nom=nom, moment=moment, blocage=blocage.blocage, message=message
    )


def last_whole(source: str) -> Visite | None:
    """The last visit of a source that was believed and read whole: what the next is compared with."""
    return Visite.objects.filter(source=source, blocage="", entiere=True).order_by("-pk").first()


def mark_seen(
    uid: str,
    entree: Entree,
    canal: Canal,
    source: str,
    moment: datetime,
    motif: str,
    preuve: str,
    *,
    divergences: Iterable[str] = (),
    auteur: Any = None,
) -> Publication:
    """Says that an act is shown by an entry; where it is shown otherwise than it is here, it is divergent."""
    publication, made = Publication.objects.get_or_create(
        uid=uid, canal=canal, destinataire="", defaults={"prevue": False, "etat": EtatPublication.ATTENDUE}
    )
    avant = _shown(publication)
    publication.url, publication.source = entree.url or publication.url, source
    publication.nor = entree.nor or publication.nor
    publication.date_publication = entree.date_publication or publication.date_publication
    publication.verifiee_le, publication.preuve = moment, preuve
    publication.divergences = [phrase for phrase in divergences if phrase not in publication.admises]
    publication.save()
    apres = EtatPublication.DIVERGENTE if publication.divergences else EtatPublication.PUBLIEE
    if made or publication.etat != apres or avant != _shown(publication):
        phrases = " ; ".join(publication.divergences)
        suite = f" {phrases[0].upper()}{phrases[1:]}." if phrases else ""
        move(publication, apres, f"{motif}{suite}", moment, preuve=preuve, auteur=auteur)
    return publication


def _shown(publication: Publication) -> tuple[Any, ...]:
    """What readers see of a publication, but for the day when it was checked."""
    return publication.url, publication.nor, publication.date_publication, publication.divergences


def mark_absent(uid: str, canal: Canal, motif: str, moment: datetime, auteur: Any = None) -> None:
    """Says that an act that was seen on a channel is shown there no more."""
    for publication in Publication.objects.filter(uid=uid, canal=canal, destinataire="", etat__in=VUES):
        publication.verifiee_le = moment
        publication.save(update_fields=["verifiee_le"])
        move(publication, EtatPublication.ABSENTE, motif, moment, auteur=auteur)


def _keep(source: str, canal: Canal, cle: str, ecart: Ecart, moment: datetime, preuve: str) -> None:
    """Keeps an écart to judge; one that an editor rejected stays so as long as it says the same of the same act."""
    faits = _facts(canal, ecart, moment, preuve)
    ouvert, _made = EcartOuvert.objects.get_or_create(source=source, cle=cle, defaults=faits)
    if (ouvert.etat, ouvert.uid) != (ecart.etat, ecart.uid or ""):
        ouvert.rejet = ""
    for nom, valeur in faits.items():
        setattr(ouvert, nom, valeur)
    ouvert.save()


def _facts(canal: Canal, ecart: Ecart, moment: datetime, preuve: str) -> dict[str, Any]:
    return {
        "canal": canal,
        "etat": ecart.etat,
        "uid": ecart.uid or "",
        "entree": asdict(ecart.entree) if ecart.entree else None,
        "motif": ecart.motif,
        "confiance": ecart.confiance,
        "preuve": preuve,
        "vu_le": moment,
    }


def _key(ecart: Ecart) -> str:
    """What tells an écart from the others of its source; a saved page may not say the address of an entry."""
    entree = ecart.entree
    if entree is None:
        return ecart.uid or ""
    return (entree.url or entree.document or _describe(entree))[:CLE_MAXIMUM]


def _full_key(ecart: Ecart) -> str:
    """What tells an écart from another at the same address: a page may show several acts."""
    return f"{_describe(ecart.entree)} {_key(ecart)}"[:CLE_MAXIMUM] if ecart.entree else _key(ecart)


def _describe(entree: Entree) -> str:
    return f"{entree.nor or ''} {entree.date or ''} {entree.titre}"


def _unblock(source: str, canal: Canal, moment: datetime) -> None:
    """What could not be checked is expected again, or transmitted, as before."""
    for publication in Publication.objects.filter(canal=canal, etat=EtatPublication.BLOQUEE):
        last: Any = publication.mouvements.filter(avant__in=A_PUBLIER).last()
        move(publication, EtatPublication(last.avant), f"La liste « {source} » se lit de nouveau.", moment)
