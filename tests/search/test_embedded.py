"""The embedded engine keeps the contract, and what is its own: files, links, locks, processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.corpus import rebuild_generated
from search import analysis
from search.engines.base import IndexPlusRecent
from search.engines.embedded import EmbeddedEngine
from search.query import Tri
from search.results import IndexIndisponible
from tests.search import endless_writer
from tests.search.builders import fill, find, of, put, uids
from tests.search.engine_contract import (  # noqa: F401 - the tests of the contract, run here on `engine`
    TestIdentifiers,
    TestLanguage,
    TestOrders,
    TestRelevance,
    TestTexts,
    test_a_hit_holds_what_the_convention_says,
    test_a_text_of_several_megabytes_is_searched,
    test_no_search_is_an_error,
    test_the_search_that_was_run_is_the_one_that_was_asked,
)
from tests.search.engine_life_contract import TestOtherProcesses, TestRebuilding, TestWriting  # noqa: F401 - likewise
from tests.search.filter_contract import TestFilters, TestKeptCounts, TestStatut, TestSums  # noqa: F401 - likewise
from tests.search.indexing_contract import TestCatchingUp, TestComparing, TestMakingAnew  # noqa: F401 - likewise
from tests.search.portail import portail  # noqa: F401 - likewise
from tests.search.proposal_contract import TestOtherSearches, TestPropositions  # noqa: F401 - likewise


@pytest.fixture
def other(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The same index, as another process has it open."""
    return EmbeddedEngine(engine.folder.root)


def files(engine: EmbeddedEngine) -> Iterator[Path]:
    return (path for path in engine.folder.current_place().iterdir() if path.suffix != ".lock")


class TestFolder:
    def test_the_index_that_was_replaced_is_removed(self, engine: EmbeddedEngine) -> None:
        fill(engine, [of("a")])
        fill(engine, [of("b")])
        assert list(engine.folder.root.glob("index-*")) == [engine.folder.current_place()]

    def test_an_index_left_unfinished_is_removed_by_the_next_rebuild(self, engine: EmbeddedEngine) -> None:
        left = engine.folder.make_place()
        fill(engine, [of("a")])
        assert not left.exists()

    def test_a_writer_that_is_killed_leaves_documents_and_cursor_that_agree(self, engine: EmbeddedEngine) -> None:
        fill(engine, [])
        command = [sys.executable, "-m", endless_writer.__name__, str(engine.folder.root)]
        seq = 0
        for turn in range(2):
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for _ in range(turn + 2):
                    seq = int(process.stdout.readline())
                process.kill()
            cursor = engine.cursor()
            assert cursor.seq >= seq
            assert dict(engine.iter_empreintes()).keys() == {f"u{n}" for n in range(1, cursor.seq + 1)}
            put(engine, cursor=cursor)  # the lock of the dead process is free


def test_several_processes_make_the_same_index(engine: EmbeddedEngine) -> None:
    made = []
    for processes in (1, 2):
        rebuild_generated(engine, 450, processes)
        made.append((sorted(engine.iter_empreintes()), find(engine, "gestion"), find(engine, tri=Tri.DATE)))
    assert made[0] == made[1]
    assert len(made[1][0]) == 450


class TestDamage:
    @pytest.mark.parametrize(
        "damage", [lambda path: path.write_bytes(b"\x00" * 50), os.remove], ids=["overwritten", "lost"]
    )
    def test_a_damaged_index_is_said_to_be_and_can_be_made_anew(
        self, engine: EmbeddedEngine, damage: Callable[[Path], object]
    ) -> None:
        fill(engine, [of("a")])
        names = {path.suffix or path.name for path in files(engine)}
        assert {".store", ".term", ".json"} <= names
        for path in files(engine):
            if path.suffix in {".store", ".json"}:
                damage(path)
        with pytest.raises(IndexIndisponible):
            find(EmbeddedEngine(engine.folder.root))
        fill(engine, [of("b")])
        assert uids(find(engine)) == ["b"]

    def test_a_folder_taken_away_is_said_to_be_absent(self, engine: EmbeddedEngine) -> None:
        fill(engine, [of("a")])
        assert uids(find(engine)) == ["a"]
        engine.folder.current.unlink()
        with pytest.raises(IndexIndisponible, match="n'existe pas"):
            find(engine)


class TestFormat:
    def test_an_index_of_an_older_version_is_not_read(
        self, engine: EmbeddedEngine, other: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(engine, [of("a")])
        monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
        with pytest.raises(IndexIndisponible, match="plus ancienne"):
            find(other)
        fill(other, [of("b")])
        assert uids(find(other)) == ["b"]

    def test_a_process_not_yet_updated_answers_from_the_index_it_has_open(
        self, engine: EmbeddedEngine, other: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(engine, [of("a")])
        assert uids(find(other)) == ["a"]
        with monkeypatch.context() as updated:
            updated.setattr(analysis, "VERSION", analysis.VERSION + 1)
            fill(engine, [of("b")])
        assert uids(find(other)) == ["a"]
        with pytest.raises(IndexPlusRecent), other.open_writer():
            pass
        with pytest.raises(IndexPlusRecent):
            find(EmbeddedEngine(engine.folder.root))
