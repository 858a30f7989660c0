import re

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions import actions
from portal.conventions.models import ActePage, AvenantPage, ConventionPage

PAGES = pytest.mark.parametrize("name", ["glossaire", "mentions_legales", "accessibilite"])


@PAGES
def test_the_page_reads_without_database(client: Client, name: str) -> None:
    response = client.get(reverse(f"reader:{name}"))
    tree = HTMLParser(response.content.decode())
    assert response.status_code == 200
    assert len(tree.css("h1")) == 1
    assert tree.css_first("title").text().endswith(" – Délégations de gestion")
    assert tree.css_first('a[aria-current="page"]') is not None


@PAGES
def test_no_link_of_the_site_leads_nowhere(client: Client, name: str) -> None:
    tree = HTMLParser(client.get(reverse(f"reader:{name}")).content.decode())
    assert "" not in {link.attributes.get("href") for link in tree.css("a:not([aria-current])")}
    textes = {"/glossaire/", "/mentions-legales/", "/accessibilite/"}
    for adresse in {link.attributes["href"] for link in tree.css("a[href^='/']")} & textes:
        assert client.get(adresse).status_code == 200


def test_every_word_that_pages_explain_is_in_the_glossary(client: Client) -> None:
    tree = HTMLParser(client.get("/glossaire/").content.decode())
    assert {"ae", "cp", "uo", "nor", "delegation-de-gestion"} <= {dt.attributes.get("id") for dt in tree.css("dt")}


def test_robots_are_shown_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in response.content.decode()
    assert "Disallow: /admin/" in response.content.decode()


def test_the_sitemap_lists_what_is_public_and_nothing_else(
    client: Client, convention: ConventionPage, avenant: AvenantPage, draft: ActePage
) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    site = "http://127.0.0.1:8000"
    assert set(listed) == {f"{site}{path}" for path in ("/", "/conventions/", convention.adresse, avenant.adresse)}
    actions.withdraw_page(convention, motif="Erreur.")
    assert convention.adresse not in client.get("/sitemap.xml").content.decode()
