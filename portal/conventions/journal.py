"""The journal: one row for each change of what the public sees, in the transaction of the change.

`seq` is given under a row lock that is held until the commit, so a reader who has seen n never later
meets a row below n. Everything downstream follows it with a cursor of its own (`followers`).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.conventions import followers
from portal.conventions.models import Changement, Tete

Nature = Changement.Nature
WITHDRAWN = {Nature.RETRAIT, Nature.SUPPRESSION}


def head() -> int:
    """The highest `seq` given, 0 for an empty journal."""
    return Tete.objects.values_list("seq", flat=True).first() or 0


def read_since(seq: int, limite: int = 1000) -> list[Changement]:
    """The rows after `seq`, in order, `limite` at most."""
    return list(Changement.objects.filter(seq__gt=seq)[:limite])


def last_of(uid: str) -> Changement | None:
    """The last row of a convention or avenant; `None` if it was never public."""
    return Changement.objects.filter(uid=uid).order_by("-seq").first()


def write(uid: str, nature: str, *, empreinte: str = "", motif: str = "", moment: datetime | None = None) -> Changement:
    """Adds a row and calls the followers once the transaction is committed.

    Raises `TransactionManagementError` outside a transaction: the row must fall with its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Le journal s'écrit dans la transaction du changement.")
    tete, _made = Tete.objects.select_for_update().get_or_create(pk=1)
    tete.seq += 1
    tete.save(update_fields=["seq"])
    row = Changement.objects.create(
        seq=tete.seq, uid=uid, nature=nature, moment=moment or timezone.now(), empreinte=empreinte, motif=motif
    )
    transaction.on_commit(followers.notify, robust=True)
    return row


def write_public(uid: str, empreinte: str) -> Changement:
    """Adds the row of a page that is public now; its nature follows from the last row of that uid."""
    last = last_of(uid)
    if last is None:
        nature = Nature.PUBLICATION
    elif last.nature in WITHDRAWN:
        nature = Nature.RETABLISSEMENT
    else:
        nature = Nature.MODIFICATION
    return write(uid, nature, empreinte=empreinte)


def write_withdrawn(uid: str, nature: str, motif: str = "") -> Changement | None:
    """Adds the row of a page that is no longer public, unless the journal already says so.

    What was withdrawn with a reason keeps it when it is then deleted.
    """
    last = last_of(uid)
    if last is None or last.nature == nature:
        return None
    return write(uid, nature, motif=motif or last.motif)
