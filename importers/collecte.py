"""Pages had for a reading, each kept in the archive as it came: fetched from a site, or saved by someone."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from importers.archive import Archive
from importers.http import Cause, Inaccessible, Reponse, Session
from importers.listings import PageVue
from portal.publications.entrees import Blocage, ListeBloquee

SIZE_LIMIT = 20_000_000
"""Bytes of a saved page."""


def name_visite(moment: datetime) -> str:
    """The name of a run in the archive, by when it started."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def fetch_and_keep(
    session: Session, archive: Archive, source: str, visite: str
) -> Callable[[str], tuple[PageVue, str]]:
    """Give what fetches a page and keeps it. It raises `ListeBloquee` where no page is had."""

    def fetch(adresse: str) -> tuple[PageVue, str]:
        try:
            reponse = session.fetch(adresse)
        except Inaccessible as error:
            blocage = Blocage.INTERDIT if error.cause is Cause.ROBOTS else Blocage.RESEAU
            raise ListeBloquee(blocage, str(error)) from error
        page = PageVue(reponse.url, reponse.contenu, reponse.statut, reponse.entetes)
        return page, archive.keep(reponse, source, visite)

    return fetch


def open_and_keep(paths: Iterable[Path], archive: Archive, source: str, visite: str) -> Iterator[tuple[PageVue, str]]:
    """Yield saved pages, each kept. Raises `ListeBloquee` where one cannot be read."""
    for path in paths:
        contenu = _open(path)
        reponse = Reponse(path.name, 200, {}, contenu, datetime.now(UTC))
        yield PageVue(path.name, contenu), archive.keep(reponse, source, visite)


def _open(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            message = f"« {path} » dépasse {SIZE_LIMIT // 1_000_000} Mo : ce n'est pas une page de liste."
            raise ListeBloquee(Blocage.MISE_EN_PAGE, message)
        return path.read_bytes()
    except OSError as error:
        message = f"« {path} » ne peut pas être ouvert ({error.strerror}) : vérifiez son chemin."
        raise ListeBloquee(Blocage.RESEAU, message) from error
