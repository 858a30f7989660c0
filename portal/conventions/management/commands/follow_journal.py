"""`manage.py follow_journal`: brings every follower up to date, once or for ever."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from portal.conventions import followers, journal


class Command(BaseCommand):
    help = "Fait rattraper le journal par l'index de recherche et les autres suiveurs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", type=float, metavar="SECONDES", help="recommence sans fin, à cet intervalle")

    def handle(self, *args: Any, watch: float | None, **options: Any) -> None:
        while True:
            failed = followers.catch_up_all()
            if watch is None:
                break
            time.sleep(watch)
            close_old_connections()  # one that a restarted server has cut would fail for ever
        if failed:
            raise CommandError(f"N'ont pas rattrapé le journal : {', '.join(failed)}.")
        self.stdout.write(f"Journal suivi jusqu'au changement n° {journal.head()}.")
