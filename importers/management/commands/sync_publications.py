"""`manage.py sync_publications`: visits every listing that can be fetched, and keeps what each says."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from importers import collecte, sync
from importers.archive import Archive
from importers.http import Session
from importers.listings import SOURCES, Source


class Command(BaseCommand):
    help = (
        "Lit toutes les listes que le portail peut aller chercher, une ligne de bilan pour chacune. Une liste qui ne "
        "peut être crue n'arrête pas les autres."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with _lock(), Session() as session:
            for source in SOURCES.values():
                if source.departs:
                    self.stdout.write(_visit(source, session))


def _visit(source: Source, session: Session) -> str:
    moment = timezone.now()
    nom = collecte.name_visite(moment)
    fetch = collecte.fetch_and_keep(session, Archive(settings.ARCHIVE_DIR), source.nom, nom)
    confrontation = sync.confront(source, lambda: sync.read_addresses(source, source.departs, fetch))
    visite = sync.record(source, nom, moment, confrontation)
    if confrontation.blocage:
        return f"{source.nom} : bloquée ({visite.blocage}). {visite.message}"
    a_juger = sum(not ecart.certain or ecart.uid is None for ecart in confrontation.ecarts)
    return f"{source.nom} : {visite.lues} entrées lues, {a_juger} à juger."


@contextmanager
def _lock() -> Iterator[None]:
    """One visit at a time, given back by the system when the process ends, however it ends."""
    settings.ARCHIVE_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.ARCHIVE_DIR / "visite.lock").open("w") as fichier:
        try:
            fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError("Une autre visite est en cours : attendez qu'elle finisse.") from error
        yield
