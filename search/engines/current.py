"""The engines that the settings choose."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.engines.secours import EngineWithBackup


def current_engine() -> Engine:
    """The engine of this portal, opened once in each process; a cluster with the local one behind it."""
    if not settings.SEARCH_CLUSTER:
        return local_engine()
    return _on_cluster(settings.SEARCH_CLUSTER, Path(settings.SEARCH_INDEX_DIR))


def local_engine() -> Engine:
    """The embedded engine of this machine."""
    return _embedded(Path(settings.SEARCH_INDEX_DIR))


def is_degraded() -> bool:
    """Whether the cluster has failed the last time that this process asked it."""
    engine = current_engine()
    return isinstance(engine, EngineWithBackup) and engine.circuit.broken


@cache
def _embedded(root: Path) -> Engine:
    return EmbeddedEngine(root)


@cache
def _on_cluster(adresse: str, root: Path) -> Engine:
    # Its client alone is a fifth of what a process loads as it begins: those that have no cluster do without.
    from search.engines.elasticsearch import ElasticsearchEngine

    return EngineWithBackup(ElasticsearchEngine(adresse), _embedded(root))
