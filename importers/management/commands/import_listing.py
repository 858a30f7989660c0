"""`manage.py import_listing SOURCE [PAGE]...`: what a listing says of the acts of the portal."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from importers import collecte, sync
from importers.archive import Archive
from importers.http import Session
from importers.listings import SOURCES, Source
from portal.domain.dates import format_date
from portal.publications.entrees import Entree
from portal.publications.reconciliation import Ecart, Etat


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
            "--apply", action="store_true", help="enregistre ce qui est certain, garde le reste à juger"
        )
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")

    def handle(self, *args: Any, source: str, pages: list[str], **options: Any) -> None:
        choices = Namespace(**options)
        if choices.apply and choices.dry_run:
            raise CommandError("Choisissez --apply ou --dry-run.")
        moment = timezone.now()
        visite = collecte.name_visite(moment)
        with Session() as session:
            confrontation = sync.confront(SOURCES[source], _reading(SOURCES[source], pages, session, visite))
        for ecart in confrontation.ecarts:
            self.stdout.write(json.dumps(_to_json(source, ecart), ensure_ascii=False) if choices.json else _tell(ecart))
        self._end(source, confrontation, choices)
        if choices.apply:
            sync.record(SOURCES[source], visite, moment, confrontation)

    def _end(self, source: str, confrontation: sync.Confrontation, choices: Namespace) -> None:
        bilan = Counter(ecart.etat for ecart in confrontation.ecarts)
        lues = sum(ecart.entree is not None for ecart in confrontation.ecarts)
        if choices.json:
            fin = {"lues": lues, **{etat.value: bilan[etat] for etat in Etat}}
            blocage = confrontation.blocage.blocage.value if confrontation.blocage else None
            self.stdout.write(json.dumps({"bilan": fin, "blocage": blocage}, ensure_ascii=False))
        elif confrontation.blocage:
            self.stdout.write(f"« {source} » est bloquée ({confrontation.blocage.blocage}). {confrontation.blocage}")
        else:
            comptes = ", ".join(f"{bilan[etat]} {etat.value}" for etat in Etat)
            self.stdout.write(f"Bilan de « {source} » : {lues} entrées lues, {comptes}.")


def _reading(source: Source, pages: list[str], session: Session, visite: str) -> Callable[[], sync.ListeLue]:
    """How the pages are read: those of the source, those at addresses, or saved ones."""
    archive = Archive(settings.ARCHIVE_DIR)
    adresses = [page for page in pages if page.startswith(("http://", "https://"))]
    if adresses and len(adresses) < len(pages):
        raise CommandError("Donnez des adresses ou des pages enregistrées, sans les mêler.")
    departs = adresses or (source.departs if not pages else ())
    if departs:
        fetch = collecte.fetch_and_keep(session, archive, source.nom, visite)
        return lambda: sync.read_addresses(source, departs, fetch)
    if not pages:
        raise CommandError(f"« {source.nom} » se lit par ses pages enregistrées : indiquez-les.")
    paths = [Path(page) for page in pages]
    return lambda: sync.read_saved(source, collecte.open_and_keep(paths, archive, source.nom, visite))


def _to_json(source: str, ecart: Ecart) -> dict[str, Any]:
    """One object of the contract of the listing importer; what is absent has no entry."""
    entree = ecart.entree or Entree("", "")
    return {
        "source": source,
        "titre": entree.titre or None,
        "url": entree.url or None,
        "date": _iso(entree.date),
        "date_publication": _iso(entree.date_publication),
        "nor": entree.nor,
        "parties": list(entree.parties),
        "nature": entree.nature.value if entree.nature else None,
        "etat": ecart.etat.value,
        "convention": ecart.uid,
        "motif": ecart.motif,
        "confiance": ecart.confiance,
    }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _tell(ecart: Ecart) -> str:
    doute = "" if ecart.certain else " (à juger)"
    quoi = ecart.entree.titre if ecart.entree else ecart.uid
    jour = f", {format_date(ecart.entree.date)}" if ecart.entree and ecart.entree.date else ""
    acte = f" → {ecart.uid}" if ecart.uid and ecart.entree else ""
    return f"{ecart.etat.value}{doute} : {quoi}{jour}{acte} — {ecart.motif}"
