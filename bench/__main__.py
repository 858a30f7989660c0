"""`make bench`: what search and indexing cost, as ratios to the bare engine in the same run.

Each query is timed three ways, in turn, so that a change of the machine's speed touches all alike: the bare tantivy
query (its top ten, and nothing else), our `Results` (facets, labels, highlights), and the whole HTML page. Rebuilding
is timed against adding the same documents to a bare tantivy index.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

from bench.generator import WORDS, generate

ROUNDS = 3


def main(nombre: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="portail-bench-"))
    os.environ["SEARCH_URL"] = f"embedded://{folder / 'index'}"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'portail.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.SEARCH_INDEX_DIR = folder / "index"
    call_command("migrate", verbosity=0)
    call_command("install_portal")
    publiees = list(published(nombre))
    measure_indexing(publiees, folder)
    measure_queries(nombre)


def published(nombre: int) -> Iterator[Any]:
    from portal.conventions.publiees import Publiee

    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for rang, convention in enumerate(generate(nombre)):
        yield Publiee(f"demo{rang:06d}", f"/conventions/demo-{rang:06d}/", convention, moment, moment)


def measure_indexing(publiees: list[Any], folder: Path) -> None:
    """Our rebuild against the same tantivy documents added to a bare index."""
    from search import indexing
    from search.document import to_document
    from search.engines.current import current_engine

    sources = indexing.Sources(lambda: 0, lambda _seq, _limit: [], lambda _uids: {}, lambda: iter(publiees))
    rebuild, _ = timed(lambda: indexing.rebuild(current_engine(), sources))
    documents, made = timed(lambda: list(map(to_document, publiees)))
    bare, _ = timed(lambda: bare_indexing(made, folder / "nu"))
    rate = len(publiees) / rebuild
    print(
        f"indexation de {len(publiees)} conventions : {rebuild:.1f} s ({rate:.0f}/s), dont documents {documents:.1f} s"
    )
    print(f"ajout nu des mêmes documents à tantivy : {bare:.1f} s ({len(publiees) / bare:.0f}/s)")
    print(f"débit de la reconstruction / débit nu : {bare / rebuild:.2f}")


def bare_indexing(documents: list[Any], folder: Path) -> None:
    from tantivy import Index

    from search.engines.tantivy_schema import build_schema, register_tokenizers, to_tantivy
    from search.engines.tantivy_writer import REBUILD_BYTES

    folder.mkdir()
    index = Index(build_schema(), path=str(folder))
    register_tokenizers(index)
    writer = index.writer(REBUILD_BYTES, num_threads=1)
    for document in documents:
        writer.add_document(to_tantivy(document))
    writer.commit()
    writer.wait_merging_threads()


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


def measure_queries(nombre: int) -> None:
    from django.test import Client

    from search import service
    from search.query import parse

    client = Client()
    ways: dict[str, Callable[[str], Any]] = {
        "tantivy nu": bare_search(),
        "Results": lambda q: service.search(parse({"q": [q]}), aujourdhui=date(2026, 6, 1)),
        "page HTML": lambda q: client.get("/conventions/", {"q": q}).content,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for q in queries():
        for run in ways.values():
            run(q)  # warms what is memoised, for all alike
    for _ in range(ROUNDS):
        for q in queries():
            for name, run in ways.items():
                times[name].append(timed(lambda run=run, q=q: run(q))[0] * 1000)
    bare = statistics.median(times["tantivy nu"])
    print(f"\n{len(queries())} requêtes × {ROUNDS}, {nombre} conventions, en ms")
    for name, values in times.items():
        median, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        print(f"{name:12} médiane {median:7.2f}  p95 {p95:7.2f}  rapport à la requête nue {median / bare:6.2f}")


def bare_search() -> Callable[[str], Any]:
    """The same words over the same fields, ten best, by tantivy's own query parser: no facet, no highlight."""
    from search.analysis import terms
    from search.engines.base import BOOSTS
    from search.engines.current import current_engine

    index = current_engine()._open_last().index
    fields = [boost.field for boost in BOOSTS if boost.field != "codes"]
    boosts = {boost.field: boost.weight for boost in BOOSTS if boost.field != "codes"}

    def search(q: str) -> Any:
        text = " ".join(terms(q)) or "*"
        query, _errors = index.parse_query_lenient(text, fields, field_boosts=boosts, conjunction_by_default=True)
        return index.searcher().search(query, 10)

    return search


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nombre", type=int, nargs="?", default=10_000)
    main(parser.parse_args(sys.argv[1:]).nombre)
