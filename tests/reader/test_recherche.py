from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions.models import AvenantPage, ConventionPage
from portal.reader.aide import AIDE
from search.engines.base import IndexIndisponible
from search.query import ParsedQuery, SearchQuery
from search.results import Corrigee, Facet, FacetValue, Fragment, Hit, Passage, Results, Somme, Sommes
from search.syntax import parse_text

HIT = Hit(
    uid="abcd2345",
    adresse="/conventions/convention-abcd2345/",
    titre=(Fragment("Convention relative aux "), Fragment("visioconférences", True), Fragment(" <b>")),
    objet="Assurer la continuité.",
    nature="convention",
    delegants=("Ministère de l’Éducation nationale (MENJ)",),
    delegataires=("Direction interministérielle du numérique (DINUM)", "Direction des achats"),
    statut="en_vigueur",
    date_signature=date(2024, 9, 1),
    ae=Decimal("1250000"),
    cp=None,
    passages=(
        Passage("Article 6, Exécution financière", "article-6", (Fragment("les "), Fragment("visios", True))),
        Passage(
            "Avenant n° 1, article 2", "article-2", (Fragment("x"),), "/conventions/convention-abcd2345/avenant-efgh/"
        ),
        Passage("Article 9, Coût", "article-9", (Fragment("jamais montré"),)),
    ),
)
FACETS = (
    Facet("delegant", "Délégant", tuple(FacetValue(f"s {r}", f"Service {r}", 20 - r, r == 9) for r in range(10))),
    Facet("statut", "Statut", (FacetValue("en_vigueur", "En vigueur", 1200), FacetValue("echue", "Échue", 3))),
)


Index = Callable[[], None]


class Searches:
    """Stands in for the search: gives what the test set, and keeps what it was asked."""

    more: dict[str, Any] = {}

    def __init__(self) -> None:
        self.hits: tuple[Hit, ...] = (HIT,)
        self.total, self.pages = 1234, 124
        self.counted: list[SearchQuery] = []
        self.found_elsewhere = 0

    def search(self, asked: ParsedQuery, *, aujourdhui: date, sommes: bool) -> Results:
        remarques = (*asked.remarques, "« visoi » a été lu « visio ».")
        reconnus = ("Reconnu : code d'UO.",)
        return Results(asked.query, self.total, self.hits, FACETS, self.pages, remarques, reconnus, **self.more)

    def count(self, query: SearchQuery, *, aujourdhui: date) -> int:
        self.counted.append(query)
        return self.found_elsewhere


@pytest.fixture
def searches() -> Iterator[Searches]:
    double = Searches()
    with mock.patch.multiple("portal.reader.views.recherche", search=double.search, count=double.count):
        yield double


def read(client: Client, adresse: str) -> HTMLParser:
    response = client.get(adresse)
    assert response.status_code == 200
    return HTMLParser(response.content.decode())


