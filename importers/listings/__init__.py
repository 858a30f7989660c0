"""The listings of the sites that publish conventions: one module each, found by a look into this folder.

The name of the module is that of the source. It gives `CANAL`, the channel that it is a listing of; `DEPARTS`, the
addresses where reading starts, none for a source that is read from saved pages alone; `read_page(page: PageVue) ->
PageLue`, which raises `ListeBloquee`; and, where it shows at once every act that the site publishes, so that what it
does not show is absent, `ENTIERE = True`. One whose own pages say whether an act is still there gives
`locate_page(url: str) -> str` too, the address to ask for an act that was seen at `url`, "" where there is none: then
an act is absent only where that page is gone. Each has pages and their expected results in `examples/listings/SOURCE/`.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from portal.domain.convention import Canal
from portal.publications.entrees import Entree


@dataclass(frozen=True, slots=True)
class PageVue:
    """A page as a site answered it, or as someone saved it: `statut` is the HTTP status, 200 for a saved page; names
    of `entetes` are in lower case; `url` is the address after redirects, or the path of the file.
    """

    url: str
    contenu: bytes
    statut: int = 200
    entetes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageLue:
    """What a page holds: entries, the number of entries that the whole listing declares (`total`, None where it
    declares none), and the absolute addresses of the pages to read after it (the next page, or one page an entry).
    `disparue` says that it was the page of one act, and that the site no longer has it.
    """

    entrees: tuple[Entree, ...] = ()
    total: int | None = None
    suivantes: tuple[str, ...] = ()
    disparue: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A listing and how to read it. `entiere` says that it shows at once every act that its site publishes, `seule`
    that no other source is of its channel.
    """

    nom: str
    canal: Canal
    departs: tuple[str, ...]
    entiere: bool
    read_page: Callable[[PageVue], PageLue]
    seule: bool = True
    locate_page: Callable[[str], str] | None = None


def _register() -> dict[str, Source]:
    trouves = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    modules = {nom: module for nom, module in trouves.items() if hasattr(module, "read_page")}
    canaux = Counter(module.CANAL for module in modules.values())
    return {
        nom: Source(
            nom,
            module.CANAL,
            module.DEPARTS,
            getattr(module, "ENTIERE", False),
            module.read_page,
            canaux[module.CANAL] == 1,
            getattr(module, "locate_page", None),
        )
        for nom, module in modules.items()
    }


SOURCES = _register()
