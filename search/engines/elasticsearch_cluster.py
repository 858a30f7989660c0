"""The cluster behind the Elasticsearch engine: one client, its errors in the words of the contract, its indices.

The index in use is the one that an alias names; each index has a name of its own, and tells in its mapping with
which versions it was made.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.exceptions import NotFoundError

from search.engines.aggregations import AMOUNTS
from search.engines.base import IndexPlusRecent
from search.engines.elasticsearch_mapping import build_index, build_mapping, written_format
from search.results import IndexIndisponible, MoteurIndisponible

DEFAULT_ALIAS = "conventions"
SEARCH_SECONDS = 2.0
"""What a reader waits for at most: then another engine answers."""

WRITE_SECONDS = 10.0
"""What an editor waits for at most: then the index catches up later."""

REBUILD_SECONDS = 60.0
NOT_FOUND = 404
AWAY = (403, 408, 429)
TRUSTED_SECONDS = 5.0
"""How long the index that the alias names is taken to be still of our form."""


class Index(NamedTuple):
    """An index and its years of AE and CP."""

    nom: str
    exercices: tuple[int, ...]


class Cluster:
    """The cluster at `adresse`, whose path is the alias: « https://nom:secret@hote:9200/conventions »."""

    def __init__(self, adresse: str) -> None:
        parts = urlsplit(adresse)
        self.alias = parts.path.strip("/") or DEFAULT_ALIAS
        self.reading = _connect(adresse.removesuffix(parts.path) if parts.path else adresse)
        self.writing = self.reading.options(request_timeout=WRITE_SECONDS)
        self.rebuilding = self.reading.options(request_timeout=REBUILD_SECONDS)
        self._known: tuple[float, Index] | None = None

    def current(self) -> Index:
        """The index in use; raises `IndexIndisponible` where there is none of our form."""
        known = self._known
        if known and known[0] > monotonic():
            return known[1]
        with translated():
            found = self.reading.indices.get_mapping(index=self.alias)
        index = _check(found.body)
        self._known = monotonic() + TRUSTED_SECONDS, index
        return index

    def forget(self) -> None:
        """Has the index in use looked at again: it was changed by this process, or seems to be no longer there."""
        self._known = None

    def create(self) -> str:
        """A new empty index, which the alias does not name yet."""
        nom = f"{self._name_of(written_format())}{uuid4().hex}"
        with translated():
            self.writing.indices.create(index=nom, **build_index())
        return nom

    def turn_to(self, nom: str) -> None:
        """Has the alias name `nom` alone, in one step."""
        with translated():
            used = self._used()
            taken_away = [{"remove": {"index": other, "alias": self.alias}} for other in used if other != nom]
            self.writing.indices.update_aliases(actions=[*taken_away, {"add": {"index": nom, "alias": self.alias}}])
        self.forget()

    def list_unused(self, format: tuple[int, ...] | None = None) -> list[str]:
        """Every index that the alias could name and does not; only those made with `format`, if it is given."""
        pattern = f"{self._name_of(format)}*" if format else f"{self.alias}-*.*"
        with translated():
            ours = self.writing.indices.get(index=pattern, features="settings", expand_wildcards="all")
            return sorted(set(ours) - set(self._used()))

    def throw_away_others(self, kept: str | None = None) -> None:
        """Deletes every index of this alias but the one in use and `kept`."""
        for nom in self.list_unused():
            if nom != kept:
                with translated():
                    self.writing.indices.delete(index=nom, ignore_unavailable=True)

    def _name_of(self, format: tuple[int, ...]) -> str:
        """How the names of the indices made with `format` begin."""
        return f"{self.alias}-{'.'.join(map(str, format))}-"

    def _used(self) -> list[str]:
        try:
            return list(self.writing.indices.get_alias(name=self.alias))
        except NotFoundError:
            return []


@cache
def _connect(server: str) -> Elasticsearch:
    """The client of a server, whose connections all aliases share."""
    parts = urlsplit(server)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = parts.port or (443 if parts.scheme == "https" else 9200)
    return Elasticsearch(
        f"{parts.scheme}://{host}:{port}",
        basic_auth=login,
        request_timeout=SEARCH_SECONDS,
        max_retries=0,
        retry_on_timeout=False,
    )


@contextmanager
def translated() -> Iterator[None]:
    """Says what the cluster refuses, or that it is away, in the words of the contract."""
    try:
        yield
    except ApiError as error:
        raise refusal(error.status_code) from error
    except TransportError as error:
        raise MoteurIndisponible("Elasticsearch ne répond pas.") from error


def refusal(code: int) -> IndexIndisponible:
    """What an answer of the HTTP code `code` means."""
    if code == NOT_FOUND:
        return IndexIndisponible("L'index de recherche n'existe pas.")
    # Out of time or room, closed to writing, restarting: the index may be right.
    kind = MoteurIndisponible if code in AWAY or code >= 500 else IndexIndisponible
    return kind(f"Elasticsearch a refusé une demande ({code}).")


def _check(found: Mapping[str, Any]) -> Index:
    if len(found) != 1:
        raise IndexIndisponible("L'alias de l'index de recherche en désigne plusieurs.")
    [(nom, described)] = found.items()
    mapping = described["mappings"]
    made_with = tuple(mapping.get("_meta", {}).get("format", ()))
    if made_with > written_format():
        raise IndexPlusRecent("L'index de recherche a été fait par une version plus récente du portail.")
    if made_with < written_format():
        raise IndexIndisponible("L'index de recherche a été fait par une version plus ancienne du portail.")
    fields, expected = dict(mapping["properties"]), build_mapping()["properties"]
    years = {year for amount in AMOUNTS for year in fields.pop(amount, {}).get("properties", {})}
    if fields != {name: field for name, field in expected.items() if name not in AMOUNTS}:
        raise IndexIndisponible("Les champs de l'index de recherche ont été changés à la main.")
    return Index(nom, tuple(sorted(int(year) for year in years if year.isdecimal())))