def words(node: object) -> str:
    return " ".join(node.text(separator=" ").replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_result_says_who_what_when_how_much_and_where(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio")
    (resultat,) = tree.css("article.resultat")
    assert resultat.css_first("h3 a").attributes["href"] == HIT.adresse
    assert [mark.text() for mark in resultat.css("mark")] == ["visioconférences", "visios"]
    assert words(resultat.css_first("h3")) == "Convention relative aux visioconférences <b>"
    texte = words(resultat)
    assert "(MENJ) → délègue à Direction interministérielle du numérique (DINUM), Direction des achats" in texte
    assert "En vigueur Signée le 1er septembre 2024 AE 1,3 M€" in texte
    passages = resultat.css(".resultat__passage a")
    assert [link.attributes["href"] for link in passages] == [
        "/conventions/convention-abcd2345/#article-6",
        "/conventions/convention-abcd2345/avenant-efgh/#article-2",
    ]
    assert words(passages[0]) == "Article 6, Exécution financière"


def test_what_a_result_does_not_know_is_said(client: Client, searches: Searches) -> None:
    searches.hits = (replace(HIT, statut="", date_signature=None, ae=None, delegants=(), delegataires=(), passages=()),)
    texte = words(read(client, "/conventions/").css_first("article.resultat"))
    assert "délégant non précisé → délègue à délégataire non précisé" in texte
    assert "Statut non précisé Signature non datée AE non précisée" in texte
    assert "Assurer la continuité." in texte


def test_the_count_the_order_and_the_remarks_are_told(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio&annee=abc&page=-1")
    assert words(tree.css_first("#resultats")) == "1 234 conventions"
    remarques = words(tree.css_first("#remarques"))
    assert "« abc » n'est pas une année" in remarques
    assert "« visoi » a été lu « visio »." in remarques
    assert "Reconnu : code d'UO." in remarques
    (actuel,) = tree.css(".bilan__tri [aria-current]")
    assert words(actuel) == "Pertinence"


@pytest.mark.parametrize("adresse", ["/conventions/", "/conventions/?q=%22"])
def test_without_words_relevance_is_not_offered(client: Client, searches: Searches, adresse: str) -> None:
    tree = read(client, adresse)
    assert [words(link) for link in tree.css(".bilan__tri a")] == [
        "Signature récente",
        "Signature ancienne",
        "Montant",
        "Publication récente",
    ]
    assert words(tree.css_first(".bilan__tri [aria-current]")) == "Signature récente"


def test_the_query_repaired_and_another_spelling_are_offered(client: Client, searches: Searches) -> None:
    corrigee = Corrigee(SearchQuery(q="visioconférences", annee=(2024,)), "visioconférences", 1200)
    searches.more = {"cherchee": "(visio OU <b>)", "corrigee": corrigee, "degradee": True}
    tree = read(client, "/conventions/?q=(visio+OU+<b>")
    assert "Recherche faite : (visio OU <b>)" in words(tree.css_first("#remarques"))
    assert "index de secours" in words(tree.css_first("#remarques"))
    lien = tree.css_first("#correction a")
    assert lien.attributes["href"] == "/conventions/?q=visioconf%C3%A9rences&annee=2024"
    assert words(tree.css_first("#correction")) == "Vouliez-vous dire visioconférences ? (1 200 conventions)"


def test_the_amounts_of_all_results_are_summed_and_each_year_is_a_filter(client: Client, searches: Searches) -> None:
    years = (Somme(2024, Decimal(120_000), Decimal(10_000)), Somme(2025, Decimal(0), Decimal(110_000)))
    searches.more = {"sommes": Sommes(Decimal("12400000"), Decimal("120000"), years)}
    tree = read(client, "/conventions/?q=visio&page=3")
    assert words(tree.css_first(".sommes summary")) == "AE 12,4 M€, CP 120 000 €, par année"
    lien = tree.css_first(".sommes tbody a")
    assert lien.attributes["href"] == "/conventions/?q=visio&exercice=2024"
    assert [words(cell) for cell in tree.css(".sommes tbody tr:nth-child(2) > *")] == ["2025", "0 €", "110 000 €"]
    assert tree.css_first(".sommes svg") is not None


def test_without_amounts_no_sum_is_shown(client: Client, searches: Searches) -> None:
    searches.more = {"sommes": Sommes(Decimal(0), Decimal(0), ())}
    assert read(client, "/conventions/").css(".sommes") == []


@pytest.mark.parametrize("exemple", [exemple for exemple, _ in AIDE])
def test_each_example_of_the_help_is_understood_as_it_is_written(exemple: str) -> None:
    assert parse_text(exemple).remarques == ()
    assert parse_text(exemple).tree.nodes


def test_the_help_leads_to_its_examples(client: Client, searches: Searches) -> None:
    liens = [lien.attributes["href"] for lien in read(client, "/conventions/").css(".aide a")]
    assert liens[0] == "/conventions/?q=h%C3%A9bergement%20num%C3%A9rique"
    assert len(liens) == len(AIDE)


class TestPropositions:
    def ask(self, client: Client, q: str) -> list[str]:
        response = client.get("/conventions/propositions", {"q": q})
        assert response.status_code == 200
        found: list[str] = response.json()["propositions"]
        return found

    def test_the_last_word_is_completed(
        self, client: Client, convention: ConventionPage, index: Callable[[], None]
    ) -> None:
        index()
        assert "convention" in self.ask(client, "conv")
        assert "marché convention" in self.ask(client, "marché CONV")
        assert "objet:convention" in self.ask(client, "objet:conv")
        assert '-"a b" convention' in self.ask(client, '-"a b" conv')

    @pytest.mark.parametrize("q", ["", "c", "conv ", '"conv', "xyzxyz", "\x00", "(((", "é" * 2000])
    def test_nothing_is_proposed_where_there_is_nothing_to(
        self, client: Client, convention: ConventionPage, index: Callable[[], None], q: str
    ) -> None:
        index()
        assert self.ask(client, q) == []

    def test_without_index_the_form_works_alone(
        self, client: Client, portail: None, own_index: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert self.ask(client, "conv") == []
        assert "Aucune proposition" in caplog.text


def test_the_filters_are_one_form_that_sends_the_whole_search(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio&delegant=s+9&canal=jorf&ae_min=1000&tri=date&page=2")
    form = tree.css_first("form.filtres__corps")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/conventions/")
    sent = {
        (field.attributes["name"], field.attributes.get("value", ""))
        for field in form.css("input")
        if field.attributes.get("type") != "checkbox" or "checked" in field.attributes
    }
    assert sent == {
        ("q", "visio"), ("canal", "jorf"), ("tri", "date"), ("delegant", "s 9"),
        ("ae_min", "1000"), ("ae_max", ""), ("du", ""), ("au", ""),
    }  # fmt: skip
    assert form.css_first("button[type=submit]") is not None
    labels = {label.attributes["for"] for label in form.css("label")}
    assert labels == {field.attributes["id"] for field in form.css("input:not([type=hidden])")}
    assert words(form.css_first("label[for=filtre-statut-0]")) == "En vigueur 1 200 conventions"


def test_chips_take_filters_off(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio&delegant=s+9&statut=echue&page=4")
    chips = {words(chip): chip.attributes["href"] for chip in tree.css(".puces .fr-tag")}
    assert chips == {
        "Délégant : Service 9": "/conventions/?q=visio&statut=echue",
        "Statut : Échue": "/conventions/?q=visio&delegant=s+9",
    }
    assert tree.css_first(".puces > a").attributes["href"] == "/conventions/?q=visio"


def test_pages_keep_the_search(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio&page=3")
    assert tree.css_first("ol.resultats").attributes["start"] == "21"
    nav = tree.css_first("nav.fr-pagination")
    assert words(nav.css_first("[aria-current=page]")) == "3"
    assert nav.css_first("[rel=next]").attributes["href"] == "/conventions/?q=visio&page=4"
    assert nav.css_first("[rel=prev]").attributes["href"] == "/conventions/?q=visio&page=2"
    assert "page 3 sur 124" in tree.css_first("title").text()


def test_the_search_can_be_followed(client: Client, searches: Searches) -> None:
    tree = read(client, "/conventions/?q=visio&statut=echue&tri=date&page=2")
    feeds = {link.attributes["href"] for link in tree.css("link[rel=alternate]")}
    assert feeds == {f"/conventions/flux.{forme}?q=visio&statut=echue" for forme in ("rss", "atom")}
    assert feeds == {link.attributes["href"] for link in tree.css(".suivre a")}


def test_nothing_found_says_why_and_how_to_find(client: Client, searches: Searches) -> None:
    searches.hits, searches.total, searches.pages, searches.found_elsewhere = (), 0, 1, 7
    tree = read(client, "/conventions/?q=visio&statut=echue")
    texte = words(tree.css_first(".aucun"))
    assert "Aucune convention ne contient « visio » avec ces filtres." in texte
    assert "Retirer le filtre Statut : Échue : 7 conventions" in texte
    assert tree.css_first(".aucun a").attributes["href"] == "/conventions/?q=visio"
    assert searches.counted == [SearchQuery(q="visio")]


def test_what_is_searched_is_never_markup(client: Client, searches: Searches) -> None:
    html = client.get("/conventions/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert HTMLParser(html).css_first("#q").attributes["value"] == '"><script>alert(1)</script>'


def test_without_index_the_page_says_to_come_back(client: Client) -> None:
    with mock.patch("portal.reader.views.recherche.search", side_effect=IndexIndisponible("absent")):
        response = client.get("/conventions/?q=visio")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "momentanément indisponible" in response.content.decode()


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/conventions/").status_code == 405


def test_a_word_of_an_article_leads_to_the_article(client: Client, index: Index, convention: ConventionPage) -> None:
    index()
    tree = read(client, "/conventions/?q=outils+visioconférences")
    assert words(tree.css_first("#resultats")) == "1 convention"
    (passage, *_) = tree.css(".resultat__passage a")
    ancre = passage.attributes["href"].removeprefix(f"{convention.adresse}#")
    page = read(client, convention.adresse)
    assert page.css_first(f"[id='{ancre}']") is not None
    assert "visioconférence" in {words(mark) for mark in tree.css("article.resultat mark")}


def test_every_passage_lands_in_its_page(
    client: Client, index: Index, convention: ConventionPage, avenant: AvenantPage
) -> None:
    index()
    for q in ("Camille Roussel", "MENN2412345X", "FAC9460075", "ordonnance", "incubateur", "visio-agents", "prolonge"):
        for passage in read(client, f"/conventions/?q={q}").css(".resultat__passage a"):
            adresse, _, ancre = passage.attributes["href"].partition("#")
            assert read(client, adresse).css_first(f"[id='{ancre}']") is not None, (q, passage.attributes["href"])


def test_the_nearest_valid_search_is_answered(client: Client, index: Index, convention: ConventionPage) -> None:
    index()
    tree = read(client, '/conventions/?annee=abc&page=-1&tri=x&q="')
    assert len(tree.css("#remarques p")) >= 3
    assert words(tree.css_first("#resultats")) == "1 convention"
