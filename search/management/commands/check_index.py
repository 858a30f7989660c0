from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.conventions.models import ConventionPage
from search import indexing
from search.engines.current import current_engine, local_engine
from search.results import IndexIndisponible
from search.workers import processes_for

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compare l'index de recherche à la base : conventions manquantes, périmées, en trop. Sort avec 1 s'il y en a."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--secours", action="store_true", help="comparer l'index de cette machine")
        parser.add_argument("--repair", action="store_true", help="corriger l'index, au lieu de seulement le dire")

    def handle(self, *args: Any, repair: bool, secours: bool, **options: Any) -> None:
        engine = local_engine() if secours else current_engine()
        processes = processes_for(ConventionPage.objects.live().count())
        try:
            comparison = indexing.compare(engine, processes=processes)
        except IndexIndisponible as error:
            if not repair:
                raise CommandError(f"{error} Refaites-le : manage.py rebuild_index") from error
            if not indexing.rebuild(engine, processes=processes):
                raise CommandError("Un autre processus refait déjà l'index : attendez qu'il ait fini.") from error
            self.stdout.write(f"{error} Il a été refait.")
            return
        self._print(comparison)
        if not comparison.uids:
            return
        if not repair:
            raise CommandError("L'index diffère de la base. Corrigez-le : manage.py check_index --repair")
        if not indexing.repair(comparison, engine):
            raise CommandError("Un autre processus écrit dans l'index : recommencez dans un instant.")
        self.stdout.write("L'index a été corrigé.")

    def _print(self, comparison: indexing.Comparison) -> None:
        found = {"manquantes": comparison.missing, "périmées": comparison.stale, "en trop": comparison.extra}
        for name, uids in found.items():
            listed = " ".join(uids[:MOST_SHOWN]) + (" …" if len(uids) > MOST_SHOWN else "")
            self.stdout.write(f"Conventions {name} : {len(uids)}  {listed}".rstrip())
