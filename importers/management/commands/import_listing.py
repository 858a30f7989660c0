"""`manage.py import_listing SOURCE [PAGE]...`: what a listing says of the acts of the portal."""

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from importers import brouillons, collecte, compte_rendu, sync
from importers.archive import Archive
from importers.collecte import Collecte
from importers.listings import SOURCES, Source
from importers.listings.page_html import is_web
from importers.verrou import hold_visites
from portal.http.session import Session


class Command(BaseCommand):
    help = (
        "Lit une liste (bulletin officiel, gouvernement.fr, data.gouv.fr…), par ses adresses ou ses pages "
        "enregistrées, et montre ce qu'elle dit des actes du portail. Sans --apply, rien n'est changé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        noms = sorted(SOURCES)
        parser.add_argument("source", choices=noms, metavar="SOURCE", help=", ".join(noms))
        parser.add_argument("pages", nargs="*", metavar="PAGE", help="pages enregistrées, ou adresses, dans leur ordre")
        parser.add_argument("--dry-run", action="store_true", help="montre sans rien changer, comme sans --apply")
        parser.add_argument(
            "--apply",
            action="store_true",
            help="enregistre ce qui est certain, garde le reste à juger, fait des brouillons de ce qui manque",
        )
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")

    def handle(self, *args: Any, source: str, pages: list[str], **options: Any) -> None:
        choices = Namespace(**options)
        if choices.apply and choices.dry_run:
            raise CommandError("Choisissez --apply ou --dry-run.")
        departs = _find_departs(SOURCES[source], pages)
        with hold_visites() if choices.apply or departs else nullcontext(), Session() as session:
            self._visit(SOURCES[source], departs, [Path(page) for page in pages], session, choices)

    def _visit(
        self, source: Source, departs: tuple[str, ...], paths: list[Path], session: Session, choices: Namespace
    ) -> None:
        archive, moment = Archive(settings.ARCHIVE_DIR), timezone.now()
        visite = collecte.name_visite(archive, source.nom, moment)
        site = Collecte(session, archive, source.nom, visite)

        def read() -> sync.ListeLue:
            if departs:
                return sync.read_addresses(source, departs, site.fetch_page)
            return sync.read_saved(source, collecte.open_and_keep(paths, archive, source.nom, visite))

        confrontation = sync.confront(source, read, site.fetch_page)
        write = compte_rendu.write_json if choices.json else compte_rendu.tell
        for ligne in write(source.nom, confrontation):
            self.stdout.write(ligne)
        self._say(compte_rendu.tell_disparues(confrontation))
        if choices.apply:
            sync.record(source, visite, moment, confrontation)
            if not confrontation.blocage:
                self._say(compte_rendu.tell_brouillons(brouillons.make_drafts(source.nom, site)))

    def _say(self, message: str) -> None:
        """Tells what is no part of the listing, apart from it."""
        if message:
            self.stderr.write(message)


def _find_departs(source: Source, pages: list[str]) -> tuple[str, ...]:
    """The addresses where reading starts: those given, or those of the source; none for saved pages.

    Raises `CommandError` where what is given cannot be read.
    """
    adresses = tuple(filter(is_web, pages))
    if adresses and len(adresses) < len(pages):
        raise CommandError("Donnez des adresses ou des pages enregistrées, sans les mêler.")
    if not pages and not source.departs:
        raise CommandError(f"« {source.nom} » se lit par ses pages enregistrées : indiquez-les.")
    return adresses or (source.departs if not pages else ())
