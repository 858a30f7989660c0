from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class AdminTransactionMiddleware:
    """Runs each POST to the admin in one transaction: the page, its log and the journal stand or fall together.

    A refusal that no form has told is told in a message: Wagtail's own screens (workflow, copy) let it through.
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
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return redirect(self._came_from(request))

    def _came_from(self, request: HttpRequest) -> str:
        referer = request.headers.get("referer", "")
        known = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
        return referer if known else self.admin_path


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
