"""What an index keeps of a convention to show it again, as one small JSON text: the same on every engine."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

from search.document import Fiche
from search.engines.base import Bookmark, Cursor
from search.query import Tri

ORDERS: dict[Tri, str] = {tri: f"ordre_{tri.value}" for tri in Tri if tri is not Tri.PERTINENCE}
"""The field of the index by which each order of results goes."""

_NAMES = tuple(one.name for one in fields(Fiche))
_DATES = frozenset(index for index, one in enumerate(fields(Fiche)) if one.type == date | None)
_TUPLES = frozenset(index for index, one in enumerate(fields(Fiche)) if one.type == tuple[str, ...])


def write_fiche(fiche: Fiche) -> str:
    return json.dumps([getattr(fiche, name) for name in _NAMES], default=date.isoformat, ensure_ascii=False)


def read_fiche(written: str) -> Fiche:
    values: list[Any] = json.loads(written)
    for index in _DATES:
        values[index] = values[index] and date.fromisoformat(values[index])
    for index in _TUPLES:
        values[index] = tuple(values[index])
    return Fiche(*values)


def write_position(position: Cursor | Bookmark) -> str:
    """A cursor, or how far a rebuild has got: until it is followed, a rebuilt index holds its bookmark."""
    return json.dumps(position if isinstance(position, Cursor) else [*position.cursor, position.after, position.nombre])


def read_cursor(written: str) -> Cursor:
    return Cursor(*json.loads(written)[:2])


def read_bookmark(written: str) -> Bookmark | None:
    seq, uid, *rest = json.loads(written)
    return Bookmark(Cursor(seq, uid), *rest) if rest else None
