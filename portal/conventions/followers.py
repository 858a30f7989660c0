"""Who follows the journal: each catches up by replay from its own cursor, and may run twice.

Followers register at start-up (`AppConfig.ready`); the journal knows none of them.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

logger = logging.getLogger(__name__)

_followers: dict[str, Callable[[], object]] = {}
_paused: ContextVar[bool] = ContextVar("followers_paused", default=False)


def register(nom: str, catch_up: Callable[[], object]) -> None:
    """Adds a follower; registering a name again replaces it."""
    _followers[nom] = catch_up


def notify() -> None:
    """Called after each commit that wrote to the journal."""
    if not _paused.get():
        catch_up_all()


def catch_up_all() -> list[str]:
    """Runs every follower; gives the names of those that failed.

    A failure never reaches the publication that is already committed: it is logged, and the follower
    reads the same rows again at its next turn.
    """
    failed = []
    for nom, catch_up in _followers.items():
        try:
            catch_up()
        except Exception:
            logger.exception("Le suiveur « %s » n'a pas rattrapé le journal ; il recommencera.", nom)
            failed.append(nom)
    return failed


@contextmanager
def paused() -> Iterator[None]:
    """For work on many pages: the followers catch up once, at the end, also when the work fails."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)
        notify()
