"""The French chain of search/analysis.py as Elasticsearch runs it.

Texts and queries go through `search.analysis.normalise` before they reach either chain.
"""

from typing import Any

from elasticsearch.dsl import Index, analyzer, token_filter

from search.analysis import ELIDED

# Elision comes before the lower case: the case of an article must not count.
ELISION = token_filter("elision_francaise", "elision", articles=sorted(ELIDED), articles_case=True)
RACINE = token_filter("racine_francaise", "stemmer", language="light_french")

FRANCAIS = analyzer(
    "francais", type="custom", tokenizer="standard", filter=[ELISION, "lowercase", RACINE, "asciifolding"]
)
"""The terms of `search.analysis.terms`."""

FORMES = analyzer("formes", type="custom", tokenizer="standard", filter=[ELISION, "lowercase", "asciifolding"])
"""The words of `search.analysis.forms`: what a reader typed or a text says, before its stem."""


def index_settings() -> dict[str, Any]:
    """Both chains, as the settings of an index."""
    index = Index("conventions")
    for chain in (FRANCAIS, FORMES):
        index.analyzer(chain)
    settings: dict[str, Any] = index.to_dict()["settings"]
    return settings
