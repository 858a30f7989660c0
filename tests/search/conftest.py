import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search.engines.embedded import EmbeddedEngine

pytest.register_assert_rewrite("tests.search.builders", "tests.search.engine_contract")
pytest.register_assert_rewrite("tests.search.engine_life_contract")


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def own_index(settings: Settings, tmp_path: Path) -> Path:
    """The portal's own index, in a folder that nothing else has written to."""
    settings.SEARCH_INDEX_DIR = tmp_path / "portail"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Elasticsearch]:
    """The client of a real Elasticsearch, where there is one: `make test-services` starts it."""
    adresse = os.environ.get("ELASTICSEARCH_URL")
    if not adresse:
        pytest.skip("pas d'Elasticsearch : ELASTICSEARCH_URL n'est pas donnée (make test-services la donne)")
    with Elasticsearch(adresse, request_timeout=60) as client:
        yield client


@contextmanager
def lend_alias(elasticsearch: Elasticsearch) -> Iterator[str]:
    """The address of an alias of the real Elasticsearch that nobody else has; its indices are deleted in the end."""
    alias = f"essai-{uuid4().hex}"
    yield f"{os.environ['ELASTICSEARCH_URL']}/{alias}"
    for index in elasticsearch.indices.get(index=f"{alias}-*"):
        elasticsearch.indices.delete(index=index)


@pytest.fixture
def own_alias(elasticsearch: Elasticsearch) -> Iterator[str]:
    with lend_alias(elasticsearch) as adresse:
        yield adresse
