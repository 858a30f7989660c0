"""The one guarded session for every outside fetch: it reads public sites alone, within limits, and politely.

An address that a page names is a stranger's word. So the host is resolved here, each of its addresses must be public,
and the connection goes to the very address that was looked at, anew for each redirect and each new try.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from random import SystemRandom
from threading import Timer
from typing import Any, cast
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection

ROBOT = "delegations-de-gestion"
"""The name under which robots.txt knows this robot."""

REDIRECTIONS = 5
"""Redirects followed, at most."""

RELANCES = 3
"""New tries after a first one that failed, at most."""

ATTENTE = 60.0
"""Seconds waited before a new try, at most: a site that asks for more gets no new try."""

PAUSE = 1.0
"""Seconds between two requests to one host, at least."""

BLOC = 65_536
"""Bytes of an answer decompressed at once, at most."""

_PASSAGERS = (429, 502, 503, 504)
_REDIRECTIONS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
_HOTE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")


class Cause(StrEnum):
    """Why there is no answer: the network or the site, the guard, its robots.txt, a limit of size, a limit of time."""

    RESEAU = "reseau"
    INTERDITE = "interdite"
    ROBOTS = "robots"
    TROP_GROS = "trop_gros"
    TROP_LONG = "trop_long"


class Inaccessible(Exception):  # noqa: N818
    """No answer was had. The message is a French sentence that says what happened and what to do."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Limites:
    """The limits of one fetch: `connexion` and `lecture` are the seconds that a connection, then each read, may take
    without a sign of life; `total` the seconds that all its exchanges may take by the clock, waits apart; `taille` the
    bytes of a body, decompressed.
    """

    connexion: float = 5.0
    lecture: float = 20.0
    total: float = 60.0
    taille: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a site answered: `url` is the address after redirects, names of `entetes` are in lower case, `contenu` is
    decompressed, `moment` is in UTC. An answer may be a refusal: `statut` tells.
    """

    url: str
    statut: int
    entetes: Mapping[str, str]
    contenu: bytes
    moment: datetime

    @property
    def inchangee(self) -> bool:
        """The site says that the page is the one already had: `contenu` is empty."""
        return self.statut == 304


def resolve(hote: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the order that the system prefers. Raises `OSError` where it has none."""
    return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)]


