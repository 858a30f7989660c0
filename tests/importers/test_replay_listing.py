"""A visit read again from the archive says what it said, without a site, and undoes nothing of what was seen since."""

import fcntl
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from importers import listings, sync
from importers.archive import Archive
from importers.collecte import Collecte
from portal.conventions import actions as pages
from portal.conventions import followers
from portal.http.session import Session
from portal.publications.models import EcartOuvert, Publication, Visite
from tests.factories import ConventionFactory
from tests.serveur import Envoi, Horloge, Serveur, serve

PAGE = (
    "<!DOCTYPE html><html lang='fr'><head><title>Liste</title></head><body><main><h1>Délégations de gestion</h1>"
    "<ul>{}</ul>{}</main></body></html>"
)
TITRE = "Convention de délégation de gestion du {} janvier 2026 relative à l'essai {}"
LUNDI, MARDI = (datetime(2026, 11, jour, 9, 30, tzinfo=UTC) for jour in (23, 24))


@pytest.fixture
def archive(settings: Settings, tmp_path: Path) -> Archive:
    settings.ARCHIVE_DIR = tmp_path
    return Archive(tmp_path)


@pytest.fixture
def site() -> Iterator[Serveur]:
    with serve() as serveur:
        yield serveur


@pytest.fixture
def actes(portail: None) -> list[str]:
    made = []
    for rang in (1, 2):
        page = pages.create_draft(ConventionFactory(titre=TITRE.format(rang, rang), date_signature=date(2026, 1, rang)))
        pages.publish_page(page)
        made.append(page.uid)
    followers.catch_up_all()
    return made


class Visiteur:
    """Makes the visits that the archive keeps: of a first page, and of a second one that it names."""

    def __init__(self, site: Serveur, archive: Archive) -> None:
        self.site = site
        self.source = replace(listings.SOURCES["gouvernement"], departs=(site.locate("/liste"),))
        self._archive = archive

    def show(self, premiere: list[int], seconde: list[int]) -> None:
        suite = "<a href='/liste?page=2'>Page suivante</a>"
        self.site.answer("/liste", page_of(premiere, suite))
        self.site.answer("/liste?page=2", page_of(seconde))

    def visit(self, moment: datetime, *, recorded: bool = True) -> str:
        nom, horloge = f"{moment:%Y%m%dT%H%M%SZ}", Horloge()
        with Session(clock=horloge, sleep=horloge.sleep) as session:
            collecte = Collecte(session, self._archive, "gouvernement", nom)
            fetch = collecte.fetch_page
            lecture = sync.confront(
                self.source, lambda: sync.read_addresses(self.source, self.source.departs, fetch), fetch
            )
            collecte.fetch_document(self.site.answer("/acte", Envoi(200, b"un document")))
        if recorded:
            sync.record(self.source, nom, moment, lecture)
        return nom


def page_of(rangs: list[int], suite: str = "") -> Envoi:
    lignes = (f"<li><a href='/{rang}.pdf'>{TITRE.format(rang, rang)}</a></li>" for rang in rangs)
    return Envoi(200, PAGE.format("".join(lignes), suite).encode(), {"Content-Type": "text/html; charset=utf-8"})


