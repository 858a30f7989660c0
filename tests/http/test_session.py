"""The guarded session reads public sites alone, within its limits, politely; what it refuses, it says in French."""

import gzip
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import BinaryIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from importers.http import Cause, Inaccessible, Limites, Session
from portal.settings.environment import parse_hosts, read
from tests.importers.serveur import HOTE, Brut, Envoi, Horloge, Serveur, make_certificat, serve

PUBLIQUE = "93.184.216.34"
PAGE = Envoi(corps="Délégation".encode(), entetes={"ETag": '"a"', "X-Essai": "oui"})


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with serve() as serveur:
        yield serveur


@pytest.fixture
def serveur_chiffre(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Serveur]:
    """A site at `HOTE` with TLS, whose certificate is trusted."""
    settings.FETCH_ALLOW_HOSTS = (HOTE, "127.0.0.1")
    with make_certificat() as certificat, serve(certificat) as serveur:
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificat))
        yield serveur


@pytest.fixture
def horloge() -> Horloge:
    return Horloge()


@pytest.fixture
def session(horloge: Horloge) -> Iterator[Session]:
    with Session(clock=horloge, sleep=horloge.sleep) as session:
        yield session


@pytest.fixture
def connexions(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The addresses that a connection is made to; none succeeds."""
    tentees: list[tuple[str, int]] = []

    def refuse(adresse: tuple[str, int], *_options: object, **_autres: object) -> None:
        tentees.append(adresse)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", refuse)
    return tentees


def open_session(
    limites: Limites | None = None, adresses: Callable[[str, int], Sequence[str]] | None = None
) -> Session:
    horloge = Horloge()
    resolve = adresses or (lambda _hote, _port: ["127.0.0.1"])
    return Session(limites or Limites(), resolve=resolve, clock=horloge, sleep=horloge.sleep)


def refuse(session: Session, url: str) -> Cause:
    """Why the session refuses an address; it says so in a French sentence with what to do."""
    with pytest.raises(Inaccessible, match=r" : .+\.$") as refus:
        session.fetch(url)
    return refus.value.cause


# What is asked and what is answered


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


# Redirects


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


# The guard


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


# Limits


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


# New tries


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


# Politeness


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
