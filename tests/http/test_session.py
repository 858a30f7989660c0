"""The guarded session reads public pages, follows redirects, and asks politely."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from portal.http.session import Cause, Session
from tests.http.conftest import open_session, refuse
from tests.serveur import HOTE, Brut, Envoi, Horloge, Serveur

PUBLIQUE = "93.184.216.34"
PAGE = Envoi(corps="Délégation".encode(), entetes={"ETag": '"a"', "X-Essai": "oui"})


def test_a_page_is_read_and_the_robot_says_who_it_is(session: Session, serveur: Serveur, settings: Settings) -> None:
    settings.SITE_URL = "https://delegations.example.fr"
    reponse = session.fetch(serveur.answer("/liste?page=1", PAGE))
    assert reponse.url == serveur.locate("/liste?page=1")
    assert (reponse.statut, reponse.contenu.decode(), reponse.inchangee) == (200, "Délégation", False)
    assert reponse.entetes["etag"] == '"a"'
    assert reponse.entetes["x-essai"] == "oui"
    assert reponse.moment.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - reponse.moment < timedelta(minutes=1)
    assert serveur.entetes["User-Agent"] == "delegations-de-gestion (+https://delegations.example.fr)"
    assert serveur.entetes["Accept-Language"] == "fr"
    assert serveur.entetes["Accept-Encoding"] == "gzip, deflate"
    assert serveur.entetes["Host"] == f"127.0.0.1:{serveur.port}"


def test_a_compressed_page_is_read(session: Session, serveur: Serveur) -> None:
    envoi = Envoi(corps=gzip.compress(b"page " * 1000), entetes={"Content-Encoding": "gzip"})
    assert session.fetch(serveur.answer("/page", envoi)).contenu == b"page " * 1000


def test_a_page_is_asked_only_if_it_changed(session: Session, serveur: Serveur) -> None:
    url = serveur.answer("/page", Envoi(304))
    reponse = session.fetch(url, etag='"a"', modifiee="Tue, 24 Nov 2026 09:30:00 GMT")
    assert (reponse.inchangee, reponse.contenu) == (True, b"")
    assert serveur.entetes["If-None-Match"] == '"a"'
    assert serveur.entetes["If-Modified-Since"] == "Tue, 24 Nov 2026 09:30:00 GMT"


def test_without_an_earlier_answer_nothing_is_asked_of_it(session: Session, serveur: Serveur) -> None:
    session.fetch(serveur.answer("/page", PAGE))
    assert not {"If-None-Match", "If-Modified-Since"} & set(serveur.entetes)


@pytest.mark.parametrize("statut", [403, 404, 500])
def test_a_refusal_is_an_answer(session: Session, serveur: Serveur, statut: int) -> None:
    reponse = session.fetch(serveur.answer("/page", Envoi(statut, b"non")))
    assert (reponse.statut, reponse.contenu) == (statut, b"non")
    assert serveur.vues.count("/page") == 1


@pytest.mark.parametrize("statut", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(session: Session, serveur: Serveur, statut: int) -> None:
    depart = serveur.answer("/depart", Envoi(statut, entetes={"Location": "suite?a=1"}))
    suite = serveur.answer("/suite?a=1", PAGE)
    assert session.fetch(depart).url == suite


def test_a_redirect_may_write_its_accents_as_they_are(session: Session, serveur: Serveur) -> None:
    depart = serveur.answer("/depart", Envoi(302, entetes={"Location": "/délégation".encode().decode("latin-1")}))
    serveur.answer("/d%C3%A9l%C3%A9gation", PAGE)
    assert session.fetch(depart).statut == 200


def test_a_redirect_without_an_address_is_an_answer(session: Session, serveur: Serveur) -> None:
    assert session.fetch(serveur.answer("/page", Envoi(302))).statut == 302


def test_redirects_end(session: Session, serveur: Serveur) -> None:
    assert refuse(session, serveur.answer("/page", Envoi(302, entetes={"Location": "/page"}))) is Cause.RESEAU
    assert serveur.vues.count("/page") == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "//192.168.1.1/",
        "file:///etc/passwd",
        "http://moi:secret@127.0.0.1/",
        "http://[::1/",
    ],
)
def test_a_redirect_is_guarded_as_an_address_is(session: Session, serveur: Serveur, location: str) -> None:
    depart = serveur.answer("/depart", Envoi(302, entetes={"Location": location}))
    assert refuse(session, depart) is Cause.INTERDITE


def test_no_redirect_leaves_an_encrypted_page_for_one_that_is_not(serveur: Serveur, serveur_chiffre: Serveur) -> None:
    serveur_chiffre.answer("/depart", Envoi(302, entetes={"Location": serveur.answer("/suite", PAGE)}))
    serveur_chiffre.answer("/permis", Envoi(302, entetes={"Location": "/page"}))
    serveur_chiffre.answer("/page", PAGE)
    with open_session() as session:
        assert session.fetch(serveur_chiffre.locate("/permis", HOTE)).statut == 200
        assert refuse(session, serveur_chiffre.locate("/depart", HOTE)) is Cause.INTERDITE
    assert serveur.vues == []


def test_a_host_is_asked_once_a_second(serveur: Serveur, horloge: Horloge) -> None:
    url = serveur.answer("/page", PAGE)
    with Session(clock=horloge, sleep=horloge.sleep) as session:
        session.fetch(url)
        assert horloge.attentes == [1]  # its robots.txt was asked just before
        horloge.maintenant += 0.75
        session.fetch(url)
        assert horloge.attentes == [1, 0.25]
        horloge.maintenant += 5
        session.fetch(url)
        assert horloge.attentes == [1, 0.25]


def test_another_host_need_not_wait(serveur: Serveur, horloge: Horloge, settings: Settings) -> None:
    settings.FETCH_ALLOW_HOSTS = (HOTE, "autre.test")
    serveur.answer("/page", PAGE)
    with Session(resolve=lambda _hote, _port: ["127.0.0.1"], clock=horloge, sleep=horloge.sleep) as session:
        session.fetch(serveur.locate("/page", HOTE))
        session.fetch(serveur.locate("/page", "autre.test"))
    assert horloge.attentes == [1, 1]


def test_robots_txt_is_obeyed_and_asked_once(session: Session, serveur: Serveur) -> None:
    regles = "User-agent: *\nDisallow: /prive\n".encode("utf-8-sig")
    serveur.answer("/robots.txt", Envoi(corps=regles))
    assert refuse(session, serveur.answer("/prive/page", PAGE)) is Cause.ROBOTS
    assert session.fetch(serveur.answer("/page", PAGE)).statut == 200
    assert serveur.vues == ["/robots.txt", "/page"]


def test_robots_txt_may_name_this_robot(session: Session, serveur: Serveur) -> None:
    regles = b"User-agent: autre\nDisallow: /autre\n\nUser-agent: Delegations-de-gestion\nDisallow: /page\n"
    serveur.answer("/robots.txt", Envoi(corps=regles))
    assert refuse(session, serveur.answer("/page", PAGE)) is Cause.ROBOTS
    assert session.fetch(serveur.answer("/autre", PAGE)).statut == 200


def test_a_redirect_is_no_way_around_robots_txt(session: Session, serveur: Serveur) -> None:
    serveur.answer("/robots.txt", Envoi(corps=b"User-agent: *\nDisallow: /prive\n"))
    assert refuse(session, serveur.answer("/page", Envoi(302, entetes={"Location": "/prive"}))) is Cause.ROBOTS
    assert serveur.vues == ["/robots.txt", "/page"]


@pytest.mark.parametrize("statut", [401, 403, 404, 410])
def test_a_site_without_robots_txt_is_read(session: Session, serveur: Serveur, statut: int) -> None:
    serveur.answer("/robots.txt", Envoi(statut, b"User-agent: *\nDisallow: /\n"))
    assert session.fetch(serveur.answer("/page", PAGE)).statut == 200


@pytest.mark.parametrize(
    "envoi",
    [Envoi(500), Envoi(503), lambda _sortie: None, Envoi(corps=b"User-agent: *\nDisallow: http://[\n")],
    ids=["500", "503", "broken", "unreadable"],
)
def test_a_site_that_cannot_give_its_robots_txt_is_not_read(
    session: Session, serveur: Serveur, envoi: Envoi | Brut
) -> None:
    serveur.answer("/robots.txt", envoi)
    assert refuse(session, serveur.answer("/page", PAGE)) is Cause.ROBOTS
    assert "/page" not in serveur.vues
    serveur.answer("/robots.txt", Envoi(404))
    assert session.fetch(serveur.locate("/page")).statut == 200


def test_robots_txt_is_fetched_under_the_guard(session: Session, serveur: Serveur) -> None:
    serveur.answer("/robots.txt", Envoi(302, entetes={"Location": "http://10.0.0.1/robots.txt"}))
    assert refuse(session, serveur.answer("/page", PAGE)) is Cause.INTERDITE
