"""The screens of the reading table."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from importers.documents.fichiers import SIZE_LIMIT
from importers.documents.formats import FORMATS
from importers.table import actions
from importers.table.droits import depots_seen_by, may_use_table
from importers.table.ecran import build_ecran
from importers.table.formulaire import ConfirmationForm, name_page
from importers.table.liste import list_depots
from importers.table.models import Depot, Etat, to_confirm
from portal.conventions import originaux

NUMBER_LIMIT = 50  # files in one sending
View = Callable[..., HttpResponseBase]


def for_editors(view: View) -> View:
    """Refuses who may add no convention; Wagtail has asked for the access to the admin already."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_use_table(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_editors
@require_http_methods(["GET", "POST"])
def show_table(request: HttpRequest) -> HttpResponse:
    """Everything that lies on the table, and the form that drops files on it."""
    if request.method == "POST":
        return _receive(request)
    return TemplateResponse(
        request,
        "table/table.html",
        {
            **list_depots(request.user),
            **_header("Table de lecture"),
            "formats": sorted(FORMATS),
            "size_limit": SIZE_LIMIT // 1_000_000,
            "number_limit": NUMBER_LIMIT,
        },
    )


@for_editors
@require_GET
def show_depots(request: HttpRequest) -> HttpResponse:
    """The list alone, for the page to bring itself up to date."""
    return TemplateResponse(request, "table/depots.html", list_depots(request.user))


@for_editors
@require_http_methods(["GET", "POST"])
def show_lecture(request: HttpRequest, pk: int) -> HttpResponse:
    """One reading beside its source, and the form that makes a page of it."""
    depot = _find(request, pk)
    if depot.etat != Etat.LU:
        messages.warning(request, f"« {depot.nom} » n'est pas lu : {depot.get_etat_display().lower()}.")
        return redirect("table:table")
    try:
        lecture = depot.read_lecture()
    except ValueError:
        messages.warning(request, f"« {depot.nom} » a été lu par une version précédente du portail : relisez-le.")
        return redirect("table:table")
    searches = "chercher" in request.POST
    form = ConfirmationForm(depot, lecture.convention, request.user, request.POST or None)
    if request.method == "POST" and not searches and form.is_valid():
        return _confirm(request, depot, form)
    waiting = list(to_confirm(depots_seen_by(request.user)).values_list("pk", flat=True))
    return TemplateResponse(
        request,
        "table/lecture.html",
        {
            **_header(depot.titre or depot.nom, {"url": reverse("table:table"), "label": "Table de lecture"}),
            **_neighbours(depot, waiting),
            "depot": depot,
            "page_faite": depot.page and name_page(depot.page),
            "ecran": build_ecran(lecture, form),
            "form": form,
            "searches": searches,
            "with_errors": request.method == "POST" and not searches,
        },
    )


@for_editors
@require_GET
def show_original(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself: a PDF is shown, all else is only downloaded, so that nothing in it is run."""
    depot = _find(request, pk)
    if depot.original is None:
        raise Http404
    try:
        file = originaux.read(depot.original)
    except FileNotFoundError as error:
        raise Http404 from error
    kind = "application/pdf" if depot.is_pdf else "application/octet-stream"
    return FileResponse(
        file,
        as_attachment=not depot.is_pdf or "telecharger" in request.GET,
        filename=depot.nom,
        content_type=kind,
        headers={"X-Content-Type-Options": "nosniff"},
    )


@for_editors
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    actions.read_again(_find(request, pk))
    return redirect("table:table")


@for_editors
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    depot = _find(request, pk)
    actions.take_off(depot)
    messages.success(request, f"« {depot.nom} » n'est plus sur la table.")
    return redirect("table:table")


def _find(request: HttpRequest, pk: int) -> Depot:
    return get_object_or_404(depots_seen_by(request.user).select_related("original", "page"), pk=pk)


def _receive(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("fichiers")
    told = [] if 0 < len(files) <= NUMBER_LIMIT else [_say_number(len(files))]
    receptions = [] if told else [actions.receive(file, request.user) for file in files]
    told += [f"« {one.depot.nom} » est déjà sur la table." for one in receptions if one.deja]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"depots": [one.depot.pk for one in receptions], "messages": told})
    for message in told:
        messages.warning(request, message)
    return redirect("table:table")


def _say_number(count: int) -> str:
    if not count:
        return "Choisissez au moins un fichier."
    return f"{count} fichiers en une fois, c'est trop : déposez-en {NUMBER_LIMIT} au plus."


def _confirm(request: HttpRequest, depot: Depot, form: ConfirmationForm) -> HttpResponse:
    page = actions.confirm(depot, form.decide(), request.user)
    messages.success(request, f"Brouillon enregistré : « {page.title} ».")
    if request.POST.get("suite") != "suivant":
        return redirect("wagtailadmin_pages:edit", page.pk)
    waiting = to_confirm(depots_seen_by(request.user))
    following = waiting.filter(pk__gt=depot.pk).first() or waiting.first()
    if following is None:
        under_way = depots_seen_by(request.user).filter(etat__in=(Etat.EN_ATTENTE, Etat.EN_LECTURE)).exists()
        rest = "Les autres fichiers sont encore en lecture." if under_way else "Il n'y a plus rien à confirmer."
        messages.info(request, rest)
        return redirect("table:table")
    return redirect("table:lecture", following.pk)


def _neighbours(depot: Depot, waiting: list[int]) -> dict[str, Any]:
    if depot.pk not in waiting:
        return {}
    rang = waiting.index(depot.pk)
    return {
        "rang": rang + 1,
        "nombre": len(waiting),
        "precedent": waiting[rang - 1] if rang else None,
        "suivant": waiting[rang + 1] if rang + 1 < len(waiting) else None,
    }


def _header(title: str, *parents: dict[str, str]) -> dict[str, Any]:
    """What Wagtail's own header shows."""
    home = {"url": reverse("wagtailadmin_home"), "label": "Accueil"}
    return {
        "header_title": title,
        "header_icon": "view",
        "breadcrumbs_items": [home, *parents, {"url": "", "label": title}],
    }
