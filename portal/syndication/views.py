"""`/conventions/flux.rss` and `flux.atom`: the parameters are those of the search page."""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag, urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.conventions import journal
from portal.conventions.publiees import Publiee, read_published
from portal.publications.models import Mouvement
from portal.publications.preuves import last_mouvement, list_preuves, read_preuves
from portal.syndication.feeds import AtomFeed, RssFeed, write_feed
from search.query import SearchQuery, Tri, parse, to_params
from search.results import IndexIndisponible, Results
from search.service import describe_sought, position, search

logger = logging.getLogger(__name__)
ENTREES = 50
ATTENTE = 120  # seconds after which a reader of feeds is told to come back
VERSION = 3  # of the feeds' form: readers that hold an older one get the new


@require_safe
@cache_control(public=True, no_cache=True)
def flux_rss(request: HttpRequest) -> HttpResponse:
    """The search as RSS 2.0."""
    return _answer(request, RssFeed, "syndication:flux_rss", "application/rss+xml; charset=utf-8")


@require_safe
@cache_control(public=True, no_cache=True)
def flux_atom(request: HttpRequest) -> HttpResponse:
    """The search as Atom."""
    return _answer(request, AtomFeed, "syndication:flux_atom", "application/atom+xml; charset=utf-8")


def _answer(request: HttpRequest, feed_class: type[AtomFeed | RssFeed], name: str, content_type: str) -> HttpResponse:
    query = replace(parse(request.GET).query, tri=Tri.PUBLICATION, page=1)
    indexed, moved = position(), last_mouvement()
    etag, modified = _etag(name, query, indexed, moved), _last_modified(indexed, moved)
    held = get_conditional_response(request, etag=etag, last_modified=int(modified.timestamp()))
    if held is not None:
        return held
    try:
        xml = _write(query, feed_class, name, modified)
    except IndexIndisponible:
        logger.exception("La recherche est indisponible : pas de flux.")
        return _refuse_for_now()
    headers = {"ETag": etag, "Last-Modified": http_date(modified.timestamp())}
    return HttpResponse(xml, content_type=content_type, headers=headers)


def _etag(name: str, query: SearchQuery, indexed: int, moved: Mouvement | None) -> str:
    """Changes with the journal, the index, the publications, the search, its synonyms, and each day as statuts do."""
    seen = (journal.head(), indexed, moved.pk if moved else 0)
    parts = (VERSION, name, *seen, timezone.localdate(), to_params(query), describe_sought(query))
    return quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])


def _last_modified(indexed: int, moved: Mouvement | None) -> datetime:
    """The last change that the index knows, or of a publication, or this morning: the statuts were computed then."""
    minuit: datetime = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    rows = journal.read_since(indexed - 1, limite=1) if indexed else []
    moments: list[datetime] = [row.moment for row in rows]
    return max([minuit, *moments, *([moved.moment] if moved else [])])


def _write(query: SearchQuery, feed_class: type[AtomFeed | RssFeed], name: str, modified: datetime) -> str:
    results, publiees = _read_entries(query)
    suite = urlencode(to_params(replace(query, tri=Tri.PERTINENCE)))
    suite = f"?{suite}" if suite else ""
    tenues = read_preuves(publiee.uid for publiee in publiees)
    preuves = {publiee.uid: list_preuves(publiee.convention, tenues.get(publiee.uid, ())) for publiee in publiees}
    return write_feed(
        feed_class,
        publiees,
        preuves,
        precision=_describe(results),
        page=f"/conventions/{suite}",
        self_url=reverse(name) + suite,
        updated=modified,
    )


def _refuse_for_now() -> HttpResponse:
    """503, without what would let a reader of feeds keep it as the feed's state."""
    texte = "La recherche est momentanément indisponible : redemandez ce flux dans quelques minutes.\n"
    return HttpResponse(
        texte, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(ATTENTE)}
    )


def _read_entries(query: SearchQuery) -> tuple[Results, list[Publiee]]:
    """The results, and the conventions found, the last published first."""
    results = search(query, aujourdhui=timezone.localdate(), taille=ENTREES)
    # A convention withdrawn since it was indexed is found but no longer public: it is left out.
    publiees = read_published(hit.uid for hit in results.hits)
    return results, [publiees[hit.uid] for hit in results.hits if hit.uid in publiees]


def _describe(results: Results) -> str:
    """« « visioconférence », En vigueur »: the words and the values chosen."""
    mots = [f"«\u00a0{results.query.q}\u00a0»"] if results.query.q else []
    choisies = [valeur.libelle for facet in results.facets for valeur in facet.valeurs if valeur.choisie]
    return ", ".join(mots + choisies)
