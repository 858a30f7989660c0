"""`python -m bench.arret`: searches under load while the node of Elasticsearch is killed, and comes back.

Threads search without a pause, before, during and after; what is told is the searches a second of each phase, how
many another engine answered, how many failed, and the longest.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import django

CONVENTIONS = 2_000
THREADS = 4
SECONDS = 10.0
PATIENCE = 90.0
"""Seconds in which the node must have come back."""

WORDS = ("gestion", "hébergement", "délégation crédits", "numérique OU formation", "")


@dataclass
class Phase:
    nom: str
    searches: int = 0
    degraded: int = 0
    failed: int = 0
    longest: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.nom:22} {self.searches / self.seconds:6.0f} recherches/s, {self.degraded} de secours, "
            f"{self.failed} échouées, la plus longue {self.longest * 1000:.0f} ms"
        )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from bench.corpus import publish_generated, rebuild
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.embedded import EmbeddedEngine
    from search.engines.secours import EngineWithBackup
    from tests.services.serveurs.elasticsearch import Elasticsearch
    from tests.services.serveurs.lancement import running

    with running(Elasticsearch) as [node], tempfile.TemporaryDirectory() as folder:
        adresse = f"{node.variables()['ELASTICSEARCH_URL']}/arret"
        engine = EngineWithBackup(ElasticsearchEngine(adresse), EmbeddedEngine(Path(folder)))
        publiees = list(publish_generated(CONVENTIONS))
        for one in (engine.backup, engine):
            rebuild(one, publiees)
        phases = [
            measure(engine, "avant", lambda: time.sleep(SECONDS)),
            measure(engine, "nœud tué, puis absent", lambda: (node.stop(), time.sleep(SECONDS))),
            measure(engine, "retour du nœud", lambda: come_back(node, engine)),
            measure(engine, "après", lambda: time.sleep(SECONDS)),
        ]
    for phase in phases:
        print(phase)
    sys.exit(sum(phase.failed for phase in phases) > 0)


def come_back(node: Any, engine: Any) -> None:
    """Starts the node again, and waits until it answers searches."""
    node.start()
    node.wait()
    deadline = time.monotonic() + PATIENCE
    while engine.circuit.broken and time.monotonic() < deadline:
        time.sleep(0.1)


def measure(engine: Any, nom: str, meanwhile: Callable[[], Any]) -> Phase:
    """Searches in every thread while `meanwhile` runs."""
    over = Event()
    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(search_until, engine, over) for _ in range(THREADS)]
        start = time.monotonic()
        meanwhile()
        over.set()
        parts = [one.result() for one in running]
    phase = Phase(nom, seconds=time.monotonic() - start)
    for part in parts:
        phase.searches += part.searches
        phase.degraded += part.degraded
        phase.failed += part.failed
        phase.longest = max(phase.longest, part.longest)
    return phase


def search_until(engine: Any, over: Event) -> Phase:
    from search.query import SearchQuery
    from search.results import IndexIndisponible
    from search.service import run

    phase = Phase("")
    for rank in count():
        if over.is_set():
            return phase
        start = time.monotonic()
        try:
            results = run(SearchQuery(q=WORDS[rank % len(WORDS)]), date(2026, 6, 1), engine, lambda _: {})
            phase.degraded += results.degradee
        except IndexIndisponible:
            phase.failed += 1
        phase.searches += 1
        phase.longest = max(phase.longest, time.monotonic() - start)
    raise AssertionError("count() has no end")


if __name__ == "__main__":
    main()
