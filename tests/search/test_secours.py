"""Where an engine is away another answers, and the first is tried again in time: by engines of which one can be cut."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search import indexing
from search.engines import secours
from search.engines.base import Answer, Cursor, Request
from search.engines.embedded import EmbeddedEngine
from search.engines.secours import EngineWithBackup
from search.results import IndexIndisponible, MoteurIndisponible
from tests.search.builders import fill, find, of, uids
from tests.search.portail import Portail, portail  # noqa: F401 - a fixture


class CutEngine(EmbeddedEngine):
    """An engine that can be cut off, and counts how often it is asked."""

    away: IndexIndisponible | None = None
    asked = 0

    def search(self, request: Request) -> Answer:
        self.asked += 1
        if self.away:
            raise self.away
        return super().search(request)


@pytest.fixture
def chosen(tmp_path: Path) -> CutEngine:
    engine = CutEngine(tmp_path / "choisi")
    fill(engine, [of("neuf", "texte"), of("commun", "texte")])
    return engine


@pytest.fixture
def engine(chosen: CutEngine, tmp_path: Path) -> EngineWithBackup:
    backup = EmbeddedEngine(tmp_path / "secours")
    fill(backup, [of("commun", "texte")])
    return EngineWithBackup(chosen, backup)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the time pass after which a broken engine is tried again."""
    now = [1_000.0]
    monkeypatch.setattr(secours, "monotonic", lambda: now[0])

    def pass_time() -> None:
        now[0] += secours.RETRY_SECONDS + 0.1

    return pass_time


def test_an_engine_that_has_just_failed_is_brought_up_to_date_once(
    engine: EngineWithBackup,
    chosen: CutEngine,
    portail: Portail,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its backup stands behind, and is the one to answer how far the index is for a while."""
    turns = []
    monkeypatch.setattr(chosen, "open_writer", lambda: turns.append(1) or EmbeddedEngine.open_writer(chosen))
    chosen.away = MoteurIndisponible("Le nœud redémarre.")
    assert find(engine, "texte").degradee
    indexing.catch_up(engine, portail.sources)
    assert (len(turns), chosen.cursor(), engine.cursor()) == (1, Cursor(2, "b"), Cursor())


def test_the_chosen_engine_answers_while_it_can(engine: EngineWithBackup) -> None:
    results = find(engine, "texte")
    assert (len(results.hits), results.degradee) == (2, False)


@pytest.mark.parametrize("away", [MoteurIndisponible("parti"), IndexIndisponible("pas d'index")])
def test_the_other_answers_when_it_cannot_and_says_so(
    engine: EngineWithBackup, chosen: CutEngine, away: IndexIndisponible
) -> None:
    chosen.away = away
    results = find(engine, "texte")
    assert (uids(results), results.degradee) == (["commun"], True)


def test_an_engine_that_failed_is_left_alone_then_tried_again(
    engine: EngineWithBackup, chosen: CutEngine, later: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    chosen.away = MoteurIndisponible("parti")
    with caplog.at_level(logging.WARNING):
        assert all(find(engine, "texte").degradee for _ in range(20))
        assert chosen.asked == 1
        later()
        assert all(find(engine, "texte").degradee for _ in range(20))
        assert chosen.asked == 2
        chosen.away = None
        assert find(engine, "texte").degradee
        later()
        assert not any(find(engine, "texte").degradee for _ in range(20))
    assert [record.getMessage() for record in caplog.records] == [
        "La recherche est dégradée, l'index de secours répond : parti",
        "La recherche est revenue à la normale.",
    ]


def test_one_search_at_a_time_tries_a_broken_engine(
    engine: EngineWithBackup, chosen: CutEngine, later: Callable[[], None]
) -> None:
    chosen.away = MoteurIndisponible("parti")
    find(engine, "texte")
    later()
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: find(engine, "texte").degradee, range(40)))
    assert chosen.asked == 2


def test_where_both_are_away_it_is_said(chosen: CutEngine, tmp_path: Path) -> None:
    chosen.away = MoteurIndisponible("parti")
    with pytest.raises(IndexIndisponible):
        find(EngineWithBackup(chosen, EmbeddedEngine(tmp_path / "rien")), "texte")


def test_words_are_completed_by_the_other_too(engine: EngineWithBackup, tmp_path: Path) -> None:
    nowhere = EmbeddedEngine(tmp_path / "rien")
    broken = EngineWithBackup(nowhere, engine.chosen)
    assert [one.mot for one in broken.complete("conv", 1)] == ["convention"]
    assert [one.mot for one in broken.resemble("texet", 1)] == ["texte"]
