"""Run as a program: writes one convention after another to an index (a folder, or an address), until it is killed."""

import sys
from itertools import count
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

    from search.engines.base import Cursor, Engine
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.embedded import EmbeddedEngine
    from tests.search.builders import of, write

    place = sys.argv[1]
    engine: Engine = ElasticsearchEngine(place) if "://" in place else EmbeddedEngine(Path(place))
    for seq in count(engine.cursor().seq + 1):
        with engine.open_writer() as writer:
            assert writer is not None, "nobody else writes"
            writer.put(write(engine, of(f"u{seq}", "texte")))
            writer.commit(Cursor(seq, f"u{seq}"))
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()
