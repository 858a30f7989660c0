"""The cache in a real Redis, where there is one."""

import os

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

from tests.services.cache import OwnCache

pytestmark = pytest.mark.skipif(
    "CACHE_URL" not in os.environ, reason="pas de Redis : CACHE_URL n'est pas donnée (make test-services la donne)"
)


@pytest.fixture
def autre() -> RedisCache:
    """The cache of another process."""
    adresse = os.environ["CACHE_URL"]
    return OwnCache(adresse, {"KEY_PREFIX": "un-autre-processus"})


def test_a_process_keeps_and_clears_what_is_its_own(autre: RedisCache) -> None:
    cache.set("clé", {"d’ici": 1})
    autre.set("clé", "de là")
    assert cache.get("clé") == {"d’ici": 1}
    cache.clear()
    assert cache.get("clé") is None
    assert autre.get("clé") == "de là"
    autre.clear()
    assert autre.get("clé") is None
