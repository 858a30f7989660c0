import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.engines.embedded import EmbeddedEngine
from tests.services.alias import lend_alias

pytest.register_assert_rewrite("tests.search.builders", "tests.search.engine_contract")
pytest.register_assert_rewrite("tests.search.engine_life_contract", "tests.search.indexing_contract")


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Elasticsearch]:
    """The client of a real Elasticsearch, where there is one: `make test-services` starts it."""
    adresse = os.environ.get("ELASTICSEARCH_URL")
    if not adresse:
        pytest.skip("pas d'Elasticsearch : ELASTICSEARCH_URL n'est pas donnée (make test-services la donne)")
    with Elasticsearch(adresse, request_timeout=60) as client:
        yield client


@pytest.fixture
def own_alias(elasticsearch: Elasticsearch) -> Iterator[str]:
    with lend_alias(elasticsearch, os.environ["ELASTICSEARCH_URL"]) as adresse:
        yield adresse
