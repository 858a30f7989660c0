"""Where a visit starts: anew, or where one that was cut short had come to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from importers.archive import Archive, ArchiveAbimee
from importers.collecte import date_visite, name_visite
from importers.listings import Source
from portal.publications.models import Visite

DELAI = timedelta(hours=6)
"""A visit that was cut short is gone on with for so long: what it read is of the same day."""


@dataclass(frozen=True, slots=True)
class Depart:
    """The name of a visit in the archive, and when it started."""

    nom: str
    moment: datetime


def start(archive: Archive, source: Source, moment: datetime) -> Depart:
    """The visit of a source to go on with at a moment, or a new one."""
    visites = archive.list_visites(source.nom)
    if visites:
        last = Depart(visites[-1], date_visite(visites[-1]))
        if moment - last.moment < DELAI and not _is_over(source, last) and _has_begun(archive, source, last.nom):
            return last
    return Depart(name_visite(archive, source.nom, moment), moment)


def _is_over(source: Source, depart: Depart) -> bool:
    """Say whether what a visit said is recorded, or whether another was since."""
    plus_tard = Q(nom=depart.nom) | Q(moment__gte=depart.moment)
    return Visite.objects.filter(plus_tard, source=source.nom).exists()


def _has_begun(archive: Archive, source: Source, nom: str) -> bool:
    """Say whether a visit reads the listing from its own first page: pages that someone chose are no part of one."""
    try:
        premiere = next(archive.list_traces(source.nom, nom), None)
    except ArchiveAbimee:
        return False
    return premiere is not None and premiere.demande == source.departs[0]
