"""The connection in use: it goes to the very address that was looked at, and is cut when its time is over."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Timer
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection

from portal.http.demande import Demande
from portal.http.reponse import Cause, Inaccessible


@dataclass(slots=True)
class Delai:
    """The seconds that a fetch has left for its exchanges."""

    reste: float


class Coupure:
    """Cuts the connection in use when its time is over: with read timeouts alone, a byte a second goes on for ever."""

    def __init__(self) -> None:
        self._prise: socket.socket | None = None
        self._faite = False

    @contextmanager
    def after(self, delai: Delai) -> Iterator[None]:
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
    def __init__(self, coupure: Coupure, **options: Any) -> None:
        super().__init__(**options)
        self._coupure = coupure

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        self._coupure.watch(self.sock)
        return super().getresponse()


class _Https(_Http, HTTPSConnection):
    pass


class Adaptateur(HTTPAdapter):
    """Connects to the address that was checked, whatever the name of the host resolves to by then.

    It knows no proxy: with one, it is the proxy that would resolve.
    """

    cible: tuple[Demande, str]

    def __init__(self, coupure: Coupure) -> None:
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
