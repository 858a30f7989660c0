"""`manage.py replay_listing SOURCE [VISITE]`: what a visit kept in the archive says, read as listings are read now."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from importers import compte_rendu, relecture, sync
from importers.archive import Archive, ArchiveAbimee
from importers.listings import SOURCES, Source
from importers.verrou import hold_visites
from portal.domain.dates import format_date
from portal.publications.models import Visite


class Command(BaseCommand):
    help = (
        "Relit dans l'archive ce qu'une liste montrait lors d'une visite, sans aller sur aucun site. Sans VISITE, "
        "montre celles que l'archive garde. Sans --apply, rien n'est changé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        noms = sorted(SOURCES)
        parser.add_argument("source", choices=noms, metavar="SOURCE", help=", ".join(noms))
        parser.add_argument("visite", nargs="?", metavar="VISITE", help="par exemple 20261124T093000Z")
        parser.add_argument("--dry-run", action="store_true", help="montre sans rien changer, comme sans --apply")
        parser.add_argument(
            "--apply", action="store_true", help="enregistre ce qui est certain, garde le reste à juger"
        )
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")

    def handle(self, *args: Any, source: str, visite: str | None, **options: Any) -> None:
        choices = Namespace(**options)
        if choices.apply and (choices.dry_run or not visite):
            raise CommandError("Choisissez --apply ou --dry-run." if visite else "Indiquez la visite à appliquer.")
        archive = Archive(settings.ARCHIVE_DIR)
        if visite is None:
            for ligne in _list_visites(archive, SOURCES[source], choices.json):
                self.stdout.write(ligne)
        elif visite not in archive.list_visites(source):
            message = f"L'archive n'a pas de visite « {visite} » de « {source} » : lancez la commande sans visite."
            raise CommandError(message)
        elif choices.apply:
            with hold_visites():
                self._replay(archive, SOURCES[source], visite, choices)
        else:
            self._replay(archive, SOURCES[source], visite, choices)

    def _replay(self, archive: Archive, source: Source, visite: str, choices: Namespace) -> None:
        if choices.apply:
            _check_latest(source, visite)
        try:
            confrontation = relecture.confront_again(archive, source, visite)
        except ArchiveAbimee as error:
            raise CommandError(str(error)) from error
        write = compte_rendu.write_json if choices.json else compte_rendu.tell
        for ligne in write(source.nom, confrontation):
            self.stdout.write(ligne)
        if disparues := compte_rendu.tell_disparues(confrontation):
            self.stderr.write(disparues)
        if choices.apply:
            if confrontation.blocage:
                raise CommandError("Cette visite ne peut être crue : rien n'est enregistré.")
            sync.record(source, visite, relecture.find_moment(source, visite), confrontation)


def _check_latest(source: Source, visite: str) -> None:
    """Raises `CommandError` where what was seen since would be undone."""
    suivante = relecture.find_later(source, visite)
    if suivante:
        jour = format_date(timezone.localdate(suivante.moment))
        message = (
            f"« {source.nom} » a été lue de nouveau le {jour} (visite {suivante.nom}) : une visite plus ancienne ne "
            "peut plus être appliquée. Relisez celle-là."
        )
        raise CommandError(message)


def _list_visites(archive: Archive, source: Source, as_json: bool) -> Iterator[str]:
    """The visits of a source that the archive keeps, the last first, and what is known of each."""
    connues = {visite.nom: visite for visite in Visite.objects.filter(source=source.nom).order_by("pk")}
    for nom in reversed(archive.list_visites(source.nom)):
        visite = connues.get(nom)
        if as_json:
            lues, blocage = (visite.lues, visite.blocage or None) if visite else (None, None)
            faits = {"source": source.nom, "visite": nom, "lues": lues, "blocage": blocage}
            yield json.dumps({**faits, "enregistree": visite is not None}, ensure_ascii=False)
        elif visite is None:
            yield f"{nom} : montrée seulement, ou interrompue."
        else:
            yield f"{nom} : " + (f"bloquée ({visite.blocage})." if visite.blocage else f"{visite.lues} entrées lues.")
