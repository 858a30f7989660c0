"""The bare engines, without anything of ours in the time that is measured: what our figures are compared with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from elasticsearch.helpers import streaming_bulk
from tantivy import Order, Query, Searcher

from search.analysis import terms
from search.engines.aggregations import build_counts, build_sums
from search.engines.base import BOOSTS, Request, Written
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_query import build_bodies
from search.engines.elasticsearch_writer import CHUNK, CHUNK_BYTES
from search.engines.embedded import EmbeddedEngine
from search.engines.stored import ORDERS
from search.engines.tantivy_counts import read_exercices
from search.engines.tantivy_schema import make_index, register_tokenizers
from search.engines.tantivy_writer import REBUILD_BYTES
from search.query import SearchQuery, Tri
from search.service import PAGE_SIZE, build_request

Search = Callable[[str], Any]


def add_to_tantivy(documents: Iterable[Written], folder: Path) -> None:
    """Adds documents that are ready for tantivy to a new index in `folder`."""
    folder.mkdir()
    index = make_index(str(folder))
    register_tokenizers(index)
    writer = index.writer(REBUILD_BYTES, num_threads=1)
    for document in documents:
        writer.add_json(document.texte)
    writer.commit()
    writer.wait_merging_threads()


def add_to_elasticsearch(documents: Iterable[Written], engine: ElasticsearchEngine) -> None:
    """Sends documents that are ready to a new index of the cluster, deleted in the end."""
    nom = engine.cluster.create()
    client = engine.cluster.rebuilding
    actions = ({"_index": nom, "_source": document.texte} for document in documents)
    for _ in streaming_bulk(client, actions, chunk_size=CHUNK, max_chunk_bytes=CHUNK_BYTES):
        pass
    client.indices.refresh(index=nom)
    client.indices.delete(index=nom)


def naked_search(engine: EmbeddedEngine) -> Search:
    """The same words over the same fields, ten best, by tantivy's own query parser: no facet, no document read."""
    index = engine.open_last().index
    boosts = {boost.field: boost.weight for boost in BOOSTS if boost.field != "codes"}

    def search(q: str) -> Any:
        text = " ".join(terms(q)) or "*"
        query, _errors = index.parse_query_lenient(text, list(boosts), field_boosts=boosts, conjunction_by_default=True)
        return index.searcher().search(query, PAGE_SIZE)

    return search


def build_requests(asked: Iterable[str], aujourdhui: date) -> dict[str, Request]:
    """What the page of each search asks of its engine."""
    return {q: replace(build_request(SearchQuery(q=q), aujourdhui), sums=True) for q in asked}


@dataclass(frozen=True, slots=True)
class _Prepared:
    query: Query
    order: Mapping[str, Any]
    counts: dict[str, Any]


def same_on_tantivy(engine: EmbeddedEngine, requests: Mapping[str, Request]) -> Search:
    """The very query, order, top ten, facets and sums of `Results`, compiled beforehand; and its ten documents."""
    opened = engine.open_last()
    searcher, exercices = opened.index.searcher(), read_exercices(opened.index)
    prepared = {}
    for q, request in requests.items():
        by_field = request.ordre is not Tri.PERTINENCE
        order = {"order_by_field": ORDERS[request.ordre], "order": Order.Asc} if by_field else {}
        counts = build_counts(request.facets, request.day) | build_sums(exercices)
        prepared[q] = _Prepared(opened.compiler.compile(request), order, counts)
    return lambda q: _run(searcher, prepared[q])


def _run(searcher: Searcher, prepared: _Prepared) -> Any:
    hits = searcher.search(prepared.query, PAGE_SIZE, **prepared.order).hits
    counts = searcher.aggregate(prepared.query, prepared.counts)
    return counts, [searcher.doc(address) for _, address in hits]


def same_on_elasticsearch(engine: ElasticsearchEngine, requests: Mapping[str, Request]) -> Search:
    """The very search of `Results`, made beforehand, in one body as people write it, by the client that they use."""
    index, client = engine.cluster.current(), engine.cluster.reading
    bodies = {}
    for q, request in requests.items():
        shown, counted = build_bodies(request, index.exercices)
        bodies[q] = shown | counted | {"size": request.limit}
    return lambda q: client.search(index=index.nom, body=bodies[q])
