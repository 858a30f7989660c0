"""A request in tantivy's terms: queries that score, filters that do not, and the counts of facets."""

from collections.abc import Iterable, Mapping
from typing import Any

from tantivy import FieldType, Index, Occur, Query

from portal.domain.statut import Statut
from search.engines.base import BOOSTS, FACET_SIZE, IDENTIFIER_BOOST, TIE_BREAKER, Request
from search.engines.tantivy_schema import CONVENTION, SORT
from search.filters import AllOf, AnyOf, Between, Filter, Terms
from search.syntax import All, Identifier, Node, Not, Phrase, Word

STATUT = "statut"
CHOSEN = "+"  # after the name of a facet: the count of the values chosen in it


class Compiler:
    """Compiles requests for one index, whose schema they refer to."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.schema = index.schema

    def compile(self, request: Request, without: str | None = None) -> Query:
        """The whole query; `without` leaves out the filter of that name."""
        filters = [self.filter(one) for name, one in request.filters.items() if name != without]
        return Query.boolean_query(
            [*self._compile_all(request.tree), *((Occur.Must, Query.const_score_query(one, 0.0)) for one in filters)]
        )

    def filter(self, one: Filter) -> Query:
        match one:
            case Terms(field, (value,)):
                return Query.term_query(self.schema, field, value, "basic")
            case Terms():
                return Query.term_set_query(self.schema, one.field, one.values)
            case Between():
                return self._compile_between(one)
            case AllOf():
                return Query.boolean_query([(Occur.Must, self.filter(child)) for child in one.filters])
            case AnyOf():
                return Query.boolean_query([(Occur.Should, self.filter(child)) for child in one.filters])

    def _compile_between(self, one: Between) -> Query:
        if one.low is None and one.high is None:
            return Query.exists_query(one.field)
        if "." not in one.field:
            return Query.range_query(self.schema, one.field, FieldType.Integer, one.low, one.high)
        # Only the query parser knows ranges within a JSON field.
        low, high = ("*" if bound is None else bound for bound in (one.low, one.high))
        return self.index.parse_query(f"{one.field}:[{low} TO {high}]")

    def _compile_all(self, tree: All) -> list[tuple[Occur, Query]]:
        clauses = [
            (Occur.MustNot, self._compile_node(node.node))
            if isinstance(node, Not)
            else (Occur.Must, self._compile_node(node))
            for node in tree.nodes
        ]
        if any(occur == Occur.Must for occur, _ in clauses):
            return clauses
        return [(Occur.Must, Query.term_query(self.schema, SORT, CONVENTION, "basic")), *clauses]

    def _compile_node(self, node: Node) -> Query:
        match node:
            case Word():
                return self._best_field(self._fields((node.terme,)))
            case Phrase():
                return self._best_field(self._fields(node.termes))
            case Identifier():
                fact = Query.term_query(self.schema, "identifiants", f"{node.nom}:{node.code}", "basic")
                return self._best_field([Query.boost_query(fact, IDENTIFIER_BOOST), *self._fields(node.termes)])
            case Not() | All():
                return Query.boolean_query(self._compile_all(node if isinstance(node, All) else All((node,))))

    def _fields(self, run: tuple[str, ...]) -> list[Query]:
        return [Query.boost_query(self._run_in(boost.field, run), boost.weight) for boost in BOOSTS]

    def _run_in(self, field: str, run: tuple[str, ...]) -> Query:
        if len(run) == 1:
            return Query.term_query(self.schema, field, run[0])
        return Query.phrase_query(self.schema, field, list(run))

    def _best_field(self, queries: list[Query]) -> Query:
        return Query.disjunction_max_query(queries, TIE_BREAKER)


def build_counts(facets: Mapping[str, tuple[str, ...]], day: int) -> dict[str, Any]:
    """The aggregations that count the values of `facets`, in one pass."""
    counts: dict[str, Any] = {}
    for name, chosen in facets.items():
        if name == STATUT:
            counts[name] = _count_statuts(day)
            continue
        counts[name] = {"terms": {"field": name, "size": FACET_SIZE}}
        if chosen:
            counts[name + CHOSEN] = {"terms": {"field": name, "size": len(chosen), "include": list(chosen)}}
    return counts


def read_counts(answer: Mapping[str, Any], names: Iterable[str]) -> dict[str, dict[str, int]]:
    """The counts by facet and value, out of what the aggregations answer."""
    return {name: _read_statuts(answer[name]) if name == STATUT else _read_terms(answer, name) for name in names}


def _read_terms(answer: Mapping[str, Any], name: str) -> dict[str, int]:
    buckets = answer[name]["buckets"] + answer.get(name + CHOSEN, {"buckets": []})["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _count_statuts(day: int) -> dict[str, Any]:
    """Three dates cut in two at `day`, each under the other: `statut_between` for all conventions at once."""
    begun = {"range": {"field": "debut", "ranges": [{"to": day + 1}, {"from": day + 1}]}}
    ended = {"range": {"field": "fin", "ranges": [{"to": day}, {"from": day}]}, "aggs": {"debut": begun}}
    return {
        "range": {"field": "resiliation", "ranges": [{"to": day + 1}, {"from": day + 1}]},
        "aggs": {"fin": ended},
    }


def _read_statuts(answer: Mapping[str, Any]) -> dict[str, int]:
    ended_early, running = _split(answer)
    ended, lasting = _split(running.get("fin"))
    begun, to_come = _split(lasting.get("debut"))
    counts = {
        Statut.A_VENIR.value: to_come["doc_count"],
        Statut.EN_VIGUEUR.value: begun["doc_count"],
        Statut.ECHUE.value: ended["doc_count"],
        Statut.RESILIEE.value: ended_early["doc_count"],
    }
    return {statut: count for statut, count in counts.items() if count}


def _split(answer: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The two buckets of a range cut in two; both empty where no convention has the field."""
    low, high = (answer["buckets"] if answer else None) or ({"doc_count": 0}, {"doc_count": 0})
    return low, high
