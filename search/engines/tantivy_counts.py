"""The counts of facets and the sums of a search on tantivy, kept as long as the index does not change.

To count all that is found is most of the work of a search that finds much (docs/performance.md). The page and the order
asked for do not change it, and what finds most is what is asked most: no word at all, or one that all conventions have.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from tantivy import Index

from search.engines.aggregations import build_counts, build_sums, read_counts, read_sums
from search.engines.base import Request
from search.engines.tantivy_query import Compiler
from search.filters import EXERCICE
from search.query import Tri

KEPT = 256
"""Searches whose counts a process keeps: some 10 kB each."""

Counts = Mapping[str, Mapping[str, int]]


class Counter:
    """Gives the counts and the sums of requests on `index` as it is now: once it changes, another is needed."""

    def __init__(self, index: Index, compiler: Compiler) -> None:
        self.index = index
        self.compiler = compiler
        self.exercices = read_exercices(index)
        self.kept = lru_cache(maxsize=KEPT)(self._count)

    def count(self, request: Request) -> tuple[Counts, Counts]:
        return self.kept(replace(request, ordre=Tri.DATE, offset=0, limit=1))

    def _count(self, request: Request) -> tuple[Counts, Counts]:
        """One pass for the sums and all facets that have no filter, and one for each facet that has."""
        searcher = self.index.searcher()
        free = {name: chosen for name, chosen in request.facets.items() if name not in request.filters}
        asked = build_counts(free, request.day) | (build_sums(self.exercices) if request.sums else {})
        answer = searcher.aggregate(self.compiler.compile(request), asked) if asked else {}
        counts = read_counts(answer, free)
        for name in request.facets.keys() - free.keys():
            alone = {name: request.facets[name]}
            without = self.compiler.compile(request, without=name)
            counts |= read_counts(searcher.aggregate(without, build_counts(alone, request.day)), alone)
        return counts, read_sums(answer) if request.sums else {}


def read_exercices(index: Index) -> tuple[int, ...]:
    """The years of which the index has an AE or a CP."""
    return tuple(sorted(int(year) for year, _ in index.searcher().terms_with_prefix(EXERCICE, "")))
