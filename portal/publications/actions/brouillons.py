"""The drafts made of what a listing holds and the portal does not."""

from django.db.models import F

from portal.publications.models import EcartOuvert
from portal.publications.reconciliation import CERTITUDE, Etat

ESSAIS_MAXIMUM = 5
"""Tries to make a draft of an entry; after them an editor is to see to it."""


def list_to_draft(source: str, limite: int) -> list[EcartOuvert]:
    """The certain entries of a source that are no act of the portal, and no draft yet, the least tried first."""
    nouveaux = EcartOuvert.objects.filter(
        source=source,
        etat=Etat.NOUVEAU,
        confiance__gte=CERTITUDE,
        brouillon="",
        rejet="",
        essais__lt=ESSAIS_MAXIMUM,
    )
    return list(nouveaux.order_by("essais", "pk")[:limite])


def record_draft(pk: int, uid: str) -> None:
    """Keeps which act was made of an entry: no other is."""
    EcartOuvert.objects.filter(pk=pk).update(brouillon=uid, refus="")


def record_draft_failure(pk: int, message: str) -> None:
    """Keeps why no draft could be made of an entry this time."""
    EcartOuvert.objects.filter(pk=pk).update(essais=F("essais") + 1, refus=message)
