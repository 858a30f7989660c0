"""A listing saved or fetched, from its pages to the proof on the act's own page, by the commands that one types."""

import fcntl
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from importers import brouillons, compte_rendu, listings
from importers.archive import Archive
from importers.sync import Confrontation
from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.models import ActePage, ConventionPage
from portal.http.session import Session
from portal.publications.entrees import Entree
from portal.publications.models import EcartOuvert, Publication, Visite
from portal.publications.reconciliation import Ecart, Etat
from tests.factories import ConventionFactory
from tests.importers.fabrique import docx
from tests.serveur import Envoi, Horloge, Serveur, serve

LIGNE = "<li><a href='https://exemple.fr/{0}.pdf'>{1} <span>PDF – 12 Ko</span></a></li>"
PAGE = (
    "<!DOCTYPE html><html lang='fr'><head><title>Liste</title></head><body><main><h1>Délégations de gestion</h1>"
    "<ul>{}</ul>{}</main></body></html>"
)
TITRES = {
    "reseau": "Convention de délégation de gestion du 5 janvier 2026 relative au réseau",
    "archives": "Convention de délégation de gestion du 6 janvier 2026 relative aux archives",
    "meteo": "Convention de délégation de gestion du 3 mars 2025 relative à la météorologie",
}


def make_page(*noms: str, suite: str = "") -> str:
    return PAGE.format("".join(LIGNE.format(nom, TITRES[nom]) for nom in noms), suite)


ACTE = Path(__file__).parents[2] / "examples" / "documents" / "social_dnum_dgcs_2025.txt"
COMMANDES = "importers.management.commands"


