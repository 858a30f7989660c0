"""Nobody must believe that an invented act is real: wherever it is shown, it says what it is."""

from collections.abc import Callable

import feedparser
import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions import actions
from portal.conventions.models import AvenantPage, ConventionPage
from portal.conventions.publiees import MARQUE_FICTIF
from tests.reader.exemples import AVENANT, CONVENTION

TITRE = f"{MARQUE_FICTIF} {CONVENTION.titre}"


@pytest.fixture
def invented(portail: None) -> ConventionPage:
    page = actions.create_draft(CONVENTION, fictif=True)
    actions.publish_page(page)
    return ConventionPage.objects.get(pk=page.pk)


def read(client: Client, adresse: str) -> HTMLParser:
    return HTMLParser(client.get(adresse).content.decode())


def test_its_page_says_so_first(client: Client, invented: ConventionPage) -> None:
    tree = read(client, invented.adresse)
    assert tree.css_first("h1").text() == TITRE
    assert tree.css_first("title").text().startswith(MARQUE_FICTIF)
    assert tree.css_first('meta[name="description"]').attributes["content"].startswith("Exemple inventé.")
    assert "n’a jamais été signé" in tree.css_first("#exemple-invente").text()
    assert "fait foi" not in tree.css_first('[aria-labelledby="signature"]').text()


def test_a_real_one_has_no_mark(client: Client, convention: ConventionPage) -> None:
    html = client.get(convention.adresse).content.decode().casefold()
    assert "inventé" not in html
    assert "fait foi" in html


def test_results_and_feeds_say_so(client: Client, index: Callable[[], None], invented: ConventionPage) -> None:
    index()
    assert read(client, "/conventions/?q=visioconférence").css_first("article.resultat h3").text() == TITRE
    for form in ("atom", "rss"):
        (entry,) = feedparser.parse(client.get(f"/conventions/flux.{form}?q=visioconférence").content).entries
        assert entry.title == TITRE


def test_the_accueil_says_how_many_there_are(
    client: Client, index: Callable[[], None], invented: ConventionPage
) -> None:
    index()
    assert "1 de ces conventions est un exemple inventé" in read(client, "/").css_first("#exemples-inventes").text()
    invented.unpublish()
    index()
    assert read(client, "/").css_first("#exemples-inventes") is None


def test_an_invented_avenant_and_the_link_to_its_convention_say_so(client: Client, invented: ConventionPage) -> None:
    page = actions.create_draft(AVENANT, fictif=True)
    actions.publish_page(page)
    tree = read(client, AvenantPage.objects.get(pk=page.pk).adresse)
    assert tree.css_first("h1").text() == f"{MARQUE_FICTIF} {AVENANT.titre}"
    assert tree.css_first(f'main a[href$="{invented.adresse}"]').text() == TITRE
    assert read(client, invented.adresse).css_first(".avenants a").text() == f"{MARQUE_FICTIF} {AVENANT.titre}"


def test_the_mark_is_no_fact_of_the_document(invented: ConventionPage) -> None:
    assert invented.titre == CONVENTION.titre
    assert MARQUE_FICTIF not in invented.title
    assert "invente" not in invented.slug
