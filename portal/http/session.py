"""The one guarded session for every outside fetch: it reads public sites alone, within limits, and politely.

An address that a page names is a stranger's word. So the host is resolved here, each of its addresses must be public,
and the connection goes to the very address that was looked at, anew for each redirect and each new try.
"""

import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from random import SystemRandom
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from django.conf import settings

from portal.http.connexion import Adaptateur, Coupure, Delai
from portal.http.demande import ROBOT, Demande, forbidden, is_public, prepare
from portal.http.reponse import Cause, Inaccessible, Limites, Reponse

__all__ = ["Cause", "Inaccessible", "Limites", "Reponse", "Session", "resolve"]

REDIRECTIONS = 5
"""Redirects followed, at most."""

RELANCES = 3
"""New tries after a first one that failed, at most."""

ATTENTE = 60.0
"""Seconds waited before a new try, at most: a site that asks for more gets no new try."""

PAUSE = 1.0
"""Seconds between two requests to one host, at least."""

LIMITES = Limites()

BLOC = 65_536
"""Bytes of an answer decompressed at once, at most."""

_PASSAGERS = (429, 502, 503, 504)
_REDIRECTIONS = (301, 302, 303, 307, 308)
_IDEMPOTENTES = ("GET", "HEAD", "PUT", "DELETE")


def resolve(hote: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the order that the system prefers. Raises `OSError` where it has none."""
    return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)]


class Session:
    """Fetches pages one after the other; a context manager, which closes its connections. Not for several threads."""

    def __init__(
        self,
        limites: Limites = LIMITES,
        *,
        resolve: Callable[[str, int], Sequence[str]] = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limites = limites
        self._resolve = resolve
        self._clock = clock
        self._sleep = sleep
        self._coupure = Coupure()
        self._adaptateur = Adaptateur(self._coupure)
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

    def send(
        self, methode: str, url: str, *, corps: bytes = b"", entetes: Mapping[str, str] = MappingProxyType({})
    ) -> Reponse:
        """What a service answers to a request of its API, be it a refusal or a redirect, which is not followed: its
        headers may hold a key, which goes nowhere else. Raises `Inaccessible`.

        Where it fails for a time it is tried anew if to do it twice is to do it once (RFC 9110, 9.2.2), else never:
        only who calls knows whether a request that had no answer was received.
        """
        demande = prepare(url, entetes, methode, corps)
        relances = RELANCES if methode in _IDEMPOTENTES else 0
        return self._ask(demande, Delai(self._limites.total), relances)

    def _follow(self, url: str, entetes: Mapping[str, str], check: Callable[[Demande], None]) -> Reponse:
        """The answer at the end of the redirects."""
        delai = Delai(self._limites.total)
        for _ in range(REDIRECTIONS + 1):
            demande = prepare(url, entetes)
            check(demande)
            reponse = self._ask(demande, delai)
            if reponse.statut not in _REDIRECTIONS or "location" not in reponse.entetes:
                return reponse
            url = _redirect(reponse)
        message = (
            f"« {demande.hote} » renvoie sans fin d'une adresse à l'autre : vérifiez l'adresse dans un navigateur."
        )
        raise Inaccessible(Cause.RESEAU, message)

    def _ask(self, demande: Demande, delai: Delai, relances: int = RELANCES) -> Reponse:
        """The answer of one address, asked anew where it fails for a time."""
        essai = 0
        while True:
            recul = 2**essai * SystemRandom().uniform(0.5, 1)
            try:
                reponse = self._send(demande, essai, delai)
            except OSError as error:  # those of `requests` are among them
                if essai == relances:
                    raise _unreachable(demande) from error
            else:
                recul = max(recul, reponse.attente)
                if essai == relances or reponse.statut not in _PASSAGERS or recul > ATTENTE:
                    return reponse
            self._sleep(recul)
            essai += 1

    def _send(self, demande: Demande, essai: int, delai: Delai) -> Reponse:
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

    def _find_addresses(self, demande: Demande) -> Sequence[str]:
        """The addresses of a host. Raises `Inaccessible` where one of them is not public, `OSError` without any."""
        adresses = self._resolve(demande.hote, demande.port)
        if not adresses:
            raise OSError("no address")
        if demande.hote not in settings.FETCH_ALLOW_HOSTS and not all(map(is_public, adresses)):
            raise forbidden(demande.requete.url, "mène à un réseau privé")
        return adresses

    def _read(self, reponse: requests.Response, demande: Demande) -> bytes:
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

    def _check_robots(self, demande: Demande) -> None:
        """Raises `Inaccessible` where the site does not want robots at an address, or cannot say whether it does."""
        if demande.origine not in self._robots:
            self._robots[demande.origine] = self._read_robots(demande)
        if not self._robots[demande.origine].can_fetch(ROBOT, str(demande.requete.url)):
            message = (
                f"« {demande.hote} » refuse les robots à cette adresse (robots.txt) : ouvrez la page dans un "
                "navigateur, enregistrez-la et importez le fichier."
            )
            raise Inaccessible(Cause.ROBOTS, message)

    def _read_robots(self, demande: Demande) -> RobotFileParser:
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


def _redirect(reponse: Reponse) -> str:
    """Where an answer sends to. Raises `Inaccessible` where that is less safe than where it comes from."""
    # Headers are read as Latin-1; an address that is not ASCII is in UTF-8.
    location = reponse.entetes["location"].encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        url = urljoin(reponse.url, location)
        schema = urlsplit(url).scheme
    except ValueError as error:
        raise forbidden(location, "est mal écrite") from error
    if reponse.url.startswith("https:") and schema == "http":
        raise forbidden(url, "n'est plus chiffrée, et une page chiffrée y renvoie")
    return url


def _unreachable(demande: Demande) -> Inaccessible:
    message = (
        f"« {demande.hote} » ne répond pas, coupe la connexion ou présente un certificat non valable : "
        "vérifiez l'adresse, ou recommencez plus tard."
    )
    return Inaccessible(Cause.RESEAU, message)


def _unsure_of_robots(demande: Demande) -> Inaccessible:
    message = (
        f"« {demande.hote} » ne donne pas son fichier robots.txt, qui dit si les robots y sont admis : "
        "recommencez plus tard."
    )
    return Inaccessible(Cause.ROBOTS, message)
