from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from selectolax.lexbor import LexborHTMLParser as HTMLParser

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"


def fail(request: HttpRequest, code: int) -> HttpResponse:
    raise {400: SuspiciousOperation, 403: PermissionDenied, 500: ZeroDivisionError}[code]("détail interne")


urlpatterns = [path("echec/<int:code>/", fail), path("", include("portal.urls"))]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("code", [400, 403, 500])
def test_an_error_is_a_page_in_french_that_says_what_to_do(code: int) -> None:
    response = Client(raise_request_exception=False).get(f"/echec/{code}/")
    html = response.content.decode()
    tree = HTMLParser(html)
    assert response.status_code == code
    assert tree.css_first("html").attributes["lang"] == "fr"
    assert f"Erreur {code}" in tree.css_first("main").text()
    assert tree.css_first("main a") is not None
    assert "détail interne" not in html


@pytest.mark.django_db
def test_an_address_that_never_was_is_not_found() -> None:
    response = Client().get("/rien/du/tout/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in HTMLParser(response.content.decode()).css_first("h1").text()


def test_a_server_error_needs_no_database_and_no_context() -> None:
    assert "{{" not in (TEMPLATES / "500.html").read_text(encoding="utf-8")
    assert "extends" not in (TEMPLATES / "500.html").read_text(encoding="utf-8")
