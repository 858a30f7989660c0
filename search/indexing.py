"""The follower of the journal that keeps the index: catches up, makes anew, checks, repairs.

Everything may run twice, or be killed at any point: what an index holds and how far it follows the journal
are committed together, and the state of a convention is read when it is indexed, not when it changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Protocol

from portal.conventions import journal, publiees
from portal.conventions.publiees import Publiee
from search.document import IndexDocument, to_document
from search.engines.base import Bookmark, Cursor, Engine, IndexPlusRecent, Rebuild, Writer, Written
from search.engines.current import current_engine, local_engine
from search.results import IndexIndisponible, MoteurIndisponible
from search.workers import work

BATCH = 200
KEPT_EVERY = 25
"""Batches after which a rebuild keeps what it has: so many, and no more, are taken in again if it is killed."""

HEAL_AT_ONCE = 500
"""Rows of the journal for which an index is made anew within a search: about a second."""


class Row(Protocol):
    """A row of the journal, as far as the index cares."""

    @property
    def seq(self) -> int: ...
    @property
    def uid(self) -> str: ...


Read = Callable[[Iterable[str]], Mapping[str, Publiee]]
"""Gives what is public of some uids."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the follower reads: the journal, and what is public now."""

    head: Callable[[], int]
    read_since: Callable[[int, int], Sequence[Row]]
    read_published: Read
    iter_uids: Callable[[str], Iterator[str]]
    """The uids of what is public, in their order, from after the one that is given."""


PORTAL = Sources(journal.head, journal.read_since, publiees.read_published, publiees.iter_uids)


Prepare = Callable[[Sequence[str]], list[Written]]
"""Gives what is public of some uids, as an index takes it."""


