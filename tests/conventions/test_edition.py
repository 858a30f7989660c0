"""The edit form: drafts are always saved, publication is refused with the rule's words at the field."""

from dataclasses import replace

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from portal.conventions import actions, mapping
from portal.conventions.models import ActePage, ConventionPage, MinisterePage
from portal.domain.convention import Avenant, Nature
from tests.conventions.form_data import form_data, rows
from tests.factories import ConventionFactory

PUBLISH = {"action-publish": "1"}


def latest(page: ActePage) -> ConventionPage:
    return ConventionPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def edit_url(page: ActePage) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def test_the_form_left_as_it_is_loses_nothing(draft: ActePage, admin_client: Client) -> None:
    before = mapping.from_page(draft)
    response = admin_client.post(edit_url(draft), form_data(draft))
    assert response.status_code == 302
    assert mapping.from_page(latest(draft)) == before


def test_publishing_from_the_form_publishes(draft: ActePage, admin_client: Client) -> None:
    response = admin_client.post(edit_url(draft), {**form_data(draft), **PUBLISH})
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.live


def test_a_draft_with_almost_nothing_is_saved(draft: ActePage, admin_client: Client) -> None:
    parties = draft.parties.all()
    data = form_data(draft, titre="", objet="", parties=rows(parties, without=parties))
    assert admin_client.post(edit_url(draft), data).status_code == 302
    assert mapping.from_page(latest(draft)).parties == ()


def test_a_new_convention_is_made_in_the_form(portail: None, draft: ActePage, admin_client: Client) -> None:
    parent = MinisterePage.objects.get(pk=draft.get_parent().pk)
    data = form_data(draft, titre="Une autre convention", new=True)
    admin_client.post(f"/admin/pages/add/conventions/conventionpage/{parent.pk}/", data)
    page = ConventionPage.objects.get(titre="Une autre convention")
    assert page.slug == f"une-autre-convention-{page.uid}"
    assert page.uid != draft.uid


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"date_signature": ""}, "#panel-child-contenu-acte-section", "date de signature"),
        ({"date_fin": "2020-01-01"}, "#panel-child-contenu-duree-section", "fin"),
        ({"nor": "XX"}, "#panel-child-contenu-acte-section", "NOR"),
    ],
)
def test_a_refusal_is_said_at_the_field(
    draft: ActePage, admin_client: Client, changes: dict[str, str], place: str, words: str
) -> None:
    response = admin_client.post(edit_url(draft), {**form_data(draft, **changes), **PUBLISH})
    assert response.status_code == 200
    page = LexborHTMLParser(response.content.decode())
    errors = [node.text() for node in page.css(f"{place} .error-message")]
    assert any(words in error for error in errors), errors
    draft.refresh_from_db()
    assert not draft.live


def test_a_refusal_about_a_partie_is_said_with_the_parties(draft: ActePage, admin_client: Client) -> None:
    parties = rows(draft.parties.all(), without=[draft.parties.last()])
    response = admin_client.post(edit_url(draft), {**form_data(draft, parties=parties), **PUBLISH})
    page = LexborHTMLParser(response.content.decode())
    assert "délégataire" in page.css_first("#panel-child-contenu-parties-section").text()


def test_a_refusal_about_an_article_is_said_in_its_block(portail: None, admin_client: Client) -> None:
    convention = ConventionFactory()
    masked = replace(convention.articles[1], corps="Le délégataire, xxxx, rend compte au délégant.")
    page = actions.create_draft(
        replace(convention, articles=(convention.articles[0], masked, *convention.articles[2:]))
    )
    response = admin_client.post(edit_url(page), {**form_data(page), **PUBLISH})
    assert response.status_code == 200
    block = LexborHTMLParser(response.content.decode()).css_first("#panel-child-contenu-articles-section [data-block]")
    told = block.attributes["data-w-block-arguments-value"]
    assert "(X2)" in told
    page.refresh_from_db()
    assert not page.live


def test_a_number_taken_by_another_avenant_is_refused_at_its_field(portail: None, admin_client: Client) -> None:
    convention = actions.create_draft(ConventionFactory(reference="2026-001"))
    actions.publish_page(convention)
    facts = Avenant(numero="1", convention_reference="2026-001")
    first, second = (actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts)) for _ in range(2))
    actions.publish_page(first)
    response = admin_client.post(edit_url(second), {**form_data(second), "modifie_un_acte": "on", **PUBLISH})
    page = LexborHTMLParser(response.content.decode())
    field = page.css_first("[id$=avenant_numero-errors]")
    assert "déjà un avenant n° 1" in field.text()


def test_a_refused_form_keeps_what_was_typed(draft: ActePage, admin_client: Client) -> None:
    data = {**form_data(draft, date_signature="", objet="Un objet corrigé."), **PUBLISH}
    response = admin_client.post(edit_url(draft), data)
    assert "Un objet corrigé." in response.content.decode()


def test_constats_are_shown_beside_their_facts(portail: None, admin_client: Client) -> None:
    page = actions.create_draft(ConventionFactory(date_signature=None))
    html = LexborHTMLParser(admin_client.get(edit_url(page)).content.decode())
    assert "D4" in html.css_first("#panel-child-contenu-acte-section .constats").text()
    assert html.css_first("#panel-child-contenu-parties-section .constats") is None


@pytest.mark.parametrize(
    "path", ["", "pages/{pk}/edit/", "pages/{pk}/history/", "pages/{parent}/", "snippets/conventions/service/"]
)
def test_the_screens_of_the_admin_answer(draft: ActePage, admin_client: Client, path: str) -> None:
    path = path.format(pk=draft.pk, parent=draft.get_parent().pk)
    assert admin_client.get(f"/admin/{path}").status_code == 200


def test_two_versions_are_compared_down_to_the_rows_of_a_row(published: ActePage, admin_client: Client) -> None:
    page = ConventionPage.objects.get(pk=published.pk)
    first = page.latest_revision_id
    partie = page.parties.first()
    representant = partie.representants.first()
    representant.fonction = "directrice générale"
    partie.representants = [representant]
    page.parties = [partie, *page.parties.all()[1:]]
    page.save_revision()
    response = admin_client.get(f"/admin/pages/{page.pk}/revisions/compare/{first}...{page.latest_revision_id}/")
    table = LexborHTMLParser(response.content.decode()).css_first("table.listing")
    assert len(table.css("tbody tr")) == 1
    assert "directrice" in table.text()
    assert table.css_first(".addition").text().strip() == "générale"


def test_the_compare_screen_is_for_editors(published: ActePage, client: Client) -> None:
    response = client.get(f"/admin/pages/{published.pk}/revisions/compare/live...latest/")
    assert response.status_code == 302
    assert "/admin/login/" in response.url
