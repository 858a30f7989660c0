"""`manage.py prepare_portal FOLDER`: all that must be done before the portal is served, in one process.

It may run at each start: what is done already is left, and what a killed process left undone is caught up.
"""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Prépare la base, importe et publie les documents d'un dossier, met à jour l'index de recherche."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=Path, help="les documents à importer")
        parser.add_argument("--admin", metavar="NOM", help="crée cet administrateur s'il n'existe pas")

    def handle(self, *args: Any, dossier: Path, admin: str | None, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("install_portal", admin=admin, stdout=self.stdout)
        call_command("import_documents", str(dossier), publish=True, stdout=self.stdout, stderr=self.stderr)
        try:
            call_command("follow_journal", stdout=self.stdout)
        except CommandError as error:
            # A cluster that is away must not keep the portal from starting: another index answers meanwhile.
            self.stderr.write(f"{error} Le portail démarre sans eux ; ensuite : manage.py follow_journal")
