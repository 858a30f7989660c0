from collections.abc import Callable
from pathlib import Path

import pytest

from search import indexing


@pytest.fixture
def index(own_index: Path) -> Callable[[], None]:
    """An index of its own, empty at first; calling it takes in what was published meanwhile."""
    return indexing.catch_up
