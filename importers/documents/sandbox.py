"""Reads a stranger's file, and makes its public copy, in a process of its own, limited in time, memory and output.

The process lives on from one document to the next, since starting Python costs more than reading a text; it is replaced
as soon as one document makes it fail. It answers in JSON, and a copy in bytes, so that nothing which it says is executed.
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

from importers.documents.copies import scrub
from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.pipeline import read_text
from portal.domain.contrat import lecture_from_json, lecture_to_json
from portal.domain.convention import Lecture

MEMORY = 1 << 30  # bytes of address space
MEMORY_OF_A_PROGRAM = 4 << 30  # the same where the document is handed to a program, LibreOffice
OUTPUT = 64 << 20  # bytes of the answer
GRACE = 2  # seconds for a process to end by itself


class Sandbox:
    """Reads documents one after the other; a context manager, which ends the process.

    `seconds` holds whatever the format; without it each format has its own time.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._files = 0
        self._process: Any = None
        self._connection: Connection[Any, Any] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def read(self, contenu: bytes, source: str) -> Lecture:
        """What a file says. Raises `Illisible`, in French, whatever goes wrong with the file."""
        answer, _copie = self._ask("read", contenu, source)
        return lecture_from_json(answer)

    def scrub(self, contenu: bytes, source: str) -> bytes | None:
        """The public copy of a file, None where its format has no safe one. Raises `Illisible` as `read` does."""
        _answer, copie = self._ask("scrub", contenu, source)
        return copie

    def _ask(self, question: str, contenu: bytes, source: str) -> tuple[dict[str, Any], bytes | None]:
        """The answer to a question on a file, and the bytes that it tells of."""
        format_ = FORMATS[PurePath(source).suffix.lower()]
        seconds = format_.seconds if self.seconds is None else self.seconds
        connection = self._open(format_.files)
        try:
            connection.send_bytes(json.dumps([question, source]).encode())
            connection.send_bytes(contenu)
            if connection.poll(seconds):
                answer: dict[str, Any] = json.loads(connection.recv_bytes(OUTPUT))
                copie = connection.recv_bytes(OUTPUT) if answer.get("copie") else None
            else:
                self.close()
                raise Illisible(f"La lecture dure plus de {seconds:g} secondes : vérifiez ou découpez le fichier.")
        except (OSError, EOFError) as error:
            self.close()
            raise Illisible("La lecture demande trop de mémoire ou échoue : vérifiez le fichier.") from error
        if "erreur" in answer:
            raise Illisible(answer["erreur"])
        return answer, copie

    def close(self) -> None:
        """Ends the process, by force if need be."""
        if self._process is not None and self._connection is not None:
            self._connection.close()
            self._process.join(GRACE if self._process.is_alive() else 0)
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None

    def _open(self, files: int) -> "Connection[Any, Any]":
        """The process, one with these limits: another is started where the one that lives has others."""
        if files != self._files:
            self.close()
            self._files = files
        if self._process is None or self._connection is None:
            context = get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, files), daemon=True)
            self._process.start()
            theirs.close()
        return self._connection


def _serve(connection: "Connection[Any, Any]", files: int) -> None:
    """The work of the process: a question and bytes come in, a line of JSON goes out, and the bytes of a copy."""
    _limit(files)
    with connection, _until_closed():
        while True:
            question, source = json.loads(connection.recv_bytes())
            answer, copie = _answer(question, connection.recv_bytes(), source)
            connection.send_bytes(json.dumps(answer).encode())
            if copie is not None:
                connection.send_bytes(copie)


@contextmanager
def _until_closed() -> Iterator[None]:
    """The other side closes the connection when there is nothing more to read."""
    try:
        yield
    except (EOFError, ConnectionError):
        return


def _limit(files: int) -> None:
    memory = MEMORY_OF_A_PROGRAM if files else MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (files, files))


def _answer(question: str, contenu: bytes, source: str) -> tuple[dict[str, Any], bytes | None]:
    try:
        if question == "read":
            return _read(contenu, source), None
        copie = scrub(contenu, PurePath(source).suffix)
    except Illisible as error:
        return {"erreur": str(error)}, None
    except MemoryError:
        return {"erreur": "La lecture demande trop de mémoire : vérifiez ou découpez le fichier."}, None
    return {"copie": copie is not None}, copie


def _read(contenu: bytes, source: str) -> dict[str, Any]:
    extrait = FORMATS[PurePath(source).suffix.lower()](contenu)
    lecture = read_text(
        extrait.texte,
        source=source,
        empreinte=sha256(contenu).hexdigest(),
        qualite=extrait.qualite,
        remarques=extrait.remarques,
        pages=extrait.pages,
    )
    return lecture_to_json(lecture)
