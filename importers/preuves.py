"""What was seen of a listing, as it came: the page that proves a publication, for an editor to open."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from importers.archive import Archive, ArchiveAbimee
from portal.publications.models import EcartOuvert, Mouvement, Publication
from portal.publications.tableau.droits import may_use_board


@never_cache
@require_GET
def download_preuve(request: HttpRequest, empreinte: str) -> HttpResponse:
    """A kept page, by its SHA-256, always as a download: nothing of a site runs under ours.

    Only what proves something is given: the archive holds the documents of others too.
    """
    if not may_use_board(request.user):
        raise PermissionDenied
    if not any(model.objects.filter(preuve=empreinte).exists() for model in (Publication, Mouvement, EcartOuvert)):
        raise Http404
    try:
        contenu = Archive(settings.ARCHIVE_DIR).read_contenu(empreinte)
    except ArchiveAbimee as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        contenu,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="page-vue-{empreinte[:12]}.html"',
            "X-Content-Type-Options": "nosniff",
        },
    )
