"""What data.gouv.fr refuses is told to the editor, and nothing is said to anyone else."""

import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest
from pytest_django import Settings

from portal.conventions.publiees import Publiee
from portal.publications.canaux.data_gouv import send
from portal.publications.datagouv import client
from portal.publications.dossiers import Dossier
from tests.publications.datagouv.conftest import envoi_of, fail
from tests.publications.datagouv.serveur import (
    AUTRE_ORGANISATION,
    CLE,
    Accident,
    DataGouv,
    serve_data_gouv,
)


class TestRefused:
    @pytest.mark.parametrize(
        ("accident", "definitif", "mots"),
        [
            (Accident(401, {"message": "Expired API token"}), True, "refuse la clé"),
            (Accident(403, {"message": "No"}), True, "ne permet pas de publier"),
            (Accident(400, {"errors": {"title": ["Trop long"]}}), True, "(« title : Trop long »)"),
            (Accident(400, {"message": "Bad\nthing"}), True, "(« Bad thing »)"),
            (Accident(413), True, "trop lourd"),
            (Accident(423, {"message": "Read only"}), False, "lecture seule"),
            (Accident(429, entetes={"Retry-After": "120"}), False, "trop de demandes"),
            (Accident(500, {"message": "x" * 1000}), False, "erreur 500"),
            (Accident(302, entetes={"Location": "http://169.254.169.254/"}), True, "pas à cette adresse"),
            (Accident(400, {"errors": {"resources": {"0": {"title": ["Requis"]}}}}), True, "(« resources : Requis »)"),
            (Accident(400, {"message": f"Bad key {CLE}"}), True, "(« Bad key … »)"),
        ],
    )
    def test_the_editor_knows_what_to_do(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, accident: Accident, definitif: bool, mots: str
    ) -> None:
        site.accidents = {1: accident}  # the creation
        echec = fail(dossier, envoi_of(publiee))
        assert (echec.definitif, mots in str(echec)) == (definitif, True)
        assert len(str(echec)) < 600
        assert echec.attente == (120 if accident.statut == 429 else 0)
        assert len(site.demandes) == 2

    def test_a_wrong_key_says_so(self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier) -> None:
        settings.DATAGOUV_API_KEY = "une-autre"
        assert "refuse la clé" in str(fail(dossier, envoi_of(publiee)))

    def test_another_organisation_says_so(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.DATAGOUV_ORGANISATION = AUTRE_ORGANISATION
        assert "ne permet pas de publier" in str(fail(dossier, envoi_of(publiee)))

    @pytest.mark.parametrize("rang", [0, 1, 2])
    def test_what_is_no_json_is_said(self, site: DataGouv, publiee: Publiee, dossier: Dossier, rang: int) -> None:
        for brute in (_answer_html, _answer_deep, _bar):
            site.accidents = {len(site.demandes) + rang: Accident(brute=brute)}
            assert not fail(dossier, envoi_of(publiee)).definitif

    @pytest.mark.parametrize("corps", [{}, {"id": 3}, {"id": ""}, {"id": "a" * 101}, ["id"]])
    def test_an_identifier_that_cannot_be_kept_is_not(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, corps: object
    ) -> None:
        send(dossier, envoi_of(publiee))
        for rang in (1, 2):  # the dataset that is read, then the one that is written
            site.accidents = {len(site.demandes) + rang: Accident(200, corps)}
            assert not fail(dossier, envoi_of(publiee)).definitif

    def test_an_address_of_no_api_says_so(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.DATAGOUV_API_URL = site.adresse.replace("/api/1/", "/")
        echec = fail(dossier, envoi_of(publiee))
        assert (echec.definitif, "DATAGOUV_API_URL" in str(echec)) == (True, True)

    def test_a_redirect_to_a_private_address_gets_nothing(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        with serve_data_gouv() as interne:
            site.accidents = {0: Accident(307, entetes={"Location": interne.adresse})}
            fail(dossier, envoi_of(publiee))
            assert interne.demandes == []

    def test_a_private_address_of_the_api_is_not_asked(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.FETCH_ALLOW_HOSTS = ()
        assert fail(dossier, envoi_of(publiee)).definitif
        assert site.demandes == []

    def test_a_slow_drip_does_not_hang(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "LIMITES", client.Limites(total=0.5))
        site.accidents = {0: Accident(brute=_drip)}
        debut = time.monotonic()
        assert "lentement" in str(fail(dossier, envoi_of(publiee)))
        assert time.monotonic() - debut < 10

    def test_a_sending_that_lasts_asks_nothing_more(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "DELAI", -1.0)
        assert "lentement" in str(fail(dossier, envoi_of(publiee)))
        assert site.demandes == []


def _answer_html(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")


def _bar(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\n<html>")


def _answer_deep(handler: BaseHTTPRequestHandler) -> None:
    corps = b"[" * 200_000
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(corps), corps))


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    with suppress(OSError):  # the reader goes
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
