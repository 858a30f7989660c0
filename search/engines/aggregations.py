"""The counts and sums of a search, as both engines are asked for them: in the words of Elasticsearch.

What an engine answers is read back here too, so that facets and sums mean the same on each.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.domain.statut import Statut
from search.engines.base import FACET_SIZE

STATUT = "statut"
CHOSEN = "+"  # after the name of a facet: the count of the values chosen in it
AMOUNTS = ("ae", "cp")


TOTAL = "total"


def build_sums(exercices: Iterable[int]) -> dict[str, Any]:
    """The sums of AE and CP of each year, and of all lines."""
    periods = [TOTAL, *map(str, exercices)]
    return {f"{amount}.{one}": {"sum": {"field": f"{amount}.{one}"}} for one in periods for amount in AMOUNTS}


def read_sums(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The cents by amount and period; periods without any are left out."""
    sums: dict[str, dict[str, int]] = {amount: {} for amount in AMOUNTS}
    for name, found in answer.items():
        amount, _, period = name.partition(".")
        if period and (cents := round(found["value"])):
            sums[amount][period] = cents
    return sums


def build_counts(facets: Mapping[str, tuple[str, ...]], day: int) -> dict[str, Any]:
    """The aggregations that count the values of `facets`, in one pass."""
    counts: dict[str, Any] = {}
    for name, chosen in facets.items():
        if name == STATUT:
            counts[name] = _count_statuts(day)
            continue
        counts[name] = {"terms": {"field": name, "size": FACET_SIZE}}
        if chosen:
            counts[name + CHOSEN] = {"terms": {"field": name, "size": len(chosen), "include": list(chosen)}}
    return counts


def read_counts(answer: Mapping[str, Any], names: Iterable[str]) -> dict[str, dict[str, int]]:
    """The counts by facet and value, out of what the aggregations answer."""
    return {name: _read_statuts(answer[name]) if name == STATUT else _read_terms(answer, name) for name in names}


def _read_terms(answer: Mapping[str, Any], name: str) -> dict[str, int]:
    buckets = answer[name]["buckets"] + answer.get(name + CHOSEN, {"buckets": []})["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _count_statuts(day: int) -> dict[str, Any]:
    """Three dates cut in two at `day`, each under the other: `statut_between` for all conventions at once."""
    begun = {"range": {"field": "debut", "ranges": [{"to": day + 1}, {"from": day + 1}]}}
    ended = {"range": {"field": "fin", "ranges": [{"to": day}, {"from": day}]}, "aggs": {"debut": begun}}
    return {
        "range": {"field": "resiliation", "ranges": [{"to": day + 1}, {"from": day + 1}]},
        "aggs": {"fin": ended},
    }


def _read_statuts(answer: Mapping[str, Any]) -> dict[str, int]:
    ended_early, running = _split(answer)
    ended, lasting = _split(running.get("fin"))
    begun, to_come = _split(lasting.get("debut"))
    counts = {
        Statut.A_VENIR.value: to_come["doc_count"],
        Statut.EN_VIGUEUR.value: begun["doc_count"],
        Statut.ECHUE.value: ended["doc_count"],
        Statut.RESILIEE.value: ended_early["doc_count"],
    }
    return {statut: count for statut, count in counts.items() if count}


def _split(answer: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The two buckets of a range cut in two; both empty where no convention has the field."""
    low, high = (answer["buckets"] if answer else None) or ({"doc_count": 0}, {"doc_count": 0})
    return low, high
