"""What an earlier visit had is asked for only if it changed, and what a visit that was cut short had is not asked."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from importers import souvenirs
from importers.archive import Archive, Marque
from importers.collecte import Collecte, name_visite
from portal.http.session import Session
from portal.publications.entrees import Blocage, ListeBloquee
from tests.serveur import Envoi, Horloge, Serveur, serve

LUNDI, MARDI, MERCREDI = (f"2026112{jour}T093000Z" for jour in (3, 4, 5))
PAGE = Envoi(200, b"<html>page</html>", {"ETag": '"v1"', "Content-Type": "text/html"})
INCHANGEE = Envoi(304, b"", {"ETag": '"v1"'})


@pytest.fixture
def site() -> Iterator[Serveur]:
    with serve() as serveur:
        yield serveur


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def session() -> Iterator[Session]:
    horloge = Horloge()
    with Session(clock=horloge, sleep=horloge.sleep) as ouverte:
        yield ouverte


class Visiteur:
    """Asks one address, a visite after the other."""

    def __init__(self, session: Session, archive: Archive) -> None:
        self._session = session
        self._archive = archive

    def make(self, visite: str) -> Collecte:
        return Collecte(self._session, self._archive, "essai", visite)

    def fetch(self, adresse: str, visite: str) -> tuple[bytes, str]:
        page, empreinte = self.make(visite).fetch_page(adresse)
        return page.contenu, empreinte


@pytest.fixture
def visiteur(session: Session, archive: Archive) -> Visiteur:
    return Visiteur(session, archive)


def asked(site: Serveur) -> int:
    return sum(vue == "/liste" for vue in site.vues)


def contents(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "contenus").rglob("*") if path.is_file()]


class TestUnchanged:
    def test_a_page_that_still_stands_is_read_from_the_archive_and_kept_again(
        self, site: Serveur, archive: Archive, visiteur: Visiteur
    ) -> None:
        adresse = site.answer("/liste", PAGE, INCHANGEE)
        premiere = visiteur.fetch(adresse, LUNDI)
        collecte = visiteur.make(MARDI)
        page, empreinte = collecte.fetch_page(adresse)
        assert site.entetes["If-None-Match"] == '"v1"'
        assert (page.contenu, empreinte) == premiere == (PAGE.corps, sha256(PAGE.corps).hexdigest())
        assert (page.statut, page.entetes["content-type"]) == (200, "text/html")
        assert (collecte.comptes.demandees, collecte.comptes.inchangees) == (1, 1)
        (tenue,) = archive.replay("essai", MARDI)
        assert (tenue.contenu, tenue.statut, tenue.url) == (PAGE.corps, 200, adresse)
        ligne = archive.locate_visite("essai", MARDI).read_text(encoding="utf-8")
        assert json.loads(ligne)["marques"] == ["inchangee"]

    def test_it_is_so_visit_after_visit(self, site: Serveur, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE, INCHANGEE)
        lues = {visiteur.fetch(adresse, visite) for visite in (LUNDI, MARDI, MERCREDI)}
        assert len(lues) == 1
        assert asked(site) == 3

    def test_its_day_is_sent_too(self, site: Serveur, visiteur: Visiteur) -> None:
        jour = "Mon, 23 Nov 2026 08:00:00 GMT"
        adresse = site.answer("/liste", replace(PAGE, entetes={"Last-Modified": jour}), Envoi(304))
        visiteur.fetch(adresse, LUNDI)
        assert visiteur.fetch(adresse, MARDI)[0] == PAGE.corps
        assert site.entetes["If-Modified-Since"] == jour
        assert "If-None-Match" not in site.entetes

    def test_a_page_that_changed_is_the_new_one(self, site: Serveur, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE, Envoi(200, b"nouvelle", {"ETag": '"v2"'}), Envoi(304))
        visiteur.fetch(adresse, LUNDI)
        assert visiteur.fetch(adresse, MARDI)[0] == b"nouvelle"
        assert visiteur.fetch(adresse, MERCREDI)[0] == b"nouvelle"
        assert site.entetes["If-None-Match"] == '"v2"'

    def test_a_refusal_is_not_remembered(self, site: Serveur, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE, Envoi(404, b"", {"ETag": '"absente"'}), INCHANGEE)
        visiteur.fetch(adresse, LUNDI)
        visiteur.fetch(adresse, MARDI)
        assert visiteur.fetch(adresse, MERCREDI)[0] == PAGE.corps
        assert site.entetes["If-None-Match"] == '"v1"'

    def test_what_is_behind_a_redirect_is_known_by_the_address_that_is_asked(
        self, site: Serveur, visiteur: Visiteur
    ) -> None:
        site.answer("/liste", PAGE, INCHANGEE)
        adresse = site.answer("/ancienne", Envoi(301, b"", {"Location": "/liste"}))
        visiteur.fetch(adresse, LUNDI)
        assert visiteur.fetch(adresse, MARDI)[0] == PAGE.corps
        assert site.entetes["If-None-Match"] == '"v1"'


class TestNotBelieved:
    def test_304_to_who_never_had_the_page(self, site: Serveur, archive: Archive, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", Envoi(304))
        with pytest.raises(ListeBloquee, match=r"\(304\) sans l'avoir donnée : .+\.$") as refus:
            visiteur.fetch(adresse, LUNDI)
        assert refus.value.blocage is Blocage.RESEAU
        assert [tenue.statut for tenue in archive.replay("essai", LUNDI)] == [304]

    @pytest.mark.parametrize("contenu", [b"autre chose", None], ids=["changed", "lost"])
    def test_bytes_that_the_archive_has_no_more_are_asked_anew(
        self, site: Serveur, tmp_path: Path, visiteur: Visiteur, contenu: bytes | None
    ) -> None:
        adresse = site.answer("/liste", PAGE, INCHANGEE, PAGE)
        visiteur.fetch(adresse, LUNDI)
        (tenu,) = contents(tmp_path)
        tenu.write_bytes(contenu) if contenu else tenu.unlink()
        assert visiteur.fetch(adresse, MARDI)[0] == PAGE.corps
        assert "If-None-Match" not in site.entetes
        assert asked(site) == 3

    def test_304_of_another_address(self, site: Serveur, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE, Envoi(302, b"", {"Location": "/autre"}))
        site.answer("/autre", INCHANGEE, Envoi(200, b"autre"))
        visiteur.fetch(adresse, LUNDI)
        assert visiteur.fetch(adresse, MARDI)[0] == b"autre"

    def test_a_visite_that_is_damaged_is_as_if_it_never_was(
        self, site: Serveur, archive: Archive, visiteur: Visiteur
    ) -> None:
        adresse = site.answer("/liste", PAGE)
        visiteur.fetch(adresse, LUNDI)
        liste = archive.locate_visite("essai", LUNDI)
        liste.write_bytes(b'\xff\n{}\nnull\n{"url": 3}\n' + liste.read_bytes()[:-9])
        assert visiteur.fetch(adresse, MARDI)[0] == PAGE.corps
        assert "If-None-Match" not in site.entetes

    @pytest.mark.parametrize("etag", ["v1", '"a" "b"', '"' + "a" * 300 + '"', '"€"', '"a\r\nCookie: b"'])
    def test_what_no_site_can_have_said_is_not_sent(
        self, site: Serveur, archive: Archive, visiteur: Visiteur, etag: str
    ) -> None:
        adresse = site.answer("/liste", PAGE)
        visiteur.fetch(adresse, LUNDI)
        liste = archive.locate_visite("essai", LUNDI)
        ligne = json.loads(liste.read_text(encoding="utf-8"))
        ligne["entetes"] = {"etag": etag, "last-modified": "hier\r\nCookie: b"}
        liste.write_text(json.dumps(ligne) + "\n", encoding="utf-8")
        assert visiteur.fetch(adresse, MARDI)[0] == PAGE.corps
        assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & set(site.entetes)

    def test_no_more_addresses_are_remembered_than_memory_has_room_for(
        self, site: Serveur, visiteur: Visiteur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(souvenirs, "ADRESSES_MAXIMUM", 1)
        une, autre = site.answer("/une", PAGE), site.answer("/autre", PAGE)
        collecte = visiteur.make(LUNDI)
        collecte.fetch_page(une)
        collecte.fetch_page(autre)
        visiteur.fetch(autre, MARDI)
        assert "If-None-Match" not in site.entetes
        # The last visite is remembered first.
        visiteur.fetch(autre, MERCREDI)
        assert site.entetes["If-None-Match"] == '"v1"'


class TestCutShort:
    def test_what_a_visite_had_is_not_asked_again(self, site: Serveur, archive: Archive, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE)
        premiere = visiteur.fetch(adresse, LUNDI)
        collecte = visiteur.make(LUNDI)
        page, empreinte = collecte.fetch_page(adresse)
        assert (page.contenu, empreinte) == premiere
        assert (collecte.comptes.demandees, collecte.comptes.reprises) == (0, 1)
        assert asked(site) == 1
        assert len(list(archive.replay("essai", LUNDI))) == 1

    def test_but_for_what_was_refused(self, site: Serveur, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", Envoi(404), PAGE)
        visiteur.fetch(adresse, LUNDI)
        assert visiteur.fetch(adresse, LUNDI)[0] == PAGE.corps
        assert visiteur.fetch(adresse, LUNDI)[0] == PAGE.corps
        assert asked(site) == 2

    def test_or_damaged_since(self, site: Serveur, tmp_path: Path, visiteur: Visiteur) -> None:
        adresse = site.answer("/liste", PAGE)
        visiteur.fetch(adresse, LUNDI)
        contents(tmp_path)[0].write_bytes(b"autre chose")
        assert visiteur.fetch(adresse, LUNDI)[0] == PAGE.corps
        assert asked(site) == 2


def test_a_document_is_kept_beside_the_pages_and_told_from_them(
    site: Serveur, archive: Archive, visiteur: Visiteur
) -> None:
    collecte = visiteur.make(LUNDI)
    collecte.fetch_page(site.answer("/liste", PAGE))
    assert collecte.fetch_document(site.answer("/acte.pdf", Envoi(200, b"%PDF"))).contenu == b"%PDF"
    assert [set(trace.marques) for trace in archive.list_traces("essai", LUNDI)] == [set(), {Marque.DOCUMENT}]


def test_two_visites_of_one_second_have_two_names(site: Serveur, archive: Archive, visiteur: Visiteur) -> None:
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert name_visite(archive, "essai", moment) == LUNDI
    visiteur.fetch(site.answer("/liste", PAGE), LUNDI)
    assert name_visite(archive, "essai", moment) == "20261123T093001Z"
    assert name_visite(archive, "autre", moment) == LUNDI
