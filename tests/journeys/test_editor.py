"""An editor logs in, corrects a convention, is told what stops a publication, and publishes."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from portal.conventions import mapping
from portal.conventions.models import ConventionPage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def width() -> int:
    return 1280


@pytest.fixture
def editor_page(site: str, page: Page) -> Page:
    User.objects.create_superuser("editeur", password="un mot de passe")
    page.goto(f"{site}/admin/login/")
    page.locator("input[name=username]").fill("editeur")
    page.locator("input[name=password]").fill("un mot de passe")
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def publish(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()


def test_an_editor_corrects_and_publishes(site: str, editor_page: Page) -> None:
    convention = ConventionPage.objects.get(titre="Convention de délégation de gestion du 1er septembre 2024")
    before = mapping.from_page(convention)
    editor_page.goto(f"{site}/admin/pages/{convention.pk}/edit/")
    expect(editor_page.locator(".constats").first).to_contain_text("D4")

    editor_page.locator("input[name=date_signature]").fill("")
    publish(editor_page)
    expect(editor_page.locator("#panel-child-contenu-acte-section .error-message").first).to_contain_text("D4")

    editor_page.locator("input[name=date_signature]").fill("2024-09-02")
    publish(editor_page)
    expect(editor_page.locator(".messages .success").first).to_be_visible()
    convention.refresh_from_db()
    after = mapping.from_page(ConventionPage.objects.get(pk=convention.pk))
    assert str(after.date_signature) == "2024-09-02"
    assert (after.articles, after.parties, after.echeancier) == (before.articles, before.parties, before.echeancier)

    editor_page.goto(f"{site}{convention.adresse}")
    expect(editor_page.get_by_text("2 septembre 2024").first).to_be_visible()
