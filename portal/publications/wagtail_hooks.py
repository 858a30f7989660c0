from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.publications.models import Correspondant
from portal.publications.tableau import urls
from portal.publications.tableau.droits import may_use_board
from portal.publications.tableau.panneau import PublicationsPanel


class CorrespondantViewSet(SnippetViewSet):
    """Who receives the dossiers that go by e-mail."""

    model = Correspondant
    icon = "mail"
    menu_label = "Correspondants"
    menu_name = "correspondants"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["canal", "ministere", "noms", "courriel"]
    list_filter = ["canal", "ministere"]
    search_fields = ["noms", "courriel"]


register_snippet(CorrespondantViewSet)


class TableauMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_use_board(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("publications/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return TableauMenuItem(
        "Publications", reverse("publications:tableau"), name="publications", icon_name="globe", order=120
    )


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_use_board(request.user):
        panels.insert(0, PublicationsPanel())
