"""A site on the loopback that answers what a test tells it to, and a clock that passes without waiting."""

import ssl
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import BinaryIO

HOTE = "bulletin.test"
"""The host that the certificate names."""


@dataclass(frozen=True)
class Envoi:
    statut: int = 200
    corps: bytes = b""
    entetes: Mapping[str, str] = field(default_factory=dict)


Brut = Callable[[BinaryIO], None]
"""Writes an answer by itself, from its first line on; the connection ends after it."""


class Serveur:
    """Answers at each path what `answer` was told, one after the other, the last one for ever; else 404.

    `vues` are the paths that were asked, `methode`, `entetes` and `corps` those of the last request.
    """

    def __init__(self, port: int, schema: str) -> None:
        self.port = port
        self.schema = schema
        self.vues: list[str] = []
        self.methode = ""
        self.entetes = Message()
        self.corps = b""
        self._envois: defaultdict[str, deque[Envoi | Brut]] = defaultdict(deque)

    def answer(self, path: str, *envois: Envoi | Brut) -> str:
        """The address where these answers are."""
        self._envois[path] = deque(envois)
        return self.locate(path)

    def locate(self, path: str, hote: str = "127.0.0.1") -> str:
        return f"{self.schema}://{hote}:{self.port}{path}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        self.vues.append(handler.path)
        self.methode = handler.command
        self.entetes = handler.headers
        self.corps = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        envois = self._envois[handler.path] or deque([Envoi(404)])
        envoi = envois.popleft() if len(envois) > 1 else envois[0]
        if isinstance(envoi, Envoi):
            _send(handler, envoi)
        else:
            handler.close_connection = True
            with suppress(OSError):  # the reader may have gone
                envoi(handler.wfile)


def _send(handler: BaseHTTPRequestHandler, envoi: Envoi) -> None:
    handler.send_response(envoi.statut)
    if envoi.statut != 304:
        handler.send_header("Content-Length", str(len(envoi.corps)))
    for nom, valeur in envoi.entetes.items():
        handler.send_header(nom, valeur)
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(b"" if handler.command == "HEAD" else envoi.corps)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, serveur: Serveur, *place: object) -> None:
        self.serveur = serveur
        super().__init__(*place)

    def do_GET(self) -> None:
        self.serveur.serve(self)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_GET

    def log_message(self, *_message: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, *_place: object) -> None:
        """The reader went away."""


@contextmanager
def serve(certificat: Path | None = None) -> Iterator[Serveur]:
    """A site of its own, with TLS where it has a certificate."""
    http = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    serveur = Serveur(http.server_port, "https" if certificat else "http")
    http.RequestHandlerClass = partial(_Handler, serveur)
    if certificat:
        contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexte.load_cert_chain(certificat)
        http.socket = contexte.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield serveur
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@contextmanager
def listen(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """A port of the loopback that a handler answers at."""
    http = _Server(("127.0.0.1", 0), handler)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield http.server_port
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@contextmanager
def make_certificat() -> Iterator[Path]:
    """A file with the certificate of `HOTE`, and its key, which open nothing but this test."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "certificat.pem")
        path.write_text(_CERTIFICAT)
        yield path


class Horloge:
    """A clock whose sleep takes no time: `attentes` are the seconds that it was asked for."""

    def __init__(self) -> None:
        self.maintenant = 1000.0
        self.attentes: list[float] = []

    def __call__(self) -> float:
        return self.maintenant

    def sleep(self, secondes: float) -> None:
        self.attentes.append(secondes)
        self.maintenant += secondes


_CERTIFICAT = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpiSu/je7dRNLD8Bf
9mysBXz3JSC4Qn/8H+j9Kj9u9BqhRANCAAQBfTVRqGmkiZrDsQmm+ehF9z7snzJM
dZGOYHnPDzMYY/i0F4cK8hazjxbkBW1fV+jvlXRiZEYJnBVv2KdXgXjv
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBoDCCAUegAwIBAgIUF3p7esCqfSCUClGnh02auw5VH1owCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNYnVsbGV0aW4udGVzdDAgFw0yNjExMjQxNzE0NDFaGA8yMTI2
MTAzMTE3MTQ0MVowGDEWMBQGA1UEAwwNYnVsbGV0aW4udGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABAF9NVGoaaSJmsOxCab56EX3PuyfMkx1kY5gec8PMxhj
+LQXhwryFrOPFuQFbV9X6O+VdGJkRgmcFW/Yp1eBeO+jbTBrMB0GA1UdDgQWBBQD
7/8VYRZx2525u/qcrp+J36cjPjAfBgNVHSMEGDAWgBQD7/8VYRZx2525u/qcrp+J
36cjPjAYBgNVHREEETAPgg1idWxsZXRpbi50ZXN0MA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDRwAwRAIgc1EZ49sYXkfktAisS0OXkXdV8ba8MF4/1ibwYc5o
BjsCIBFKZ3iZhGi4DQp79Tj5a4A4Ycf8jdVZM5cBlMUhGgGK
-----END CERTIFICATE-----
"""
