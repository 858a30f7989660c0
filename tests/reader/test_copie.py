"""The file that a page offers is the public copy; where there is none the page says who keeps the original."""

import hashlib

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from portal.conventions import actions, originaux
from portal.conventions.models import ConventionPage
from tests.reader.exemples import CONVENTION

SIGNED, COPIE = b"%PDF original, de Zacharie Quintefeuille", b"%PDF copie"


@pytest.fixture
def signed(portail: None) -> ConventionPage:
    page = actions.create_draft(CONVENTION)
    page.original = originaux.keep(SIGNED, "acte.pdf")
    page.save_revision()
    actions.publish_page(page)
    return ConventionPage.objects.get(pk=page.pk)


def signature_of(client: Client, page: ConventionPage) -> LexborHTMLParser:
    html = client.get(page.adresse).content.decode()
    return LexborHTMLParser(LexborHTMLParser(html).css_first('[aria-labelledby="signature"]').html)


def test_the_copy_is_served_and_never_the_original(client: Client, signed: ConventionPage) -> None:
    originaux.keep_copie(signed.original, COPIE, "acte.pdf")
    response = client.get(f"{signed.adresse}original")
    assert response.getvalue() == COPIE
    assert response["ETag"] == f'"{hashlib.sha256(COPIE).hexdigest()}"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="acte.pdf"'
    assert (response["X-Content-Type-Options"], "sandbox" in response["Content-Security-Policy"]) == ("nosniff", True)
    again = client.get(f"{signed.adresse}original", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    of_original = f'"{hashlib.sha256(SIGNED).hexdigest()}"'
    other = client.get(f"{signed.adresse}original", headers={"if-none-match": of_original})
    assert (other.status_code, other.getvalue()) == (200, COPIE)


def test_the_page_tells_the_copy_from_the_original(client: Client, signed: ConventionPage) -> None:
    originaux.keep_copie(signed.original, COPIE, "acte.pdf")
    tree = signature_of(client, signed)
    empreintes = [node.text() for node in tree.css(".code")]
    assert empreintes == [hashlib.sha256(octets).hexdigest() for octets in (COPIE, SIGNED)]
    assert "sans ses métadonnées" in tree.body.text()
    assert tree.css_first("a[download]").attributes["href"] == f"{signed.adresse}original"


def test_without_a_copy_there_is_no_file_and_the_page_says_so(client: Client, signed: ConventionPage) -> None:
    response = client.get(f"{signed.adresse}original")
    assert response.status_code == 404
    assert SIGNED not in response.content
    tree = signature_of(client, signed)
    assert tree.css_first("a[download]") is None
    assert "l’original est conservé par le service" in tree.body.text()


def test_a_text_is_its_own_copy(client: Client, convention: ConventionPage) -> None:
    tree = signature_of(client, convention)
    assert [node.text() for node in tree.css(".code")] == [convention.original.sha256]
    assert "copie" not in tree.body.text()
