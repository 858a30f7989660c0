"""The writers of an Elasticsearch index: of the one in use, and of a new one beside it.

Each document bears the row of the journal that it was read for as an external version: what is sent twice, or comes
late after a time-out, never takes the place of something newer.
"""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.base import Bookmark, CatchUp, Cursor, Rebuild, Writer, Written
from search.engines.elasticsearch_cluster import Cluster, translated
from search.engines.elasticsearch_lease import WRITING, Lease
from search.engines.elasticsearch_mapping import CURSOR, position_to_source, written_format
from search.engines.stored import read_bookmark, read_cursor
from search.results import IndexIndisponible, MoteurIndisponible

CHUNK, CHUNK_BYTES = 500, 8_000_000
"""Documents, and bytes, that one request brings at most."""

FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
"""How a cluster that says it has too much to do (429) is asked again: seconds, doubled each time."""

HARMLESS = (404, 409)
"""A uid to delete that is not there; a newer version that is."""

FINAL = (400, 413)
"""The document itself is refused: it would be again."""

logger = logging.getLogger(__name__)

Action = dict[str, Any]


def read_index_cursor(client: Elasticsearch, nom: str) -> Cursor:
    """The cursor that the index was last committed with."""
    written = _read_position(client, nom)
    return read_cursor(written) if written else Cursor()


def _read_position(client: Elasticsearch, nom: str) -> str | None:
    with translated():
        answer = client.options(ignore_status=404).get(index=nom, id=CURSOR, realtime=False)
    if "error" in answer:
        raise IndexIndisponible("L'index de recherche n'existe pas.")
    return str(answer["_source"]["fiche"]) if answer["found"] else None


class ElasticsearchWriter(Writer):
    """Writes to the index `nom`; the caller holds `lease`. What was put and is not committed is kept here."""

    retries = 3

    def __init__(self, cluster: Cluster, nom: str, lease: Lease) -> None:
        self.cluster = cluster
        self.client = cluster.writing
        self.nom = nom
        self.lease = lease
        self.pending: list[Action] = []

    def cursor(self) -> Cursor:
        return read_index_cursor(self.client, self.nom)

    def put(self, documents: Iterable[Written]) -> None:
        self.pending += [{"_id": uid, "_source": texte} for uid, texte in documents]

    def delete(self, uids: Iterable[str]) -> None:
        self.pending += [{"_op_type": "delete", "_id": uid} for uid in uids]

    def commit(self, cursor: Cursor) -> None:
        self.send(self.pending, cursor.seq)
        self.pending = []
        # After the others: a process killed before this line does them again.
        self.place(cursor, cursor.seq)

    def place(self, position: Cursor | Bookmark, version: int) -> None:
        """Writes how far the index has got, and makes it visible with all that was sent."""
        self.send([{"_id": CURSOR, "_source": position_to_source(position)}], version)
        with translated():
            self.client.indices.refresh(index=self.nom)

    def send(self, actions: Iterable[Action], version: int) -> None:
        """Sends documents; raises `IndexIndisponible` where the cluster does not take them.

        One that it will never take, whatever is wrong with it, is logged and left out: it must not keep the others
        from being found, and `check_index` tells that it is missing.
        """
        self.lease.renew()
        versioned = self._version(actions, version)
        with translated():
            for done, result in streaming_bulk(
                self.client,
                versioned,
                chunk_size=CHUNK,
                max_chunk_bytes=CHUNK_BYTES,
                raise_on_error=False,
                max_retries=self.retries,
                initial_backoff=FIRST_WAIT,
                max_backoff=LONGEST_WAIT,
            ):
                [answer] = result.values()
                if not done and answer["status"] not in HARMLESS:
                    self._refuse(answer)

    def _refuse(self, answer: Action) -> None:
        reason = answer.get("error", {}).get("reason", answer["status"])
        if answer["status"] not in FINAL:
            raise MoteurIndisponible(f"Elasticsearch n'indexe pas {answer['_id']} : {reason}")
        logger.error("Elasticsearch refuse d'indexer %s : %s", answer["_id"], reason)

    def _version(self, actions: Iterable[Action], version: int) -> Iterator[Action]:
        for action in actions:
            yield {"_index": self.nom, "version": version, "version_type": "external_gte", **action}


class ElasticsearchRebuild(ElasticsearchWriter, Rebuild):
    """Writes a new index, thrown away if `swap` does not put it in use; the caller holds the lease of rebuilding."""

    retries = 8

    def __init__(self, cluster: Cluster, lease: Lease) -> None:
        self._bookmark: Bookmark | None
        nom, self._bookmark = _find_unfinished(cluster) or (cluster.create(), None)
        super().__init__(cluster, nom, lease)
        self.client = cluster.rebuilding

    def bookmark(self) -> Bookmark | None:
        return self._bookmark

    def clear(self) -> None:
        self.nom, self._bookmark, self.pending = self.cluster.create(), None, []

    def keep(self, bookmark: Bookmark) -> None:
        self._send_pending()
        self.place(bookmark, bookmark.cursor.seq)
        self._bookmark = bookmark

    def put(self, documents: Iterable[Written]) -> None:
        super().put(documents)
        if len(self.pending) >= CHUNK:
            self._send_pending()

    def swap(self, catch_up: CatchUp) -> None:
        with Lease(self.cluster, WRITING).waited_for():
            catch_up(self)
            self.cluster.turn_to(self.nom)

    def _send_pending(self) -> None:
        """Nobody sees this index yet, and any row of the journal is newer than what it is made of."""
        self.send(self.pending, 0)
        self.pending = []


def _find_unfinished(cluster: Cluster) -> tuple[str, Bookmark] | None:
    """The index of a rebuild that was interrupted and kept what it had."""
    for nom in cluster.list_unused(written_format()):
        written = _read_position(cluster.writing, nom)
        bookmark = read_bookmark(written) if written else None
        if bookmark:
            return nom, bookmark
    return None
