"""The formats of files: one module each, found by a look into this folder.

A module gives `EXTENSIONS`, the ends of file names that it reads, and `extract(contenu: bytes) -> Extrait`, which raises
`Illisible`; `SECONDS`, where it needs more time than a text does; `FILES`, the bytes of a file that it may write, where it
hands the document to a program. Each has a file and its expected result in `examples/documents`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from portal.domain.convention import Qualite

SECONDS = 20.0
"""The time that a format has which asks for no other."""


@dataclass(frozen=True, slots=True)
class Extrait:
    """The text that a file holds, line ends as LF, and how it was had.

    A paragraph is parted from the next by a blank line; the row of a table is a line of its own, its cells parted by tabs,
    an empty cell kept. `pages` are the places of `texte` where each page starts, for a format that has pages;
    `remarques` are French sentences on what the file holds beside its text and an editor must know before it is public.
    """

    texte: str
    qualite: Qualite
    pages: tuple[int, ...] = ()
    remarques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """How to read one format, and within what limits: `seconds` of a clock, `files` bytes written."""

    extract: Callable[[bytes], Extrait]
    seconds: float
    files: int

    def __call__(self, contenu: bytes) -> Extrait:
        return self.extract(contenu)


def _register() -> dict[str, Format]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {
        extension: Format(module.extract, getattr(module, "SECONDS", SECONDS), getattr(module, "FILES", 0))
        for module in modules
        for extension in module.EXTENSIONS
    }


FORMATS = _register()
"""How to read a file, by the end of its name (".txt")."""
