"""An editor sees what waits on the board, sends it, judges what a listing shows, and finds the proof on the page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from portal.conventions.models import ActePage
from portal.domain.convention import Canal
from portal.publications import actions
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import Correspondant, Publication
from portal.publications.reconciliation import Ecart, Etat

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
VUE = Entree("Délégation de gestion entre la DNE et la DINUM", "https://gouvernement.example/delegations/visio")


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def seed(site: str) -> ActePage:
    """The act of the seed, the one that is real; what it promises is known."""
    ContentType.objects.clear_cache()
    return ActePage.objects.live().filter(fictif=False, titre__contains="1er septembre 2024").get()


@pytest.fixture
def board(site: str, page: Page, seed: ActePage, settings: Settings) -> str:
    """The address of the board, for an editor who is logged in; what is sent leaves at once."""
    settings.TASKS = IMMEDIATE
    User.objects.create_superuser("editeur", password="un mot de passe")
    Correspondant.objects.create(canal="gouvernement", courriel="site@exemple.fr")
    page.goto(f"{site}/admin/login/")
    page.locator("input[name=username]").fill("editeur")
    page.locator("input[name=password]").fill("un mot de passe")
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return f"{site}/admin/publications/"


def check(page: Page) -> None:
    """Nothing that a screen reader stumbles on, nothing that goes out of the screen."""
    expect(page.get_by_role("main")).to_be_visible()  # a link may have been followed just before
    found = Axe().run(page, context={"exclude": [[".messages"]]})  # Wagtail's own, white on a light green
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_what_waits_is_sent_judged_and_proved(board: str, page: Page, site: str, seed: ActePage) -> None:
    ecart = Ecart(Etat.MODIFIE, "titre proche à 70 %", 60, VUE, seed.uid)
    actions.record_visit("gouvernement", Canal.GOUVERNEMENT, "v", timezone.now(), [ecart], {}, entiere=False)
    publication = Publication.objects.get(uid=seed.uid, canal="gouvernement")

    page.goto(f"{site}/admin/")
    page.get_by_role("link", name=re.compile("publications à transmettre")).click()
    expect(page).to_have_url(re.compile("vue=dues"))
    check(page)
    page.locator("#filtre-q").fill("1er septembre 2024")
    page.locator("#filtre-canal").select_option("gouvernement")
    page.get_by_role("button", name="Filtrer").click()
    page.locator(f"#choix-{publication.pk}").check()
    page.locator("#transmettre").click()
    expect(page.get_by_text("1 envoi demandé.")).to_be_visible()
    assert [message.to for message in mail.outbox] == [["site@exemple.fr"]]

    page.goto(f"{board}{publication.pk}/")
    expect(page.get_by_text("Envoyé par courriel à site@exemple.fr.").first).to_be_visible()
    check(page)

    page.goto(f"{board}ecarts/")
    check(page)
    page.get_by_role("link", name=VUE.titre).click()
    check(page)
    page.locator("#accepter").click()
    expect(page.get_by_text("Ce qui était proposé est appliqué.")).to_be_visible()

    page.goto(f"{site}{seed.adresse}#publication")
    expect(page.get_by_role("link", name=VUE.url)).to_be_visible()
    expect(page.get_by_text("Publiée", exact=True)).to_be_visible()


def test_what_is_late_blocked_or_without_a_way_says_what_to_do(board: str, page: Page, seed: ActePage) -> None:
    Publication.objects.filter(uid=seed.uid).update(echeance="2026-01-01")
    blocage = ListeBloquee(Blocage.INTERDIT, "Le site refuse la lecture automatique : enregistrez la page.")
    actions.record_blocage("gouvernement", Canal.GOUVERNEMENT, "v", timezone.now(), blocage, entiere=True)
    bulletin = Publication.objects.get(uid=seed.uid, canal="bulletin_officiel")

    page.goto(f"{board}?vue=en_retard")
    expect(page.get_by_text("en retard").first).to_be_visible()
    expect(page.get_by_text("Le site refuse la lecture automatique : enregistrez la page.").first).to_be_visible()
    page.locator(f"#fiche-{bulletin.pk}").click()
    expect(page.get_by_text("Aucun correspondant n'est connu au Bulletin officiel")).to_be_visible()
    check(page)
    with page.expect_download() as download:
        page.locator("#dossier").click()
    assert download.value.suggested_filename == f"bulletin-officiel-{seed.uid}.zip"
    page.locator("#transmise-motif").fill("Déposé au bureau du bulletin.")
    page.get_by_role("button", name="Marquer transmise à la main").click()
    expect(page.get_by_text("Transmise à la main : Déposé au bureau du bulletin.").first).to_be_visible()
    page.locator("#echeance-echeance").fill("2027-03-01")
    page.get_by_role("button", name="Fixer l’échéance").click()
    expect(page.get_by_text("01/03/2027").first).to_be_visible()
