"""An engine that may be away, and another that answers meanwhile: no search fails.

The engine that failed is left alone for a few seconds, so that searches do not wait for it one by one; then one
search tries it again. What changes the index goes to the first engine alone.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import TypeVar

from search.document import IndexDocument
from search.engines.base import Answer, Cursor, Engine, Proposition, Rebuild, Request, Writer, Written
from search.results import IndexIndisponible

RETRY_SECONDS = 5.0

logger = logging.getLogger(__name__)

Given = TypeVar("Given")


class Circuit:
    """Whether an engine is worth asking. Every failure closes the way to it for a while, a success opens it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._retry_at = 0.0
        self.broken = False

    def lets_through(self) -> bool:
        """Whether this search may ask the engine; of those that come while it is broken, one at a time may."""
        if not self.broken:
            return True
        with self._lock:
            if monotonic() < self._retry_at:
                return False
            self._retry_at = monotonic() + RETRY_SECONDS
            return True

    def succeed(self) -> None:
        if self.broken:
            self.broken = False
            logger.warning("La recherche est revenue à la normale.")

    def fail(self, error: IndexIndisponible) -> None:
        with self._lock:
            self._retry_at = monotonic() + RETRY_SECONDS
            first, self.broken = not self.broken, True
        if first:
            logger.error("La recherche est dégradée, l'index de secours répond : %s", error)


class EngineWithBackup(Engine):
    """The engine `chosen`, and `backup` for the searches that it does not answer."""

    def __init__(self, chosen: Engine, backup: Engine) -> None:
        self.chosen = chosen
        self.backup = backup
        self.circuit = Circuit()

    @property
    def write(self) -> Callable[[IndexDocument], Written]:
        return self.chosen.write

    def search(self, request: Request) -> Answer:
        return self._ask(
            lambda: self.chosen.search(request), lambda: replace(self.backup.search(request), degraded=True)
        )

    def complete(self, debut: str, limit: int) -> tuple[Proposition, ...]:
        return self._ask(lambda: self.chosen.complete(debut, limit), lambda: self.backup.complete(debut, limit))

    def resemble(self, forme: str, limit: int) -> tuple[Proposition, ...]:
        return self._ask(lambda: self.chosen.resemble(forme, limit), lambda: self.backup.resemble(forme, limit))

    def cursor(self) -> Cursor:
        return self._ask(self.chosen.cursor, self.backup.cursor)

    def count(self) -> int:
        return self.chosen.count()

    def iter_empreintes(self) -> Iterator[tuple[str, str]]:
        return self.chosen.iter_empreintes()

    def open_writer(self) -> AbstractContextManager[Writer | None]:
        return self.chosen.open_writer()

    def open_rebuild(self) -> AbstractContextManager[Rebuild | None]:
        return self.chosen.open_rebuild()

    def _ask(self, ask_chosen: Callable[[], Given], ask_backup: Callable[[], Given]) -> Given:
        if self.circuit.lets_through():
            try:
                given = ask_chosen()
            except IndexIndisponible as error:
                self.circuit.fail(error)
            else:
                self.circuit.succeed()
                return given
        return ask_backup()
