"""Searches that find nothing: what is counted of them, and that nothing of who made them is."""

import logging
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.conventions.models import ActePage
from portal.reader.views import recherche
from search import indexing, vaines
from search.models import RechercheVaine
from search.query import SearchQuery
from search.service import search
from search.vaines import DROPPED, SEUIL, is_personal, list_vaines, record

PAGE = "/conventions/"

pytestmark = pytest.mark.django_db


def stored() -> list[dict[str, Any]]:
    return list(RechercheVaine.objects.order_by("pk").values())


@pytest.fixture
def index(own_index: Path, published: ActePage) -> None:
    indexing.catch_up()


@pytest.mark.usefixtures("index")
class TestPage:
    def ask(self, client: Client, q: str = "téléportation", **others: Any) -> None:
        assert client.get(PAGE, {"q": q, **others}).status_code == 200

    def test_what_finds_nothing_is_counted(self, client: Client) -> None:
        self.ask(client)
        self.ask(client)
        [row] = stored()
        jour = timezone.localdate()
        assert (row["nombre"], row["premiere"], row["derniere"]) == (2, jour, jour)

    def test_however_it_is_written(self, client: Client) -> None:
        for q in ("téléportation  quantique", "TELEPORTATION quantique", " téléportation\u00a0quantique "):
            self.ask(client, q)
        [row] = stored()
        assert (row["nombre"], row["texte"]) == (3, "téléportation quantique")

    def test_what_one_or_two_have_typed_is_not_kept_in_clear(self, client: Client) -> None:
        for _ in range(SEUIL - 1):
            self.ask(client, "dominique lenoir")
            assert "dominique" not in str(stored()).lower()
            assert not list_vaines(timezone.localdate())
        self.ask(client, "dominique lenoir")
        assert [row.texte for row in list_vaines(timezone.localdate())] == ["dominique lenoir"]

    def test_what_finds_something_is_not(self, client: Client) -> None:
        self.ask(client, "visioconférences")
        assert not stored()

    @pytest.mark.parametrize(
        "params",
        [
            {"q": ""},
            {"q": '"'},
            {"q": "annee:1901"},
            {"q": "visioconférences", "annee": "1901"},
            {"q": "téléportation", "annee": "2026"},
            {"q": "téléportation", "page": "2"},
        ],
    )
    def test_only_words_on_the_first_page_without_a_filter_are(self, client: Client, params: dict[str, str]) -> None:
        self.ask(client, **params)
        assert not stored()

    def test_neither_a_head_request_nor_a_page_shown_again_is(self, client: Client) -> None:
        client.head(PAGE, {"q": "téléportation"})
        assert not stored()
        etag = client.get(PAGE, {"q": "téléportation"})["ETag"]
        assert client.get(PAGE, {"q": "téléportation"}, headers={"If-None-Match": etag}).status_code == 304
        client.get(PAGE, {"q": "téléportation"}, headers={"Cache-Control": "no-cache"})
        assert [row["nombre"] for row in stored()] == [1]

    def test_nor_is_what_an_engine_that_may_be_late_did_not_find(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            recherche, "search", lambda *args, **kwargs: replace(search(*args, **kwargs), degradee=True)
        )
        self.ask(client)
        assert not stored()

    def test_nor_is_a_feed(self, client: Client) -> None:
        assert client.get("/conventions/flux.atom", {"q": "téléportation"}).status_code == 200
        assert not stored()

    def test_an_error_of_the_database_is_logged_and_kept_from_the_reader(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE search_recherchevaine RENAME TO away")
        with caplog.at_level(logging.ERROR):
            self.ask(client)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO search_recherchevaine")
        assert "Une recherche sans résultat n'a pas pu être comptée." in caplog.text


class TestPersonal:
    @pytest.mark.parametrize(
        "q",
        [
            "camille.martin@exemple.fr",
            "écrire à Camille@exemple",
            "06 12 34 56 78",
            "0612345678",
            "tel 01.45.67.89.01 bureau",
            "+33 6 12 34 56 78",
            "0033(0)612345678",
            "1 85 05 78 006 084 36",
            "185057800608436",
            "FR76 3000 6000 0112 3456 7890 189",
            "dossier 1234567",
        ],
    )
    def test_what_may_tell_of_a_person_is_never_counted(self, q: str) -> None:
        assert is_personal(q)
        for _ in range(SEUIL + 1):
            record(SearchQuery(q=q))
        assert not stored()

    @pytest.mark.parametrize(
        "q",
        [
            "MENA2420224X",
            "0214-CEN2-INFO",
            "domaine fonctionnel 0214-08-02",
            "FAC9460075",
            "programmes 214 et 129",
            "SIREN 130 025 265",
            "1 250 000,50 €",
            "décret n° 2004-1085",
            "exercices 2022 2023 2024",
            "14/10/2004",
            "classes-virtuelles",
        ],
    )
    def test_the_codes_and_dates_of_acts_are(self, q: str) -> None:
        assert not is_personal(q)
        for _ in range(SEUIL):
            record(SearchQuery(q=q))
        assert [row["texte"] for row in stored()] == [q]

    def test_the_digest_depends_on_the_key_of_the_installation(self, settings: Any) -> None:
        record(SearchQuery(q="téléportation"))
        settings.SECRET_KEY = "another-" + "x" * 50
        record(SearchQuery(q="téléportation"))
        assert [row["nombre"] for row in stored()] == [1, 1]


class TestBounds:
    def test_those_asked_for_the_least_make_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vaines, "MOST", 6)
        monkeypatch.setattr(vaines, "DROPPED", 2)
        for rang in range(6):
            for _ in range(1 if rang in (1, 4) else 2):
                record(SearchQuery(q=f"mot{rang}"))
        kept = {row["empreinte"] for row in stored() if row["nombre"] == 2}
        record(SearchQuery(q="nouveau"))
        assert len(stored()) == 5
        assert kept < {row["empreinte"] for row in stored()}
        assert DROPPED < 1_000  # as many as SQLite takes in one statement

    def test_what_nobody_has_asked_for_a_year_is_purged(self) -> None:
        for q, jours in (("ancien", 366), ("récent", 365)):
            for _ in range(SEUIL):
                record(SearchQuery(q=q))
            RechercheVaine.objects.filter(texte=q).update(derniere=timezone.localdate() - timedelta(days=jours))
        assert [row.texte for row in list_vaines(timezone.localdate())] == ["récent"]
        output = StringIO()
        call_command("purge_searches", stdout=output)
        assert output.getvalue() == "Recherches sans résultat effacées : 1.\n"
        assert [row["texte"] for row in stored()] == ["récent"]

    def test_the_first_day_is_kept_and_the_last_moves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for jour in (date(2026, 5, 1), date(2026, 6, 1)):
            monkeypatch.setattr(timezone, "localdate", lambda jour=jour: jour)
            record(SearchQuery(q="téléportation"))
        [row] = stored()
        assert (row["premiere"], row["derniere"]) == (date(2026, 5, 1), date(2026, 6, 1))
