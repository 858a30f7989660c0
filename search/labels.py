"""The names of services by their key in the register, remembered for a minute."""

from collections.abc import Iterable, Mapping
from time import monotonic

from portal.conventions.models import Service

SECONDS = 60.0
MOST = 10_000

Label = tuple[float, str | None]
"""Until when it is good, and the name; `None` for a key that is not in the register."""

_known: dict[str, Label] = {}


def read_labels(keys: Iterable[str]) -> Mapping[str, str]:
    """« Nom (SIGLE) » by key; keys that are not in the register are left out. One query at most.

    A service renamed in another process has its old name here for a minute at most.
    """
    now, wanted = monotonic(), set(keys)
    labels = {key: label for key in wanted if (label := _known.get(key)) and label[0] >= now}
    if missing := wanted - labels.keys():
        labels |= _read(missing, now + SECONDS)
    return {key: name for key, (_, name) in labels.items() if name is not None}


def forget_labels(**_signal: object) -> None:
    """To be called when the register changes."""
    _known.clear()


def _read(keys: set[str], until: float) -> dict[str, Label]:
    names = {service.slug: str(service) for service in Service.objects.filter(slug__in=keys)}
    read: dict[str, Label] = {key: (until, names.get(key)) for key in keys}
    if len(_known) + len(read) > MOST:
        _known.clear()
    _known.update(read)
    return read
