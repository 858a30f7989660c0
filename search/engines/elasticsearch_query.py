"""A request in the words of Elasticsearch: a body that finds, and one that counts and sums.

They are two because the cluster keeps what it has counted, as long as the index does not change, only where nothing is
shown; and what it only counts it does not score. A body is made of plain dicts: objects of `elasticsearch.dsl` would
say the same, and cost more than the rest of what we do for a search (docs/performance.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any as Anything

from search.champs import TEXTES
from search.engines.aggregations import build_counts, build_sums
from search.engines.base import (
    PREFIX_WEIGHTS,
    TIE_BREAKER,
    Request,
    identifier_facts,
    identifier_run,
    near_pairs,
    searched_texts,
)
from search.engines.elasticsearch_mapping import ALL_FORMS, CONVENTION, SHOWN, SORT
from search.engines.stored import ORDERS
from search.filters import IDENTIFIANTS, AllOf, AnyOf, Beginning, Between, Filter, Terms, fact_filter
from search.query import Tri
from search.tree import All, Any, Code, Identifier, InStatut, Interval, Most, Node, Not, Phrase, Prefix, Run, Word

Body = dict[str, Anything]

K1 = 1.2
"""Of BM25. Lucene leaves out the factor (k1 + 1) that tantivy has: what scores by itself is brought to that scale."""

FREE = "libres"


def build_bodies(request: Request, exercices: Iterable[int]) -> list[Body]:
    """The bodies of a search: the first shows what is found, the last tells the total; one where nothing is counted.

    A facet that has a filter is counted without it, so facets filter after the counts.
    """
    after = {name: build_filter(one) for name, one in request.filters.items() if name in request.facets}
    before = [build_filter(one) for name, one in request.filters.items() if name not in request.facets]
    asked: Body = {"query": {"bool": {"must": build_tree(request.tree, request.day), "filter": before}}}
    if after:
        asked["post_filter"] = _all_of(after.values())
    shown = {"from": request.offset, "size": request.limit, "sort": _build_sort(request.ordre), "_source": list(SHOWN)}
    counted: Body = {"track_total_hits": True}
    if not request.facets and not request.sums:
        return [asked | shown | counted]
    aggregations = _build_aggregations(request, after, exercices)
    return [asked | shown | {"track_total_hits": False}, asked | counted | {"size": 0, "aggs": aggregations}]


def _build_sort(ordre: Tri) -> list[Body | str]:
    """What is as relevant comes in the order of dates, as on any engine."""
    return ["_score", {ORDERS[Tri.DATE]: "asc"}] if ordre is Tri.PERTINENCE else [{ORDERS[ordre]: "asc"}]


def _build_aggregations(request: Request, after: Mapping[str, Body], exercices: Iterable[int]) -> Body:
    free = {name: chosen for name, chosen in request.facets.items() if name not in after}
    asked = build_counts(free, request.day) | (build_sums(exercices) if request.sums else {})
    aggregations = {FREE: {"filter": _all_of(after.values()), "aggs": asked}} if asked else {}
    for name in after:
        others = _all_of(one for other, one in after.items() if other != name)
        counts = build_counts({name: request.facets[name]}, request.day)
        aggregations[name] = {"filter": others, "aggs": counts}
    return aggregations


def read_aggregations(answer: Mapping[str, Anything]) -> Body:
    """The counts and sums of all the groups that `build_bodies` asks for, as one answer."""
    return {name: counted for group in answer.values() for name, counted in group.items() if name != "doc_count"}


def _all_of(filters: Iterable[Body]) -> Body:
    return {"bool": {"filter": list(filters)}}


def build_filter(one: Filter) -> Body:
    match one:
        case Terms():
            return {"terms": {one.field: list(one.values)}}
        case Beginning():
            return {"prefix": {one.field: one.prefix}}
        case Between(low=None, high=None):
            return {"exists": {"field": one.field}}
        case Between():
            bounds = {"gte": one.low, "lte": one.high}
            return {"range": {one.field: {name: bound for name, bound in bounds.items() if bound is not None}}}
        case AllOf():
            return _all_of(map(build_filter, one.filters))
        case AnyOf():
            return {"bool": {"should": list(map(build_filter, one.filters)), "minimum_should_match": 1}}


def build_tree(tree: All, day: int) -> list[Body]:
    """The clauses that must all match, for the statuts of the day of ordinal `day`."""
    compiler = _Tree(date.fromordinal(day))
    return [compiler.compile_node(node) for node in tree.nodes] + (
        [] if any(not isinstance(node, Not) for node in tree.nodes) else [ALL_CONVENTIONS]
    )


ALL_CONVENTIONS = {"constant_score": {"filter": {"term": {SORT: CONVENTION}}, "boost": 0.0}}


class _Tree:
    """Compiles a tree, whose statuts are those of the day `aujourdhui`."""

    def __init__(self, aujourdhui: date) -> None:
        self.aujourdhui = aujourdhui

    def compile_node(self, node: Node) -> Body:
        match node:
            case Word(_, terme, champ):
                return _best(_search((terme,), champ))
            case Phrase(_, termes, champ, distance):
                return _best(_search(termes, champ, distance))
            case Prefix():
                return _best(_begin(node))
            case Identifier():
                run = identifier_run(node)
                return _best([*_identify(node), *(_search(run, "") if run else ())])
            case Code() | Interval() | InStatut():
                return {"constant_score": {"filter": build_filter(fact_filter(node, self.aujourdhui)), "boost": 0.0}}
            case Any(nodes):
                return _best(list(map(self.compile_node, nodes)))
            case Most(nodes):
                return {"bool": {"should": list(map(self.compile_node, nodes)), "minimum_should_match": 1}}
            case Not(child):
                return {"bool": {"must": [ALL_CONVENTIONS], "must_not": [self.compile_node(child)]}}
            case All(nodes):
                return {"bool": {"must": list(map(self.compile_node, nodes))}}


def _identify(node: Identifier) -> Iterator[Body]:
    for fact, weight in identifier_facts(node).items():
        yield {"term": {IDENTIFIANTS: {"value": fact, "boost": weight}}}


def _search(run: Run, champ: str, distance: int = 0) -> list[Body]:
    return [_run_in(text, run, distance, weight) for text, weight in searched_texts(champ).items()]


def _run_in(text: str, run: Run, distance: int, weight: float) -> Body:
    if distance:
        near = [_phrase(text, pair, distance, weight) for pair in near_pairs(run)]
        return near[0] if len(near) == 1 else {"bool": {"must": near}}
    return _phrase(text, run, 0, weight)


def _phrase(text: str, run: Run, distance: int, weight: float) -> Body:
    """Terms are terms already: the cluster only cuts at spaces."""
    if len(run) == 1:
        return {"term": {text: {"value": run[0], "boost": weight}}}
    phrase = {"query": " ".join(run), "analyzer": "whitespace", "slop": distance, "boost": weight}
    return {"match_phrase": {text: phrase}}


def _begin(node: Prefix) -> list[Body]:
    weights = {node.champ: 1.0} if node.champ else PREFIX_WEIGHTS
    return [
        {"constant_score": {"filter": _begin_in(champ, node.forme), "boost": weight / (K1 + 1)}}
        for champ, weight in weights.items()
    ]


def _begin_in(champ: str, forme: str) -> Body:
    fields = [f"{text}.formes" for text in TEXTES[champ]] if champ else [ALL_FORMS]
    return {"bool": {"should": [{"prefix": {field: forme}} for field in fields], "minimum_should_match": 1}}


def _best(queries: list[Body]) -> Body:
    return {"dis_max": {"queries": queries, "tie_breaker": TIE_BREAKER}}
