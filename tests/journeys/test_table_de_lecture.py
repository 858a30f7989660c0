"""An editor drops files, watches them being read, and confirms one beside its source, by the keyboard alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import Settings

from importers.table.models import Depot
from portal.conventions.models import ActePage, AvenantPage, ConventionPage
from tests.journeys.conftest import EXAMPLES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LECTURE = EXAMPLES.parent / "lecture"
DATE, NOUVELLE_DATE = "6 mars 2023", "8 mars 2023"


@pytest.fixture(params=[1280, 1600])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def table(site: str, page: Page, settings: Settings) -> str:
    """The address of the table, for an editor who is logged in; files are read at once, in the request."""
    settings.TASKS = IMMEDIATE
    ContentType.objects.clear_cache()  # the kinds of the database that `site` restored have other keys
    User.objects.create_superuser("editeur", password="un mot de passe")
    login(page, site)
    return f"{site}/admin/table-de-lecture/"


def login(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.locator("input[name=username]").fill("editeur")
    page.locator("input[name=password]").fill("un mot de passe")
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """An act that no page holds, an avenant of one that is held, one that is held, and one that cannot be read."""
    held = (EXAMPLES / "armees_dirisi_dinum_2023.txt").read_text(encoding="utf-8")
    avenant = (EXAMPLES / "armees_dirisi_dinum_2023_avenant_1.txt").read_text(encoding="utf-8")
    unknown = held.replace(DATE, NOUVELLE_DATE).replace("A R M E 2 3 0 2 1 4 7 X", "A R M E 2 3 0 2 1 4 8 X")
    contents = {
        "nouveau.txt": unknown.replace("raccordement au réseau", "maintien des serveurs"),
        "avenant_2.txt": avenant.replace("Avenant n° 1", "Avenant n° 2").replace("17 juin 2024", "3 mai 2025"),
        "deja.txt": held,
        "photo.jpg": "une image",
    }
    for nom, contenu in contents.items():
        (tmp_path / nom).write_text(contenu, encoding="utf-8")
    return [tmp_path / nom for nom in contents]


def verify(page: Page) -> None:
    found = Axe().run(page, context={"exclude": [[".messages"]]})  # Wagtail's own, white on a light green
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def press_until(page: Page, key: str, wanted: Locator, limit: int = 80) -> None:
    """Presses a key until `wanted` has the focus, as who has no mouse does."""
    for _ in range(limit):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {key}")


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def is_within(inner: Locator, outer: Locator) -> bool:
    box, frame = inner.bounding_box(), outer.bounding_box()
    assert box
    assert frame
    return frame["y"] <= box["y"] < frame["y"] + frame["height"]


def test_an_editor_confirms_by_the_keyboard_alone(table: str, page: Page, files: list[Path]) -> None:
    page.goto(table)
    verify(page)
    page.locator("#fichiers").set_input_files(files)
    page.locator("#fichiers").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="4 fichiers")).to_have_text(
        "4 fichiers : 3 lus, 1 refusé.", timeout=30_000
    )
    expect(page.locator(".table-liste__refus")).to_contain_text("« .jpg » n'est pas lu")
    expect(page.locator("tr", has_text="deja.txt")).to_contain_text("Déjà présent")
    verify(page)

    press_until(page, "Tab", page.locator("#premier"))
    page.keyboard.press("Enter")
    expect(page.locator("#faits")).to_be_visible()
    verify(page)

    # From a fact to its passage and back; from one fact to the next.
    date = page.get_by_role("link", name="Date de signature")
    press_until(page, "Tab", page.locator("#fait-1"))
    press_until(page, "ArrowDown", date)
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text(NOUVELLE_DATE)
    expect(focused(page)).to_have_class("table-passage table-passage--ici")
    assert is_within(focused(page), page.locator("#texte"))
    assert focused(page).evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(date).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(focused(page)).to_have_text("Objet, voir dans le texte")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(focused(page)).to_have_text("Objet, voir dans le texte")

    # What an article holds is a passage too, though others are inside.
    press_until(page, "ArrowDown", page.get_by_role("link", name="Article 6"))
    page.keyboard.press("Enter")
    expect(focused(page)).to_contain_text("La présente convention prend effet")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text("Article 6, voir dans le texte")

    held = ConventionPage.objects.count()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/edit/")
    expect(page.locator(".messages .success")).to_contain_text("Brouillon enregistré")
    made = Depot.objects.get(nom="nouveau.txt").page
    assert made is not None
    assert (made.live, str(made.date_signature), ConventionPage.objects.count()) == (False, "2023-03-08", held + 1)


def test_an_avenant_is_put_under_its_convention_and_the_next_follows(table: str, page: Page, files: list[Path]) -> None:
    convention = ConventionPage.objects.get(nor="ARME2302147X")
    page.goto(table)
    page.locator("#fichiers").set_input_files(files[1:3])
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("[data-suivi]")).to_have_text("2 fichiers : 2 lus.", timeout=30_000)
    page.get_by_role("link", name="Avenant n° 2").click()
    expect(page.get_by_role("radio", name="En faire un avenant de")).to_be_checked()
    page.get_by_role("button", name="Créer et suivant").click()

    expect(page.get_by_role("heading", name="Cet acte semble déjà présent")).to_be_visible()
    avenant = AvenantPage.objects.get(avenant_numero="2")
    assert avenant.get_parent().pk == convention.pk
    verify(page)
    page.get_by_role("button", name="Créer le brouillon").click()
    expect(page.locator("#confirmer [role=alert]")).to_contain_text("Rien n'est encore enregistré")
    verify(page)
    page.get_by_role("radio", name="Mettre à jour").first.check()
    page.get_by_role("button", name="Créer le brouillon").click()
    page.wait_for_url(f"**/admin/pages/{convention.pk}/edit/")


def test_a_fact_turns_the_pdf_to_its_page(table: str, page: Page) -> None:
    page.goto(table)
    page.locator("#fichiers").set_input_files(LECTURE / "culture_dglflf_archives_2024.pdf")
    page.get_by_role("button", name="Déposer").click()
    page.get_by_role("link", name="Commencer à confirmer").click(timeout=30_000)
    original = page.locator("iframe.table-original")
    page.get_by_role("link", name="Date de fin").click()
    expect(focused(page)).to_have_text("31 mars 2027")
    expect(original).to_have_attribute("src", re.compile(r"#page=2$"))
    page.get_by_role("tab", name="Original").click()
    titre = page.locator("a.table-fait__nom", has_text="Titre")
    titre.click()
    expect(original).to_have_attribute("src", re.compile(r"#page=1$"))
    expect(titre).to_be_focused()
    expect(original).to_be_visible()


def test_a_file_is_taken_off_beside_its_source_once_it_is_sure(table: str, page: Page, files: list[Path]) -> None:
    page.goto(table)
    page.locator("#fichiers").set_input_files(files[:1])
    page.get_by_role("button", name="Déposer").click()
    page.get_by_role("link", name="Commencer à confirmer").click(timeout=30_000)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Retirer de la table").click()
    assert Depot.objects.count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Retirer de la table").click()
    expect(page.locator(".messages")).to_contain_text("n'est plus sur la table")
    assert not Depot.objects.exists()


def test_files_that_are_not_received_are_told_in_french(table: str, page: Page, files: list[Path]) -> None:
    page.goto(table)
    page.route("**/table-de-lecture/**", lambda route: route.fulfill(status=302, headers={"Location": "/admin/login/"}))
    page.locator("#fichiers").set_input_files(files[:1])
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("[data-avis]")).to_contain_text("« nouveau.txt » n'a pas été reçu. Vous n'êtes plus connecté")
    expect(page.locator("#depots")).to_contain_text("Aucun fichier n'attend")


def test_files_are_dragged_and_dropped(table: str, page: Page) -> None:
    page.goto(table)
    expect(page.get_by_text("Glissez-les ici")).to_be_visible()
    page.locator("[data-zone]").dispatch_event("drop", {"dataTransfer": dropped(page, "a.txt", "b.jpg")})
    expect(page.locator("[data-suivi]")).to_have_text("2 fichiers : 2 refusés.", timeout=30_000)
    expect(page.locator("tr", has_text="a.txt")).to_contain_text("aucun texte")


def dropped(page: Page, *noms: str) -> Any:
    return page.evaluate_handle(
        "noms => { const data = new DataTransfer();"
        " noms.forEach(nom => data.items.add(new File(['...'], nom))); return data }",
        list(noms),
    )


def test_the_table_works_without_javascript(
    table: str, page: Page, browser: Browser, files: list[Path], width: int
) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(table)
    plain.locator("#fichiers").set_input_files(files[:1])
    plain.get_by_role("button", name="Déposer").click()
    expect(plain.locator("[data-suivi]")).to_have_text("1 fichier : 1 lu.")
    plain.get_by_role("link", name="Commencer à confirmer").click()
    plain.get_by_role("link", name="Date de signature").click()
    expect(plain.locator(":target")).to_have_text(NOUVELLE_DATE)
    plain.get_by_role("button", name="Créer le brouillon").click()
    assert ActePage.objects.filter(depots__nom="nouveau.txt").exists()
    context.close()
