from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.conventions import publication
from portal.conventions.models import ActePage, Service


class ServiceViewSet(SnippetViewSet):
    """The register of services, where editors add the names that documents use."""

    model = Service
    icon = "group"
    menu_label = "Services"
    menu_name = "services"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["nom", "sigle", "ministere"]
    list_filter = ["est_ministere", "ministere"]
    search_fields = ["nom", "sigle", "autres_noms"]


register_snippet(ServiceViewSet)


@hooks.register("before_bulk_action")
def refuse_bulk_publication(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Says which pages cannot be published, instead of failing at the first: none is published then."""
    if action_type != "publish":
        return None
    pages = [page.specific for page in objects]
    if request.POST.get("include_descendants"):
        pages += [inside for page in objects for inside in page.get_descendants().not_live().specific()]
    refused = list(_refused(pages))
    for page, error in refused:
        messages.error(request, f"« {page.title} » ne peut pas être publiée. {' '.join(error.messages)}")
    return redirect(request.get_full_path()) if refused else None


def _refused(pages: list[Any]) -> Iterator[tuple[ActePage, ValidationError]]:
    for page in pages:
        if isinstance(page, ActePage):
            try:
                publication.verify(page.get_latest_revision_as_object())
            except ValidationError as error:
                yield page, error
