"""The bare engine, without anything of ours in the time that is measured: what our figures are compared with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tantivy import Document, Order, Query, Searcher

from search.analysis import terms
from search.engines.aggregations import build_counts
from search.engines.base import BOOSTS
from search.engines.embedded import EmbeddedEngine
from search.engines.stored import ORDERS
from search.engines.tantivy_schema import make_index, register_tokenizers
from search.engines.tantivy_writer import REBUILD_BYTES
from search.query import SearchQuery, Tri
from search.service import PAGE_SIZE, build_request

Search = Callable[[str], Any]


def add_all(documents: Iterable[Document], folder: Path) -> None:
    """Adds documents that are ready for tantivy to a new index in `folder`."""
    folder.mkdir()
    index = make_index(str(folder))
    register_tokenizers(index)
    writer = index.writer(REBUILD_BYTES, num_threads=1)
    for document in documents:
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def naked_search(engine: EmbeddedEngine) -> Search:
    """The same words over the same fields, ten best, by tantivy's own query parser: no facet, no document read."""
    index = engine.open_last().index
    boosts = {boost.field: boost.weight for boost in BOOSTS if boost.field != "codes"}

    def search(q: str) -> Any:
        text = " ".join(terms(q)) or "*"
        query, _errors = index.parse_query_lenient(text, list(boosts), field_boosts=boosts, conjunction_by_default=True)
        return index.searcher().search(query, PAGE_SIZE)

    return search


@dataclass(frozen=True, slots=True)
class _Prepared:
    query: Query
    order: Mapping[str, Any]
    counts: dict[str, Any]


def same_search(engine: EmbeddedEngine, aujourdhui: date, asked: Iterable[str], *, read: bool) -> Search:
    """The very query, order, top ten and facets of `Results`, compiled beforehand; `read`: and its ten documents."""
    opened = engine.open_last()
    searcher = opened.index.searcher()
    prepared = {}
    for q in asked:
        request = build_request(SearchQuery(q=q), aujourdhui)
        by_field = request.ordre is not Tri.PERTINENCE
        order = {"order_by_field": ORDERS[request.ordre], "order": Order.Asc} if by_field else {}
        prepared[q] = _Prepared(opened.compiler.compile(request), order, build_counts(request.facets, request.day))
    return lambda q: _run(searcher, prepared[q], read)


def _run(searcher: Searcher, prepared: _Prepared, read: bool) -> Any:
    hits = searcher.search(prepared.query, PAGE_SIZE, **prepared.order).hits
    counts = searcher.aggregate(prepared.query, prepared.counts)
    return counts, [searcher.doc(address) for _, address in hits] if read else hits
