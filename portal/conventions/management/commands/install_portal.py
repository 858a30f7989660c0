"""`manage.py install_portal`: the tree of pages, the register of services and, once, an administrator."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from portal.conventions.installation import install


class Command(BaseCommand):
    help = "Prépare le portail : arbre des pages, registre des services, premier administrateur."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin", metavar="NOM", help="crée cet administrateur s'il n'existe pas")

    def handle(self, *args: Any, admin: str | None, **options: Any) -> None:
        install()
        users = get_user_model().objects
        if admin and not users.filter(username=admin).exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser(username=admin, password=password)
            self.stdout.write(f"Administrateur « {admin} », mot de passe (montré cette seule fois) : {password}")
