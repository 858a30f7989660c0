# ruff: noqa: E501 (a tag is written on one line)
"""The act is read from the page of a bulletin, and the site around it is not."""

import pytest

from importers.documents.formats import FORMATS, Extrait
from importers.documents.formats.html import extract
from importers.documents.illisible import Illisible
from tests.importers.fabrique.html import MANIERES, make
from tests.importers.formats.exactitude import measure

SEUIL = 0.98
ACTE = "Convention de délégation de gestion\n\nArticle 1 : Objet\n\nLe délégant confie au délégataire la gestion des liaisons de quarante sites."


def read(corps: str) -> Extrait:
    return extract(f"<!doctype html><html><head><meta charset='utf-8'></head><body>{corps}</body></html>".encode())


@pytest.mark.parametrize("maniere", MANIERES)
def test_the_facts_come_through(maniere: str) -> None:
    exactitude = measure(lambda texte: make(texte, maniere), ".html")
    assert min(exactitude.compte.rappel, exactitude.compte.precision) >= SEUIL, exactitude.pertes


@pytest.mark.parametrize("maniere", MANIERES)
def test_only_the_act_is_read(maniere: str) -> None:
    assert " ".join(extract(make(ACTE, maniere)).texte.split()) == " ".join(ACTE.split())


def test_both_extensions_are_read() -> None:
    assert FORMATS[".htm"] == FORMATS[".html"]


class TestText:
    @pytest.mark.parametrize(
        ("corps", "attendu"),
        [
            ("<p>un\n   <b>deux</b></p><p>trois</p>", "un deux\n\ntrois\n"),
            ("un<br>deux<br/><br/>trois", "un\ndeux\n\ntrois\n"),
            ("<h2>Article 1<sup>er</sup></h2><p>Texte<sup><a href='#n1'>[1]</a></sup></p>", "Article 1er\n\nTexte\n"),
            ("<ul><li>un</li><li><p>deux</p><p>suite</p></li></ul>", "- un\n\n- deux\n\nsuite\n"),
            ("<ol><li>un<ol type='a'><li>petit</li></ol></li><li>deux</li></ol>", "1. un\n\na. petit\n\n2. deux\n"),
            ("<ol start='4'><li>un</li><li value='9'>deux</li><li>trois</li></ol>", "4. un\n\n9. deux\n\n10. trois\n"),
            ("<ol reversed><li>un</li><li>deux</li></ol>", "2. un\n\n1. deux\n"),
            ("<ul style='list-style: none'><li>un</li></ul>", "un\n"),
            ("<pre>un\n  deux</pre>", "un\ndeux\n"),
            ("<p>n°&nbsp;2024 &euro;</p><p>&nbsp;</p>", "n°\u00a02024 €\n"),
            ("<p>vu <span style='display:none'>caché</span><span hidden>caché</span></p>", "vu\n"),
            ("<p>vu <s>barré</s><span style='text-decoration: line-through'>barré</span></p>", "vu\n"),
            ("<p>vu <span class='fr-sr-only'>dit</span><span aria-hidden='true'>montré</span></p>", "vu montré\n"),
            ("<div>un<p>deux</p>trois</div>", "un\n\ndeux\n\ntrois\n"),
            ("<p>mal<b>fermé<p>suite<table><tr><td>a<td>b</table>", "malfermé\n\nsuite\n\na\tb\n"),
        ],
    )
    def test_a_page_is_read_as_shown(self, corps: str, attendu: str) -> None:
        assert read(corps).texte == attendu

    @pytest.mark.parametrize(
        ("rangees", "attendu"),
        [
            ("<tr><th>Année<th>AE<tr><td>2024<td></tr>", "Année\tAE\n2024\t\n"),
            ("<tr><td colspan=2>large<td>x<tr><td>a<td>b<td>c", "large\t\tx\na\tb\tc\n"),
            ("<tr><td rowspan=2>haut<td>x<tr><td>y<tr><td>a<td>b", "haut\tx\n\ty\na\tb\n"),
            ("<tr><td>x<td rowspan=2>haut<tr><td>y", "x\thaut\ny\t\n"),
            (
                "<thead><tr><td>AE<br>2024<td>un</thead><tbody><tr><td><p>a</p><p>b</p><td>c</tbody>",
                "AE 2024\tun\na b\tc\n",
            ),
        ],
    )
    def test_a_table_is_read_as_drawn(self, rangees: str, attendu: str) -> None:
        assert read(f"<table>{rangees}</table>").texte == attendu

    @pytest.mark.parametrize(
        ("encodage", "declaration"),
        [
            ("utf-8", '<meta charset="utf-8">'),
            ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
            ("cp1252", "<meta charset=windows-1252>"),
            ("cp1252", ""),
            ("utf-8", ""),
            ("utf-16", ""),
            ("utf-8-sig", '<meta charset="iso-8859-1">'),
            ("cp1252", "<meta charset=inconnu>"),
            ("iso-8859-15", "<meta charset=ISO-8859-15>"),
            ("utf-8", "<meta charset=undefined>"),
            ("utf-8", "<meta charset=punycode>"),
        ],
    )
    def test_the_encoding_is_found(self, encodage: str, declaration: str) -> None:
        page = f"<html><head>{declaration}</head><body><p>Délégation à l'Œuvre : 5 €</p></body></html>"
        assert extract(page.encode(encodage)).texte == "Délégation à l'Œuvre : 5 €\n"


