"""One visit of the listings at a time: they write in one archive, and a second would ask the sites twice."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError


@contextmanager
def hold_visites() -> Iterator[None]:
    """Keeps other visits out, until the process ends, however it ends. Raises `CommandError` where one is under way."""
    settings.ARCHIVE_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.ARCHIVE_DIR / "visite.lock").open("w") as fichier:
        try:
            fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError("Une autre visite est en cours : attendez qu'elle finisse.") from error
        yield
