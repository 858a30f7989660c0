"""The embedded engine: a tantivy index in a folder, no server.

Readers see at their next search what any process has committed or swapped: they look at one file, and at
the index again only if that file has changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Index, Order, Query, Searcher

from search.document import IndexDocument
from search.engines.base import (
    Answer,
    Cursor,
    Engine,
    IndexPlusRecent,
    Proposition,
    Rebuild,
    Request,
    Writer,
    Written,
    farthest,
)
from search.engines.locks import try_lock
from search.engines.stored import ORDERS
from search.engines.tantivy_counts import Counter
from search.engines.tantivy_folder import Folder, Stamp
from search.engines.tantivy_query import Compiler
from search.engines.tantivy_schema import (
    CONVENTION,
    FORMES,
    PROPOSITIONS,
    SORT,
    from_tantivy,
    read_empreinte,
    write_document,
)
from search.engines.tantivy_writer import TantivyRebuild, TantivyWriter, read_cursor
from search.query import Tri
from search.results import IndexIndisponible


@dataclass(frozen=True, slots=True)
class Opened:
    """An index as it was last committed."""

    stamp: Stamp
    place: Path
    index: Index
    compiler: Compiler
    counter: Counter


class EmbeddedEngine(Engine):
    """The index in the folder `root`, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder(root)
        self._opened: Opened | None = None
        self._opening = Lock()

    @property
    def write(self) -> Callable[[IndexDocument], Written]:
        return write_document

    def search(self, request: Request) -> Answer:
        opened = self.open_last()
        searcher = opened.index.searcher()
        query = opened.compiler.compile(request)
        with _reading():
            result = _run(searcher, query, request)
            found = tuple(from_tantivy(searcher.doc(address)) for _, address in result.hits)
            facets, sums = opened.counter.count(request)
        return Answer(result.count, found, facets, sums)

    def complete(self, debut: str, limit: int) -> tuple[Proposition, ...]:
        searcher = self.open_last().index.searcher()
        with _reading():
            found = searcher.terms_with_prefix(PROPOSITIONS, debut, limit=limit)
        return tuple(Proposition(term.partition(" ")[2], count) for term, count in found)

    def resemble(self, forme: str, limit: int) -> tuple[Proposition, ...]:
        searcher = self.open_last().index.searcher()
        with _reading():
            counts = dict(searcher.terms_with_prefix(FORMES, forme[:1]))
        if forme in counts:
            return (Proposition(forme, counts[forme]),)
        near = process.extract(forme, list(counts), scorer=OSA.distance, score_cutoff=farthest(forme), limit=None)
        ranked = sorted((distance, -counts[term], term) for term, distance, _ in near)
        return tuple(Proposition(term, -count) for _, count, term in ranked[:limit])

    def cursor(self) -> Cursor:
        index = self.open_last().index
        with _reading():
            return read_cursor(index)

    def count(self) -> int:
        opened = self.open_last()
        with _reading():
            result: Any = opened.index.searcher().search(_all_conventions(opened.index), 1)
            return int(result.count)

    def iter_empreintes(self) -> Iterator[tuple[str, str]]:
        index = self.open_last().index
        searcher = index.searcher()
        with _reading():
            hits = searcher.search(_all_conventions(index), max(1, searcher.num_docs)).hits
            for _, address in hits:
                yield read_empreinte(searcher.doc(address))

    @contextmanager
    def open_writer(self) -> Iterator[Writer | None]:
        self.folder.read_stamp()
        with try_lock(self.folder.writing) as held:
            if not held:
                yield None
                return
            writer = TantivyWriter(self.folder.open_index(self.folder.current_place()))
            try:
                yield writer
            finally:
                writer.close()

    @contextmanager
    def open_rebuild(self) -> Iterator[Rebuild | None]:
        self.folder.root.mkdir(parents=True, exist_ok=True)
        with try_lock(self.folder.rebuilding) as held:
            if not held:
                yield None
                return
            rebuild = TantivyRebuild(self.folder)
            self.folder.throw_away_others(rebuild.place)
            try:
                yield rebuild
            finally:
                rebuild.close()
                self.folder.throw_away_others(rebuild.place if rebuild.bookmark() else None)

    def open_last(self) -> Opened:
        """The index as last committed by whatever process."""
        stamp = self.folder.read_stamp()
        opened = self._opened
        if opened is not None and opened.stamp == stamp:
            return opened
        with self._opening:
            self._opened = self._open_again(stamp, self._opened)
            return self._opened

    def _open_again(self, stamp: Stamp, opened: Opened | None) -> Opened:
        place = self.folder.current_place()
        try:
            if opened is not None and opened.place == place:
                with _reading():
                    opened.index.reload()
                return _look_at(opened.index, opened.compiler, stamp, place)
            index = self.folder.open_index(place)
            return _look_at(index, Compiler(index), stamp, place)
        except IndexPlusRecent:
            # The portal is being updated: this process answers from what it has open until it is restarted.
            if opened is None:
                raise
            return replace(opened, stamp=stamp)
        except IndexIndisponible:
            if self.folder.current_place() == place:
                raise
            # Another index has taken its place meanwhile.
            return self._open_again(self.folder.read_stamp(), None)


def _run(searcher: Searcher, query: Query, request: Request) -> Any:
    """Tantivy's result: its stubs do not know that it has a count."""
    if request.ordre is Tri.PERTINENCE:
        return searcher.search(query, request.limit, offset=request.offset)
    return searcher.search(
        query, request.limit, offset=request.offset, order_by_field=ORDERS[request.ordre], order=Order.Asc
    )


def _look_at(index: Index, compiler: Compiler, stamp: Stamp, place: Path) -> Opened:
    with _reading():
        return Opened(stamp, place, index, compiler, Counter(index, compiler))


def _all_conventions(index: Index) -> Query:
    return Query.term_query(index.schema, SORT, CONVENTION, "basic")


@contextmanager
def _reading() -> Iterator[None]:
    """What tantivy cannot read is said in the words of the contract."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexIndisponible("L'index de recherche est endommagé.") from error
