"""`make bench`: what search and indexing cost on each engine, as ratios to the bare engine in the same run.

Each query is timed in turn by every way, so that a change of the machine's speed touches all alike: the bare engine
(bench/bare.py), our `Results`, the whole HTML page, Wagtail's own search of the same conventions. Rebuilding is timed
against adding the same documents, ready-made, to a bare index, then as the portal does it, from pages in a database.
Elasticsearch is measured where ELASTICSEARCH_URL says that there is one.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import django

from bench.ways import Way, build_ways, measure_queries, queries, timed

SAMPLE = 10_000
"""Conventions whose indexing is timed without a database, at most: all their forms are held in memory."""

BASE_MAX = 200_000
"""Conventions above which no page is made of them: writing so many would take longer than all that is measured."""


def main(nombre: int, rounds: int, base: bool, courtes: bool) -> None:
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
        if base:
            from bench.pages import publish_pages

            print_rate("pages écrites", nombre, timed(partial(publish_pages, nombre)))
        for adresse, engine in engines().items():
            measure_indexing(engine, min(nombre, SAMPLE), folder, courtes)
            wagtail = measure_pages(engine, adresse, nombre) if base else measure_rebuild(engine, nombre, courtes)
            measure_queries(build_ways(engine, adresse) | wagtail, nombre, rounds)
        ours, others = (
            resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"\nmémoire au plus : ce processus {ours} Mo, chacun de ceux qui lisent pour lui {others} Mo")


def engines() -> dict[str, Any]:
    """The engines to measure, each by the address of its cluster: the embedded one, which has none, first."""
    from django.conf import settings

    from search.engines.current import local_engine
    from search.engines.elasticsearch import ElasticsearchEngine

    found: dict[str, Any] = {"": local_engine()}
    if settings.SEARCH_CLUSTER:
        found[settings.SEARCH_CLUSTER] = ElasticsearchEngine(settings.SEARCH_CLUSTER)
    return found


def measure_indexing(engine: Any, nombre: int, folder: Path, courtes: bool) -> None:
    """Our rebuild in one process, what it does in Python by itself, and the bare addition of what that makes."""
    from bench.bare import add_to_elasticsearch, add_to_tantivy
    from bench.corpus import read_generated, rebuild
    from bench.generator import name
    from search.document import to_document
    from search.engines.embedded import EmbeddedEngine

    embedded = isinstance(engine, EmbeddedEngine)
    publiees = list(read_generated(map(name, range(nombre)), courtes=courtes).values())

    def make() -> Iterator[Any]:
        return map(engine.write, map(to_document, publiees))

    steps = {
        "un processus": timed(lambda: rebuild(engine, publiees)),
        "dont documents d'index": timed(lambda: drain(map(to_document, publiees))),
        "… et leur forme": timed(lambda: drain(make())),
    }
    ready = list(make())
    add = (lambda: add_to_tantivy(ready, folder / "nu")) if embedded else lambda: add_to_elasticsearch(ready, engine)
    steps["ajout nu"] = timed(add)
    print(f"\nindexation de {nombre} conventions, {type(engine).__name__}")
    for step, seconds in steps.items():
        print_rate(step, nombre, seconds)
    print(f"débit de la reconstruction / débit nu {steps['ajout nu'] / steps['un processus']:.2f}")


def measure_rebuild(engine: Any, nombre: int, courtes: bool) -> dict[str, Way]:
    """Our rebuild of `nombre` conventions in several processes, which write each as it is asked for."""
    from bench.corpus import rebuild_generated
    from search.workers import processes_for

    processes = processes_for(nombre)
    seconds = timed(partial(rebuild_generated, engine, nombre, processes, courtes=courtes))
    print_rate(f"{processes} processus, inventées", nombre, seconds)
    return {}


def measure_pages(engine: Any, adresse: str, nombre: int) -> dict[str, Way]:
    """Our rebuild and Wagtail's, from the pages of the database; the ways of Wagtail, whose index is then there.

    The pages are read as the conventions of `measure_indexing`: either rebuild leaves the same index.
    """
    from bench import wagtail_seul
    from search import indexing
    from search.workers import processes_for

    processes = processes_for(nombre)
    wagtail_seul.declare_fields()
    backend = wagtail_seul.declare_backend(adresse)
    print(f"\nindexation de {nombre} pages")
    seconds = timed(partial(indexing.rebuild, engine, processes=processes))
    print_rate(f"{processes} processus, de la base", nombre, seconds)
    print_rate("Wagtail", nombre, timed(partial(wagtail_seul.index_pages, backend)))
    ways = wagtail_seul.build_ways(backend)
    found = [ways["Wagtail"].run(q)[0] for q in queries() if ways["Wagtail"].can_run(q)]
    print(f"requêtes que Wagtail fait {len(found)}, dont sans résultat {found.count(0)}")
    return ways


def print_rate(name: str, nombre: int, seconds: float) -> None:
    print(f"{name:24} {seconds:6.1f} s  {nombre / seconds:6.0f}/s")


def drain(items: Iterator[Any]) -> None:
    deque(items, maxlen=0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nombre", type=int, nargs="?", default=10_000)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--sans-base", action="store_true", help="sans pages dans une base, et donc sans Wagtail")
    parser.add_argument("--courtes", action="store_true", help="des conventions d'un seul article (sans pages)")
    asked = parser.parse_args(sys.argv[1:])
    base = not (asked.sans_base or asked.courtes or asked.nombre > BASE_MAX)
    main(asked.nombre, asked.passes, base, asked.courtes)
