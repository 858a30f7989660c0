import csv
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.conventions import actions
from portal.conventions.models import ActePage, AvenantPage, ConventionPage
from portal.domain.convention import Article, Convention
from tests.reader.conftest import SIGNED
from tests.reader.exemples import CONVENTION


def read(client: Client, adresse: str) -> HTMLParser:
    response = client.get(adresse)
    assert response.status_code == 200
    return HTMLParser(response.content.decode())


def words(node: object) -> str:
    return " ".join(node.text(separator=" ").split())


def test_every_fact_of_the_document_is_on_its_page(client: Client, convention: ConventionPage) -> None:
    page = "".join(words(read(client, convention.adresse).css_first("main")).split())
    for fact in list_texts(CONVENTION):
        assert "".join(fact.replace("<", "").replace(">", "").split()) in page, fact


def list_texts(convention: Convention) -> list[str]:
    textes = [convention.titre, convention.objet, *convention.visas, *convention.preambule.splitlines()]
    textes += [convention.reference or "", convention.nor or "", *convention.copies]
    for partie in convention.parties:
        textes += [partie.nom, partie.sigle, partie.adresse, *(f"{r.nom}, {r.fonction}" for r in partie.representants)]
    for article in convention.articles:
        textes += [article.intitule, *article.corps.replace("\n- ", "\n").replace("\t", "\n").splitlines()]
    for annexe in convention.annexes:
        textes += [annexe.intitule, annexe.corps]
    for imputation in convention.imputations:
        textes += [code for code in (imputation.comptable, imputation.domaine_fonctionnel, imputation.activite) if code]
    for prevue in convention.publications_prevues:
        textes += [prevue.libelle, prevue.url or ""]
    for signataire in convention.signataires:
        textes += [signataire.nom, signataire.fonction, signataire.pour]
    return textes


def test_every_link_into_the_page_lands(client: Client, convention: ConventionPage, avenant: AvenantPage) -> None:
    for adresse in (convention.adresse, avenant.adresse):
        page = read(client, adresse)
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), "an id is given twice"
        cibles = {node.attributes["href"][1:] for node in page.css('a[href^="#"]')}
        assert cibles <= set(ids)
        labels = {
            ancre for node in page.css("[aria-labelledby]") for ancre in node.attributes["aria-labelledby"].split()
        }
        assert labels <= set(ids)


def test_each_visa_bears_its_vu_once(client: Client, portail: None) -> None:
    page = actions.create_draft(replace(CONVENTION, visas=("le décret n° 2004-1085", "Vu le code général")))
    actions.publish_page(page)
    visas = read(client, page.adresse).css("#visas p")
    assert [words(visa) for visa in visas] == ["Vu le décret n° 2004-1085", "Vu le code général"]


def test_articles_stand_at_their_anchors(client: Client, convention: ConventionPage) -> None:
    article = read(client, convention.adresse).css_first("#article-6")
    assert words(article.css_first("h3")).startswith("Article 6 : Exécution financière de la délégation")
    assert article.css_first('h3 a[href="#article-6"]') is not None
    assert [cell.text() for cell in article.css_first("table").css("td")][1:] == [
        "120 000 €", "10 000 €", "", "110 000 €"
    ]  # fmt: skip


def test_the_echeancier_is_a_drawing_and_a_table(client: Client, convention: ConventionPage) -> None:
    section = read(client, convention.adresse).css_first('section[aria-labelledby="echeancier"]')
    assert len(section.css("svg rect")) == 4
    rows = [[words(cell) for cell in row.css("th, td")] for row in section.css("tbody tr, tfoot tr")]
    assert [[cell.replace("\u202f", " ").replace("\u00a0", " ") for cell in row] for row in rows] == [
        ["2024", "120 000 €", "10 000 €"],
        ["2025", "non précisé", "110 000 €"],
        ["Total", "120 000 €", "120 000 €"],
    ]
    assert "Programme 214 , UO 0214-CEN2-INFO ." in words(section), "what all lines say alike is said once"


def test_what_the_lines_say_differently_has_its_column(client: Client, portail: None) -> None:
    first, second = CONVENTION.echeancier
    page = actions.create_draft(replace(CONVENTION, echeancier=(first, replace(second, uo=None, partie="DNE"))))
    actions.publish_page(page)
    section = read(client, page.adresse).css_first('section[aria-labelledby="echeancier"]')
    assert [words(cell) for cell in section.css("thead th")] == ["Année", "AE", "CP", "UO", "Partie"]
    assert [words(cell) for cell in section.css("tbody tr")[1].css("td")][2:] == ["non précisé", "DNE"]


@pytest.mark.parametrize(
    ("pour", "said"),
    [("Le délégant", "pour le délégant"), ("Pour la DNE", "pour la DNE"), ("LEDA", "pour LEDA"), ("", None)],
)
def test_who_is_signed_for_is_said_in_a_sentence(client: Client, portail: None, pour: str, said: str | None) -> None:
    signataire = replace(CONVENTION.signataires[0], pour=pour)
    page = actions.create_draft(replace(CONVENTION, signataires=(signataire,)))
    actions.publish_page(page)
    node = read(client, page.adresse).css_first(".signataires__pour")
    assert (words(node) if node else None) == said


def test_a_bare_document_says_what_it_does_not_say(client: Client, portail: None) -> None:
    bare = replace(
        CONVENTION, objet="", echeancier=(), imputations=(), montant_total=None, publications_prevues=(),
        copies=(), signataires=(), annexes=(), preambule="",
    )  # fmt: skip
    page = actions.create_draft(bare)
    actions.publish_page(page)
    texte = words(read(client, page.adresse).css_first("main"))
    for said in ("objet non précisé", "montant non précisé", "imputation non précisée", "Signataires non précisés."):
        assert said in texte
    assert "Le texte ne dit pas où la convention doit être publiée." in texte
    assert "Le document signé n’est pas joint." in texte


