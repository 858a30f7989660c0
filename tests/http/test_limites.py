"""A site that is slow, endless or broken for a time: the limits of a fetch, and its new tries."""

import gzip
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import BinaryIO

import pytest
from pytest_django import Settings

from portal.http.session import Cause, Limites, Session
from tests.http.conftest import open_session, refuse
from tests.serveur import HOTE, Brut, Envoi, Horloge, Serveur

PUBLIQUE = "93.184.216.34"
PAGE = Envoi(corps="Délégation".encode(), entetes={"ETag": '"a"', "X-Essai": "oui"})


def drip(debut: bytes, goutte: bytes) -> Brut:
    """An answer that never ends, a few bytes at a time."""

    def write(sortie: BinaryIO) -> None:
        sortie.write(debut)
        for _ in range(1000):
            sortie.write(goutte)
            time.sleep(0.01)

    return write


@pytest.mark.parametrize(
    ("debut", "goutte"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", b"a"),
    ],
    ids=["first line", "headers", "endless body", "body", "chunks", "chunk"],
)
@pytest.mark.parametrize("site", ["serveur", "serveur_chiffre"])
def test_an_answer_that_drips_is_stopped(
    request: pytest.FixtureRequest, site: str, debut: bytes, goutte: bytes, settings: Settings
) -> None:
    serveur: Serveur = request.getfixturevalue(site)
    settings.FETCH_ALLOW_HOSTS = (HOTE,)
    serveur.answer("/page", drip(debut, goutte))
    depart = time.monotonic()
    with open_session(Limites(total=0.3)) as session:
        assert refuse(session, serveur.locate("/page", HOTE)) is Cause.TROP_LONG
    assert time.monotonic() - depart < 5
    assert serveur.vues.count("/page") == 1


