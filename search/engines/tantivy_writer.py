"""The writers of an embedded index: of the one in use, and of a new one beside it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from tantivy import Document, Index, IndexWriter, Query

from search.engines.base import Bookmark, CatchUp, Cursor, Rebuild, Writer, Written
from search.engines.locks import lock
from search.engines.tantivy_folder import Folder
from search.engines.tantivy_schema import (
    CURSOR,
    SORT,
    bookmark_from_tantivy,
    cursor_from_tantivy,
    make_index,
    position_to_tantivy,
    register_tokenizers,
)
from search.results import IndexIndisponible

Read = TypeVar("Read")

WRITER_BYTES, REBUILD_BYTES = 30_000_000, 150_000_000
"""The memory that one writer may fill before it writes a segment."""


def read_cursor(index: Index) -> Cursor:
    """The cursor that the index was last committed with; raises `IndexIndisponible` where it cannot be read."""
    return _read_position(index, cursor_from_tantivy) or Cursor()


def read_bookmark(index: Index) -> Bookmark | None:
    """How far the rebuild of the index had got, if that was kept; raises `IndexIndisponible` like `read_cursor`."""
    return _read_position(index, bookmark_from_tantivy)


def _read_position(index: Index, read: Callable[[Document], Read]) -> Read | None:
    searcher = index.searcher()
    try:
        hits = searcher.search(Query.term_query(index.schema, SORT, CURSOR, "basic"), 1).hits
        return read(searcher.doc(hits[0][1])) if hits else None
    except (OSError, ValueError, TypeError) as error:
        raise IndexIndisponible("L'index de recherche est endommagé.") from error


class TantivyWriter(Writer):
    """Writes to `index`, of which the caller holds the lock. tantivy's own writer is made when it is needed."""

    def __init__(self, index: Index, memory: int = WRITER_BYTES) -> None:
        register_tokenizers(index)
        self.index = index
        self.memory = memory
        self._writer: IndexWriter | None = None
        self._pending = False

    @property
    def writer(self) -> IndexWriter:
        if self._writer is None:
            # One thread: the order of documents, and so of results that tie, does not depend on chance.
            self._writer = self.index.writer(self.memory, num_threads=1)
        return self._writer

    def cursor(self) -> Cursor:
        self.index.reload()
        return read_cursor(self.index)

    def put(self, documents: Iterable[Written]) -> None:
        for uid, texte in documents:
            self._pending = True
            self.writer.delete_documents_by_term("uid", uid)
            self.writer.add_json(texte)

    def delete(self, uids: Iterable[str]) -> None:
        for uid in uids:
            self._pending = True
            self.writer.delete_documents_by_term("uid", uid)

    def commit(self, cursor: Cursor) -> None:
        self.commit_with(cursor)

    def commit_with(self, position: Cursor | Bookmark) -> None:
        self.writer.delete_documents_by_term(SORT, CURSOR)
        self.writer.add_document(position_to_tantivy(position))
        self.writer.commit()
        self._pending = False

    def close(self) -> None:
        """Forgets what was not committed, and lets the merges end."""
        if self._writer is not None:
            if self._pending:
                self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None


class TantivyRebuild(TantivyWriter, Rebuild):
    """Writes a new index, thrown away if `swap` does not put it in use; the caller holds the lock of rebuilding."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.place, index, self._bookmark = _find_unfinished(folder) or _make_new(folder)
        super().__init__(index, REBUILD_BYTES)

    def bookmark(self) -> Bookmark | None:
        return self._bookmark

    def clear(self) -> None:
        self.writer.delete_all_documents()
        self.writer.commit()
        self._bookmark = None

    def keep(self, bookmark: Bookmark) -> None:
        self.commit_with(bookmark)
        self._bookmark = bookmark

    def swap(self, catch_up: CatchUp) -> None:
        with lock(self.folder.writing):
            catch_up(self)
            self.close()
            self.folder.turn_to(self.place)


Started = tuple[Path, Index, Bookmark | None]


def _find_unfinished(folder: Folder) -> Started | None:
    """The index of a rebuild that was interrupted and kept what it had."""
    for place in folder.list_others():
        try:
            index = folder.open_index(place)
            bookmark = read_bookmark(index)
        except IndexIndisponible:
            continue  # of another version, or killed before it kept anything: thrown away with the others
        if bookmark:
            return place, index, bookmark
    return None


def _make_new(folder: Folder) -> Started:
    place = folder.make_place()
    return place, make_index(str(place)), None
