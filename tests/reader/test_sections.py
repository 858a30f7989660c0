"""Articles of every kind of numero: how they are named, where they are linked to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions import actions
from portal.domain.convention import Annexe, Article, Convention
from portal.reader.sections import list_annexes, list_articles, list_sommaire
from tests.reader.exemples import CONVENTION

ESPACE = "\u00a0"
CORPS = (
    "Le délégataire exécute la gestion de la grenouillère et rend compte au délégant par un compte rendu de gestion.\n"
    "Le délégant s'engage à fournir les informations nécessaires.\n"
    "La convention prend effet à sa signature et prend fin le 31 décembre 2027. Elle est publiée au bulletin officiel."
)
SANS_ARTICLES = replace(CONVENTION, articles=(Article("", "", CORPS),), annexes=())


def with_articles(*articles: Article) -> Convention:
    return Convention("Convention", articles=articles)


@pytest.mark.parametrize(
    ("numero", "intitule", "titre", "ancre"),
    [
        ("6", "Durée", f"Article 6{ESPACE}: Durée", "article-6"),
        ("1er", "Objet", f"Article 1er{ESPACE}: Objet", "article-1er"),
        ("2.1", "", "Article 2.1", "article-2-1"),
        ("I", "", "Article I", "article-i"),
        ("unique", "", "Article unique", "article-unique"),
        ("Annexe", "Budget", f"Annexe{ESPACE}: Budget", "article-annexe"),
        ("Article 3", "", "Article 3", "article-article-3"),
        ("", "Durée", "Durée", "article"),
        (" ", "", "", "article"),
    ],
)
def test_an_article_is_named_as_it_is_numbered(numero: str, intitule: str, titre: str, ancre: str) -> None:
    (section,) = list_articles(with_articles(Article(numero, intitule, "Texte.")))
    assert (section.titre, section.ancre) == (titre, ancre)


def test_among_others_an_article_without_a_name_says_so() -> None:
    sections = list_articles(with_articles(Article("1"), Article(""), Article("")))
    assert [section.titre for section in sections] == ["Article 1", "Article sans numéro", "Article sans numéro"]
    assert [section.ancre for section in sections] == ["article-1", "article", "article--2"]


@pytest.mark.parametrize(
    ("intitule", "titre"),
    [("Annexe technique", "Annexe technique"), ("Budget", f"Annexe 1{ESPACE}: Budget"), ("", "Annexe 1")],
)
def test_an_annexe_is_named(intitule: str, titre: str) -> None:
    (section,) = list_annexes(Convention("Convention", annexes=(Annexe(intitule),)))
    assert section.titre == titre


def test_the_body_of_an_act_without_articles_is_not_in_the_table_of_contents() -> None:
    assert list_sommaire(SANS_ARTICLES) == []
    assert [section.ancre for section in list_sommaire(CONVENTION)] == [
        *(f"article-{numero}" for numero in range(1, 8)),
        "annexe-1",
    ]


@pytest.mark.django_db
def test_a_word_of_an_act_without_articles_leads_to_its_body(
    client: Client, index: Callable[[], None], portail: None
) -> None:
    page = actions.create_draft(SANS_ARTICLES)
    actions.publish_page(page)
    index()
    results = HTMLParser(client.get("/conventions/?q=grenouillère").content.decode())
    assert results.css_first(".resultat__passage mark").text() == "grenouillère"
    lien = results.css_first(".resultat__passage a").attributes["href"]
    assert lien == f"{page.adresse}#article"

    tree = HTMLParser(client.get(page.adresse).content.decode())
    body = tree.css_first("#article")
    assert "la gestion de la grenouillère" in body.text()
    assert body.css("h3") == []
    assert tree.css(".acte__sommaire ol ol") == []
    assert tree.css('.acte__sommaire a[href="#texte"]') != []
