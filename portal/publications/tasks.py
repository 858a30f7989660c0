"""The sending of what was asked, in the background; `transmit_dossiers` does what no task did."""

from functools import partial

from django.db import transaction
from django_tasks import task

from portal.publications import transmission
from portal.publications.models import Transmission


@task()
def transmit_dossier(pk: int) -> None:
    """Tries a sending that is due, once: a task that is run again finds nothing to do."""
    transmission.transmit(pk)


def enqueue(demande: Transmission) -> None:
    """Has a sending tried as soon as it is committed."""
    transaction.on_commit(partial(transmit_dossier.enqueue, demande.pk))
