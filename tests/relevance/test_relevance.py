"""The search finds what a reader seeks, near the top: floors on the judged queries of this folder."""

import json
from functools import partial
from io import StringIO
from itertools import chain

import pytest
from django.core.management import call_command

from bench.corpus import read_corpus, rebuild
from bench.relevance import FOLDER, find, read_corrections, read_judged, read_rows, score_all
from importers.management.commands import score_search
from importers.management.commands.score_search import TOTAL, average_all
from search.engines.embedded import EmbeddedEngine
from search.relevance import GRADES, SATISFYING, Score, ScoredQuery, average
from tests.relevance import judge_generated
from tests.relevance.floors import CORRECTED, FLOORS, REDUCED

# Filling the index takes long: one process of xdist does it, and all these tests.
pytestmark = pytest.mark.xdist_group("pertinence")

JUDGED = read_judged()
QUERIES = list(chain.from_iterable(JUDGED.values()))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("pertinence"))
    rebuild(engine, read_corpus())
    return engine


@pytest.fixture(scope="module")
def scores(engine: EmbeddedEngine) -> dict[str, Score]:
    return average_all(score_all(engine, JUDGED))


@pytest.mark.parametrize("name", FLOORS)
def test_no_kind_of_query_falls_below_its_floor(scores: dict[str, Score], name: str) -> None:
    assert scores[name].ndcg >= FLOORS[name].ndcg
    assert scores[name].mrr >= FLOORS[name].mrr


def test_every_file_has_a_floor() -> None:
    assert FLOORS.keys() == JUDGED.keys() | {TOTAL}


def test_most_of_the_corrections_expected_are_proposed(engine: EmbeddedEngine) -> None:
    expected = read_corrections()
    proposed = {q: corrigee.texte if (corrigee := find(engine, q).corrigee) else "" for q in expected}
    assert [q for q, texte in proposed.items() if not texte] == []
    assert sum(proposed[q] == texte for q, texte in expected.items()) >= CORRECTED * len(expected) >= CORRECTED * 20


def test_questions_are_answered_by_the_search_proposed_in_their_place(engine: EmbeddedEngine) -> None:
    scored = []
    for one in JUDGED["questions"]:
        results = find(engine, one.q)
        proposed = find(engine, results.reduite.texte) if results.reduite else results
        scored.append(ScoredQuery(one, tuple(hit.uid for hit in proposed.hits)))
    assert average(scored).ndcg >= REDUCED


def test_there_are_queries_enough_and_none_is_judged_twice() -> None:
    typed = [" ".join(one.q.casefold().split()) for one in QUERIES]
    assert len(typed) >= 120
    assert sorted(typed) == sorted(set(typed))


@pytest.mark.parametrize("name", JUDGED)
def test_no_convention_is_judged_twice_for_a_query(name: str) -> None:
    rows = read_rows(FOLDER / f"{name}.csv")
    pairs = [(row["query"], row["uid"]) for row in rows]
    assert sorted(pairs) == sorted(set(pairs))
    assert all(row.keys() == {"query", "uid", "grade"} for row in rows)


def test_every_query_has_something_worth_finding_that_is_in_the_corpus() -> None:
    uids = {publiee.uid for publiee in read_corpus()}
    assert {uid for one in QUERIES for uid in one.grades} <= uids
    assert {grade for one in QUERIES for grade in one.grades.values()} == set(GRADES)
    assert [one.q for one in QUERIES if max(one.grades.values()) < SATISFYING] == []


def test_the_invented_conventions_are_judged_by_their_facts() -> None:
    rows = read_rows(judge_generated.FILE)
    assert [(row["query"], row["uid"], int(row["grade"])) for row in rows] == list(judge_generated.judge())


class TestCommand:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(score_search, "read_corpus", partial(read_corpus, 0))

    def test_it_prints_the_scores_of_each_file_and_the_worst_queries(self) -> None:
        out = StringIO()
        call_command("score_search", "--details", stdout=out)
        assert all(name in out.getvalue() for name in (*JUDGED, TOTAL, "trouvé d'abord"))

    def test_it_writes_json(self) -> None:
        out = StringIO()
        call_command("score_search", "--engine", "embedded", "--details", "--json", stdout=out)
        written = json.loads(out.getvalue())
        assert written["scores"].keys() == JUDGED.keys() | {TOTAL}
        assert len(written["queries"]) == written["scores"][TOTAL]["nombre"] == len(QUERIES)
