"""Reads a stranger's file in a process of its own, limited in time, memory and output.

The process lives on from one document to the next, since starting Python costs more than reading a text; it is replaced
as soon as one document makes it fail. It answers in JSON, so that nothing which it says is executed.
"""

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import PurePath
from typing import Any

from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.pipeline import read_text
from portal.domain.contrat import constat_from_json, convention_from_json, to_json
from portal.domain.convention import Lecture, Qualite

SECONDS = 20
MEMORY = 1 << 30  # bytes of address space
OUTPUT = 64 << 20  # bytes of the answer
GRACE = 2  # seconds for a process to end by itself


class Sandbox:
    """Reads documents one after the other; a context manager, which ends the process."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: Any = None
        self._connection: Connection[Any, Any] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def read(self, contenu: bytes, source: str) -> Lecture:
        """What a file says. Raises `Illisible`, in French, whatever goes wrong with the file."""
        answer = self._ask(source, contenu)
        if "erreur" in answer:
            raise Illisible(answer["erreur"])
        return _to_lecture(answer)

    def _ask(self, source: str, contenu: bytes) -> dict[str, Any]:
        connection = self._open()
        try:
            connection.send_bytes(json.dumps(source).encode())
            connection.send_bytes(contenu)
            if connection.poll(self.seconds):
                answer: dict[str, Any] = json.loads(connection.recv_bytes(OUTPUT))
                return answer
        except (OSError, EOFError) as error:
            self.close()
            raise Illisible("La lecture demande trop de mémoire ou échoue : vérifiez le fichier.") from error
        self.close()
        raise Illisible(f"La lecture dure plus de {self.seconds:g} secondes : vérifiez ou découpez le fichier.")

    def close(self) -> None:
        """Ends the process, by force if need be."""
        if self._process is not None and self._connection is not None:
            self._connection.close()
            self._process.join(GRACE if self._process.is_alive() else 0)
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None

    def _open(self) -> "Connection[Any, Any]":
        if self._process is None or self._connection is None:
            context = get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._connection


def _serve(connection: "Connection[Any, Any]") -> None:
    """The work of the process: a name and bytes come in, a line of JSON goes out."""
    _limit()
    with connection, _until_closed():
        while True:
            source = json.loads(connection.recv_bytes())
            connection.send_bytes(json.dumps(_read(connection.recv_bytes(), source)).encode())


@contextmanager
def _until_closed() -> Iterator[None]:
    """The other side closes the connection when there is nothing more to read."""
    try:
        yield
    except (EOFError, ConnectionError):
        return


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(contenu: bytes, source: str) -> dict[str, Any]:
    try:
        extrait = FORMATS[PurePath(source).suffix.lower()](contenu)
        lecture = read_text(
            extrait.texte, source=source, empreinte=sha256(contenu).hexdigest(), qualite=extrait.qualite
        )
    except Illisible as error:
        return {"erreur": str(error)}
    except MemoryError:
        return {"erreur": "La lecture demande trop de mémoire : vérifiez ou découpez le fichier."}
    return {"texte": lecture.texte, **to_json(lecture)}


def _to_lecture(answer: dict[str, Any]) -> Lecture:
    texte = answer.pop("texte")
    return Lecture(
        source=answer["source"],
        sha256=answer["sha256"],
        qualite=Qualite(answer["qualite"]),
        texte=texte,
        convention=convention_from_json(answer),
        constats=tuple(constat_from_json(item) for item in answer["constats"]),
    )