@pytest.fixture
def visiteur(actes: list[str], site: Serveur, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Visiteur:
    visiteur = Visiteur(site, archive)
    monkeypatch.setitem(listings.SOURCES, "gouvernement", visiteur.source)
    visiteur.show([1], [2, 3])
    return visiteur


def run(*arguments: str, **options: Any) -> list[str]:
    out = StringIO()
    call_command("replay_listing", "gouvernement", *arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue().splitlines()


def states() -> list[str]:
    return list(Publication.objects.filter(source="gouvernement").order_by("url").values_list("etat", flat=True))


class TestShown:
    def test_it_says_what_the_visit_said_and_changes_nothing(
        self, actes: list[str], site: Serveur, visiteur: Visiteur
    ) -> None:
        nom = visiteur.visit(LUNDI, recorded=False)
        vues = list(site.vues)
        *lignes, bilan = map(json.loads, run(nom, json=True))
        assert [(ligne["etat"], ligne["convention"]) for ligne in lignes] == [
            ("modifie", actes[0]),
            ("modifie", actes[1]),
            ("nouveau", None),
        ]
        assert bilan["bilan"]["lues"] == 3
        assert run(nom)[-1].startswith("Bilan de « gouvernement » : 3 entrées lues, 1 nouveau")
        assert site.vues == vues
        assert not Visite.objects.exists()

    def test_the_visits_that_are_kept_are_listed(self, visiteur: Visiteur) -> None:
        lundi = visiteur.visit(LUNDI)
        visiteur.site.answer("/liste", Envoi(403))
        mardi = visiteur.visit(MARDI)
        mercredi = visiteur.visit(MARDI + timedelta(days=1), recorded=False)
        assert run() == [
            f"{mercredi} : montrée seulement, ou interrompue.",
            f"{mardi} : bloquée (403).",
            f"{lundi} : 3 entrées lues.",
        ]
        premiere, *_autres = map(json.loads, run(json=True))
        assert premiere == {
            "source": "gouvernement",
            "visite": mercredi,
            "enregistree": False,
            "lues": None,
            "blocage": None,
        }

    def test_a_visit_that_was_cut_short_is_not_believed(self, archive: Archive, visiteur: Visiteur) -> None:
        nom = visiteur.visit(LUNDI)
        liste = archive.locate_visite("gouvernement", nom)
        liste.write_bytes(liste.read_bytes().split(b"\n")[0] + b"\n")
        assert "s'est arrêtée avant la page" in run(nom)[-1]

    def test_saved_pages_are_read_again_too(self, actes: list[str], archive: Archive, tmp_path: Path) -> None:
        path = tmp_path / "liste.html"
        path.write_bytes(page_of([1, 2]).corps)
        call_command("import_listing", "gouvernement", str(path), stdout=StringIO())
        (nom,) = archive.list_visites("gouvernement")
        assert run(nom)[-1].startswith("Bilan de « gouvernement » : 2 entrées lues, 0 nouveau, 0 rapproche, 2 modifie")

    def test_what_is_damaged_is_told(self, archive: Archive, visiteur: Visiteur, tmp_path: Path) -> None:
        nom = visiteur.visit(LUNDI)
        for path in (tmp_path / "contenus").rglob("*"):
            if path.is_file():
                path.write_bytes(b"autre chose")
        with pytest.raises(CommandError, match=r"abîmée : .+\.$"):
            run(nom)

    @pytest.mark.parametrize("nom", ["20200101T000000Z", "../20261123T093000Z", "hier"])
    def test_a_visit_that_is_not_there_is_told(self, visiteur: Visiteur, nom: str) -> None:
        with pytest.raises(CommandError, match=r"pas de visite .+ sans visite\.$"):
            run(nom)

    def test_what_to_apply_is_said(self, visiteur: Visiteur) -> None:
        with pytest.raises(CommandError, match="Indiquez la visite"):
            run(apply=True)
        with pytest.raises(CommandError, match="Choisissez --apply ou --dry-run"):
            run("20261123T093000Z", apply=True, dry_run=True)


class TestApplied:
    def test_what_was_not_recorded_is(self, visiteur: Visiteur) -> None:
        nom = visiteur.visit(LUNDI, recorded=False)
        run(nom, apply=True)
        visite = Visite.objects.get()
        assert (visite.nom, visite.moment, visite.lues, visite.entiere) == (nom, LUNDI, 3, True)
        assert states() == ["publiee"] * 2
        assert EcartOuvert.objects.get().etat == "nouveau"

    def test_the_last_visit_may_be_read_again_as_often_as_one_wants(self, visiteur: Visiteur) -> None:
        nom = visiteur.visit(LUNDI + timedelta(microseconds=5))
        for _ in range(2):
            run(nom, apply=True)
        assert states() == ["publiee"] * 2
        assert set(Visite.objects.values_list("moment", flat=True)) == {LUNDI + timedelta(microseconds=5)}

    def test_it_makes_absent_what_it_does_not_show(self, visiteur: Visiteur) -> None:
        visiteur.visit(LUNDI)
        visiteur.show([1], [3])
        nom = visiteur.visit(MARDI, recorded=False)
        run(nom, apply=True)
        assert states() == ["publiee", "absente"]

    def test_an_older_one_than_the_last_that_was_believed_is_refused(self, visiteur: Visiteur) -> None:
        visiteur.show([1], [3])
        lundi = visiteur.visit(LUNDI, recorded=False)
        visiteur.show([1], [2, 3])
        mardi = visiteur.visit(MARDI)
        with pytest.raises(CommandError, match=rf"le 24 novembre 2026 \(visite {mardi}\) : .+ Relisez celle-là\.$"):
            run(lundi, apply=True)
        assert states() == ["publiee"] * 2
        assert run(lundi)[-1].endswith("0 absent.")

    def test_a_later_one_that_was_blocked_changes_nothing_to_that(self, visiteur: Visiteur) -> None:
        lundi = visiteur.visit(LUNDI, recorded=False)
        visiteur.site.answer("/liste", Envoi(403))
        visiteur.visit(MARDI)
        run(lundi, apply=True)
        assert states() == ["publiee"] * 2

    def test_what_an_editor_saw_since_is_not_absent(self, actes: list[str], visiteur: Visiteur) -> None:
        visiteur.visit(LUNDI)
        visiteur.show([1], [3])
        mardi = visiteur.visit(MARDI, recorded=False)
        Publication.objects.filter(uid=actes[1]).update(verifiee_le=MARDI + timedelta(hours=1))
        assert run(mardi)[-1].endswith("0 absent.")
        run(mardi, apply=True)
        assert states() == ["publiee"] * 2

    def test_nothing_is_kept_of_one_that_cannot_be_believed(self, visiteur: Visiteur) -> None:
        visiteur.site.answer("/liste?page=2", Envoi(200, b"<html></html>"))
        nom = visiteur.visit(LUNDI, recorded=False)
        with pytest.raises(CommandError, match="rien n'est enregistré"):
            run(nom, apply=True)
        assert not Visite.objects.exists()

    def test_not_while_a_visit_is_under_way(self, visiteur: Visiteur, settings: Settings) -> None:
        nom = visiteur.visit(LUNDI, recorded=False)
        with (settings.ARCHIVE_DIR / "visite.lock").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            with pytest.raises(CommandError, match="Une autre visite est en cours"):
                run(nom, apply=True)
            assert run(nom)[-1].startswith("Bilan")
