"""An alias of a real Elasticsearch that nobody else has."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from elasticsearch import Elasticsearch


@contextmanager
def lend_alias(client: Elasticsearch, server: str) -> Iterator[str]:
    """The address of a new alias of `server`; its indices are deleted in the end."""
    alias = f"essai-{uuid4().hex}"
    try:
        yield f"{server}/{alias}"
    finally:
        for index in client.indices.get(index=f"{alias}-*", expand_wildcards="all"):
            client.indices.delete(index=index, ignore_unavailable=True)