def test_markup_of_a_document_stays_text(client: Client, portail: None) -> None:
    attaque = '<script>alert(1)</script><img src=x onerror="x">'
    page = actions.create_draft(
        replace(
            CONVENTION,
            titre=f"Convention {attaque}",
            objet=attaque,
            articles=(*CONVENTION.articles, Article("8", attaque, attaque)),
            publications_prevues=(replace(CONVENTION.publications_prevues[0], url="javascript:alert(1)"),),
        )
    )
    actions.publish_page(page)
    tree = read(client, page.adresse)
    assert all(script.attributes.get("src", "").startswith("/static/") for script in tree.css("script"))
    assert tree.css("main img") == []
    assert tree.css('a[href^="javascript"]') == []


def test_the_page_knows_its_name_its_feeds_and_its_permanent_address(
    client: Client, convention: ConventionPage, settings: object
) -> None:
    response = client.get(convention.adresse, headers={"host": "testserver"})
    tree = HTMLParser(response.content.decode())
    assert tree.css_first("html").attributes["lang"] == "fr"
    assert tree.css_first("title").text().endswith(" – Délégations de gestion")
    canonical = tree.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == f"http://127.0.0.1:8000{convention.adresse}"
    assert {link.attributes["type"] for link in tree.css('link[rel="alternate"]')} == {
        "application/atom+xml", "application/rss+xml"
    }  # fmt: skip
    assert f"http://127.0.0.1:8000/id/convention/{convention.uid}" in words(tree.css_first("main"))


def test_an_avenant_leads_to_its_convention_and_back(
    client: Client, convention: ConventionPage, avenant: AvenantPage
) -> None:
    mere, fille = read(client, convention.adresse), read(client, avenant.adresse)
    assert "modifiée par 1 avenant" in words(mere.css_first("main"))
    assert mere.css_first(f'main a[href="{avenant.adresse}"]') is not None
    assert convention.adresse in {
        link.attributes["href"].replace("http://127.0.0.1:8000", "") for link in fille.css("main a")
    }
    assert "Modifie : Convention de délégation" in words(fille.css_first("main"))


def test_old_words_of_an_address_lead_to_the_new_ones(
    client: Client, convention: ConventionPage, avenant: AvenantPage
) -> None:
    for old, new in (
        (f"/conventions/ancien-titre-{convention.uid}/", convention.adresse),
        (f"/conventions/{convention.uid}/original", f"{convention.adresse}original"),
        (f"/conventions/{convention.uid}/echeancier.csv", f"{convention.adresse}echeancier.csv"),
        (f"/conventions/x-{convention.uid}/y-{avenant.uid}/", avenant.adresse),
        (f"/conventions/x-{avenant.uid}/", avenant.adresse),
    ):
        response = client.get(old)
        assert (response.status_code, response.get("Location")) == (301, new), old


def test_the_permanent_identifier_sees_other(client: Client, convention: ConventionPage, avenant: AvenantPage) -> None:
    for page in (convention, avenant):
        response = client.get(f"/id/convention/{page.uid}")
        assert (response.status_code, response["Location"]) == (303, page.adresse)


@pytest.mark.parametrize("forme", ["{page.adresse}", "/id/convention/{page.uid}", "{page.adresse}original"])
def test_what_was_public_once_is_gone_with_its_reason(
    client: Client, convention: ConventionPage, avenant: AvenantPage, forme: str
) -> None:
    actions.withdraw_page(convention, motif="Publiée deux fois & par erreur.")
    for page in (convention, avenant):
        response = client.get(forme.format(page=page))
        assert response.status_code == 410
        tree = HTMLParser(response.content.decode())
        assert "a été retirée" in words(tree.css_first("h1"))
    assert "Publiée deux fois & par erreur." in words(HTMLParser(client.get(convention.adresse).content.decode()).body)


def test_what_never_was_public_is_not_found(client: Client, draft: ActePage) -> None:
    for adresse in (draft.adresse, f"/id/convention/{draft.uid}", f"{draft.adresse}original", "/conventions/rien/"):
        assert client.get(adresse).status_code == 404, adresse


def test_the_signed_file_is_given_untouched_and_inert(client: Client, convention: ConventionPage) -> None:
    response = client.get(f"{convention.adresse}original")
    assert response.getvalue() == SIGNED
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    again = client.get(f"{convention.adresse}original", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_there_is_no_signed_file_where_none_was_given(client: Client, avenant: AvenantPage) -> None:
    assert client.get(f"{avenant.adresse}original").status_code == 404
    assert client.get(f"{avenant.adresse}echeancier.csv").status_code == 404


def test_the_echeancier_is_given_as_csv(client: Client, convention: ConventionPage) -> None:
    response = client.get(f"{convention.adresse}echeancier.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["annee"], row["ae"], row["cp"]) for row in rows] == [
        ("2024", "120000.00", "10000.00"),
        ("2025", "", "110000.00"),
    ]


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, convention: ConventionPage) -> None:
    first = client.get(convention.adresse)
    assert "no-cache" in first["Cache-Control"]
    assert client.get(convention.adresse, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_no_script_and_no_style_stands_in_a_page(
    client: Client, convention: ConventionPage, avenant: AvenantPage
) -> None:
    for adresse in (convention.adresse, avenant.adresse):
        response = client.get(adresse)
        html = response.content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "set-cookie" not in response.headers


def test_a_draft_is_previewed_by_the_same_page(draft: ActePage) -> None:
    response = draft.make_preview_request()
    response.render()
    texte = words(HTMLParser(response.content.decode()).body)
    assert "Aperçu d’un brouillon" in texte
    assert draft.titre in texte
