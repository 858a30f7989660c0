"""The folder of an embedded index: which index is in use, and how another takes its place.

`courant` is a link to the index in use, turned in one step; an index left by a process that was killed
before it turned the link is thrown away by the next rebuild.
"""

import shutil
from pathlib import Path
from uuid import uuid4

from tantivy import Index

from search.engines import tantivy_schema
from search.engines.base import IndexPlusRecent, index_format
from search.results import IndexIndisponible

CURRENT, FORMAT_FILE, STATE_FILE = "courant", "format.txt", "meta.json"

Stamp = tuple[int, int, int]
"""Changes with every commit and every swap."""


class Folder:
    """The places of one embedded index under `root`, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = root / CURRENT
        self.state = self.current / STATE_FILE
        self.writing = root / "ecriture.verrou"
        self.rebuilding = root / "reconstruction.verrou"

    def read_stamp(self) -> Stamp:
        """The stamp of the index in use; raises `IndexIndisponible` where there is none."""
        try:
            state = self.state.stat()
        except OSError as error:
            raise IndexIndisponible("L'index de recherche n'existe pas.") from error
        return state.st_dev, state.st_ino, state.st_mtime_ns

    def current_place(self) -> Path:
        return self.current.resolve()

    def open_index(self, place: Path) -> Index:
        """The index at `place`; raises `IndexIndisponible` where it is absent, damaged or of another format."""
        try:
            found = tuple(int(version) for version in (place / FORMAT_FILE).read_text().split("."))
            if found == written_format():
                index = Index.open(str(place))
                index.config_reader("manual")
                return index
        except (OSError, ValueError) as error:
            raise IndexIndisponible("L'index de recherche est absent ou endommagé.") from error
        if found > written_format():
            raise IndexPlusRecent("L'index de recherche a été fait par une version plus récente du portail.")
        raise IndexIndisponible("L'index de recherche a été fait par une version plus ancienne du portail.")

    def make_place(self) -> Path:
        """A new empty index, whose files nothing refers to yet."""
        self.root.mkdir(parents=True, exist_ok=True)
        place = self.root / f"index-{uuid4().hex}"
        place.mkdir()
        (place / FORMAT_FILE).write_text(".".join(map(str, written_format())))
        return place

    def turn_to(self, place: Path) -> None:
        """Puts `place` in use, in one step."""
        link = self.root / f"{CURRENT}-{uuid4().hex}"
        link.symlink_to(place.name)
        link.replace(self.current)

    def list_others(self) -> list[Path]:
        """Every index but the one in use."""
        return [place for place in sorted(self.root.glob("index-*")) if place != self.current_place()]

    def throw_away_others(self, kept: Path | None = None) -> None:
        """Removes every index but the one in use and `kept`; only for who holds the lock of rebuilding."""
        for link in self.root.glob(f"{CURRENT}-*"):
            link.unlink()
        for place in self.list_others():
            if place != kept:
                shutil.rmtree(place)


def written_format() -> tuple[int, ...]:
    """The versions that an index must have been made with: our documents and analysis, our schema."""
    return *index_format(), tantivy_schema.VERSION
