"""The synonyms that editors keep, remembered for a minute in each process."""

from time import monotonic

from django.db import transaction

from search.models import Synonyme
from search.synonyms import Synonyms

SECONDS = 60.0


class _Memory:
    """The synonyms last read, and until when they are good."""

    def __init__(self) -> None:
        self.until = 0.0
        self.synonyms = Synonyms()


_memories = [_Memory()]


def read_synonyms() -> Synonyms:
    """All groups of synonyms. One query at most.

    A group changed in another process is as it was here for a minute at most.
    """
    memory = _memories[0]  # this one, even where it is forgotten meanwhile: what is read now may be old by then
    now = monotonic()
    if memory.until < now:
        memory.synonyms = Synonyms(groupe.lignes for groupe in Synonyme.objects.all())
        memory.until = now + SECONDS
    return memory.synonyms


def forget_synonyms() -> None:
    """Has the next search read them again."""
    _memories[0] = _Memory()


def forget_changed(**_signal: object) -> None:
    """To be called when a group changes."""
    forget_synonyms()
    # Until those who change it have committed, a search reads the old group and remembers it.
    transaction.on_commit(forget_synonyms)
