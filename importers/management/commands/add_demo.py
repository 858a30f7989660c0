"""`manage.py add_demo N`: adds invented conventions, each marked as such wherever it is shown."""

from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from rich.progress import track

from bench.generator import generate
from portal.conventions import actions, followers
from portal.conventions.models import ConventionPage


class Command(BaseCommand):
    help = "Ajoute des conventions inventées, marquées comme telles, pour la démonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nombre", type=int, nargs="?", default=200, help="combien il doit y en avoir en tout (200)")
        parser.add_argument("--no-pause", action="store_true", help="indexe après chaque publication, et non à la fin")

    def handle(self, *args: Any, nombre: int, no_pause: bool, **options: Any) -> None:
        known = set(ConventionPage.objects.filter(reference__startswith="DEMO-").values_list("reference", flat=True))
        with nullcontext() if no_pause else followers.paused():
            for convention in track(generate(nombre), total=nombre, description="Conventions inventées"):
                if convention.reference not in known:
                    with transaction.atomic():
                        actions.publish_page(actions.create_draft(convention, fictif=True))
        self.stdout.write(f"{nombre} conventions inventées sont publiées.")
