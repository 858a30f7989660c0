"""The writers of an embedded index: of the one in use, and of a new one beside it."""

from collections.abc import Iterable

from tantivy import Index, IndexWriter, Query

from search.document import IndexDocument
from search.engines.base import CatchUp, Cursor, Rebuild, Writer
from search.engines.locks import lock
from search.engines.tantivy_folder import Folder
from search.engines.tantivy_schema import (
    CURSOR,
    SORT,
    cursor_from_tantivy,
    cursor_to_tantivy,
    make_index,
    register_tokenizers,
    to_tantivy,
)
from search.results import IndexIndisponible

WRITER_BYTES, REBUILD_BYTES = 30_000_000, 150_000_000
"""The memory that one writer may fill before it writes a segment."""


def read_cursor(index: Index) -> Cursor:
    """The cursor that the index was last committed with; raises `IndexIndisponible` where it cannot be read."""
    searcher = index.searcher()
    try:
        hits = searcher.search(Query.term_query(index.schema, SORT, CURSOR, "basic"), 1).hits
        return cursor_from_tantivy(searcher.doc(hits[0][1])) if hits else Cursor()
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

    def put(self, documents: Iterable[IndexDocument]) -> None:
        for document in documents:
            self._pending = True
            self.writer.delete_documents_by_term("uid", document.fiche.uid)
            self.writer.add_document(to_tantivy(document))

    def delete(self, uids: Iterable[str]) -> None:
        for uid in uids:
            self._pending = True
            self.writer.delete_documents_by_term("uid", uid)

    def commit(self, cursor: Cursor) -> None:
        self.writer.delete_documents_by_term(SORT, CURSOR)
        self.writer.add_document(cursor_to_tantivy(cursor))
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
        self.place = folder.make_place()
        super().__init__(make_index(str(self.place)), REBUILD_BYTES)

    def swap(self, catch_up: CatchUp) -> None:
        with lock(self.folder.writing):
            catch_up(self)
            self.close()
            self.folder.turn_to(self.place)
