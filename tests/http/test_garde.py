"""The guard lets through public addresses alone; what it refuses, it says in French."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from portal.http.session import Cause, Inaccessible, Session
from portal.settings.environment import parse_hosts, read
from tests.http.conftest import open_session, refuse
from tests.serveur import HOTE, Envoi, Serveur

PUBLIQUE = "93.184.216.34"
PAGE = Envoi(corps="Délégation".encode(), entetes={"ETag": '"a"', "X-Essai": "oui"})


@pytest.mark.parametrize(
    "hote",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::7f00:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::808:808]",
        "[2001::1]",
        "[2002:7f00:1::]",
        "[2001:db8::1]",
        "[fc00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
    ],
)
def test_an_address_that_is_not_public_is_refused(
    session: Session, settings: Settings, connexions: list[tuple[str, int]], hote: str
) -> None:
    settings.FETCH_ALLOW_HOSTS = ()
    assert refuse(session, f"http://{hote}/") is Cause.INTERDITE
    assert connexions == []


@pytest.mark.parametrize(
    "adresse", [PUBLIQUE, "2606:2800:220:1::1", f"::ffff:{PUBLIQUE}", "64:ff9b::5db8:d822", "2002:5db8:d822::1"]
)
def test_the_connection_is_made_to_the_public_address_that_was_checked(
    connexions: list[tuple[str, int]], adresse: str
) -> None:
    with open_session(adresses=lambda _hote, _port: [adresse]) as session:
        refuse(session, "https://www.example.fr/")
    assert set(connexions) == {(adresse, 443)}


def test_a_host_of_which_one_address_is_private_is_refused(connexions: list[tuple[str, int]]) -> None:
    with open_session(adresses=lambda _hote, _port: [PUBLIQUE, "10.0.0.1"]) as session:
        assert refuse(session, "http://www.example.fr/") is Cause.INTERDITE
    assert connexions == []


def test_a_host_that_changes_its_address_is_checked_anew(connexions: list[tuple[str, int]]) -> None:
    reponses = iter([[PUBLIQUE], ["127.0.0.1"]])
    with open_session(adresses=lambda _hote, _port: next(reponses)) as session:
        assert refuse(session, "http://www.example.fr/") is Cause.INTERDITE
    assert connexions == [(PUBLIQUE, 80)]


def test_a_host_is_resolved_once_for_each_request(serveur: Serveur, settings: Settings) -> None:
    settings.FETCH_ALLOW_HOSTS = (HOTE,)
    serveur.answer("/page", PAGE)
    demandes = []

    def resolve(hote: str, port: int) -> list[str]:
        demandes.append((hote, port))
        return ["127.0.0.1"]

    with open_session(adresses=resolve) as session:
        assert session.fetch(serveur.locate("/page", HOTE)).statut == 200
    assert serveur.entetes["Host"] == f"{HOTE}:{serveur.port}"
    assert demandes == [(HOTE, serveur.port)] * len(serveur.vues)


def test_a_new_try_takes_the_next_address(connexions: list[tuple[str, int]]) -> None:
    with open_session(adresses=lambda _hote, _port: [PUBLIQUE, "8.8.8.8"]) as session:
        refuse(session, "http://www.example.fr/")
    assert connexions == [(PUBLIQUE, 80), ("8.8.8.8", 80)] * 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "page.html",
        "file:///etc/passwd",
        "ftp://www.example.fr/",
        "httpx://www.example.fr/",
        "http://",
        "http:///page",
        "http://moi@www.example.fr/",
        "http://moi:secret@www.example.fr/",
        "http://www.example.fr:8080/",
        "http://www.example.fr:22/",
        "http://www.example.fr:99999/",
        "http://www.exa%5Bmple.fr/",
        "http://www..example.fr/",
        f"http://{'a' * 64}.fr/",
        "http://[::1%25eth0]/",
        "http://[::1/",
    ],
)
def test_an_address_that_is_not_that_of_a_public_page_is_refused(url: str) -> None:
    with open_session(adresses=lambda _hote, _port: pytest.fail("resolved")) as session:
        assert refuse(session, url) is Cause.INTERDITE


def test_a_host_without_address_is_out_of_reach() -> None:
    with open_session(adresses=lambda _hote, _port: []) as session, pytest.raises(Inaccessible) as refus:
        session.fetch("http://www.example.fr/")
    assert isinstance(refus.value.__cause__, Inaccessible)  # its robots.txt comes first
    assert refus.value.__cause__.cause is Cause.RESEAU


def test_an_encrypted_page_is_read_where_its_certificate_names_its_host(
    serveur_chiffre: Serveur, settings: Settings
) -> None:
    settings.FETCH_ALLOW_HOSTS = (HOTE, "autre.test")
    serveur_chiffre.answer("/page", PAGE)
    with open_session() as session:
        assert session.fetch(serveur_chiffre.locate("/page", HOTE)).statut == 200
        vues = list(serveur_chiffre.vues)
        refuse(session, serveur_chiffre.locate("/page", "autre.test"))
    assert serveur_chiffre.vues == vues


def test_a_certificate_of_nobody_is_refused(
    serveur_chiffre: Serveur, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.undo()
    serveur_chiffre.answer("/page", PAGE)
    with open_session() as session:
        refuse(session, serveur_chiffre.locate("/page", HOTE))
    assert serveur_chiffre.vues == []


@pytest.mark.parametrize(
    ("texte", "hotes"),
    [
        ("", ()),
        ("127.0.0.1", ("127.0.0.1",)),
        ("Bulletin.test, ::1,", ("bulletin.test", "::1")),
    ],
)
def test_hosts_are_let_through_by_a_setting(texte: str, hotes: tuple[str, ...]) -> None:
    assert parse_hosts(texte) == hotes


@pytest.mark.parametrize("texte", ["http://bulletin.test", "bulletin.test:80", "a b", "*", "10.0.0.0/8"])
def test_a_setting_that_is_no_host_stops_the_start(monkeypatch: pytest.MonkeyPatch, texte: str) -> None:
    monkeypatch.setenv("FETCH_ALLOW_HOSTS", texte)
    with pytest.raises(ImproperlyConfigured, match=r"^FETCH_ALLOW_HOSTS vaut « .+ » ; il faut des noms"):
        read("FETCH_ALLOW_HOSTS", "", parse_hosts, "des noms")
