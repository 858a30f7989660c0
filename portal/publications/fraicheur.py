"""How fresh what is known of each listing is: when it was last believed, and what has stopped it since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from portal.publications.models import Visite

PERIMEE = timedelta(days=7)
"""A listing that was not believed for so long says nothing of today."""

_attendues: dict[str, bool] = {}


@dataclass(frozen=True, slots=True)
class Fraicheur:
    """`crue` is when the listing was last believed, with `lues` entries; `vue` when it was last visited, `blocage` and
    `message` why it was not believed then. None where it never was. `cherchee` says that the portal fetches it.
    """

    source: str
    cherchee: bool = False
    crue: datetime | None = None
    lues: int = 0
    vue: datetime | None = None
    blocage: str = ""
    message: str = ""

    @property
    def perimee(self) -> bool:
        return self.crue is None or timezone.now() - self.crue > PERIMEE


def register(source: str, *, cherchee: bool) -> None:
    """Names a listing that is to be kept fresh; `cherchee` says that the portal can fetch it by itself."""
    _attendues[source] = cherchee


def list_fraicheurs() -> list[Fraicheur]:
    """The freshness of each listing, by name: those registered, and those that were visited once."""
    noms = {*_attendues, *Visite.objects.values_list("source", flat=True).distinct()}
    return [_read(nom) for nom in sorted(noms)]


def _read(source: str) -> Fraicheur:
    visites = Visite.objects.filter(source=source).order_by("-pk")
    last, crue = visites.first(), visites.filter(blocage="").first()
    return Fraicheur(
        source=source,
        cherchee=_attendues.get(source, False),
        crue=crue.moment if crue else None,
        lues=crue.lues if crue else 0,
        vue=last.moment if last else None,
        blocage=last.blocage if last else "",
        message=last.message if last else "",
    )
