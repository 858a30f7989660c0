"""A request in tantivy's terms: queries that score, and filters that do not."""

from collections.abc import Iterator
from datetime import date

from tantivy import FieldType, Index, Occur, Query

from search.engines.base import (
    PREFIX_WEIGHTS,
    TIE_BREAKER,
    Request,
    identifier_facts,
    identifier_run,
    near_pairs,
    searched_texts,
)
from search.engines.tantivy_schema import CONVENTION, SORT, forms_of
from search.filters import IDENTIFIANTS, AllOf, AnyOf, Beginning, Between, Filter, Terms, fact_filter
from search.tree import All, Any, Code, Identifier, InStatut, Interval, Most, Node, Not, Phrase, Prefix, Run, Word


class Compiler:
    """Compiles requests for one index, whose schema they refer to."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.schema = index.schema

    def compile(self, request: Request, without: str | None = None) -> Query:
        """The whole query; `without` leaves out the filter of that name."""
        filters = [self.filter(one) for name, one in request.filters.items() if name != without]
        tree = _Tree(self, date.fromordinal(request.day))
        return Query.boolean_query(
            [*tree.compile_all(request.tree), *((Occur.Must, Query.const_score_query(one, 0.0)) for one in filters)]
        )

    def filter(self, one: Filter) -> Query:
        match one:
            case Terms(field, (value,)):
                return Query.term_query(self.schema, field, value, "basic")
            case Terms():
                return Query.term_set_query(self.schema, one.field, one.values)
            case Beginning():
                return self.begin(one.field, one.prefix)
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

    def begin(self, field: str, prefix: str) -> Query:
        """The terms of `field` that begin with `prefix`, all alike."""
        return Query.fuzzy_term_query(self.schema, field, prefix, distance=0, prefix=True)


class _Tree:
    """Compiles the tree of one request, whose statuts are those of the day `aujourdhui`."""

    def __init__(self, compiler: Compiler, aujourdhui: date) -> None:
        self.compiler = compiler
        self.schema = compiler.schema
        self.aujourdhui = aujourdhui

    def compile_all(self, tree: All) -> list[tuple[Occur, Query]]:
        clauses = [
            (Occur.MustNot, self.compile_node(node.node))
            if isinstance(node, Not)
            else (Occur.Must, self.compile_node(node))
            for node in tree.nodes
        ]
        if any(occur == Occur.Must for occur, _ in clauses):
            return clauses
        return [(Occur.Must, Query.term_query(self.schema, SORT, CONVENTION, "basic")), *clauses]

    def compile_node(self, node: Node) -> Query:
        match node:
            case Word(_, terme, champ):
                return self._best(self._search((terme,), champ))
            case Phrase(_, termes, champ, distance):
                return self._best(self._search(termes, champ, distance))
            case Prefix():
                return self._best(self._begin(node))
            case Identifier():
                run = identifier_run(node)
                return self._best([*self._identify(node), *(self._search(run, "") if run else ())])
            case Code() | Interval() | InStatut():
                return Query.const_score_query(self.compiler.filter(fact_filter(node, self.aujourdhui)), 0.0)
            case Any(nodes):
                return self._best(list(map(self.compile_node, nodes)))
            case Most(nodes):
                return Query.boolean_query([(Occur.Should, self.compile_node(child)) for child in nodes])
            case Not() | All():
                return Query.boolean_query(self.compile_all(node if isinstance(node, All) else All((node,))))

    def _identify(self, node: Identifier) -> Iterator[Query]:
        for fact, weight in identifier_facts(node).items():
            yield Query.boost_query(Query.term_query(self.schema, IDENTIFIANTS, fact, "basic"), weight)

    def _search(self, run: Run, champ: str, distance: int = 0) -> list[Query]:
        return [
            Query.boost_query(self._run_in(text, run, distance), weight)
            for text, weight in searched_texts(champ).items()
        ]

    def _run_in(self, text: str, run: Run, distance: int) -> Query:
        if distance:
            near = [(Occur.Must, self._phrase(text, pair, distance)) for pair in near_pairs(run)]
            return near[0][1] if len(near) == 1 else Query.boolean_query(near)
        return self._phrase(text, run, 0)

    def _phrase(self, text: str, run: Run, distance: int) -> Query:
        if len(run) == 1:
            return Query.term_query(self.schema, text, run[0])
        return Query.phrase_query(self.schema, text, list(run), distance)

    def _begin(self, node: Prefix) -> list[Query]:
        weights = {node.champ: 1.0} if node.champ else PREFIX_WEIGHTS
        return [
            Query.const_score_query(self.compiler.begin(forms_of(champ), node.forme), weight)
            for champ, weight in weights.items()
        ]

    def _best(self, queries: list[Query]) -> Query:
        return Query.disjunction_max_query(queries, TIE_BREAKER)
