"""The formats of files: one module each, found by a look into this folder.

A module gives `EXTENSIONS`, the ends of file names that it reads, and `extract(contenu: bytes) -> Extrait`, which raises
`Illisible`. Each has a file and its expected result in `examples/documents`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from portal.domain.convention import Qualite


@dataclass(frozen=True, slots=True)
class Extrait:
    """The text that a file holds, line ends as LF, and how it was had."""

    texte: str
    qualite: Qualite


def _register() -> dict[str, Callable[[bytes], Extrait]]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {extension: module.extract for module in modules for extension in module.EXTENSIONS}


FORMATS = _register()
"""How to read a file, by the end of its name (".txt")."""
