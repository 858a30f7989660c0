"""A visit that was killed starts where it had come to, within the hours when what it read is still of the day."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import call_command
from pytest_django import Settings

from importers import brouillons, reprise, sync
from importers.archive import Archive
from importers.listings import SOURCES
from portal.conventions import actions as conventions
from portal.conventions import followers
from portal.http.session import Reponse, Session
from portal.publications.models import EcartOuvert, Publication, Visite
from tests.factories import ConventionFactory
from tests.serveur import Envoi, Horloge, Serveur, serve

COMMANDE = "importers.management.commands.sync_publications"
DEPART = "https://exemple.fr/liste"
SOURCE = replace(SOURCES["gouvernement"], departs=(DEPART,))
NOM = "20261124T093000Z"
DEBUT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BIENTOT = DEBUT + timedelta(hours=5)


@pytest.fixture
def archive(settings: Settings, tmp_path: Path) -> Archive:
    settings.ARCHIVE_DIR = tmp_path
    return Archive(tmp_path)


def keep(archive: Archive, url: str = DEPART) -> None:
    archive.keep(Reponse(url, 200, {}, b"page", DEBUT), "gouvernement", NOM)


def damage(archive: Archive) -> None:
    archive.locate_visite("gouvernement", NOM).write_bytes(b"null\n")


def empty(archive: Archive) -> None:
    archive.locate_visite("gouvernement", NOM).write_bytes(b"")


@pytest.mark.django_db
class TestStart:
    def test_a_visit_that_was_cut_short_keeps_its_name_and_its_moment(self, archive: Archive) -> None:
        keep(archive)
        assert reprise.start(archive, SOURCE, BIENTOT) == reprise.Depart(NOM, DEBUT)

    def test_the_first_one_is_new(self, archive: Archive) -> None:
        assert reprise.start(archive, SOURCE, BIENTOT) == reprise.Depart("20261124T143000Z", BIENTOT)

    def test_an_old_one_is_not_gone_on_with(self, archive: Archive) -> None:
        keep(archive)
        assert reprise.start(archive, SOURCE, DEBUT + timedelta(hours=6)).nom == "20261124T153000Z"

    @pytest.mark.parametrize("nom", [NOM, "20261124T100000Z"], ids=["itself", "later"])
    def test_nor_one_after_which_a_visit_was_recorded(self, archive: Archive, nom: str) -> None:
        keep(archive)
        moment = DEBUT if nom == NOM else DEBUT + timedelta(minutes=30)
        Visite.objects.create(source="gouvernement", nom=nom, moment=moment)
        assert reprise.start(archive, SOURCE, BIENTOT).nom != NOM

    def test_what_was_recorded_of_another_source_changes_nothing(self, archive: Archive) -> None:
        keep(archive)
        Visite.objects.create(source="bo_social", nom=NOM, moment=DEBUT)
        assert reprise.start(archive, SOURCE, BIENTOT).nom == NOM

    @pytest.mark.parametrize("url", ["liste.html", "https://exemple.fr/liste?page=2"])
    def test_pages_that_someone_chose_are_no_visit(self, archive: Archive, url: str) -> None:
        keep(archive, url)
        assert reprise.start(archive, SOURCE, BIENTOT).nom != NOM

    @pytest.mark.parametrize("spoil", [damage, empty])
    def test_nor_is_what_was_damaged(self, archive: Archive, spoil: Callable[[Archive], None]) -> None:
        keep(archive)
        spoil(archive)
        assert reprise.start(archive, SOURCE, BIENTOT).nom != NOM


class Stop(BaseException):
    """The end of the process: nothing catches it."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serveur]:
    """A plan and four texts, shown by the one source that is visited."""
    horloge = Horloge()
    with serve() as serveur:
        adresses = "".join(f"<url><loc>https://interne.invalid/{nom_of(rang)}</loc></url>" for rang in range(4))
        depart = serveur.answer("/sitemap.xml", Envoi(200, f"<urlset>{adresses}</urlset>".encode()))
        for rang in range(4):
            titre = f"Convention de délégation de gestion du {rang + 1} mars 2026 relative à l'essai {rang}"
            texte = f'{{"nid": {rang}, "title": "{titre}"}}'.encode()
            serveur.answer(f"/{nom_of(rang)}?_format=json", Envoi(200, texte))
        monkeypatch.setattr("importers.listings.bo_social.SITE", serveur.locate(""))
        monkeypatch.setattr(f"{COMMANDE}.SOURCES", {"bo_social": replace(SOURCES["bo_social"], departs=(depart,))})
        monkeypatch.setattr(f"{COMMANDE}.Session", partial(Session, clock=horloge, sleep=horloge.sleep))
        monkeypatch.setattr(brouillons, "LIMITE", 0)
        yield serveur


def nom_of(rang: int) -> str:
    return f"delegation-de-gestion-{rang}"


def run() -> str:
    out = StringIO()
    call_command("sync_publications", stdout=out)
    return out.getvalue().strip()


def stop_at(monkeypatch: pytest.MonkeyPatch, place: type | ModuleType, nom: str, rang: int = 1) -> None:
    """Ends the process where a function is called for the nth time."""
    function, appels = getattr(place, nom), itertools.count(1)

    def call(*args: object, **options: object) -> object:
        if next(appels) == rang:
            raise Stop
        return function(*args, **options)

    with monkeypatch.context() as coupee:
        coupee.setattr(place, nom, call)
        with pytest.raises(Stop):
            run()