class Session:
    """Fetches pages one after the other; a context manager, which closes its connections. Not for several threads."""

    def __init__(
        self,
        limites: Limites = Limites(),
        *,
        resolve: Callable[[str, int], Sequence[str]] = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limites = limites
        self._resolve = resolve
        self._clock = clock
        self._sleep = sleep
        self._coupure = _Coupure()
        self._adaptateur = _Adaptateur(self._coupure)
        self._demandes: dict[str, float] = {}  # when each host was last asked
        self._robots: dict[str, RobotFileParser] = {}

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_error: object) -> None:
        self._adaptateur.close()

    def fetch(self, url: str, *, etag: str = "", modifiee: str = "") -> Reponse:
        """What a site answers at an address, be it a refusal. Raises `Inaccessible`.

        `etag` and `modifiee` are the headers ETag and Last-Modified of an earlier answer: where nothing changed since,
        the answer is `inchangee`.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modifiee}
        entetes = {nom: valeur for nom, valeur in conditions.items() if valeur}
        return self._follow(url, entetes, self._check_robots)

    def _follow(self, url: str, entetes: Mapping[str, str], check: Callable[["_Demande"], None]) -> Reponse:
        """The answer at the end of the redirects."""
        delai = _Delai(self._limites.total)
        for _ in range(REDIRECTIONS + 1):
            demande = _prepare(url, entetes)
            check(demande)
            reponse = self._ask(demande, delai)
            if reponse.statut not in _REDIRECTIONS or "location" not in reponse.entetes:
                return reponse
            url = _redirect(reponse)
        message = (
            f"« {demande.hote} » renvoie sans fin d'une adresse à l'autre : vérifiez l'adresse dans un navigateur."
        )
        raise Inaccessible(Cause.RESEAU, message)

    def _ask(self, demande: "_Demande", delai: "_Delai") -> Reponse:
        """The answer of one address, asked anew where it fails for a time."""
        essai = 0
        while True:
            recul = 2**essai * SystemRandom().uniform(0.5, 1)
            try:
                reponse = self._send(demande, essai, delai)
            except OSError as error:  # those of `requests` are among them
                if essai == RELANCES:
                    raise _unreachable(demande) from error
            else:
                recul = max(recul, _read_retry_after(reponse))
                if essai == RELANCES or reponse.statut not in _PASSAGERS or recul > ATTENTE:
                    return reponse
            self._sleep(recul)
            essai += 1

    def _send(self, demande: "_Demande", essai: int, delai: "_Delai") -> Reponse:
        """One exchange. Raises `OSError` where it fails; each new try takes the next address of the host."""
        self._wait_turn(demande.hote)
        with self._coupure.after(delai):
            adresses = self._find_addresses(demande)
            self._adaptateur.cible = demande, adresses[essai % len(adresses)]
            # A session of `requests` would read the body of a redirect whole, however long: the adapter does not.
            reponse = self._adaptateur.send(
                demande.requete, stream=True, timeout=(self._limites.connexion, self._limites.lecture)
            )
            with closing(reponse):
                contenu = self._read(reponse, demande)
        entetes = {nom.lower(): valeur for nom, valeur in reponse.headers.items()}
        return Reponse(str(reponse.url), reponse.status_code, entetes, contenu, datetime.now(UTC))

    def _wait_turn(self, hote: str) -> None:
        if hote in self._demandes:
            pause = self._demandes[hote] + PAUSE - self._clock()
            if pause > 0:
                self._sleep(pause)
        self._demandes[hote] = self._clock()

    def _find_addresses(self, demande: "_Demande") -> Sequence[str]:
        """The addresses of a host. Raises `Inaccessible` where one of them is not public, `OSError` without any."""
        adresses = self._resolve(demande.hote, demande.port)
        if not adresses:
            raise OSError("no address")
        if demande.hote not in settings.FETCH_ALLOW_HOSTS and not all(map(_is_public, adresses)):
            raise _forbidden(demande.requete.url, "mène à un réseau privé")
        return adresses

    def _read(self, reponse: requests.Response, demande: "_Demande") -> bytes:
        contenu = bytearray()
        for bloc in reponse.iter_content(BLOC):
            contenu += bloc
            if len(contenu) > self._limites.taille:
                message = (
                    f"La réponse de « {demande.hote} » dépasse {self._limites.taille / 1_000_000:g} Mo : "
                    "vérifiez que c'est bien l'adresse d'une page."
                )
                raise Inaccessible(Cause.TROP_GROS, message)
        return bytes(contenu)

    def _check_robots(self, demande: "_Demande") -> None:
        """Raises `Inaccessible` where the site does not want robots at an address, or cannot say whether it does."""
        if demande.origine not in self._robots:
            self._robots[demande.origine] = self._read_robots(demande)
        if not self._robots[demande.origine].can_fetch(ROBOT, str(demande.requete.url)):
            message = (
                f"« {demande.hote} » refuse les robots à cette adresse (robots.txt) : ouvrez la page dans un "
                "navigateur, enregistrez-la et importez le fichier."
            )
            raise Inaccessible(Cause.ROBOTS, message)

    def _read_robots(self, demande: "_Demande") -> RobotFileParser:
        regles = RobotFileParser()
        try:
            reponse = self._follow(f"{demande.origine}/robots.txt", {}, lambda _demande: None)
            if reponse.statut >= 500:
                raise _unsure_of_robots(demande)
            texte = reponse.contenu.decode("utf-8-sig", "replace") if reponse.statut < 400 else ""
            regles.parse(texte.splitlines())
        except ValueError as error:  # the parser chokes on an odd address
            raise _unsure_of_robots(demande) from error
        except Inaccessible as error:
            if error.cause is Cause.INTERDITE:
                raise
            raise _unsure_of_robots(demande) from error
        return regles


@dataclass(frozen=True, slots=True)
class _Demande:
    """A request that the guard let through, but for the addresses of its host."""

    requete: requests.PreparedRequest
    schema: str
    hote: str
    port: int
    origine: str


def _prepare(url: str, entetes: Mapping[str, str]) -> _Demande:
    """Raises `Inaccessible` where an address is none that may be asked."""
    try:
        requete = requests.Request("GET", url, headers={**entetes, **_presentation()}).prepare()
        parts = urlsplit(str(requete.url))
        hote, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _forbidden(url, "est mal écrite") from error
    if parts.scheme not in _PORTS:
        raise _forbidden(url, "n'est pas celle d'une page (http ou https)")
    if "@" in parts.netloc:
        raise _forbidden(url, "contient un nom d'utilisateur")
    if not _HOTE.fullmatch(hote) or max(map(len, hote.split("."))) > 63:
        raise _forbidden(url, "est mal écrite")
    if port is None:
        port = _PORTS[parts.scheme]
    elif port not in _PORTS.values() and hote not in settings.FETCH_ALLOW_HOSTS:
        raise _forbidden(url, f"demande le port {port}")
    requete.headers["Host"] = parts.netloc
    return _Demande(requete, parts.scheme, hote, port, f"{parts.scheme}://{parts.netloc}")


def _presentation() -> dict[str, str]:
    """Who asks, and for what; only codings whose decompression is bounded here."""
    return {
        "User-Agent": f"{ROBOT} (+{settings.SITE_URL})",
        "Accept-Language": "fr",
        "Accept-Encoding": "gzip, deflate",
    }


def _redirect(reponse: Reponse) -> str:
    """Where an answer sends to. Raises `Inaccessible` where that is less safe than where it comes from."""
    # Headers are read as Latin-1; an address that is not ASCII is in UTF-8.
    location = reponse.entetes["location"].encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        url = urljoin(reponse.url, location)
        schema = urlsplit(url).scheme
    except ValueError as error:
        raise _forbidden(location, "est mal écrite") from error
    if reponse.url.startswith("https:") and schema == "http":
        raise _forbidden(url, "n'est plus chiffrée, et une page chiffrée y renvoie")
    return url


def _read_retry_after(reponse: Reponse) -> float:
    """The seconds that a site asks to wait, 0 where it asks for nothing that can be read."""
    texte = reponse.entetes.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", texte):
        return float(texte)
    try:
        moment = parsedate_to_datetime(texte)
    except ValueError:
        return 0.0
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _is_public(adresse: str) -> bool:
    """An address of the public internet, by itself and by the IPv4 address that it may stand for."""
    ip: IPv4Address | IPv6Address = ip_address(adresse)
    if isinstance(ip, IPv6Address):
        cachee = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            cachee = IPv4Address(int(ip) & 0xFFFFFFFF)
        if not cachee:
            return ip in _UNICAST and ip.is_global
        ip = cachee
    return ip.is_global and not ip.is_multicast


def _forbidden(url: str | None, pourquoi: str) -> Inaccessible:
    return Inaccessible(Cause.INTERDITE, f"L'adresse « {url} » {pourquoi} : indiquez celle d'une page publique.")


def _unreachable(demande: _Demande) -> Inaccessible:
    message = (
        f"« {demande.hote} » ne répond pas, coupe la connexion ou présente un certificat non valable : "
        "vérifiez l'adresse, ou recommencez plus tard."
    )
    return Inaccessible(Cause.RESEAU, message)


def _unsure_of_robots(demande: _Demande) -> Inaccessible:
    message = (
        f"« {demande.hote} » ne donne pas son fichier robots.txt, qui dit si les robots y sont admis : "
        "recommencez plus tard."
    )
    return Inaccessible(Cause.ROBOTS, message)


@dataclass(slots=True)
class _Delai:
    """The seconds that a fetch has left for its exchanges."""

    reste: float


class _Coupure:
    """Cuts the connection in use when its time is over: with read timeouts alone, a byte a second goes on for ever."""

    def __init__(self) -> None:
        self._prise: socket.socket | None = None
        self._faite = False

    @contextmanager
    def after(self, delai: _Delai) -> Iterator[None]:
        """Raises `Inaccessible` where what is done takes more than what is left of the time."""
        self._prise, self._faite = None, False
        debut, minuterie = time.monotonic(), Timer(delai.reste, self._cut)
        minuterie.start()
        try:
            yield
        except OSError as error:
            if not self._faite:
                raise
            raise _too_long() from error
        finally:
            minuterie.cancel()
            minuterie.join()
            delai.reste -= time.monotonic() - debut
        if self._faite:  # a body without a length seems to end where it is cut
            raise _too_long()

    def watch(self, prise: socket.socket) -> None:
        """The connection that an answer comes by."""
        self._prise = prise
        if self._faite:
            self._cut()

    def _cut(self) -> None:
        self._faite = True
        if self._prise is not None:
            with suppress(OSError):
                # Not the method of a TLS socket, which takes its state away under the thread that reads.
                socket.socket.shutdown(self._prise, socket.SHUT_RDWR)


def _too_long() -> Inaccessible:
    return Inaccessible(Cause.TROP_LONG, "Le site répond trop lentement : recommencez plus tard.")


class _Http(HTTPConnection):
    def __init__(self, coupure: _Coupure, **options: Any) -> None:
        super().__init__(**options)
        self._coupure = coupure

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        self._coupure.watch(self.sock)
        return super().getresponse()


class _Https(_Http, HTTPSConnection):
    pass


class _Adaptateur(HTTPAdapter):
    """Connects to the address that was checked, whatever the name of the host resolves to by then.

    It knows no proxy: with one, it is the proxy that would resolve.
    """

    cible: tuple[_Demande, str]

    def __init__(self, coupure: _Coupure) -> None:
        super().__init__()
        self._coupure = coupure

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        _place, options = super().build_connection_pool_key_attributes(request, verify, cert)
        demande, adresse = self.cible
        if demande.schema == "https":
            options |= {"server_hostname": demande.hote, "assert_hostname": demande.hote}
        return {"scheme": demande.schema, "host": adresse, "port": demande.port}, options

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*args, **options)
        connexion = _Https if self.cible[0].schema == "https" else _Http
        pool.ConnectionCls = cast(type[HTTPConnection], partial(connexion, self._coupure))
        return pool
