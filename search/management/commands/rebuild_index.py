from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from portal.conventions.models import ConventionPage
from search import indexing
from search.engines.current import current_engine, local_engine
from search.workers import processes_for


class Command(BaseCommand):
    help = "Refait l'index de recherche à côté de celui qui sert, puis le met à sa place, sans interruption."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--depuis-le-debut", action="store_true", help="ne pas reprendre une reconstruction interrompue"
        )
        parser.add_argument("--secours", action="store_true", help="refaire l'index de cette machine")
        parser.add_argument("--processus", type=int, help="combien lisent la base (défaut : un par processeur)")

    def handle(
        self, *args: Any, depuis_le_debut: bool, secours: bool, processus: int | None = None, **options: Any
    ) -> None:
        if processus is not None and processus < 1:
            raise CommandError("--processus : il en faut un au moins.")
        engine = local_engine() if secours else current_engine()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        total = ConventionPage.objects.live().count()
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Conventions indexées", total=total)

            def advance(taken_in: int) -> None:
                progress.advance(task, taken_in)

            processes = processes_for(total, processus)
            if not indexing.rebuild(engine, progress=advance, fresh=depuis_le_debut, processes=processes):
                raise CommandError("Un autre processus refait déjà l'index : attendez qu'il ait fini.")
        self.stdout.write(f"L'index de recherche est refait. Conventions indexées : {engine.count()}")
