"""How good an order of results is, against what a reader would have wanted: plain figures, no engine.

A judged query gives a grade to each convention that a reader would be glad to find: 3 for exactly what is sought, 2 for
a good answer, 1 for what is merely related; any other is worth 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

GRADES = (1, 2, 3)
SATISFYING = 2
"""The lowest grade with which a reader's search is over."""

CUTOFF = 10
"""Results that count: a page of them, which few readers turn."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What a reader types, and the grade of each convention worth finding, by its uid."""

    q: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScoredQuery:
    """A judged query, the uids that were found for it in their order, and what that order is worth."""

    judged: JudgedQuery
    found: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        return ndcg(self.found, self.judged.grades)

    @property
    def reciprocal_rank(self) -> float:
        return reciprocal_rank(self.found, self.judged.grades)


@dataclass(frozen=True, slots=True)
class Score:
    """The means over `nombre` queries, each counting as much as another."""

    nombre: int
    ndcg: float
    mrr: float


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The normalised discounted cumulated gain of the first CUTOFF results: DCG / DCG of the best order there is.

    DCG = sum over the ranks r, from 1, of (2^grade - 1) / log2(r + 1). Järvelin and Kekäläinen, « Cumulated
    Gain-Based Evaluation of IR Techniques », ACM TOIS 20(4), 2002; with the gains of Burges et al., « Learning to
    Rank using Gradient Descent », ICML 2005.
    """
    best = _sum_gains(sorted(grades.values(), reverse=True))
    return _sum_gains(grades.get(uid, 0) for uid in found) / best if best else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 / the rank of the first result that satisfies, 0 where none of the first CUTOFF does.

    Its mean over the queries is the MRR of Voorhees, « The TREC-8 Question Answering Track Report », 1999.
    """
    ranks = (rank for rank, uid in enumerate(found[:CUTOFF], start=1) if grades.get(uid, 0) >= SATISFYING)
    return 1 / next(ranks, float("inf"))


def average(scored: Iterable[ScoredQuery]) -> Score:
    """The score of one query or more."""
    pairs = [(one.ndcg, one.reciprocal_rank) for one in scored]
    return Score(len(pairs), fmean(gain for gain, _ in pairs), fmean(rank for _, rank in pairs))


def _sum_gains(grades: Iterable[int]) -> float:
    ranked = zip(range(1, CUTOFF + 1), grades, strict=False)
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in ranked)
