"""`manage.py sync_publications`: visits every listing that can be fetched, and keeps what each says."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from importers import brouillons, compte_rendu, reprise, sync
from importers.archive import Archive
from importers.collecte import Collecte
from importers.listings import SOURCES, Source
from importers.verrou import hold_visites
from portal.http.session import Session


class Command(BaseCommand):
    help = (
        "Lit toutes les listes que le portail peut aller chercher, et fait un brouillon des actes qu'il n'a pas, une "
        "ligne de bilan pour chacune. Une liste qui ne peut être crue n'arrête pas les autres. Après un arrêt, la même "
        "commande reprend où elle en était."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with hold_visites(), Session() as session:
            for source in SOURCES.values():
                if source.departs:
                    self.stdout.write(_visit(source, session))


def _visit(source: Source, session: Session) -> str:
    """Visits a source, and tells how it went in one line."""
    archive = Archive(settings.ARCHIVE_DIR)
    depart = reprise.start(archive, source, timezone.now())
    collecte = Collecte(session, archive, source.nom, depart.nom)

    def read() -> sync.ListeLue:
        lue = sync.read_addresses(source, source.departs, collecte.fetch_page)
        return sync.doubt_absences(source, lue) if collecte.comptes.melees else lue

    confrontation = sync.confront(source, read, collecte.fetch_page)
    visite = sync.record(source, depart.nom, depart.moment, confrontation)
    pages = compte_rendu.tell_pages(collecte.comptes)
    if confrontation.blocage:
        return f"{source.nom} : bloquée ({visite.blocage}). {visite.message} {pages}"
    a_juger = sum(not ecart.certain or ecart.uid is None for ecart in confrontation.ecarts)
    lu = f"{source.nom} : {visite.lues} entrées lues, {a_juger} à juger."
    faits = compte_rendu.tell_brouillons(brouillons.make_drafts(source.nom, collecte))
    return " ".join(filter(None, (lu, pages, compte_rendu.tell_disparues(confrontation), faits)))
