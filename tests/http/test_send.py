"""What is sent to the API of a service: once, or again where that is the same; its key goes nowhere else."""

import time
from typing import BinaryIO

import pytest

from portal.http.session import Cause, Inaccessible, Limites, Session
from tests.serveur import Envoi, Horloge, Serveur, serve

CLE = {"X-API-KEY": "secret", "Content-Type": "application/json"}
FAIT = Envoi(201, b'{"id": "1"}')


def lose(_file: BinaryIO) -> None:
    """The request is taken, and no answer comes."""


@pytest.mark.parametrize("methode", ["POST", "PUT", "DELETE", "GET"])
def test_a_request_is_sent_with_its_body_and_its_headers(session: Session, serveur: Serveur, methode: str) -> None:
    reponse = session.send(methode, serveur.answer("/api/", FAIT), corps=b'{"a": 1}', entetes=CLE)
    assert (reponse.statut, reponse.contenu) == (201, b'{"id": "1"}')
    assert (serveur.methode, serveur.corps) == (methode, b'{"a": 1}')
    assert (serveur.entetes["X-API-KEY"], serveur.entetes["Content-Type"]) == ("secret", "application/json")
    assert serveur.entetes["User-Agent"].startswith("delegations-de-gestion (+")
    assert serveur.vues == ["/api/"]  # an API is meant for robots: its robots.txt is not asked for


@pytest.mark.parametrize("answer", [lose, Envoi(503), Envoi(429, entetes={"Retry-After": "2"})])
def test_what_may_not_be_done_twice_is_never_sent_twice(session: Session, serveur: Serveur, answer: object) -> None:
    url = serveur.answer("/api/", answer, FAIT)
    try:
        statut = session.send("POST", url, corps=b"x").statut
    except Inaccessible as error:
        statut = error.cause
    assert statut in (Cause.RESEAU, 503, 429)
    assert serveur.vues == ["/api/"]


@pytest.mark.parametrize("methode", ["PUT", "DELETE", "GET"])
def test_what_may_be_is_tried_anew(session: Session, serveur: Serveur, methode: str) -> None:
    url = serveur.answer("/api/", Envoi(503), lose, FAIT)
    assert session.send(methode, url, corps=b"x").statut == 201
    assert serveur.vues == ["/api/"] * 3
    assert serveur.corps == b"x"


def test_it_waits_as_long_as_the_service_asks(session: Session, serveur: Serveur, horloge: Horloge) -> None:
    url = serveur.answer("/api/", Envoi(429, entetes={"Retry-After": "30"}), FAIT)
    assert session.send("PUT", url).statut == 201
    assert max(horloge.attentes) >= 30


def test_a_redirect_is_given_back_and_the_key_goes_nowhere_else(session: Session, serveur: Serveur) -> None:
    with serve() as autre:
        url = serveur.answer("/api/", Envoi(302, entetes={"Location": autre.answer("/vol", FAIT)}))
        reponse = session.send("GET", url, entetes=CLE)
        assert (reponse.statut, autre.vues) == (302, [])


@pytest.mark.parametrize("adresse", ["http://10.0.0.1/api/", "http://169.254.169.254/", "http://[::1]:80/", "ftp://a/"])
def test_a_private_address_gets_nothing(session: Session, adresse: str) -> None:
    with pytest.raises(Inaccessible) as refus:
        session.send("POST", adresse, entetes=CLE, corps=b"x")
    assert refus.value.cause is Cause.INTERDITE


def test_a_slow_drip_is_cut(serveur: Serveur) -> None:
    def drip(file: BinaryIO) -> None:
        file.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            file.write(b"x")
            file.flush()
            time.sleep(0.05)

    url = serveur.answer("/api/", drip)
    debut = time.monotonic()
    with Session(Limites(total=0.5)) as session, pytest.raises(Inaccessible) as refus:
        session.send("POST", url)
    assert refus.value.cause is Cause.TROP_LONG
    assert time.monotonic() - debut < 10


def test_a_header_that_would_hide_another_is_refused_and_not_shown(session: Session, serveur: Serveur) -> None:
    with pytest.raises(Inaccessible) as refus:
        session.send("POST", serveur.locate("/api/"), entetes={"X-API-KEY": "secret\r\nX-Autre: 1"})
    assert "secret" not in str(refus.value)
    assert serveur.vues == []
