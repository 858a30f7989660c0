"""What needs an editor today, on his first screen."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from portal.publications.bilan import make_bilan


class PublicationsPanel(Component):
    """The counts of the board that are not nothing, each a link to it."""

    name = "publications"
    template_name = "publications/panneau.html"
    order = 90

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        return {"bilan": make_bilan(request.user, timezone.localdate())}
