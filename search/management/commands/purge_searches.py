"""`manage.py purge_searches`: forgets the searches without result that nobody makes any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.vaines import purge


class Command(BaseCommand):
    help = "Efface les recherches sans résultat que personne n'a faites depuis douze mois. À lancer chaque nuit."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Recherches sans résultat effacées : {purge(timezone.localdate())}.")