class TestSite:
    @pytest.mark.parametrize(
        "autour",
        [
            "<nav>Accueil</nav>",
            "<div role='navigation'>Accueil</div>",
            "<div class='fr-breadcrumb'>Accueil</div>",
            "<div id='filAriane'>Accueil</div>",
            "<div class='cookie-banner'>Nous utilisons des cookies</div>",
            "<div id='tarteaucitronRoot'>Nous utilisons des cookies</div>",
            "<ul class='fr-share'><li>Partager</li></ul>",
            "<footer>Mentions légales</footer>",
            "<aside>À lire aussi</aside>",
            "<p>Haut de page</p>",
            "<p>Imprimer</p>",
            "<script>var a = 'x';</script><style>p {}</style><noscript>Activez JavaScript</noscript>",
            "<form><label>Rechercher</label><input></form>",
        ],
    )
    def test_what_surrounds_the_act_is_left_out(self, autour: str) -> None:
        acte = "<h1>Convention</h1>" + "<p>Le délégant confie au délégataire la gestion.</p>" * 5
        attendu = read(acte).texte
        assert read(autour + acte + autour).texte == attendu
        assert read(f"<main>{autour}{acte}</main>{autour}").texte == attendu

    @pytest.mark.parametrize("enveloppe", ["form", "div class='menu-page'", "header", "div id='share-content'"])
    def test_an_act_is_never_left_out(self, enveloppe: str) -> None:
        nom = enveloppe.split()[0]
        acte = "<h1>Convention</h1>" + "<p>Le délégant confie au délégataire la gestion des liaisons.</p>" * 9
        assert read(f"<{enveloppe}>{acte}</{nom}>").texte == read(acte).texte

    def test_a_main_that_holds_little_is_not_the_act(self) -> None:
        acte = "<p>Le délégant confie au délégataire la gestion.</p>" * 9
        assert "confie" in read(f"<main><p>Bienvenue</p></main><div>{acte}</div>").texte


def test_what_lies_beside_the_text_is_said() -> None:
    page = read("<p>Texte</p><img src='file:///C:/Users/camille/signature.png'><p hidden>note interne</p>")
    remarques = " ".join(page.remarques)
    assert all(mot in remarques for mot in ("images", "masqué", "signature.png"))
    auteur = extract(b"<html><head><meta name=author content='Camille'></head><body><p>Texte</p></body></html>")
    assert "Camille" in " ".join(auteur.remarques)


class TestHostile:
    @pytest.mark.parametrize("balise", ["div", "table><tr><td", "ul><li", "blockquote", "b"])
    def test_absurd_nesting_is_refused(self, balise: str) -> None:
        with pytest.raises(Illisible, match="imbrique"):
            extract(f"<html><body>{f'<{balise}>' * 50_000}fond".encode())

    @pytest.mark.parametrize("balise", ["p", "li", "a href=x", "td"])
    def test_what_is_never_closed_is_read(self, balise: str) -> None:
        assert extract(f"<html><body>{f'<{balise}>' * 50_000}fond".encode()).texte.split()[-1] == "fond"

    def test_a_monstrous_tag_is_refused(self) -> None:
        attributs = " ".join(f"a{rang}=1" for rang in range(50_000))
        with pytest.raises(Illisible, match="démesurée"):
            read(f"<p {attributs}>x</p>")

    def test_a_monstrous_table_is_refused(self) -> None:
        with pytest.raises(Illisible, match="démesuré"):
            read("<table>" + "<tr><td colspan=9999 rowspan=9999>x</td></tr>" * 500 + "</table>")

    def test_an_endless_page_is_refused(self) -> None:
        with pytest.raises(Illisible, match="long"):
            read("<p>" + "mot " * 1_500_000)
        with pytest.raises(Illisible, match="long"):
            read("<p>" * 500_001)

    @pytest.mark.parametrize(
        "contenu", [b"Convention sign\xe9e", b"\x00" * 50, b"", b"   ", b"<?xml version='1.0'?><rss/>"]
    )
    def test_what_is_no_page_is_refused(self, contenu: bytes) -> None:
        with pytest.raises(Illisible, match=r"\.$"):
            extract(contenu)
