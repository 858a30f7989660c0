"""How the follower keeps the index of every engine: nothing lost, nothing twice, whatever happens in between.

Taken in like `engine_contract`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from portal.conventions.publiees import Publiee
from search import indexing
from search.engines.base import Cursor, Engine, IndexPlusRecent, Writer
from search.indexing import Comparison, Sources
from search.results import IndexIndisponible
from tests.search.builders import find, make_convention, make_publiee, uids
from tests.search.portail import Portail


def indexed(engine: Engine) -> set[str]:
    return {uid for uid, _ in engine.iter_empreintes()}


class TestCatchingUp:
    def test_an_absent_index_is_made(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        assert indexed(engine) == {"a", "b"}
        assert engine.cursor() == Cursor(2, "b")

    def test_each_row_is_taken_in(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        portail.publish("c")
        portail.publish("a", "nouveau")
        portail.withdraw("b")
        indexing.catch_up(engine, portail.sources)
        assert indexed(engine) == {"a", "c"}
        assert uids(find(engine, "nouveau")) == ["a"]
        assert uids(find(engine, "ancien")) == []
        assert engine.cursor() == Cursor(5, "b")

    def test_it_may_run_twice(self, engine: Engine, portail: Portail) -> None:
        for _ in range(2):
            indexing.catch_up(engine, portail.sources)
            portail.publish("c")
        assert (indexed(engine), engine.count()) == ({"a", "b", "c"}, 3)

    def test_many_rows_are_taken_in_by_batches(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        for rank in range(2 * indexing.BATCH + 1):
            portail.publish(f"u{rank}")
        indexing.catch_up(engine, portail.sources)
        assert engine.count() == 2 * indexing.BATCH + 3

    def test_a_row_written_while_another_process_writes_is_taken_in_by_that_one(
        self, engine: Engine, portail: Portail
    ) -> None:
        indexing.catch_up(engine, portail.sources)
        portail.publish("c")
        late = iter([lambda: self.publish_at_the_last_moment(engine, portail)])

        def read_published(wanted: Iterable[str]) -> dict[str, Publiee]:
            found = portail.read_published(wanted)
            next(late, lambda: None)()
            return found

        sources = Sources(portail.sources.head, portail.sources.read_since, read_published, portail.sources.iter_uids)
        indexing.catch_up(engine, sources)
        assert indexed(engine) == {"a", "b", "c", "d"}

    def publish_at_the_last_moment(self, engine: Engine, portail: Portail) -> None:
        portail.publish("d")
        indexing.catch_up(engine, portail.sources)
        assert "d" not in indexed(engine), "the lock was held: nothing is written yet"

    def test_a_database_put_back_from_a_copy_makes_the_index_anew(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        copy = Portail()
        copy.publish("z")
        indexing.catch_up(engine, copy.sources)
        assert indexed(engine) == {"z"}
        again = Portail()
        again.publish("y")
        indexing.catch_up(engine, again.sources)
        assert (indexed(engine), engine.cursor()) == ({"y"}, Cursor(1, "y"))

    def test_an_index_of_a_later_version_is_left_alone(
        self, engine: Engine, portail: Portail, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as later:
            later.setattr("search.document.FORMAT", 1000)
            indexing.catch_up(engine, portail.sources)
        with pytest.raises(IndexPlusRecent):
            indexing.catch_up(engine, portail.sources)

    def test_a_failure_leaves_the_index_as_it_was(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        portail.publish("c")

        def fail(_wanted: Iterable[str]) -> dict[str, Publiee]:
            raise ConnectionError

        sources = portail.sources
        with pytest.raises(ConnectionError):
            indexing.catch_up(engine, Sources(sources.head, sources.read_since, fail, sources.iter_uids))
        assert engine.cursor() == Cursor(2, "b")
        indexing.catch_up(engine, portail.sources)
        assert indexed(engine) == {"a", "b", "c"}


class TestMakingAnew:
    def test_it_says_how_far_it_is(self, engine: Engine, portail: Portail) -> None:
        taken_in: list[int] = []
        assert indexing.rebuild(engine, portail.sources, taken_in.append)
        assert sum(taken_in) == 2

    def test_what_changes_meanwhile_is_not_lost(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)

        def change(taken_in: int) -> None:
            if not taken_in:
                return  # nothing is read yet
            portail.publish("c")
            portail.withdraw("a")
            indexing.catch_up(engine, portail.sources)
            assert indexed(engine) == {"b", "c"}, "the index in use follows while another is made"

        assert indexing.rebuild(engine, portail.sources, change)
        assert indexed(engine) == {"b", "c"}
        assert engine.cursor() == Cursor(4, "a")

    def test_a_failure_leaves_the_index_in_use(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)

        def fail(_taken_in: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild(engine, portail.sources, fail)
        assert indexed(engine) == {"a", "b"}

    def test_one_that_was_interrupted_goes_on_from_where_it_was(
        self, engine: Engine, portail: Portail, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexing, "BATCH", 1)
        monkeypatch.setattr(indexing, "KEPT_EVERY", 3)
        for rank in range(10):
            portail.publish(f"u{rank}")
        self.interrupt(engine, portail, after=7)
        with pytest.raises(IndexIndisponible):
            engine.count()
        portail.publish("u1", "changé")
        portail.publish("u10")
        portail.withdraw("u2")
        read: list[str] = []

        def read_from(after: str) -> Iterator[str]:
            read.append(after)
            yield from portail.iter_uids(after)

        sources = replace(portail.sources, iter_uids=read_from)
        taken_in: list[int] = []
        assert indexing.rebuild(engine, sources, taken_in.append)
        assert (read, taken_in[0]) == (["u3"], 6)
        assert indexed(engine) == portail.public.keys()
        assert uids(find(engine, "changé")) == ["u1"]
        assert indexing.compare(engine, portail.sources).uids == ()

    def interrupt(self, engine: Engine, portail: Portail, after: int) -> None:
        def stop(_taken_in: int, seen: list[int] = []) -> None:  # noqa: B006 - it is to be remembered
            seen.append(_taken_in)
            if sum(seen) > after:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild(engine, portail.sources, stop)

    @pytest.mark.parametrize("fresh", [True, False])
    def test_one_that_was_interrupted_is_begun_again_where_it_is_asked_or_the_journal_is_another(
        self, engine: Engine, portail: Portail, monkeypatch: pytest.MonkeyPatch, fresh: bool
    ) -> None:
        monkeypatch.setattr(indexing, "BATCH", 1)
        monkeypatch.setattr(indexing, "KEPT_EVERY", 3)
        for rank in range(10):
            portail.publish(f"u{rank}")
        self.interrupt(engine, portail, after=7)
        other = portail if fresh else Portail()
        other.publish("z")
        taken_in: list[int] = []
        assert indexing.rebuild(engine, other.sources, taken_in.append, fresh=fresh)
        assert taken_in[0] == 0
        assert indexed(engine) == other.public.keys()

    def test_a_second_one_is_refused(self, engine: Engine, portail: Portail) -> None:
        with engine.open_rebuild():
            assert indexing.rebuild(engine, portail.sources) is False


class TestComparing:
    def test_an_index_that_follows_has_no_difference(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        assert indexing.compare(engine, portail.sources) == Comparison((), (), ())

    def test_what_differs_is_found_and_repaired(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        portail.public["c"] = make_publiee("c", make_convention("manquante"))
        portail.public["b"] = make_publiee("b", make_convention("corrigée"))
        del portail.public["a"]
        comparison = indexing.compare(engine, portail.sources)
        assert comparison == Comparison(missing=("c",), stale=("b",), extra=("a",))
        assert indexing.repair(comparison, engine, portail.sources)
        assert indexing.compare(engine, portail.sources).uids == ()
        assert engine.cursor() == Cursor(2, "b")

    def test_nothing_is_repaired_while_another_writes(self, engine: Engine, portail: Portail) -> None:
        indexing.catch_up(engine, portail.sources)
        with engine.open_writer() as writer:
            assert isinstance(writer, Writer)
            assert not indexing.repair(Comparison((), (), ("a",)), engine, portail.sources)