class AutreJournal(Exception):  # noqa: N818 - the French name says that it is an error
    """The index follows rows that this journal does not have: the database was put back from a copy."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The uids that set an index apart from the database."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def uids(self) -> tuple[str, ...]:
        return self.missing + self.stale + self.extra


def catch_up(engine: Engine | None = None, sources: Sources = PORTAL) -> None:
    """Brings the index to the head of the journal, making it anew where it cannot be used.

    It leaves at once while another process writes: that one looks at the journal again when it has done.
    Raises `IndexPlusRecent` where the index belongs to a later version of the portal, `MoteurIndisponible` where
    the engine is away: its index is then left as it is.
    """
    engine = engine or current_engine()
    while (reached := _take_turn(engine, sources)) and sources.read_since(reached.seq, 1):
        pass


def rebuild(
    engine: Engine | None = None,
    sources: Sources = PORTAL,
    progress: Callable[[int], None] = lambda _: None,
    *,
    fresh: bool = False,
    processes: int = 1,
) -> bool:
    """Makes a new index beside the one in use, then swaps them; `False` if another process is doing so.

    It goes on from where an interrupted one had got, unless it is to be `fresh`. `progress` is called with the number
    of conventions that have just been taken in. `processes` read and prepare conventions: where there are more than
    one, `sources` are read by processes that begin anew.
    """
    engine = engine or current_engine()
    if _rebuild(engine, sources, progress, fresh=fresh, processes=processes) is None:
        return False
    catch_up(engine, sources)
    return True


def catch_up_backup() -> None:
    """Brings the index of this machine to the head of the journal, where a cluster is searched and it stands behind."""
    backup = local_engine()
    if backup is not current_engine():
        catch_up(backup)


def heal() -> bool:
    """Makes the unusable index of this machine anew if that is short; whether it did."""
    if journal.head() > HEAL_AT_ONCE:
        return False
    catch_up(local_engine())
    return True


def compare(engine: Engine | None = None, sources: Sources = PORTAL, processes: int = 1) -> Comparison:
    """What the index lacks, holds in an older state, or holds too much; raises `IndexIndisponible`."""
    indexed = dict((engine or current_engine()).iter_empreintes())
    missing, stale = [], []
    read = partial(read_empreintes, sources.read_published)
    for _, published in work(read, _iter_batches(sources.iter_uids("")), processes):
        for uid, empreinte in published:
            known = indexed.pop(uid, None)
            if known is None:
                missing.append(uid)
            elif known != empreinte:
                stale.append(uid)
    return Comparison(tuple(missing), tuple(stale), tuple(indexed))


def repair(comparison: Comparison, engine: Engine | None = None, sources: Sources = PORTAL) -> bool:
    """Takes in anew the conventions that a comparison found; `False` while another process writes."""
    engine = engine or current_engine()
    prepare = _preparer(engine, sources)
    with engine.open_writer() as writer:
        if writer is None:
            return False
        for uids in _iter_batches(comparison.uids):
            _take_in(writer, uids, prepare)
            writer.commit(writer.cursor())
    return True


def _take_turn(engine: Engine, sources: Sources) -> Cursor | None:
    """Catches up once, and says how far; `None` if another process is at it.

    The engine is not asked how far it is: where one has just failed, its backup would answer.
    """
    try:
        with engine.open_writer() as writer:
            return None if writer is None else _follow(writer, sources, _preparer(engine, sources))
    except (IndexPlusRecent, MoteurIndisponible):
        raise
    except (IndexIndisponible, AutreJournal):
        return _rebuild(engine, sources)


def _follow(writer: Writer, sources: Sources, prepare: Prepare) -> Cursor:
    """Takes in the rows after the writer's cursor, and gives the last of them.

    Raises `AutreJournal` where the cursor's own row is not there.
    """
    cursor = writer.cursor()
    if not _is_row(cursor, sources):
        raise AutreJournal(f"no row {cursor.seq} of {cursor.uid} in the journal")
    while rows := sources.read_since(cursor.seq, BATCH):
        cursor = Cursor(rows[-1].seq, rows[-1].uid)
        _take_in(writer, list(dict.fromkeys(row.uid for row in rows)), prepare)
        writer.commit(cursor)
    return cursor


def _take_in(writer: Writer, uids: Sequence[str], prepare: Prepare) -> None:
    """Puts the conventions that are public now, and takes the others away."""
    published = prepare(uids)
    writer.put(published)
    writer.delete(set(uids) - {one.uid for one in published})


def _rebuild(
    engine: Engine,
    sources: Sources,
    progress: Callable[[int], None] = lambda _: None,
    *,
    fresh: bool = False,
    processes: int = 1,
) -> Cursor | None:
    """Makes the index anew, and says how far it follows the journal; `None` if another process is at it."""
    prepare, reached = _preparer(engine, sources), Cursor()

    def follow(writer: Writer) -> None:
        nonlocal reached
        reached = _follow(writer, sources, prepare)

    with engine.open_rebuild() as new:
        if new is None:
            return None
        mark = _start(new, sources, fresh=fresh)
        progress(mark.nombre)
        batches = _iter_batches(sources.iter_uids(mark.after))
        for rank, (uids, published) in enumerate(work(prepare, batches, processes), 1):
            new.put(published)
            progress(len(uids))
            mark = Bookmark(mark.cursor, uids[-1], mark.nombre + len(uids))
            if rank % KEPT_EVERY == 0:
                new.keep(mark)
        new.commit(mark.cursor)
        new.swap(follow)
    return reached


def _preparer(engine: Engine, sources: Sources) -> Prepare:
    return partial(prepare, sources.read_published, engine.write)


def prepare(read: Read, write: Callable[[IndexDocument], Written], uids: Sequence[str]) -> list[Written]:
    return [write(to_document(publiee)) for publiee in read(uids).values()]


def read_empreintes(read: Read, uids: Sequence[str]) -> list[tuple[str, str]]:
    return [(publiee.uid, to_document(publiee).empreinte) for publiee in read(uids).values()]


def _iter_batches(uids: Iterable[str]) -> Iterator[Sequence[str]]:
    left = iter(uids)
    while batch := list(islice(left, BATCH)):
        yield batch


def _start(new: Rebuild, sources: Sources, *, fresh: bool) -> Bookmark:
    """Where to begin: where an interrupted rebuild of this journal had got, else at the first uid."""
    mark = new.bookmark()
    if mark and not fresh and _is_row(mark.cursor, sources):
        return mark
    if mark:
        new.clear()
    # Noted before reading: what changes meanwhile is in the rows after it.
    head = sources.head()
    noted = [Cursor(row.seq, row.uid) for row in sources.read_since(head - 1, 1)] if head else []
    return Bookmark(noted[0] if noted else Cursor(), "", 0)


def _is_row(cursor: Cursor, sources: Sources) -> bool:
    """Whether the journal has the row that an index has followed it to."""
    return not cursor.seq or [(row.seq, row.uid) for row in sources.read_since(cursor.seq - 1, 1)] == [cursor]
