"""`manage.py transmit_dossiers`: sends what is due, and takes up what a sudden stop cut."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.publications import actions
from portal.publications.transmission import transmit_due


class Command(BaseCommand):
    help = (
        "Essaie une fois chaque envoi qui est dû (bulletins officiels, data.gouv.fr, copies), et reprend ceux qu'un "
        "arrêt a coupés. À lancer toutes les minutes ; deux à la fois ne se gênent pas."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        repris = actions.recover(timezone.now())
        essayes = transmit_due()
        if repris or essayes:
            self.stdout.write(f"Envois essayés : {essayes}. Repris après un arrêt : {repris}.")
