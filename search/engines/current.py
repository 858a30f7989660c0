"""The engine that the settings choose."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


def current_engine() -> Engine:
    """The engine of this portal, opened once in each process."""
    return _embedded(Path(settings.SEARCH_INDEX_DIR))


@cache
def _embedded(root: Path) -> Engine:
    return EmbeddedEngine(root)