@pytest.mark.usefixtures("portail")
class TestKilled:
    def test_the_pages_that_were_had_are_not_asked_again(
        self, site: Serveur, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop_at(monkeypatch, Archive, "keep", 4)
        assert not Visite.objects.exists()
        assert run() == "bo_social : 4 entrées lues, 4 à juger. 2 pages demandées, dont 0 inchangée, et 3 reprises."
        # The fourth page was had, and not kept: it alone is asked twice.
        assert Counter(site.vues) == {
            "/robots.txt": 2,
            "/sitemap.xml": 1,
            **{f"/{nom_of(rang)}?_format=json": 2 if rang == 2 else 1 for rang in range(4)},
        }
        assert archive.list_visites("bo_social") == [Visite.objects.get().nom]

    def test_what_was_read_and_not_recorded_is_recorded_without_the_site(
        self, site: Serveur, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop_at(monkeypatch, sync, "record")
        vues = list(site.vues)
        assert run() == "bo_social : 4 entrées lues, 4 à juger. 0 page demandée, dont 0 inchangée, et 5 reprises."
        assert site.vues == vues
        assert EcartOuvert.objects.count() == 4

    def test_the_next_visit_starts_anew(self, site: Serveur, archive: Archive) -> None:
        run()
        assert run() == "bo_social : 4 entrées lues, 4 à juger. 5 pages demandées, dont 0 inchangée, et 0 reprise."
        assert Visite.objects.count() == len(archive.list_visites("bo_social")) == 2

    def test_what_did_not_change_is_told(self, site: Serveur, archive: Archive) -> None:
        chemin = f"/{nom_of(0)}?_format=json"
        texte = '{"nid": 0, "title": "Convention de délégation de gestion du 1er mars 2026"}'.encode()
        site.answer(chemin, Envoi(200, texte, {"ETag": '"v1"'}), Envoi(304))
        run()
        assert run() == "bo_social : 4 entrées lues, 4 à juger. 5 pages demandées, dont 1 inchangée, et 0 reprise."

    def test_a_page_that_is_gone_is_told(self, site: Serveur, archive: Archive) -> None:
        site.answer(f"/{nom_of(0)}?_format=json", Envoi(410))
        assert run().endswith(
            "3 à juger. 5 pages demandées, dont 0 inchangée, et 0 reprise. 1 page de la liste a disparu."
        )


@pytest.fixture
def paginee(portail: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serveur]:
    """A listing of two pages, whole each time that it is read, of acts that the portal holds."""
    horloge = Horloge()
    with serve() as serveur:
        source = replace(SOURCES["gouvernement"], departs=(serveur.locate("/liste"),))
        monkeypatch.setitem(SOURCES, "gouvernement", source)
        monkeypatch.setattr(f"{COMMANDE}.SOURCES", {"gouvernement": source})
        monkeypatch.setattr(f"{COMMANDE}.Session", partial(Session, clock=horloge, sleep=horloge.sleep))
        monkeypatch.setattr(brouillons, "LIMITE", 0)
        yield serveur


def show(serveur: Serveur, premiere: list[int], seconde: list[int]) -> None:
    for chemin, rangs, suite in (
        ("/liste", premiere, "<a href='/liste?page=2'>Page suivante</a>"),
        ("/liste?page=2", seconde, ""),
    ):
        lignes = "".join(f"<li><a href='/{rang}.pdf'>{titre_of(rang)}</a></li>" for rang in rangs)
        page = f"<!DOCTYPE html><html><body><main><h1>Liste</h1><ul>{lignes}</ul>{suite}</main></body></html>"
        serveur.answer(chemin, Envoi(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"}))


def titre_of(rang: int) -> str:
    return f"Convention de délégation de gestion du {rang + 1} mars 2026 relative à l'essai {rang}"


class TestTwoMoments:
    """An act that goes from one page to another between a stop and what follows is on neither page that is read."""

    @pytest.fixture
    def cut(self, paginee: Serveur, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        for rang in range(4):
            acte = ConventionFactory(titre=titre_of(rang), date_signature=date(2026, 3, rang + 1))
            conventions.publish_page(conventions.create_draft(acte))
        followers.catch_up_all()
        show(paginee, [0, 1], [2, 3])
        run()
        stop_at(monkeypatch, Archive, "keep", 2)
        show(paginee, [1, 2], [3])

    def states(self) -> set[str]:
        return set(Publication.objects.filter(source="gouvernement").values_list("etat", flat=True))

    @pytest.mark.usefixtures("cut")
    def test_it_is_not_absent(self) -> None:
        assert run().startswith("gouvernement : 3 entrées lues")
        assert self.states() == {"publiee"}
        # The next visit sees the whole listing, and knows which act it shows no more.
        assert run().startswith("gouvernement : 3 entrées lues")
        assert list(Publication.objects.filter(etat="absente").values_list("url", flat=True)) == [
            Publication.objects.get(url__endswith="/0.pdf").url
        ]

    @pytest.mark.usefixtures("cut")
    def test_nor_where_it_was_killed_again_before_it_was_recorded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stop_at(monkeypatch, sync, "record")
        assert run().endswith("0 page demandée, dont 0 inchangée, et 2 reprises.")
        assert self.states() == {"publiee"}

    @pytest.mark.usefixtures("cut")
    def test_nor_where_it_is_read_again_from_the_archive(self, archive: Archive) -> None:
        run()
        out = StringIO()
        call_command("replay_listing", "gouvernement", archive.list_visites("gouvernement")[-1], stdout=out)
        assert out.getvalue().strip().endswith("0 absent.")
