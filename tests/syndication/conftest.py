from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from search import indexing


@pytest.fixture
def index(settings: Settings, tmp_path: Path) -> Callable[[], None]:
    """An index of its own, empty at first; calling it takes in what was published meanwhile."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return indexing.catch_up
