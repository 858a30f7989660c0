"""The engine on an Elasticsearch cluster: many machines read one index, and one of them writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from rapidfuzz.distance import OSA

from search.document import IndexDocument
from search.engines.aggregations import read_counts, read_sums
from search.engines.base import Answer, Cursor, Engine, Proposition, Rebuild, Request, Writer, Written, farthest
from search.engines.elasticsearch_cluster import Cluster, Index, refusal, translated
from search.engines.elasticsearch_lease import REBUILDING, WRITING, Lease
from search.engines.elasticsearch_mapping import ALL_FORMS, CONVENTION, SORT, from_source, write_document
from search.engines.elasticsearch_query import build_bodies, read_aggregations
from search.engines.elasticsearch_writer import ElasticsearchRebuild, ElasticsearchWriter, read_index_cursor
from search.engines.stored import read_fiche
from search.results import IndexIndisponible

READ_AT_ONCE = 1_000
RESEMBLING = 200
SAMPLED = 20_000
"""Conventions among which the words to propose are counted: enough to tell the frequent ones."""

Found = TypeVar("Found")


class ElasticsearchEngine(Engine):
    """The index that an alias of the cluster at `adresse` names, which need not exist yet."""

    def __init__(self, adresse: str) -> None:
        self.cluster = Cluster(adresse)

    @property
    def write(self) -> Callable[[IndexDocument], Written]:
        return write_document

    def search(self, request: Request) -> Answer:
        def ask(index: Index) -> Answer:
            answers = self._ask_together(index, build_bodies(request, index.exercices))
            shown, counted = answers[0], answers[-1]
            aggregations = read_aggregations(counted.get("aggregations", {}))
            return Answer(
                counted["hits"]["total"]["value"],
                tuple(from_source(hit["_source"]) for hit in shown["hits"]["hits"]),
                read_counts(aggregations, request.facets),
                read_sums(aggregations) if request.sums else {},
            )

        return self._on_current(ask)

    def complete(self, debut: str, limit: int) -> tuple[Proposition, ...]:
        words = {"terms": {"field": "propositions", "include": f"{_escape(debut)}.*", "size": limit}}
        body = {
            "query": {"prefix": {"propositions": debut}},
            "size": 0,
            "aggs": {"mots": words},
            "terminate_after": SAMPLED,
        }
        answer = self._on_current(lambda index: self._ask(index, body))
        buckets = answer["aggregations"]["mots"]["buckets"]
        return tuple(Proposition(one["key"].partition(" ")[2], one["doc_count"]) for one in buckets)

    def resemble(self, forme: str, limit: int) -> tuple[Proposition, ...]:
        exact = self._on_current(lambda index: self._count(index, {"term": {ALL_FORMS: forme}}))
        if exact:
            return (Proposition(forme, exact),)
        term = {
            "field": ALL_FORMS,
            "suggest_mode": "always",
            "max_edits": farthest(forme),
            "prefix_length": 1,
            "min_word_length": 1,
            "size": RESEMBLING,
        }
        body = {"size": 0, "suggest": {"mots": {"text": forme, "term": term}}}
        answer = self._on_current(lambda index: self._ask(index, body))
        counts = {one["text"]: one["freq"] for entry in answer["suggest"]["mots"] for one in entry["options"]}
        near = sorted((OSA.distance(forme, word), -count, word) for word, count in counts.items())
        return tuple(Proposition(word, -count) for _, count, word in near[:limit])

    def cursor(self) -> Cursor:
        return self._on_current(lambda index: read_index_cursor(self.cluster.reading, index.nom))

    def count(self) -> int:
        return self._on_current(lambda index: self._count(index, {"term": {SORT: CONVENTION}}))

    def iter_empreintes(self) -> Iterator[tuple[str, str]]:
        with translated():
            frozen = self.cluster.writing.open_point_in_time(index=self.cluster.current().nom, keep_alive="1m")
            try:
                yield from self._iter_frozen(frozen["id"])
            finally:
                self.cluster.writing.close_point_in_time(id=frozen["id"])

    def _iter_frozen(self, frozen: str) -> Iterator[tuple[str, str]]:
        after: list[Any] | None = None
        while True:
            answer = self.cluster.writing.search(
                pit={"id": frozen, "keep_alive": "1m"},
                query={"term": {SORT: CONVENTION}},
                source_includes=["fiche", "empreinte"],
                sort=["_shard_doc"],
                size=READ_AT_ONCE,
                search_after=after,
            )
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield read_fiche(hit["_source"]["fiche"]).uid, hit["_source"]["empreinte"]
            if len(hits) < READ_AT_ONCE:
                return
            after = hits[-1]["sort"]

    @contextmanager
    def open_writer(self) -> Iterator[Writer | None]:
        self.cluster.forget()
        index = self.cluster.current()
        lease = Lease(self.cluster, WRITING)
        with lease.taken() as held:
            yield ElasticsearchWriter(self.cluster, index.nom, lease) if held else None
        self.cluster.forget()

    @contextmanager
    def open_rebuild(self) -> Iterator[Rebuild | None]:
        lease = Lease(self.cluster, REBUILDING)
        with lease.taken() as held:
            if not held:
                yield None
                return
            rebuild = ElasticsearchRebuild(self.cluster, lease)
            self.cluster.throw_away_others(rebuild.nom)
            try:
                yield rebuild
            finally:
                self.cluster.throw_away_others(rebuild.nom if rebuild.bookmark() else None)

    def _on_current(self, ask: Callable[[Index], Found]) -> Found:
        """Asks the index in use; once more where another took its place since it was last looked at."""
        index = self.cluster.current()
        try:
            return ask(index)
        except IndexIndisponible:
            self.cluster.forget()
            again = self.cluster.current()
            if again.nom == index.nom:
                raise
            return ask(again)

    def _ask(self, index: Index, body: dict[str, Any]) -> dict[str, Any]:
        """The whole answer of the cluster, or `IndexIndisponible`: never a part of the results."""
        with translated():
            answer: dict[str, Any] = self.cluster.reading.search(index=index.nom, body=body).body
        return _whole(answer)

    def _ask_together(self, index: Index, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The whole answers to several searches, in one request that the cluster answers in parallel."""
        if len(bodies) == 1:
            return [self._ask(index, bodies[0])]
        searches = [part for body in bodies for part in ({}, body)]
        with translated():
            answers = self.cluster.reading.msearch(index=index.nom, searches=searches)["responses"]
        refused = next((answer["status"] for answer in answers if "error" in answer), None)
        if refused:
            raise refusal(refused)
        return [_whole(answer) for answer in answers]

    def _count(self, index: Index, query: dict[str, Any]) -> int:
        with translated():
            return int(self.cluster.reading.count(index=index.nom, query=query)["count"])


def _whole(answer: dict[str, Any]) -> dict[str, Any]:
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise IndexIndisponible("Elasticsearch n'a répondu qu'en partie.")
    return answer


def _escape(forme: str) -> str:
    """`forme` within a regular expression of Lucene."""
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in forme)
