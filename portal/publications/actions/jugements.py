"""What an editor says of a publication or of an écart: his word is a reason like another, under his name."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.domain.convention import Canal
from portal.publications.actions.mouvements import check_motif, move
from portal.publications.actions.visites import mark_absent, mark_seen
from portal.publications.entrees import Entree
from portal.publications.models import EcartOuvert, EtatPublication, Publication
from portal.publications.reconciliation import Etat

EDITEUR = "editeur"
"""The source of what an editor saw himself."""


@transaction.atomic
def accept_ecart(ecart: EcartOuvert, moment: datetime, auteur: Any) -> None:
    """Does what an écart proposes. Raises `ValidationError` for one that proposes nothing: an act that is not here."""
    if not ecart.uid:
        raise ValidationError("Cette entrée n'est encore aucun acte du portail : choisissez-en un, ou faites-en un.")
    if ecart.etat == Etat.ABSENT:
        mark_absent(ecart.uid, Canal(ecart.canal), f"{ecart.motif} Confirmé par un éditeur.", moment, auteur)
        ecart.delete()
    else:
        correct_ecart(ecart, ecart.uid, moment, auteur)


@transaction.atomic
def correct_ecart(ecart: EcartOuvert, uid: str, moment: datetime, auteur: Any) -> Publication:
    """Says that an entry shows the act `uid`, whatever was proposed."""
    if not ecart.entree:
        raise ValidationError("Cet écart ne montre aucune entrée : acceptez-le, ou écartez-le.")
    motif, entree = f"Rapprochée par un éditeur ({ecart.motif}).", to_entree(ecart.entree)
    publication = mark_seen(uid, entree, Canal(ecart.canal), ecart.source, moment, motif, ecart.preuve, auteur=auteur)
    ecart.delete()
    return publication


def reject_ecart(ecart: EcartOuvert, motif: str) -> None:
    """Sets an écart aside, as long as the listing shows the same. Raises `ValidationError` without a reason."""
    ecart.rejet = check_motif(motif, "Dites pourquoi cet écart est sans suite.")
    ecart.save(update_fields=["rejet"])


@transaction.atomic
def admit_divergences(publication: Publication, motif: str, moment: datetime, auteur: Any) -> None:
    """Takes what is shown otherwise as it is, these differences alone. Raises `ValidationError` without a reason."""
    motif = check_motif(motif, "Dites pourquoi ces différences sont admises.")
    publication.admises = sorted({*publication.admises, *publication.divergences})
    publication.divergences = []
    publication.save(update_fields=["admises", "divergences"])
    move(publication, EtatPublication.PUBLIEE, f"Différences admises : {motif}", moment, auteur=auteur)


@transaction.atomic
def mark_published(
    publication: Publication,
    url: str,
    moment: datetime,
    auteur: Any,
    *,
    nor: str = "",
    date_publication: date | None = None,
) -> None:
    """Says where an editor saw an act with his own eyes."""
    publication.url, publication.source, publication.verifiee_le = url, EDITEUR, moment
    publication.nor = nor or publication.nor
    publication.date_publication = date_publication or publication.date_publication
    publication.preuve, publication.divergences = "", []
    publication.save()
    move(publication, EtatPublication.PUBLIEE, f"Vue par un éditeur à l'adresse {url}.", moment, auteur=auteur)


def to_entree(kept: dict[str, Any]) -> Entree:
    """The entry that was kept as JSON."""
    jours = {nom: date.fromisoformat(kept[nom]) if kept[nom] else None for nom in ("date", "date_publication")}
    return Entree(**{**kept, **jours, "parties": tuple(kept["parties"])})
