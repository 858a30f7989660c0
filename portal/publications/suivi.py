"""The follower of the journal that knows what is expected: an act that becomes public promises its publications."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.conventions import journal
from portal.conventions.models import ActePage
from portal.publications import actions, tasks
from portal.publications.canaux import CANAUX
from portal.publications.models import COPIE, Curseur, EtatTransmission, Publication

BATCH = 200


def catch_up() -> None:
    """Reads the journal from the cursor; the rows and the cursor are committed together, and may be read twice."""
    while _follow_batch():
        pass


@transaction.atomic
def _follow_batch() -> bool:
    curseur, _made = Curseur.objects.select_for_update().get_or_create(pk=1)
    rows = journal.read_since(curseur.seq, BATCH)
    moments = {row.uid: row.moment for row in rows}
    pages = ActePage.objects.live().filter(uid__in=moments).prefetch_related("publications_prevues", "copies")
    publics = {page.uid: page for page in pages}
    for uid, moment in moments.items():
        if uid in publics:
            actions.expect(uid, _attentes_of(publics[uid]), moment)
        else:
            actions.withdraw(uid, moment)
    _keep_in_step(moments, {uid for uid, page in publics.items() if not page.fictif})
    if rows:
        curseur.seq = rows[-1].seq
        curseur.save(update_fields=["seq"])
    return len(rows) == BATCH


def _attentes_of(page: Any) -> Iterator[tuple[str, str]]:
    """The channels, and the recipients of copies, that an act promises."""
    yield from ((prevue.canal, "") for prevue in page.publications_prevues.all())
    yield from ((COPIE, copie.destinataire) for copie in page.copies.all())


def _keep_in_step(moments: dict[str, datetime], publics: set[str]) -> None:
    """Asks the channels that need no editor to say what the acts now say, or to withdraw them."""
    automatiques = [nom for nom, voie in CANAUX.items() if voie.is_automatic()]
    for publication in Publication.objects.filter(uid__in=moments, canal__in=automatiques).order_by("pk"):
        retrait = publication.uid not in publics
        if _was_begun(publication) if retrait else publication.attendue:
            tasks.enqueue(actions.request(publication, moments[publication.uid], retrait=retrait))


def _was_begun(publication: Publication) -> bool:
    """Say whether something of an act may stand there: a sending was tried after the last withdrawal."""
    last = publication.transmissions.filter(essais__isnull=False).order_by("-pk").first()
    return last is not None and not (last.retrait and last.etat == EtatTransmission.FAITE)
