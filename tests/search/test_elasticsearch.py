"""The engine on a real Elasticsearch keeps the contract, and what is its own: alias, mapping, leases, versions."""

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.engine_contract import (  # noqa: F401 - the tests of the contract, run here on `engine`
    TestIdentifiers,
    TestLanguage,
    TestOrders,
    TestRelevance,
    TestTexts,
    test_a_hit_holds_what_the_convention_says,
    test_a_text_of_several_megabytes_is_searched,
    test_no_search_is_an_error,
    test_the_search_that_was_run_is_the_one_that_was_asked,
)
from tests.search.engine_life_contract import TestOtherProcesses, TestRebuilding, TestWriting  # noqa: F401 - likewise
from tests.search.filter_contract import TestFilters, TestKeptCounts, TestStatut, TestSums  # noqa: F401 - likewise
from tests.search.indexing_contract import TestCatchingUp, TestComparing, TestMakingAnew  # noqa: F401 - likewise
from tests.search.portail import portail  # noqa: F401 - likewise
from tests.search.proposal_contract import TestOtherSearches, TestPropositions  # noqa: F401 - likewise


@pytest.fixture
def engine(own_alias: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(own_alias)


@pytest.fixture
def other(own_alias: str) -> ElasticsearchEngine:
    """The same index, as another process knows it."""
    return ElasticsearchEngine(own_alias)
