"""The ways to answer a query: each query is timed in turn by every way, so that all share the machine's moods."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bench.generator import WORDS

AUJOURDHUI = date(2026, 6, 1)


@dataclass(frozen=True, slots=True)
class Way:
    """`can_run` says which queries it knows how to answer: the others are left out of its figures.

    `prepare` is done before each query, and not timed.
    """

    run: Callable[[str], Any]
    can_run: Callable[[str], bool] = lambda _q: True
    prepare: Callable[[], object] = lambda: None


def queries() -> list[str]:
    words = WORDS["mots"][::8]
    pairs = [f"{first} {second}" for first, second in zip(words, reversed(words), strict=True)]
    return [
        *words,
        *pairs,
        "délégation de gestion",
        "l'hébergement des applications",
        '"compte rendu de gestion"',
        "héberg* OU visio*",
        "objet:gestion annee:2022..2024 -avenant",
        "DINUM",
        "",
    ]


def build_ways(engine: Any, adresse: str) -> dict[str, Way]:
    """Every way to answer a query on an engine, the bare one first, with which the others are compared.

    Ours are timed twice: as the first to ask after the index has changed, and with the counts that were kept since.
    """
    from django.conf import settings
    from django.test import Client

    from bench.bare import build_requests, naked_search, same_on_elasticsearch, same_on_tantivy
    from search.engines.embedded import EmbeddedEngine
    from search.query import parse
    from search.service import run

    client, requests = Client(), build_requests(queries(), AUJOURDHUI)
    embedded = isinstance(engine, EmbeddedEngine)
    same = same_on_tantivy(engine, requests) if embedded else same_on_elasticsearch(engine, requests)
    naked = {"dix premiers seuls": Way(naked_search(engine))} if embedded else {}

    def load_page(q: str) -> bytes:
        settings.SEARCH_CLUSTER = adresse
        return bytes(client.get("/conventions/", {"q": q}).content)

    def build_results(q: str) -> Any:
        return run(parse({"q": [q]}), AUJOURDHUI, engine, lambda _: {}, sommes=True)

    forget = partial(forget_counts, engine)
    return {
        "moteur nu": Way(same),
        **naked,
        "Results": Way(build_results, prepare=forget),
        "Results, comptes gardés": Way(build_results),
        "page HTML": Way(load_page, prepare=forget),
        "page, comptes gardés": Way(load_page),
    }


def forget_counts(engine: Any) -> None:
    """Has nothing left of what was counted."""
    from search.engines.embedded import EmbeddedEngine

    if isinstance(engine, EmbeddedEngine):
        engine.open_last().counter.kept.cache_clear()
    else:
        engine.cluster.reading.indices.clear_cache(index=engine.cluster.alias, request=True)


def measure_queries(ways: dict[str, Way], nombre: int, rounds: int) -> None:
    """The best of the rounds for each query: what the neighbours on the machine cost is left out."""
    asked = queries()
    times = {name: {q: math.inf for q in asked if way.can_run(q)} for name, way in ways.items()}
    for name, best in times.items():
        for q in best:
            ways[name].run(q)  # warms what is memoised, for all alike
    for _ in range(rounds):
        for q in asked:
            for name, best in times.items():
                if q in best:
                    ways[name].prepare()
                    best[q] = min(best[q], timed(partial(ways[name].run, q)) * 1000)
    bare = next(iter(times.values()))
    print(f"\n{len(asked)} requêtes, {nombre} conventions, en ms ; rapport au moteur nu, requête par requête")
    for name, best in times.items():
        if not best:
            print(f"{name:23} aucune de ces requêtes")
            continue
        median, p95 = statistics.median(best.values()), statistics.quantiles(best.values(), n=20)[-1]
        ratio = statistics.median(ours / bare[q] for q, ours in best.items())
        print(f"{name:23} médiane {median:7.2f}  p95 {p95:7.2f}  rapport {ratio:6.2f}{_fewer(best, asked)}")


def _fewer(best: dict[str, float], asked: list[str]) -> str:
    return f"  sur {len(best)} requêtes" if len(best) < len(asked) else ""


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
