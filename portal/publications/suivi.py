"""The follower of the journal that knows what is expected: an act that becomes public promises its publications."""

from django.db import transaction

from portal.conventions import journal
from portal.conventions.models import ActePage
from portal.publications import actions
from portal.publications.models import Curseur

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
    pages = ActePage.objects.live().filter(uid__in=moments).prefetch_related("publications_prevues")
    publics = {page.uid: page for page in pages}
    for uid, moment in moments.items():
        if uid in publics:
            actions.expect(uid, (prevue.canal for prevue in publics[uid].publications_prevues.all()), moment)
        else:
            actions.withdraw(uid, moment)
    if rows:
        curseur.seq = rows[-1].seq
        curseur.save(update_fields=["seq"])
    return len(rows) == BATCH
