from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AdminTransactionMiddleware:
    """Runs each POST to the admin in one transaction: the page, its log and the journal stand or fall together.

    Reads stay outside: with SQLite's immediate transactions each would take the write lock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin_path = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.path.startswith(self.admin_path):
            return None
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
        return response


class PolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings everywhere but under the admin, which has inline scripts of its own."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request=request, response=response, report_only=report_only)
        if not report_only and request.path.startswith(reverse("wagtailadmin_home")):
            parts.update = {**(parts.update or {}), **ADMIN_SOURCES}
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


ADMIN_SOURCES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": ["blob:"],
}
