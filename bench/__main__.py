"""`make bench`: what search and indexing cost on each engine, as ratios to the bare engine in the same run.

Each query is timed in turn by every way, so that a change of the machine's speed touches all alike: the bare engine
(bench/bare.py), our `Results`, the whole HTML page. Rebuilding is timed against adding the same documents, ready-made,
to a bare index. Elasticsearch is measured where ELASTICSEARCH_URL says that there is one.
"""

import argparse
import math
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

from bench.generator import WORDS

SAMPLE = 10_000
"""Conventions whose indexing is timed, at most: all their forms are held in memory."""

AUJOURDHUI = date(2026, 6, 1)
Way = Callable[[str], Any]


def main(nombre: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as name:
        folder = Path(name)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'portail.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.SEARCH_INDEX_DIR = folder / "index"
        call_command("migrate", verbosity=0)
        call_command("install_portal")
        for adresse, engine in engines().items():
            measure_engine(engine, adresse, nombre, rounds, folder)
        print(f"\nmémoire de ce processus, au plus : {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} Mo")


def engines() -> dict[str, Any]:
    """The engines to measure, each by the address of its cluster: the embedded one, which has none, first."""
    from django.conf import settings

    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.embedded import EmbeddedEngine

    found: dict[str, Any] = {"": EmbeddedEngine(settings.SEARCH_INDEX_DIR)}
    if settings.SEARCH_CLUSTER:
        found[settings.SEARCH_CLUSTER] = ElasticsearchEngine(settings.SEARCH_CLUSTER)
    return found


def measure_engine(engine: Any, adresse: str, nombre: int, rounds: int, folder: Path) -> None:
    from bench.corpus import publish_generated, rebuild

    measure_indexing(engine, list(publish_generated(min(nombre, SAMPLE))), folder)
    if nombre > SAMPLE:
        rebuild(engine, publish_generated(nombre))
    measure_queries(build_ways(engine, adresse), nombre, rounds)


def measure_indexing(engine: Any, publiees: list[Any], folder: Path) -> None:
    """Our rebuild, what it does in Python by itself, and the bare addition of what that makes."""
    from bench.bare import add_to_elasticsearch, add_to_tantivy
    from bench.corpus import rebuild
    from search.document import to_document
    from search.engines.elasticsearch_mapping import to_source
    from search.engines.embedded import EmbeddedEngine
    from search.engines.tantivy_schema import to_tantivy

    embedded = isinstance(engine, EmbeddedEngine)
    form: Any = to_tantivy if embedded else to_source

    def make() -> Iterator[Any]:
        return map(form, map(to_document, publiees))

    steps = {
        "reconstruction entière": timed(lambda: rebuild(engine, publiees)),
        "dont documents d'index": timed(lambda: drain(map(to_document, publiees))),
        "… et leur forme": timed(lambda: drain(make())),
    }
    ready = list(make())
    add = (lambda: add_to_tantivy(ready, folder / "nu")) if embedded else lambda: add_to_elasticsearch(ready, engine)
    steps["ajout nu"] = timed(add)
    print(f"\nindexation de {len(publiees)} conventions, {type(engine).__name__}")
    for name, seconds in steps.items():
        print(f"{name:24} {seconds:6.1f} s  {len(publiees) / seconds:6.0f}/s")
    print(f"débit de la reconstruction / débit nu {steps['ajout nu'] / steps['reconstruction entière']:.2f}")


def drain(items: Iterator[Any]) -> None:
    deque(items, maxlen=0)


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
    """Every way to answer a query on an engine, the bare one first, with which the others are compared."""
    from django.conf import settings
    from django.test import Client

    from bench.bare import build_requests, naked_search, same_on_elasticsearch, same_on_tantivy
    from search.engines.embedded import EmbeddedEngine
    from search.query import parse
    from search.service import run

    client, requests = Client(), build_requests(queries(), AUJOURDHUI)
    embedded = isinstance(engine, EmbeddedEngine)
    bare = {"moteur nu": same_on_tantivy(engine, requests) if embedded else same_on_elasticsearch(engine, requests)}
    naked = {"dix premiers seuls": naked_search(engine)} if embedded else {}

    def load_page(q: str) -> bytes:
        settings.SEARCH_CLUSTER = adresse
        return bytes(client.get("/conventions/", {"q": q}).content)

    return {
        **bare,
        **naked,
        "Results": lambda q: run(parse({"q": [q]}), AUJOURDHUI, engine, lambda _: {}, sommes=True),
        "page HTML": load_page,
    }


def measure_queries(ways: dict[str, Way], nombre: int, rounds: int) -> None:
    """The best of the rounds for each query: what the neighbours on the machine cost is left out."""
    for q in queries():
        for run in ways.values():
            run(q)  # warms what is memoised, for all alike
    times = {name: [math.inf] * len(queries()) for name in ways}
    for _ in range(rounds):
        for rank, q in enumerate(queries()):
            for name, run in ways.items():
                times[name][rank] = min(times[name][rank], timed(lambda run=run, q=q: run(q)) * 1000)
    bare = next(iter(times.values()))
    print(f"\n{len(queries())} requêtes, {nombre} conventions, en ms ; rapport au moteur nu, requête par requête")
    for name, values in times.items():
        median, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        ratio = statistics.median(ours / one for ours, one in zip(values, bare, strict=True))
        print(f"{name:21} médiane {median:7.2f}  p95 {p95:7.2f}  rapport {ratio:6.2f}")


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nombre", type=int, nargs="?", default=10_000)
    parser.add_argument("--passes", type=int, default=5)
    asked = parser.parse_args(sys.argv[1:])
    main(asked.nombre, asked.passes)
