"""The page of a convention or avenant, its signed file and its échéancier, at their stable addresses.

The permanent identifier ends every slug: a page is found by it alone, whatever words stand before.
"""

import logging
from collections.abc import Callable
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from portal.conventions import journal, mapping, originaux
from portal.conventions.models import ActePage, AvenantPage
from portal.reader.echeances import write_csv

logger = logging.getLogger(__name__)

# Only what a browser shows as plain text or hands to another program: a document never runs here.
TYPES = {
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}
Answer = Callable[[ActePage], HttpResponseBase]


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def convention(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page of a convention."""
    return _answer(request, slug, lambda page: page.serve(request))


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def avenant(request: HttpRequest, slug: str, avenant: str) -> HttpResponseBase:
    """The page of an avenant, under its convention's."""
    return _answer(request, avenant, lambda page: page.serve(request))


@require_safe
def original(request: HttpRequest, slug: str, avenant: str = "") -> HttpResponseBase:
    """The public copy of the signed file, without its metadata, always as a download."""
    return _answer(request, avenant or slug, lambda page: _download(request, page), "original")


@require_safe
@conditional_page
def echeancier(request: HttpRequest, slug: str, avenant: str = "") -> HttpResponseBase:
    """The échéancier as CSV (UTF-8, comma, euros with a decimal point)."""
    return _answer(request, avenant or slug, _export_echeancier, "echeancier.csv")


@require_safe
def permalien(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent identifier: 303 to the page, 410 once it is withdrawn."""
    page = find_public(uid)
    if page is None:
        return _explain_absence(request, uid)
    answer = HttpResponseRedirect(page.adresse)
    answer.status_code = 303
    return answer


def find_public(uid: str) -> ActePage | None:
    """The public convention or avenant of that identifier; an avenant is public with its convention."""
    page: ActePage | None = ActePage.objects.live().filter(uid=uid).specific().first()
    if isinstance(page, AvenantPage) and not page.get_parent().live:
        return None
    return page


def _answer(request: HttpRequest, slug: str, answer: Answer, fichier: str = "") -> HttpResponseBase:
    uid = slug.rpartition("-")[2]
    page = find_public(uid)
    if page is None:
        return _explain_absence(request, uid)
    adresse = page.adresse + fichier
    if request.path_info != adresse:
        return redirect(adresse, permanent=True)
    return answer(page)


def _explain_absence(request: HttpRequest, uid: str) -> HttpResponse:
    """410 with the public reason where the journal says that it was public once; 404 otherwise."""
    last = journal.last_of(uid)
    if last is None or last.nature not in journal.WITHDRAWN:
        raise Http404("Aucune convention publique n’a cet identifiant.")
    return render(request, "410.html", {"motif": last.motif, "moment": last.moment}, status=410)


def _download(request: HttpRequest, page: ActePage) -> HttpResponseBase:
    original = page.original
    if original is None:
        raise Http404("Le document signé n’est pas joint à cette convention.")
    if original.publique is None:
        raise Http404("Le document signé n’a pas de copie publique : l’original est conservé par le service.")
    sha256, _taille = original.publique
    etag = quote_etag(sha256)
    if (already_held := get_conditional_response(request, etag=etag)) is not None:
        return already_held
    try:
        contenu = originaux.read_publique(original)
    except FileNotFoundError:
        logger.exception("Le document signé %s manque dans le dépôt.", sha256)
        raise Http404("Le document signé est momentanément introuvable.") from None
    content_type = TYPES.get(PurePath(original.nom).suffix.lower(), "application/octet-stream")
    answer = FileResponse(contenu, as_attachment=True, filename=original.nom, content_type=content_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    return answer


def _export_echeancier(page: ActePage) -> HttpResponse:
    lignes = mapping.from_page(page).echeancier
    if not lignes:
        raise Http404("Cette convention n’a pas d’échéancier.")
    answer = HttpResponse(write_csv(lignes), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="echeancier-{page.uid}.csv"'
    return answer
