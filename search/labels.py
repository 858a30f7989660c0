"""The names of services by their key in the register, remembered for a minute."""

from collections.abc import Iterable, Mapping
from time import monotonic

from portal.conventions.models import Service

SECONDS = 60.0
MOST = 10_000

_known: dict[str, tuple[float, str | None]] = {}


def read_labels(keys: Iterable[str]) -> Mapping[str, str]:
    """« Nom (SIGLE) » by key; keys that are not in the register are left out. One query at most.

    A service renamed in another process has its old name here for a minute at most.
    """
    now = monotonic()
    wanted = set(keys)
    missing = [key for key in wanted if key not in _known or _known[key][0] < now]
    if missing:
        _read(missing, now + SECONDS)
    return {key: label for key in wanted if (label := _known[key][1]) is not None}


def forget_labels(**_signal: object) -> None:
    """To be called when the register changes."""
    _known.clear()


def _read(keys: list[str], until: float) -> None:
    if len(_known) + len(keys) > MOST:
        _known.clear()
    found = {service.slug: str(service) for service in Service.objects.filter(slug__in=keys)}
    _known.update({key: (until, found.get(key)) for key in keys})
