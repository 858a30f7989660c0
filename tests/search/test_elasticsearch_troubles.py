"""What may happen to a cluster: a hand on its index, a node frozen or killed. No search fails, nothing is lost."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import analysis, indexing
from search.document import to_document
from search.engines import elasticsearch_lease, elasticsearch_writer, secours
from search.engines.base import Cursor, IndexPlusRecent
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_cluster import SEARCH_SECONDS, Cluster
from search.engines.elasticsearch_lease import WRITING, Lease
from search.engines.embedded import EmbeddedEngine
from search.engines.secours import EngineWithBackup
from search.results import IndexIndisponible, MoteurIndisponible
from tests.search import endless_writer
from tests.search.builders import fill, find, of, put, uids, write
from tests.search.portail import Portail, portail  # noqa: F401 - a fixture
from tests.services.alias import lend_alias
from tests.services.serveurs.elasticsearch import Elasticsearch as Node
from tests.services.serveurs.lancement import running


@pytest.fixture
def engine(own_alias: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(own_alias)


@pytest.fixture
def other(own_alias: str) -> ElasticsearchEngine:
    """The same index, as another process knows it."""
    return ElasticsearchEngine(own_alias)


def index_of(engine: ElasticsearchEngine) -> str:
    engine.cluster.forget()
    return engine.cluster.current().nom


class TestIndices:
    def test_the_index_that_was_replaced_is_deleted(
        self, engine: ElasticsearchEngine, elasticsearch: Elasticsearch
    ) -> None:
        fill(engine, [of("a")])
        fill(engine, [of("b")])
        assert list(elasticsearch.indices.get(index=f"{engine.cluster.alias}-*.*")) == [index_of(engine)]

    def test_a_writer_that_is_killed_leaves_an_index_that_its_successor_brings_up_to_date(
        self, engine: ElasticsearchEngine, own_alias: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(engine, [])
        monkeypatch.setattr(elasticsearch_lease, "SECONDS", 1.0)
        command = [sys.executable, "-m", endless_writer.__name__, own_alias]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(3):
                seq = int(process.stdout.readline())
            process.kill()
        cursor = engine.cursor()
        assert cursor.seq >= seq
        assert {f"u{n}" for n in range(1, cursor.seq + 1)} <= dict(engine.iter_empreintes()).keys()
        self.take_over(engine, cursor)

    def take_over(self, engine: ElasticsearchEngine, cursor: Cursor) -> None:
        """Writes once the lease of the dead process has run out."""
        deadline = monotonic() + 60
        while monotonic() < deadline:
            with engine.open_writer() as writer:
                if writer is not None:
                    writer.commit(cursor)
                    return
            sleep(0.5)
        raise AssertionError("the lease of a dead process does not run out")


class TestLease:
    def test_it_is_held_by_one(self, own_alias: str) -> None:
        first, second = (Lease(Cluster(own_alias), WRITING) for _ in range(2))
        assert first.take()
        assert not second.take()
        first.release()
        assert second.take()

    def test_one_that_runs_out_is_taken_over_and_its_holder_learns_it(
        self, own_alias: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = (Lease(Cluster(own_alias), WRITING) for _ in range(2))
        monkeypatch.setattr(elasticsearch_lease, "SECONDS", 0.2)
        assert first.take()
        sleep(0.3)
        assert second.take()
        with pytest.raises(MoteurIndisponible, match="Un autre processus"):
            first.renew()
        first.release()
        assert not Lease(Cluster(own_alias), WRITING).take(), "the lease of the other is left to it"


class TestVersions:
    def test_what_comes_late_does_not_take_the_place_of_something_newer(self, engine: ElasticsearchEngine) -> None:
        fill(engine, [])
        put(engine, of("a", "nouveau"), cursor=Cursor(5, "a"))
        put(engine, of("a", "ancien"), cursor=Cursor(3, "a"))
        assert uids(find(engine, "nouveau")) == ["a"]
        assert engine.cursor() == Cursor(5, "a")

    def test_what_is_sent_again_for_the_same_row_is_taken(self, engine: ElasticsearchEngine) -> None:
        fill(engine, [])
        put(engine, of("a", "avant"), cursor=Cursor(5, "a"))
        put(engine, of("a", "après"), cursor=Cursor(5, "a"))
        assert uids(find(engine, "après")) == ["a"]


Hurt = Callable[[Elasticsearch, str, str], object]


def change_mapping(client: Elasticsearch, index: str, _alias: str) -> None:
    client.indices.put_mapping(index=index, properties={"titre": {"type": "text", "analyzer": "formes"}})


def add_field(client: Elasticsearch, index: str, _alias: str) -> None:
    client.indices.put_mapping(index=index, properties={"a_la_main": {"type": "keyword"}})


def delete_index(client: Elasticsearch, index: str, _alias: str) -> None:
    client.indices.delete(index=index)


def delete_alias(client: Elasticsearch, index: str, alias: str) -> None:
    client.indices.delete_alias(index=index, name=alias)


def add_to_alias(client: Elasticsearch, index: str, alias: str) -> None:
    client.indices.create(index=f"{alias}-de.trop", aliases={alias: {}})


def close_index(client: Elasticsearch, index: str, _alias: str) -> None:
    client.indices.close(index=index)


def make_of_older_version(client: Elasticsearch, index: str, _alias: str) -> None:
    client.indices.put_mapping(index=index, meta={"format": [1, 1, 1]})


class TestHands:
    """What is done to the index behind the back of the portal."""

    @pytest.mark.parametrize(
        "hurt", [add_field, delete_index, delete_alias, add_to_alias, close_index, make_of_older_version]
    )
    def test_another_engine_answers_and_the_index_is_made_anew(
        self,
        hurt: Hurt,
        engine: ElasticsearchEngine,
        elasticsearch: Elasticsearch,
        portail: Portail,  # noqa: F811
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        both = EngineWithBackup(engine, EmbeddedEngine(tmp_path / "secours"))
        indexing.catch_up(both.backup, portail.sources)
        indexing.catch_up(both, portail.sources)
        assert find(both).total == 2
        hurt(elasticsearch, index_of(engine), engine.cluster.alias)
        engine.cluster.forget()
        assert (find(both).total, find(both).degradee) == (2, True)
        portail.publish("c")
        indexing.catch_up(both, portail.sources)
        monkeypatch.setattr(secours, "RETRY_SECONDS", 0.0)
        both.circuit.fail(IndexIndisponible("encore"))
        results = find(both)
        assert (results.total, results.degradee) == (3, False)
        assert list(elasticsearch.indices.get(index=f"{engine.cluster.alias}-*.*")) == [index_of(engine)]

    def test_a_mapping_cannot_be_changed_into_another_by_hand(
        self, engine: ElasticsearchEngine, elasticsearch: Elasticsearch
    ) -> None:
        fill(engine, [of("a")])
        with pytest.raises(Exception, match="mapper"):
            change_mapping(elasticsearch, index_of(engine), "")

    def test_an_index_of_a_later_version_is_left_alone(
        self,
        engine: ElasticsearchEngine,
        other: ElasticsearchEngine,
        portail: Portail,  # noqa: F811
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with monkeypatch.context() as updated:
            updated.setattr(analysis, "VERSION", analysis.VERSION + 1)
            fill(engine, [of("b")])
        other.cluster.forget()
        with pytest.raises(IndexPlusRecent):
            indexing.catch_up(other, portail.sources)

    def test_an_index_closed_to_writing_answers_and_takes_the_changes_in_later(
        self,
        engine: ElasticsearchEngine,
        elasticsearch: Elasticsearch,
        portail: Portail,  # noqa: F811
    ) -> None:
        indexing.catch_up(engine, portail.sources)
        index = index_of(engine)
        elasticsearch.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
        portail.publish("c")
        with pytest.raises(MoteurIndisponible):
            indexing.catch_up(engine, portail.sources)
        assert (set(uids(find(engine))), engine.cursor()) == ({"a", "b"}, Cursor(2, "b"))
        elasticsearch.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
        indexing.catch_up(engine, portail.sources)
        assert set(uids(find(engine))) == {"a", "b", "c"}
        assert index_of(engine) == index, "it was not made anew"

    def test_a_document_that_the_cluster_will_never_take_is_left_out_and_logged(
        self, engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        fill(engine, [])
        written = write(engine, of("a"), of("b"), of("c"))
        with caplog.at_level(logging.ERROR), engine.open_writer() as writer:
            assert writer is not None
            writer.put([one._replace(texte='{"inconnu": 1}') if one.uid == "b" else one for one in written])
            writer.commit(Cursor(3, "c"))
        assert set(uids(find(engine))) == {"a", "c"}
        assert "refuse d'indexer b" in caplog.text


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """A node of our own, which may be frozen and killed."""
    if "ELASTICSEARCH_URL" not in os.environ:
        pytest.skip("pas d'Elasticsearch : ELASTICSEARCH_URL n'est pas donnée (make test-services la donne)")
    with running(Node) as [node]:
        assert isinstance(node, Node)
        yield node


@pytest.fixture
def pair(node: Node, tmp_path: Path) -> Iterator[EngineWithBackup]:
    """An engine on that node, with another behind it."""
    server = node.variables()["ELASTICSEARCH_URL"]
    with Elasticsearch(server, request_timeout=60) as client, lend_alias(client, server) as adresse:
        yield EngineWithBackup(ElasticsearchEngine(adresse), EmbeddedEngine(tmp_path / "secours"))


@pytest.mark.xdist_group("noeud")
class TestNode:
    def test_a_frozen_node_is_waited_for_once_and_comes_back(
        self,
        node: Node,
        pair: EngineWithBackup,
        portail: Portail,  # noqa: F811
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for engine in (pair.backup, pair):
            indexing.catch_up(engine, portail.sources)
        assert node.pid
        os.kill(node.pid, signal.SIGSTOP)
        try:
            start = monotonic()
            results = [find(pair) for _ in range(50)]
            waited = monotonic() - start
            portail.publish("c")
            with pytest.raises(MoteurIndisponible):
                indexing.catch_up(pair, portail.sources)
        finally:
            os.kill(node.pid, signal.SIGCONT)
        assert all(one.degradee and one.total == 2 for one in results)
        assert waited < 10 * SEARCH_SECONDS, "one search has waited, and not each of fifty"
        monkeypatch.setattr(secours, "RETRY_SECONDS", 0.0)
        pair.circuit.fail(IndexIndisponible("encore"))
        indexing.catch_up(pair, portail.sources)
        assert (find(pair).total, find(pair).degradee) == (3, False)

    def test_a_node_killed_while_documents_are_sent_loses_nothing(
        self,
        node: Node,
        pair: EngineWithBackup,
        portail: Portail,  # noqa: F811
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for engine in (pair.backup, pair):
            indexing.catch_up(engine, portail.sources)
        for n in range(3 * indexing.BATCH):
            portail.publish(f"u{n}")
        send = elasticsearch_writer.ElasticsearchWriter.send
        sent = []

        def send_then_die(writer: Any, actions: Any, version: int) -> None:
            send(writer, actions, version)
            sent.append(version)
            if len(sent) == 3:  # the documents of the second batch, not yet its cursor
                node.stop()

        with monkeypatch.context() as dying:
            dying.setattr(elasticsearch_writer.ElasticsearchWriter, "send", send_then_die)
            with pytest.raises(MoteurIndisponible):
                indexing.catch_up(pair, portail.sources)
        results = [find(pair) for _ in range(50)]
        assert all(one.degradee and one.total == 2 for one in results)
        node.start()
        node.wait()
        monkeypatch.setattr(elasticsearch_lease, "time", lambda: time() + 60)
        self.catch_up_when_it_can(pair, portail)
        assert indexing.compare(pair, portail.sources).uids == ()
        assert pair.chosen.cursor().seq == len(portail.rows)

    def catch_up_when_it_can(self, pair: EngineWithBackup, portail: Portail) -> None:  # noqa: F811
        """A node that has just started may not have its shards yet."""
        deadline = monotonic() + 60
        while True:
            try:
                indexing.catch_up(pair, portail.sources)
            except MoteurIndisponible:
                if monotonic() > deadline:
                    raise
                sleep(0.5)
            else:
                return


def test_documents_are_what_they_were(engine: ElasticsearchEngine) -> None:
    document = to_document(of("a", "texte"))
    fill(engine, [of("a", "texte")])
    assert list(engine.iter_empreintes()) == [("a", document.empreinte)]
