"""The board: a row for each publication, what it waits for, and the sending of those chosen."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.conventions.models import MinisterePage
from portal.publications import actions, tasks
from portal.publications.fraicheur import list_fraicheurs
from portal.publications.models import CANAUX, to_judge
from portal.publications.tableau.droits import ecarts_of, may_use_board, publications_of
from portal.publications.tableau.export import write_csv
from portal.publications.tableau.filtres import LIBELLES, choose, count_vues, parse_filtre
from portal.publications.tableau.lignes import make_lignes
from portal.publications.transmission import find_acte, find_obstacle

PAGE = 50
"""Rows of a page of the board."""
EXPORT_MAXIMUM = 50_000
View = Callable[..., HttpResponseBase]


def for_editors(view: View) -> View:
    """Refuses who may change no act; Wagtail has asked for the access to the admin already."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_use_board(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_editors
@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    filtre, jour = parse_filtre(request.GET), timezone.localdate()
    publications = publications_of(request.user)
    page = Paginator(choose(publications, filtre, jour), PAGE).get_page(request.GET.get("page"))
    comptes = count_vues(publications, filtre, jour)
    return TemplateResponse(
        request,
        "publications/tableau.html",
        {
            **header("Publications"),
            "filtre": filtre,
            "vues": [(vue, LIBELLES[vue], compte) for vue, compte in comptes.items()],
            "lignes": make_lignes(page.object_list, jour),
            "page": page,
            "canaux": CANAUX,
            "ministeres": MinisterePage.objects.order_by("title"),
            "a_juger": to_judge(ecarts_of(request.user)).count(),
            "fraicheurs": list_fraicheurs(),
        },
    )


@for_editors
@require_GET
def export_board(request: HttpRequest) -> HttpResponse:
    """The publications of the same choice, all pages together."""
    jour = timezone.localdate()
    chosen = choose(publications_of(request.user), parse_filtre(request.GET), jour)[:EXPORT_MAXIMUM]
    nom = f"publications-{jour.isoformat()}.csv"
    return HttpResponse(
        write_csv(make_lignes(chosen, jour)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@for_editors
@require_POST
def send_chosen(request: HttpRequest) -> HttpResponse:
    """Asks that the publications ticked be sent; those that the portal cannot send are said, with what to do."""
    pks = {int(pk) for pk in request.POST.getlist("publication") if pk.isdecimal() and len(pk) < 19}
    demandees, obstacles = 0, []
    for publication in publications_of(request.user).filter(pk__in=pks).order_by("pk"):
        acte = find_acte(publication.uid)
        if obstacle := find_obstacle(publication, acte):
            obstacles.append(f"« {acte.convention.titre if acte else publication.uid} » : {obstacle}")
        else:
            tasks.enqueue(actions.request(publication, timezone.now(), auteur=request.user))
            demandees += 1
    _tell(request, demandees, obstacles)
    return redirect(f"{reverse('publications:tableau')}?{parse_filtre(request.GET).adresse}")


def header(titre: str, *avant: dict[str, str]) -> dict[str, Any]:
    """What the top of a screen of Wagtail shows."""
    return {
        "page_title": titre,
        "header_title": titre,
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            *avant,
            {"url": "", "label": titre},
        ],
    }


def _tell(request: HttpRequest, demandees: int, obstacles: list[str]) -> None:
    if demandees:
        messages.success(
            request, f"{demandees} envoi{'s' if demandees > 1 else ''} demandé{'s' if demandees > 1 else ''}."
        )
    for obstacle in obstacles:
        messages.warning(request, obstacle)
    if not demandees and not obstacles:
        messages.warning(request, "Cochez au moins une publication à transmettre.")
