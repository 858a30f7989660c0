"""A visit read again from the archive, as the reading is now, without asking any site."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from importers import sync
from importers.archive import Archive, Marque, Trace
from importers.collecte import date_visite
from importers.listings import PageVue, Source
from importers.listings.page_html import is_web
from portal.publications.entrees import Blocage, ListeBloquee
from portal.publications.models import Publication, Visite
from portal.publications.reconciliation import Ecart, Etat


def confront_again(archive: Archive, source: Source, visite: str) -> sync.Confrontation:
    """What the pages of a visit say of the portal now. Changes nothing. Raises `ArchiveAbimee`.

    What was seen later than the visit is not absent.
    """
    pages = _list_pages(archive, source, visite)
    if all(is_web(adresse) for adresse in pages):

        def fetch(adresse: str) -> tuple[PageVue, str]:
            if adresse not in pages:
                message = f"La visite {visite} s'est arrêtée avant la page « {adresse} » : relisez-en une autre."
                raise ListeBloquee(Blocage.TRONQUEE, message)
            return _open(archive, pages[adresse])

        def read() -> sync.ListeLue:
            lue = sync.read_addresses(source, list(pages), fetch)
            melees = any(Marque.REPRISE in trace.marques for trace in pages.values())
            return sync.doubt_absences(source, lue) if melees else lue

        confrontation = sync.confront(source, read, fetch)
    else:
        saved = [_open(archive, trace) for trace in pages.values()]
        confrontation = sync.confront(source, lambda: sync.read_saved(source, saved))
    ecarts = _leave_later(source, find_moment(source, visite), confrontation.ecarts)
    return replace(confrontation, ecarts=tuple(ecarts))


def find_moment(source: Source, visite: str) -> datetime:
    """When a visit was made."""
    faite = Visite.objects.filter(source=source.nom, nom=visite).first()
    return faite.moment if faite else date_visite(visite)


def find_later(source: Source, visite: str) -> Visite | None:
    """The last visit of a source that was believed, where it is later than another."""
    crues = Visite.objects.filter(source=source.nom, blocage="", moment__gt=find_moment(source, visite))
    return crues.order_by("-moment").first()


def _list_pages(archive: Archive, source: Source, visite: str) -> dict[str, Trace]:
    """The pages of a visit by the address that was asked, in the order in which they were asked first.

    Of one that was asked again after a sudden stop, the last answer stands. The pages that were saved are all kept,
    though two may have the same name.
    """
    pages: dict[str, Trace] = {}
    for rang, trace in enumerate(archive.list_traces(source.nom, visite)):
        if Marque.DOCUMENT not in trace.marques:
            pages[trace.demande if is_web(trace.demande) else f"{rang} {trace.demande}"] = trace
    return pages


def _open(archive: Archive, trace: Trace) -> tuple[PageVue, str]:
    reponse = archive.open(trace)
    return PageVue(reponse.url, reponse.contenu, reponse.statut, reponse.entetes), trace.empreinte


def _leave_later(source: Source, moment: datetime, ecarts: tuple[Ecart, ...]) -> Iterator[Ecart]:
    """The écarts without the absence of what was seen after a moment."""
    vues = Publication.objects.filter(canal=source.canal, destinataire="", verifiee_le__gt=moment)
    vus_depuis = set(vues.values_list("uid", flat=True))
    return (ecart for ecart in ecarts if ecart.etat is not Etat.ABSENT or ecart.uid not in vus_depuis)
