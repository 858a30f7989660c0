"""The formats of files: one module each, found by a look into this folder.

A module gives `EXTENSIONS`, the ends of file names that it reads, and `extract(contenu: bytes) -> Extrait`, which raises
`Illisible`; `SECONDS`, where it needs more time than a text does. Each has a file and its expected result in `examples/documents`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from portal.domain.convention import Qualite


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


def _register() -> dict[str, Callable[[bytes], Extrait]]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {extension: module.extract for module in modules for extension in module.EXTENSIONS}


FORMATS = _register()
"""How to read a file, by the end of its name (".txt")."""
