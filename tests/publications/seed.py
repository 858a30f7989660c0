"""The seed as it is public: read from its file, published, with an identifier and days that do not change."""

from datetime import UTC, datetime
from pathlib import Path

from importers.documents.pipeline import read_text
from portal.conventions import actions
from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee
from portal.publications.transmission import find_acte

EXEMPLES = Path(__file__).parent.parent.parent / "examples"
SEED = EXEMPLES / "documents" / "convention_menj_dinum_2024.txt"
UID = "k3f7q9xz"
MOMENT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def publish_seed() -> Publiee:
    contenu = SEED.read_bytes()
    actions.import_lecture(read_text(contenu.decode(), source=SEED.name), contenu=contenu, publish=True)
    ActePage.objects.update(uid=UID, first_published_at=MOMENT, last_published_at=MOMENT)
    publiee = find_acte(UID)
    assert publiee is not None
    return publiee
