"""The form of a convention in a tantivy index, and back.

Texts come analysed by search.analysis: their field only cuts at spaces. What results show is stored in
three fields, so that reading a convention again is three copies and one small JSON.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

import orjson
from tantivy import Document, Filter, Index, Order, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from search.analysis import Prepared, list_forms, prepare
from search.champs import TEXTES
from search.document import TEXTS, IndexDocument
from search.engines.base import Bookmark, Cursor, Found, Written
from search.engines.stored import ORDERS, read_bookmark, read_cursor, read_fiche, write_fiche, write_position
from search.filters import EXERCICE, IDENTIFIANTS, KEYWORDS
from search.highlight import Packed, pack
from search.query import Tri

VERSION = 3
"""To be raised with any change in this file that an index already made does not have."""

FORMES = "formes"
"""The forms of all words, for those of which only the beginning is typed; and those of each field, by `forms_of`."""

PROPOSITIONS = "propositions"
DAYS = ("signature", "debut", "fin", "resiliation")

# Stored texts, which are never searched: their tokenizer finds nothing in them. Fields of bytes would need none,
# but reading one back was measured at six times as long.
STORED = ("fiche", "termes", "mots", "empreinte")
NO_TERM = "sans_terme"

# The cursor is a document too: that is how it is committed with those it speaks of.
SORT, CONVENTION, CURSOR = "sorte", "convention", "curseur"


def forms_of(champ: str) -> str:
    """The field of the forms of the words of `champ`; of all words where it is empty."""
    return f"{FORMES}_{champ}" if champ else FORMES


def make_index(place: str) -> Index:
    """A new index. Documents that are as relevant come in the order of their dates, as on any engine."""
    return Index(build_schema(), place, sort_by_field=ORDERS[Tri.DATE], sort_order=Order.Asc)


def build_schema() -> Schema:
    builder = SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    for champ in ("", *TEXTES):
        builder.add_text_field(forms_of(champ), tokenizer_name="whitespace", index_option="basic")
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("uid", IDENTIFIANTS, EXERCICE, PROPOSITIONS, SORT):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in DAYS:
        builder.add_integer_field(name, fast=True)
    for name in ORDERS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("ae", "cp"):
        builder.add_json_field(name, tokenizer_name="raw", fast=True)
    for name in STORED:
        builder.add_text_field(name, tokenizer_name=NO_TERM, index_option="basic", stored=True)
    return builder.build()


def register_tokenizers(index: Index) -> None:
    """To be done before writing to an index."""
    index.register_tokenizer(NO_TERM, TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.remove_long(1)).build())


def write_document(document: IndexDocument) -> Written:
    # The parts that are quoted are searched too: each text is analysed once.
    prepared = cache(prepare)
    textes = {name: list(map(prepared, texts)) for name, texts in document.textes.items()}
    packed = pack(document.fiche.titre, document.parts, prepared)
    written = {
        SORT: CONVENTION,
        "uid": document.fiche.uid,
        **{name: [one.termes for one in texts] for name, texts in textes.items()},
        **_list_forms(textes),
        PROPOSITIONS: document.propositions,
        **document.mots_cles,
        **document.jours,
        **{ORDERS[tri]: rank for tri, rank in document.ordres.items()},
        "ae": document.ae,
        "cp": document.cp,
        "fiche": write_fiche(document.fiche),
        "termes": packed.termes,
        "mots": packed.mots,
        "empreinte": document.empreinte,
    }
    return Written(document.fiche.uid, orjson.dumps(written).decode())


def _list_forms(textes: Mapping[str, Iterable[Prepared]]) -> dict[str, str]:
    """The forms of the words of each field, and of all texts."""
    found = {name: dict.fromkeys(chain.from_iterable(one.morceaux for one in texts)) for name, texts in textes.items()}
    return {
        forms_of(champ): list_forms(chain.from_iterable(found[name] for name in TEXTES.get(champ, TEXTS)))
        for champ in ("", *TEXTES)
    }


def from_tantivy(document: Document) -> Found:
    packed = Packed(_read(document, "termes"), _read(document, "mots"))
    return Found(read_fiche(_read(document, "fiche")), packed)


def read_empreinte(document: Document) -> tuple[str, str]:
    """The uid and the empreinte of a convention."""
    return read_fiche(_read(document, "fiche")).uid, _read(document, "empreinte")


def position_to_tantivy(position: Cursor | Bookmark) -> Document:
    written = Document()
    written.add_text(SORT, CURSOR)
    written.add_text("fiche", write_position(position))
    return written


def cursor_from_tantivy(document: Document) -> Cursor:
    return read_cursor(_read(document, "fiche"))


def bookmark_from_tantivy(document: Document) -> Bookmark | None:
    return read_bookmark(_read(document, "fiche"))


def _read(document: Document, name: str) -> str:
    return str(document.get_first(name))
