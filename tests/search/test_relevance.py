from math import log2

import pytest

from search.relevance import CUTOFF, JudgedQuery, Score, ScoredQuery, average, ndcg, reciprocal_rank

GRADES = {"exact": 3, "bon": 2, "proche": 1}


def test_the_best_order_is_worth_one() -> None:
    assert ndcg(["exact", "bon", "proche"], GRADES) == 1


def test_an_order_is_worth_its_gains_over_those_of_the_best_one() -> None:
    best = 7 + 3 / log2(3) + 1 / 2
    assert ndcg(["bon", "autre", "exact"], GRADES) == pytest.approx((3 + 7 / 2) / best)


def test_what_comes_after_the_first_page_is_worth_nothing() -> None:
    others = [f"autre{rank}" for rank in range(CUTOFF)]
    assert ndcg([*others, "exact"], GRADES) == 0
    assert reciprocal_rank([*others, "exact"], GRADES) == 0


def test_a_page_of_the_best_is_enough_where_there_are_more() -> None:
    grades = {f"acte{rank}": 3 for rank in range(2 * CUTOFF)}
    assert ndcg(list(grades)[-CUTOFF:], grades) == 1


def test_nothing_found_and_nothing_to_find_are_worth_nothing() -> None:
    assert ndcg([], GRADES) == ndcg(["exact"], {}) == reciprocal_rank([], GRADES) == 0


def test_what_is_merely_related_does_not_end_a_search() -> None:
    assert reciprocal_rank(["proche", "autre", "bon", "exact"], GRADES) == pytest.approx(1 / 3)


def test_every_query_counts_alike() -> None:
    served, lost = (ScoredQuery(JudgedQuery("q", GRADES), found) for found in (("exact", "bon", "proche"), ("autre",)))
    assert average([served, lost]) == Score(2, 0.5, 0.5)
