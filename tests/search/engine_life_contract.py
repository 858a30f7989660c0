"""How the index of every engine lives: written, followed, made anew. Taken in like `engine_contract`."""

from threading import Thread
from typing import Any

import pytest

from search.document import to_document
from search.engines.base import Cursor, Engine
from search.results import IndexIndisponible
from tests.search.builders import fill, find, of, put, uids, write


class TestWriting:
    def test_an_absent_index_is_said_to_be(self, engine: Engine) -> None:
        for read in (lambda: find(engine), engine.cursor, engine.count, lambda: list(engine.iter_empreintes())):
            with pytest.raises(IndexIndisponible):
                read()
        with pytest.raises(IndexIndisponible), engine.open_writer():
            pass

    def test_an_empty_index_answers(self, engine: Engine) -> None:
        fill(engine, [])
        results = find(engine)
        assert (results.total, results.hits, results.pages) == (0, (), 1)
        assert (engine.count(), engine.cursor()) == (0, Cursor())

    def test_documents_and_cursor_are_committed_together(self, engine: Engine) -> None:
        fill(engine, [of("a", "un"), of("b", "deux")], Cursor(3, "b"))
        put(engine, of("a", "trois"), cursor=Cursor(5, "a"), gone=("b", "inconnu"))
        assert uids(find(engine)) == ["a"]
        assert uids(find(engine, "trois")) == ["a"]
        assert (engine.cursor(), engine.count()) == (Cursor(5, "a"), 1)

    def test_what_is_not_committed_is_never_seen(self, engine: Engine) -> None:
        fill(engine, [of("a", "un")], Cursor(3, "a"))
        with engine.open_writer() as writer:
            assert writer is not None
            writer.put(write(engine, of("b", "deux")))
            writer.delete(["a"])
            assert uids(find(engine)) == ["a"]
        assert (uids(find(engine)), engine.cursor()) == (["a"], Cursor(3, "a"))
        put(engine, of("c"), cursor=Cursor(4, "c"))
        assert set(uids(find(engine))) == {"a", "c"}

    def test_putting_twice_is_putting_once(self, engine: Engine) -> None:
        fill(engine, [of("a", "un"), of("a", "deux")])
        put(engine, of("a", "trois"), of("a", "quatre"))
        assert uids(find(engine)) == ["a"]
        assert uids(find(engine, "quatre")) == ["a"]

    def test_one_writes_at_a_time(self, engine: Engine) -> None:
        fill(engine, [])
        with engine.open_writer() as first, engine.open_writer() as second:
            assert first is not None
            assert second is None
        with engine.open_writer() as again:
            assert again is not None

    def test_empreintes_tell_what_is_indexed(self, engine: Engine) -> None:
        publiees = [of("a", "un"), of("b", "deux")]
        fill(engine, publiees)
        assert dict(engine.iter_empreintes()) == {one.uid: to_document(one).empreinte for one in publiees}


class TestRebuilding:
    def test_the_old_index_answers_and_is_written_until_the_swap(self, engine: Engine) -> None:
        fill(engine, [of("ancien")], Cursor(1, "ancien"))
        with engine.open_rebuild() as new:
            assert new is not None
            new.put(write(engine, of("nouveau")))
            new.commit(Cursor(1, "ancien"))
            put(engine, of("entre"), cursor=Cursor(2, "entre"))
            assert set(uids(find(engine))) == {"ancien", "entre"}
            new.swap(lambda writer: self.catch_up(writer, engine))
        assert set(uids(find(engine))) == {"nouveau", "entre"}
        assert engine.cursor() == Cursor(2, "entre")

    def catch_up(self, writer: Any, engine: Engine) -> None:
        with engine.open_writer() as other:
            assert other is None
        writer.put(write(engine, of("entre")))
        writer.commit(Cursor(2, "entre"))

    def test_without_a_swap_nothing_is_changed(self, engine: Engine) -> None:
        fill(engine, [of("ancien")])
        with engine.open_rebuild() as new:
            assert new is not None
            new.put(write(engine, of("nouveau")))
            new.commit(Cursor(9, "nouveau"))
        assert uids(find(engine)) == ["ancien"]

    def test_one_rebuilds_at_a_time(self, engine: Engine) -> None:
        with engine.open_rebuild() as first, engine.open_rebuild() as second:
            assert first is not None
            assert second is None


class TestOtherProcesses:
    """The module that takes this in also gives `other`: the same index, as another process has it open."""

    def test_what_another_commits_is_seen_at_the_next_search(self, engine: Engine, other: Engine) -> None:
        fill(engine, [of("a")])
        assert uids(find(other)) == ["a"]
        put(engine, of("b"), cursor=Cursor(1, "b"))
        assert set(uids(find(other))) == {"a", "b"}
        assert other.cursor() == Cursor(1, "b")

    def test_what_another_swaps_is_seen_at_the_next_search(self, engine: Engine, other: Engine) -> None:
        fill(engine, [of("a")])
        assert uids(find(other)) == ["a"]
        fill(engine, [of("b")])
        assert uids(find(other)) == ["b"]
        put(other, of("c"))
        assert set(uids(find(engine))) == {"b", "c"}

    def test_searches_go_on_while_another_writes_and_rebuilds(self, engine: Engine, other: Engine) -> None:
        fill(engine, [of(f"a{n}", "texte") for n in range(50)])
        writing = Thread(target=self.write, args=(engine,))
        writing.start()
        totals = []
        while writing.is_alive():
            totals.append(find(other, "texte").total)
        writing.join()
        assert totals
        assert min(totals) >= 50
        assert find(other, "texte").total == 50 + 8

    def write(self, engine: Engine) -> None:
        for n in range(8):
            if n % 4 == 0:
                fill(engine, [of(f"a{k}", "texte") for k in range(50)] + [of(f"b{k}", "texte") for k in range(n)])
            put(engine, of(f"b{n}", "texte"))
