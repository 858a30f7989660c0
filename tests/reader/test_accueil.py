from collections.abc import Callable

from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions import actions
from portal.conventions.models import ConventionPage
from tests.factories import ConventionFactory

Index = Callable[[], None]


def read(client: Client) -> HTMLParser:
    response = client.get("/")
    assert response.status_code == 200
    return HTMLParser(response.content.decode())


def words(node: object) -> str:
    return " ".join(node.text(separator=" ").replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_accueil_counts_lists_and_leads_on(client: Client, index: Index, convention: ConventionPage) -> None:
    for _ in range(7):
        actions.publish_page(actions.create_draft(ConventionFactory()))
    index()
    tree = read(client)
    assert len(tree.css("article.resultat")) == 6
    assert words(tree.css_first(".chiffres li")) == "8 en vigueur sur 8 publiées"
    assert tree.css_first(".chiffres a").attributes["href"] == "/conventions/?statut=en_vigueur"
    assert tree.css_first("form[role=search] input[name=q]") is not None
    assert len(tree.css("#recherche")) == 1
    ministeres = tree.css(".ministeres a")
    assert ministeres
    assert all(link.attributes["href"].startswith("/conventions/?ministere=") for link in ministeres)


def test_an_empty_portal_says_so(client: Client, index: Index, portail: None) -> None:
    index()
    tree = read(client)
    assert "Aucune convention n’est encore publiée." in words(tree.css_first("main"))
    assert words(tree.css_first(".chiffres li")) == "0 en vigueur sur 0 publiée"


def test_its_links_work(client: Client, index: Index, convention: ConventionPage) -> None:
    index()
    liens = {link.attributes["href"] for link in read(client).css("a[href^='/']")}
    assert "/mentions-legales/" in liens
    for lien in sorted(liens):
        assert client.get(lien).status_code == 200, lien
