"""The plan of a site read to its end: a page that is gone stops nothing, and only a page that is gone makes absent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from importers import sync
from importers.archive import Archive
from importers.collecte import Collecte
from importers.listings import SOURCES, PageVue, Source, bo_social
from portal.conventions import actions as pages
from portal.conventions import followers
from portal.domain.convention import Canal
from portal.http.session import Session
from portal.publications.models import EcartOuvert, Publication, Visite
from tests.factories import ConventionFactory
from tests.serveur import Envoi, Horloge, Serveur, serve

TITRE = "Convention de délégation de gestion du {} janvier 2026 relative à l'essai {}"
LUNDI = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DISPARUE = Envoi(404, b'{"message": "No route found"}', {"Content-Type": "application/json"})


class Bulletin:
    """A bulletin on the loopback: its plan, and a page an act."""

    def __init__(self, site: Serveur, archive: Archive) -> None:
        self.site = site
        self.visites = 0
        self._archive = archive

    @property
    def source(self) -> Source:
        return replace(SOURCES["bo_social"], departs=(self.site.locate("/sitemap.xml"),))

    def plan(self, *rangs: int) -> None:
        """Names the pages of these acts, under the internal host."""
        adresses = "".join(f"<url><loc>http://interne.invalid{path_of(rang)}</loc></url>" for rang in rangs)
        self.site.answer("/sitemap.xml", Envoi(200, f"<urlset>{adresses}</urlset>".encode()))

    def show(self, *rangs: int) -> None:
        for rang in rangs:
            self.answer(rang, Envoi(200, json.dumps(data_of(rang)).encode()))

    def answer(self, rang: int, envoi: Envoi) -> None:
        self.site.answer(f"{path_of(rang)}?_format=json", envoi)

    def visit(self, *departs: str) -> sync.Confrontation:
        moment = LUNDI + timedelta(days=self.visites)
        self.visites += 1
        nom, horloge = f"{moment:%Y%m%dT%H%M%SZ}", Horloge()
        with Session(clock=horloge, sleep=horloge.sleep) as session:
            fetch = Collecte(session, self._archive, "bo_social", nom).fetch_page
            adresses = departs or self.source.departs
            confrontation = sync.confront(self.source, lambda: sync.read_addresses(self.source, adresses, fetch), fetch)
        sync.record(self.source, nom, moment, confrontation)
        return confrontation


def path_of(rang: int) -> str:
    return f"/convention-de-delegation-de-gestion-essai-{rang}"


def data_of(rang: int) -> dict[str, object]:
    return {"nid": rang, "title": TITRE.format(rang + 1, rang), "field_toptitle": f"TSSZ26999{rang:02}X"}


@pytest.fixture
def bulletin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bulletin]:
    with serve() as site:
        monkeypatch.setattr(bo_social, "SITE", site.locate(""))
        yield Bulletin(site, Archive(tmp_path))


@pytest.fixture
def actes(portail: None, bulletin: Bulletin) -> list[str]:
    """Five public acts that the bulletin shows."""
    made = []
    for rang in range(5):
        convention = ConventionFactory(
            titre=TITRE.format(rang + 1, rang), date_signature=date(2026, 1, rang + 1), nor=f"TSSZ26999{rang:02}X"
        )
        page = pages.create_draft(convention)
        pages.publish_page(page)
        made.append(page.uid)
    followers.catch_up_all()
    bulletin.plan(*range(5))
    bulletin.show(*range(5))
    return made


def states() -> list[str]:
    return list(Publication.objects.filter(source="bo_social").order_by("nor").values_list("etat", flat=True))


@pytest.mark.usefixtures("actes")
class TestGone:
    def test_a_page_that_is_gone_is_left_out_and_counted(self, bulletin: Bulletin) -> None:
        bulletin.answer(4, DISPARUE)
        confrontation = bulletin.visit()
        assert (confrontation.blocage, confrontation.disparues, confrontation.entiere) == (None, 1, True)
        assert states() == ["publiee"] * 4

    def test_so_is_one_that_the_site_says_it_withdrew(self, bulletin: Bulletin) -> None:
        bulletin.answer(4, replace(DISPARUE, statut=410))
        assert bulletin.visit().disparues == 1

    @pytest.mark.parametrize("statut", [403, 429, 500])
    def test_a_page_that_is_refused_or_broken_is_a_blockage(self, bulletin: Bulletin, statut: int) -> None:
        bulletin.answer(4, Envoi(statut, b"", {"Retry-After": "3600"}))
        assert bulletin.visit().blocage is not None

    def test_so_is_a_plan_that_is_gone(self, bulletin: Bulletin) -> None:
        bulletin.site.answer("/sitemap.xml", DISPARUE)
        blocage = bulletin.visit().blocage
        assert blocage is not None
        assert blocage.blocage == "reseau"

    def test_so_are_too_many_that_are_gone(self, bulletin: Bulletin) -> None:
        bulletin.visit()
        for rang in (3, 4):
            bulletin.answer(rang, DISPARUE)
        confrontation = bulletin.visit()
        assert str(confrontation.blocage).startswith("2 des 6 pages de la liste ont disparu du site : ")
        assert states() == ["publiee"] * 5

    def test_a_few_of_many_may_be(self, bulletin: Bulletin) -> None:
        bulletin.plan(*range(25))
        bulletin.show(*range(25))
        for rang in (10, 11):
            bulletin.answer(rang, DISPARUE)
        assert bulletin.visit().disparues == 2


class TestAbsence:
    def test_an_act_whose_page_is_gone_is_absent(self, actes: list[str], bulletin: Bulletin) -> None:
        bulletin.visit()
        bulletin.answer(4, DISPARUE)
        (ecart,) = (ecart for ecart in bulletin.visit().ecarts if ecart.entree is None)
        assert (ecart.uid, ecart.certain) == (actes[4], True)
        assert ecart.motif.endswith("ne montre plus cet acte. Sa page a disparu.")
        assert bulletin.site.vues.count(f"{path_of(4)}?_format=json") == 2
        assert states() == ["publiee"] * 4 + ["absente"]

    def test_so_is_one_that_the_plan_names_no_more_once_its_page_is_gone(
        self, actes: list[str], bulletin: Bulletin
    ) -> None:
        bulletin.visit()
        bulletin.plan(*range(4))
        assert all(ecart.entree for ecart in bulletin.visit().ecarts)
        assert states() == ["publiee"] * 5
        bulletin.answer(4, DISPARUE)
        bulletin.visit()
        assert states() == ["publiee"] * 4 + ["absente"]

    @pytest.mark.parametrize("envoi", [Envoi(403), Envoi(200, b'{"nid": 4, "title": "Autre texte"}')])
    def test_where_its_page_does_not_say_the_editor_does(
        self, actes: list[str], bulletin: Bulletin, envoi: Envoi
    ) -> None:
        bulletin.visit()
        bulletin.plan(*range(4))
        bulletin.answer(4, envoi)
        bulletin.visit()
        assert states() == ["publiee"] * 5
        ecart = EcartOuvert.objects.get()
        assert (ecart.etat, ecart.uid) == ("absent", actes[4])
        assert "ouvrez-la" in ecart.motif

    def test_an_act_seen_at_another_site_is_not_looked_for_here(self, actes: list[str], bulletin: Bulletin) -> None:
        bulletin.visit()
        Publication.objects.filter(uid=actes[4]).update(url="https://exemple.fr/essai-4")
        bulletin.plan(*range(4))
        bulletin.visit()
        assert not any("exemple" in vue for vue in bulletin.site.vues)
        assert states() == ["publiee"] * 5
        assert EcartOuvert.objects.get().confiance < 90

    def test_pages_that_someone_chose_make_nothing_absent(self, actes: list[str], bulletin: Bulletin) -> None:
        bulletin.visit()
        bulletin.answer(4, DISPARUE)
        choisies = (bulletin.site.locate(f"{path_of(rang)}?_format=json") for rang in range(4))
        confrontation = bulletin.visit(*choisies)
        assert (confrontation.blocage, confrontation.entiere) == (None, False)
        assert states() == ["publiee"] * 5

    def test_nor_do_those_that_someone_saved(self, bulletin: Bulletin) -> None:
        page = PageVue("texte.json", json.dumps(data_of(0)).encode())
        lue = sync.read_saved(bulletin.source, [(page, "")])
        assert (lue.finie, lue.entiere) == (True, False)


def test_a_blockage_says_nothing_of_the_acts_of_other_bulletins(actes: list[str], bulletin: Bulletin) -> None:
    attendues = Publication.objects.filter(canal=Canal.BULLETIN_OFFICIEL, etat="attendue")
    assert attendues.count() == 5
    bulletin.site.answer("/sitemap.xml", Envoi(403))
    bulletin.visit()
    assert Visite.objects.get().blocage == "403"
    assert attendues.count() == 5