def test_an_answer_that_starts_when_the_time_is_over_is_stopped(serveur: Serveur) -> None:
    lenteurs = iter([0, 0.4])  # that of its robots.txt, then that of the page

    def resolve(_hote: str, _port: int) -> list[str]:
        time.sleep(next(lenteurs))
        return ["127.0.0.1"]

    url = serveur.answer("/page", drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a"))
    depart = time.monotonic()
    with open_session(Limites(total=0.3), resolve) as session:
        assert refuse(session, url) is Cause.TROP_LONG
    assert time.monotonic() - depart < 5


def test_redirects_share_the_time_of_a_fetch(serveur: Serveur) -> None:
    def redirect(sortie: BinaryIO) -> None:
        time.sleep(0.15)
        sortie.write(b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n")

    with open_session(Limites(total=0.5)) as session:
        assert refuse(session, serveur.answer("/page", redirect)) is Cause.TROP_LONG
    assert serveur.vues.count("/page") < 6


def test_each_fetch_has_its_own_time(serveur: Serveur) -> None:
    def answer(sortie: BinaryIO) -> None:
        time.sleep(0.3)
        sortie.write(b"HTTP/1.1 200 OK\r\n\r\nlent")

    url = serveur.answer("/page", answer)
    with open_session(Limites(total=0.5)) as session:
        assert [session.fetch(url).contenu, session.fetch(url).contenu] == [b"lent", b"lent"]


def test_a_site_that_says_nothing_is_out_of_reach(serveur: Serveur) -> None:
    url = serveur.answer("/page", lambda _sortie: time.sleep(0.5))
    with open_session(Limites(lecture=0.15)) as session:
        assert refuse(session, url) is Cause.RESEAU
    assert serveur.vues.count("/page") == 4


def test_a_body_may_have_its_whole_size_and_no_more(serveur: Serveur) -> None:
    juste = serveur.answer("/juste", Envoi(corps=b"a" * 100_000))
    trop = serveur.answer("/trop", Envoi(corps=b"a" * 100_001))
    with open_session(Limites(taille=100_000)) as session:
        assert len(session.fetch(juste).contenu) == 100_000
        assert refuse(session, trop) is Cause.TROP_GROS
    assert serveur.vues.count("/trop") == 1


@pytest.mark.parametrize("codage", ["gzip", "gzip, gzip"])
def test_a_decompression_bomb_is_stopped_before_it_fills_the_memory(serveur: Serveur, codage: str) -> None:
    corps = bytes(50_000_000)
    for _ in codage.split(","):
        corps = gzip.compress(corps, 1)
    url = serveur.answer("/page", Envoi(corps=corps, entetes={"Content-Encoding": codage}))
    with open_session(Limites(taille=500_000)) as session:
        tracemalloc.start()
        try:
            assert refuse(session, url) is Cause.TROP_GROS
            _courant, sommet = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert sommet < 5_000_000


def test_the_body_of_a_redirect_is_limited_too(serveur: Serveur) -> None:
    envoi = Envoi(302, bytes(200_000), {"Location": "/suite"})
    with open_session(Limites(taille=100_000)) as session:
        assert refuse(session, serveur.answer("/page", envoi)) is Cause.TROP_GROS


def test_a_site_that_is_out_for_a_time_is_asked_anew(session: Session, serveur: Serveur, horloge: Horloge) -> None:
    url = serveur.answer("/page", Envoi(503), Envoi(502), PAGE)
    assert session.fetch(url).statut == 200
    assert serveur.vues.count("/page") == 3
    reculs = [attente for attente in horloge.attentes if attente != 1]
    assert 0.5 <= reculs[0] <= 1
    assert any(1 < recul <= 2 for recul in reculs)


@pytest.mark.parametrize("statut", [429, 502, 503, 504])
def test_a_site_that_stays_out_gives_its_answer(session: Session, serveur: Serveur, statut: int) -> None:
    assert session.fetch(serveur.answer("/page", Envoi(statut))).statut == statut
    assert serveur.vues.count("/page") == 4


def test_a_site_says_how_long_to_wait(session: Session, serveur: Serveur, horloge: Horloge) -> None:
    url = serveur.answer("/page", Envoi(429, entetes={"Retry-After": "7"}), PAGE)
    assert session.fetch(url).statut == 200
    assert 7 in horloge.attentes


def test_a_site_says_until_when_to_wait(session: Session, serveur: Serveur, horloge: Horloge) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    url = serveur.answer("/page", Envoi(503, entetes={"Retry-After": moment}), PAGE)
    assert session.fetch(url).statut == 200
    assert 20 < max(horloge.attentes) <= 30


def test_a_site_that_asks_for_too_long_a_wait_gives_its_answer(
    session: Session, serveur: Serveur, horloge: Horloge
) -> None:
    reponse = session.fetch(serveur.answer("/page", Envoi(429, entetes={"Retry-After": "61"}), PAGE))
    assert reponse.statut == 429
    assert max(horloge.attentes) <= 1


@pytest.mark.parametrize("demande", ["bientôt", "-5", "1e3", "Thu, 01 Jan 1970 00:00:00 GMT", "²"])
def test_a_wait_that_cannot_be_read_is_ours(session: Session, serveur: Serveur, horloge: Horloge, demande: str) -> None:
    entete = demande.encode().decode("latin-1")
    assert session.fetch(serveur.answer("/page", Envoi(503, entetes={"Retry-After": entete}), PAGE)).statut == 200
    assert max(horloge.attentes) <= 1


@pytest.mark.parametrize(
    "debut",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 101 + b"\r\n",
        b"n'importe quoi\r\n\r\n",
    ],
    ids=["nothing", "cut short", "not compressed", "too many headers", "not HTTP"],
)
def test_a_broken_connection_is_tried_anew(session: Session, serveur: Serveur, debut: bytes) -> None:
    def break_off(sortie: BinaryIO) -> None:
        sortie.write(debut)

    assert session.fetch(serveur.answer("/page", break_off, break_off, PAGE)).statut == 200
    assert refuse(session, serveur.answer("/autre", break_off)) is Cause.RESEAU
    assert serveur.vues.count("/autre") == 4