@pytest.fixture(autouse=True)
def archive(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive of its own, a session that does not wait, and no document asked for: their sites are invented."""
    horloge = Horloge()
    for commande in ("import_listing", "sync_publications"):
        monkeypatch.setattr(f"{COMMANDES}.{commande}.Session", partial(Session, clock=horloge, sleep=horloge.sleep))
    monkeypatch.setattr(brouillons, "LIMITE", 0)
    settings.ARCHIVE_DIR = tmp_path / "archive"
    return Archive(settings.ARCHIVE_DIR)


@pytest.fixture
def actes(portail: None) -> dict[str, ActePage]:
    made = {}
    for jour, nom in enumerate(("reseau", "archives"), start=5):
        convention = ConventionFactory(titre=TITRES[nom], date_signature=date(2026, 1, jour))
        made[nom] = pages.create_draft(convention)
        pages.publish_page(made[nom])
    followers.catch_up_all()
    return made


@pytest.fixture
def site() -> Iterator[Serveur]:
    with serve() as serveur:
        yield serveur


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    path = tmp_path / "liste.html"
    path.write_text(make_page("reseau", "archives", "meteo"), encoding="utf-8")
    return path


def run(*arguments: object, **options: Any) -> list[str]:
    out = StringIO()
    call_command("import_listing", "gouvernement", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


class TestSaved:
    def test_each_entry_is_one_object_and_the_last_line_counts_them(
        self, actes: dict[str, ActePage], liste: Path
    ) -> None:
        *lignes, bilan = map(json.loads, run(liste, json=True, dry_run=True))
        assert [(ligne["etat"], ligne["convention"], ligne["date"]) for ligne in lignes] == [
            ("modifie", actes["reseau"].uid, "2026-01-05"),
            ("modifie", actes["archives"].uid, "2026-01-06"),
            ("nouveau", None, "2025-03-03"),
        ]
        assert all(ligne["divergences"] == [] for ligne in lignes)
        assert bilan == {
            "bilan": {"lues": 3, "nouveau": 1, "rapproche": 0, "modifie": 2, "absent": 0},
            "blocage": None,
        }
        assert not Visite.objects.exists()

    def test_what_is_applied_is_proved_on_the_page_by_what_is_kept(
        self, actes: dict[str, ActePage], liste: Path, archive: Archive, client: Client
    ) -> None:
        assert run(liste, apply=True)[-1] == (
            "Bilan de « gouvernement » : 3 entrées lues, 1 nouveau, 0 rapproche, 2 modifie, 0 absent."
        )
        assert "https://exemple.fr/reseau.pdf" in client.get(actes["reseau"].adresse).content.decode()
        visite = Visite.objects.get()
        kept = next(archive.replay("gouvernement", visite.nom))
        assert kept.contenu == liste.read_bytes()
        assert EcartOuvert.objects.get().etat == "nouveau"

    def test_a_second_time_changes_nothing(self, actes: dict[str, ActePage], liste: Path) -> None:
        run(liste, apply=True)
        assert run(liste)[-1].endswith("3 entrées lues, 1 nouveau, 2 rapproche, 0 modifie, 0 absent.")

    def test_what_is_shown_no_more_is_absent_where_the_listing_is_whole(
        self, actes: dict[str, ActePage], liste: Path
    ) -> None:
        run(liste, apply=True)
        liste.write_text(make_page("reseau", "meteo"), encoding="utf-8")
        *lignes, _bilan = map(json.loads, run(liste, json=True))
        assert [(ligne["etat"], ligne["convention"]) for ligne in lignes][-1] == ("absent", actes["archives"].uid)
        suite = "<a href='https://exemple.fr/?page=2'>Page suivante</a>"
        liste.write_text(make_page("reseau", "meteo", suite=suite), encoding="utf-8")
        *_lignes, bilan = map(json.loads, run(liste, json=True))
        assert bilan["bilan"]["absent"] == 0

    def test_a_page_that_cannot_be_believed_is_said_and_kept(self, actes: dict[str, ActePage], liste: Path) -> None:
        run(liste, apply=True)
        liste.write_text("<!DOCTYPE html><html><title>Just a moment...</title></html>", encoding="utf-8")
        assert run(liste, apply=True, json=True)[-1].endswith('"blocage": "403"}')
        assert run(liste)[-1].startswith("« gouvernement » est bloquée (403). Le site refuse la lecture")
        assert list(Visite.objects.values_list("blocage", flat=True)) == ["", "403"]
        assert set(Publication.objects.filter(source="gouvernement").values_list("etat", flat=True)) == {"publiee"}

    @pytest.mark.parametrize(
        ("nom", "dit"), [("absent.html", "No such file"), (".", "Is a directory")], ids=["missing", "folder"]
    )
    def test_a_page_that_is_not_there(self, portail: None, tmp_path: Path, nom: str, dit: str) -> None:
        assert dit in run(tmp_path / nom)[-1]

    def test_what_to_give_is_said(self, portail: None, liste: Path) -> None:
        with pytest.raises(CommandError, match="pages enregistrées : indiquez-les"):
            run()
        with pytest.raises(CommandError, match="sans les mêler"):
            run(liste, "https://exemple.fr/")


def test_what_a_listing_shows_otherwise_is_said() -> None:
    entree = Entree(TITRES["reseau"], "https://exemple.fr/reseau.pdf")
    phrases = ("le NOR diffère", "la date diffère")
    confrontation = Confrontation((Ecart(Etat.MODIFIE, "même NOR", 100, entree, "AB12", divergences=phrases),))
    assert json.loads(next(compte_rendu.write_json("gouvernement", confrontation)))["divergences"] == list(phrases)
    assert next(compte_rendu.tell("gouvernement", confrontation)).endswith(
        "→ AB12 — même NOR ; le NOR diffère ; la date diffère"
    )


class TestFetched:
    def test_pages_are_followed_and_kept(self, actes: dict[str, ActePage], site: Serveur, archive: Archive) -> None:
        seconde = site.answer("/liste?page=2", html("archives"))
        depart = site.answer("/liste", html("reseau", suite=f"<a href='{seconde}'>Page suivante</a>"))
        run(depart, apply=True)
        assert Publication.objects.filter(source="gouvernement", etat="publiee").count() == 2
        assert [kept.url for kept in archive.replay("gouvernement", Visite.objects.get().nom)] == [depart, seconde]

    def test_a_site_that_refuses_is_a_blockage(self, portail: None, site: Serveur) -> None:
        depart = site.answer("/liste", Envoi(403, b"<html><title>Access denied</title></html>"))
        assert '"blocage": "403"' in run(depart, json=True)[-1]

    def test_so_is_one_that_robots_may_not_read(self, portail: None, site: Serveur) -> None:
        site.answer("/robots.txt", Envoi(200, b"User-agent: *\nDisallow: /"))
        assert '"blocage": "403"' in run(site.answer("/liste", html("reseau")), json=True)[-1]

    def test_a_private_address_is_never_asked(self, portail: None) -> None:
        assert "mène à un réseau privé" in run("http://10.0.0.1/liste")[-1]


class TestDrafts:
    """What the portal does not hold becomes a draft, by either command."""

    @pytest.fixture(autouse=True)
    def depart(self, portail: None, site: Serveur, monkeypatch: pytest.MonkeyPatch) -> str:
        """A listing that shows an act whose document can be read, and one whose document is gone."""
        monkeypatch.setattr(brouillons, "LIMITE", 50)
        site.answer("/seine.docx", Envoi(200, docx.make(ACTE.read_text(encoding="utf-8"))))
        lignes = (
            f"<li><a href='/{nom}.docx'>Convention de délégation de gestion du 3 juin 2025 relative à {quoi}</a></li>"
            for nom, quoi in (("seine", "la Seine"), ("loire", "la Loire"))
        )
        page = PAGE.format("".join(lignes), "").encode()
        return site.answer("/liste", Envoi(200, page, {"Content-Type": "text/html; charset=utf-8"}))

    def test_where_what_a_listing_says_is_applied(self, depart: str, site: Serveur) -> None:
        err = StringIO()
        run(depart, stderr=err)
        assert not any(vue.endswith(".docx") for vue in site.vues)
        run(depart, apply=True, stderr=err)
        assert err.getvalue() == "1 brouillon fait, 1 impossible.\n"
        assert EcartOuvert.objects.exclude(brouillon="").get().cle.endswith("/seine.docx")
        assert not ConventionPage.objects.get().live

    def test_where_all_are_visited(self, depart: str, site: Serveur, monkeypatch: pytest.MonkeyPatch) -> None:
        sources = {"gouvernement": replace(listings.SOURCES["gouvernement"], departs=(depart,))}
        monkeypatch.setattr(f"{COMMANDES}.sync_publications.SOURCES", sources)
        out = StringIO()
        call_command("sync_publications", stdout=out)
        assert out.getvalue().endswith("et 0 reprise. 1 brouillon fait, 1 impossible.\n")
        assert EcartOuvert.objects.exclude(brouillon="").get().brouillon == ConventionPage.objects.get().uid

    def test_not_where_the_listing_is_not_believed(self, depart: str, site: Serveur) -> None:
        run(depart, apply=True, stderr=StringIO())
        vues = len(site.vues)
        run(site.answer("/liste", Envoi(403)), apply=True, stderr=StringIO())
        assert not any(vue.endswith(".docx") for vue in site.vues[vues:])


class TestAllSources:
    def test_one_line_a_source_and_a_blocked_one_stops_no_other(
        self, actes: dict[str, ActePage], site: Serveur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bonne, refusee = site.answer("/liste", html("reseau", "meteo")), site.answer("/non", Envoi(403))
        gouvernement, data_gouv = listings.SOURCES["gouvernement"], listings.SOURCES["data_gouv"]
        sources = {
            "data_gouv": replace(data_gouv, departs=(refusee,)),
            "gouvernement": replace(gouvernement, departs=(bonne,)),
            "bo_armees": listings.SOURCES["bo_armees"],
        }
        monkeypatch.setattr(f"{COMMANDES}.sync_publications.SOURCES", sources)
        out = StringIO()
        call_command("sync_publications", stdout=out)
        premiere, seconde = out.getvalue().splitlines()
        assert premiere.startswith("data_gouv : bloquée (403). Le site refuse")
        assert seconde == ("gouvernement : 2 entrées lues, 1 à juger. 1 page demandée, dont 0 inchangée, et 0 reprise.")

    def test_two_visits_at_once_are_not_made(self, portail: None, settings: Settings) -> None:
        settings.ARCHIVE_DIR.mkdir(parents=True)
        with (settings.ARCHIVE_DIR / "visite.lock").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            with pytest.raises(CommandError, match="Une autre visite est en cours"):
                call_command("sync_publications")
            with pytest.raises(CommandError, match="Une autre visite est en cours"):
                run("https://exemple.fr/liste")

    def test_saved_pages_are_only_shown_beside_a_visit(self, portail: None, settings: Settings, liste: Path) -> None:
        settings.ARCHIVE_DIR.mkdir(parents=True)
        with (settings.ARCHIVE_DIR / "visite.lock").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            assert run(liste)[-1].startswith("Bilan de « gouvernement » : 3 entrées lues")
            with pytest.raises(CommandError, match="Une autre visite est en cours"):
                run(liste, apply=True)


def html(*noms: str, suite: str = "") -> Envoi:
    return Envoi(200, make_page(*noms, suite=suite).encode(), {"Content-Type": "text/html; charset=utf-8"})
