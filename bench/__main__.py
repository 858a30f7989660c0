"""`make bench`: what search and indexing cost, as ratios to the bare engine in the same run.

Each query is timed in turn by every way, so that a change of the machine's speed touches all alike: the bare engine
(bench/bare.py), our `Results`, the whole HTML page. Rebuilding is timed against adding the same documents, ready-made,
to a bare tantivy index.
"""

import argparse
import math
import os
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

ROUNDS = 5
SAMPLE = 10_000
"""Conventions whose indexing is timed, at most: all their forms are held in memory."""

AUJOURDHUI = date(2026, 6, 1)
NAKED, BARE, READ, RESULTS, PAGE = "tantivy, 10 premiers", "tantivy, et facettes", "… et 10 lus", "Results", "page HTML"


def main(nombre: int) -> None:
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as name:
        folder = Path(name)
        os.environ["SEARCH_URL"] = f"embedded://{folder / 'index'}"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'portail.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.SEARCH_INDEX_DIR = folder / "index"
        call_command("migrate", verbosity=0)
        call_command("install_portal")
        from bench.corpus import publish_generated, rebuild
        from search.engines.current import current_engine

        measure_indexing(list(publish_generated(min(nombre, SAMPLE))), folder)
        if nombre > SAMPLE:
            rebuild(current_engine(), publish_generated(nombre))
        measure_queries(nombre)


def measure_indexing(publiees: list[Any], folder: Path) -> None:
    """Our rebuild, what it does in Python by itself, and the bare addition of what that makes."""
    from bench.bare import add_all
    from bench.corpus import rebuild
    from search.document import to_document
    from search.engines.current import current_engine
    from search.engines.tantivy_schema import to_tantivy

    def make() -> Iterator[Any]:
        return map(to_tantivy, map(to_document, publiees))

    steps = {
        "reconstruction entière": timed(lambda: rebuild(current_engine(), publiees)),
        "dont documents d'index": timed(lambda: drain(map(to_document, publiees))),
        "… et leur forme tantivy": timed(lambda: drain(make())),
    }
    ready = list(make())
    steps["ajout nu à tantivy"] = timed(lambda: add_all(ready, folder / "nu"))
    print(f"\nindexation de {len(publiees)} conventions")
    for name, seconds in steps.items():
        print(f"{name:24} {seconds:6.1f} s  {len(publiees) / seconds:6.0f}/s")
    print(f"débit de la reconstruction / débit nu {steps['ajout nu à tantivy'] / steps['reconstruction entière']:.2f}")


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
        "DINUM",
        "",
    ]


def build_ways() -> dict[str, Callable[[str], Any]]:
    """Every way to answer a query, the barest first."""
    from django.conf import settings
    from django.test import Client

    from bench.bare import naked_search, same_search
    from search import service
    from search.engines.embedded import EmbeddedEngine
    from search.query import parse

    client, engine = Client(), EmbeddedEngine(settings.SEARCH_INDEX_DIR)
    return {
        NAKED: naked_search(engine),
        BARE: same_search(engine, AUJOURDHUI, queries(), read=False),
        READ: same_search(engine, AUJOURDHUI, queries(), read=True),
        RESULTS: lambda q: service.search(parse({"q": [q]}), aujourdhui=AUJOURDHUI),
        PAGE: lambda q: client.get("/conventions/", {"q": q}).content,
    }


def measure_queries(nombre: int) -> None:
    """The best of the rounds for each query: what the neighbours on the machine cost is left out."""
    ways = build_ways()
    for q in queries():
        for run in ways.values():
            run(q)  # warms what is memoised, for all alike
    times = {name: [math.inf] * len(queries()) for name in ways}
    for _ in range(ROUNDS):
        for rank, q in enumerate(queries()):
            for name, run in ways.items():
                times[name][rank] = min(times[name][rank], timed(lambda run=run, q=q: run(q)) * 1000)
    print(f"\n{len(queries())} requêtes, {nombre} conventions, en ms ; rapport à « {BARE} », requête par requête")
    for name, values in times.items():
        median, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        ratio = statistics.median(ours / bare for ours, bare in zip(values, times[BARE], strict=True))
        print(f"{name:21} médiane {median:7.2f}  p95 {p95:7.2f}  rapport {ratio:6.2f}")


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nombre", type=int, nargs="?", default=10_000)
    main(parser.parse_args(sys.argv[1:]).nombre)
