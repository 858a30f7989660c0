"""The form of a convention in an Elasticsearch index, and back.

Texts are sent as they are and analysed by the cluster, with the one French chain. What results show is kept in the
source, as the strings that the embedded engine stores too; the texts themselves are not kept.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from elasticsearch.dsl import Integer, Keyword, Object, Text
from elasticsearch.dsl import Mapping as IndexMapping

from search.analysis import prepare
from search.champs import TEXTES
from search.document import TEXTS, IndexDocument
from search.engines.aggregations import AMOUNTS
from search.engines.base import Bookmark, Cursor, Found, Written, index_format
from search.engines.elasticsearch_analysis import FORMES, FRANCAIS, index_settings
from search.engines.stored import ORDERS, read_fiche, write_fiche, write_position
from search.filters import EXERCICE, IDENTIFIANTS, KEYWORDS
from search.highlight import Packed, pack

VERSION = 2
"""To be raised with any change in this file that an index already made does not have."""

SORT, CONVENTION, CURSOR = "sorte", "convention", "curseur"
ALL_FORMS = "formes"
SHOWN = ("fiche", "termes", "mots")
SOURCE = (*SHOWN, "empreinte")

MOST_RESULTS = 100_000
"""The deepest result that may be asked for."""


def written_format() -> tuple[int, ...]:
    """The versions that an index must have been made with: our documents and analysis, our mapping."""
    return *index_format(), VERSION


def build_index() -> dict[str, Any]:
    """The settings and mapping of a new index."""
    settings = {
        **index_settings(),
        "number_of_shards": 1,
        "number_of_replicas": 0,
        # A commit is what makes documents visible, and nothing else.
        "refresh_interval": "-1",
        "max_result_window": MOST_RESULTS,
    }
    return {"settings": settings, "mappings": build_mapping()}


def build_mapping() -> dict[str, Any]:
    """The mapping, every field of it said; years of AE and CP alone are added as they come."""
    mapping = IndexMapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", includes=list(SOURCE))
    mapping.meta("_meta", format=list(written_format()))
    for name in TEXTS:
        mapping.field(name, _build_text(name))
    mapping.field(ALL_FORMS, _build_forms())
    for name in KEYWORDS:
        # What counts their values is made when documents become visible: the first readers would wait for it.
        mapping.field(name, Keyword(eager_global_ordinals=True))
    for name in (EXERCICE, "propositions"):
        mapping.field(name, Keyword())
    for name in (SORT, IDENTIFIANTS):
        mapping.field(name, Keyword(doc_values=False))
    for name in ("signature", "debut", "fin", "resiliation"):
        mapping.field(name, Integer())
    for name in ORDERS.values():
        mapping.field(name, Keyword(index=False))
    for name in SOURCE:
        mapping.field(name, Keyword(index=False, doc_values=False))
    for name in AMOUNTS:
        mapping.field(name, Object(dynamic=True))
    body: dict[str, Any] = mapping.to_dict()
    years = [{amount: {"path_match": f"{amount}.*", "mapping": {"type": "long"}}} for amount in AMOUNTS]
    return {**body, "dynamic_templates": years}


def _build_text(name: str) -> Text:
    """A field of text, with its forms where readers may name it. Values are one word apart, as in tantivy."""
    forms = {"formes": _build_forms()} if any(name in texts for texts in TEXTES.values()) else {}
    return Text(analyzer=FRANCAIS, position_increment_gap=1, copy_to=[ALL_FORMS], fields=forms)


def _build_forms() -> Text:
    return Text(analyzer=FORMES, index_options="docs", norms=False)


def write_document(document: IndexDocument) -> Written:
    """The document as it is sent to the cluster."""
    packed = pack(document.fiche.titre, document.parts, cache(prepare))
    source = {
        SORT: CONVENTION,
        **document.textes,
        **document.mots_cles,
        **document.jours,
        **{ORDERS[tri]: rank for tri, rank in document.ordres.items()},
        "ae": dict(document.ae),
        "cp": dict(document.cp),
        "propositions": document.propositions,
        "fiche": write_fiche(document.fiche),
        "termes": packed.termes,
        "mots": packed.mots,
        "empreinte": document.empreinte,
    }
    return Written(document.fiche.uid, orjson.dumps(source).decode())


def position_to_source(position: Cursor | Bookmark) -> dict[str, Any]:
    return {SORT: CURSOR, "fiche": write_position(position)}


def from_source(source: Mapping[str, Any]) -> Found:
    return Found(read_fiche(source["fiche"]), Packed(source["termes"], source["mots"]))
