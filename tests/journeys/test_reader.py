"""A reader searches, filters, opens a page; each page type has nothing that axe-core would reproach."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.conventions.models import ActePage, AvenantPage, ConventionPage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_reader_finds_a_convention_by_a_word_of_an_article(site: str, page: Page, width: int) -> None:
    page.goto(site)
    page.get_by_label("Rechercher une convention").first.fill("visioconférences")
    page.get_by_label("Rechercher une convention").first.press("Enter")
    expect(page.locator("mark").first).to_have_text("visioconférences")
    if width < 600:
        page.locator("details.filtres > summary").click()
    page.get_by_label("Direction interministérielle du numérique (DINUM)").first.check(force=True)
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator("mark").first).to_have_text("visioconférences")
    assert "delegataire=dinum" in page.url or "delegant=dinum" in page.url
    page.get_by_role("link", name="Article 1, Objet de la délégation").first.click()
    assert page.url.endswith("#article-1")
    expect(page.locator("#article-1")).to_be_visible()
    expect(page.get_by_text("120\u202f000\u00a0€").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/conventions/",
        "/conventions/?q=visioconf%C3%A9rences",
        "/conventions/?q=zzzz&annee=abc",
        "/glossaire/",
        "/mentions-legales/",
        "/accessibilite/",
        "/inconnu/",
    ],
)
def test_no_page_is_wider_than_the_screen_nor_breaks_a_rule_of_axe(site: str, page: Page, path: str) -> None:
    page.goto(site + path) if path != "/inconnu/" else page.set_content(page.request.get(site + path).text())
    verify(page)


def test_no_act_is_wider_than_the_screen_nor_breaks_a_rule_of_axe(site: str, page: Page) -> None:
    actes = [acte.specific for acte in ActePage.objects.live()]
    assert {type(acte) for acte in actes} == {ConventionPage, AvenantPage}
    for acte in actes:
        page.goto(site + acte.adresse)
        # All acts have one template, which other tests look at as it comes: here each shows all that it has.
        unfold(page)
        verify_as_it_is(page)


def verify(page: Page) -> None:
    """As it comes, and with all that is folded unfolded."""
    verify_as_it_is(page)
    unfold(page)
    verify_as_it_is(page)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


def verify_as_it_is(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_portal_works_without_javascript(site: str, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/conventions/?q=classes-virtuelles")
    expect(page.locator("mark").first).to_have_text("classes-virtuelles")
    page.locator("h3 a").first.click()
    expect(page.locator("#article-6")).to_be_visible()
    context.close()
