"""A listing read from its first page to its last, set against what is known, and kept: what `import_listing` does."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from importers.listings import PageLue, PageVue, Source
from portal.publications import actions
from portal.publications.connues import read_connues
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import Visite
from portal.publications.reconciliation import Ecart, Etat, guard, reconcile

PAGES_MAXIMUM = 20_000
"""Pages of a listing: with one page an act, no bulletin has more."""

Fetch = Callable[[str], tuple[PageVue, str]]
"""Gives the page at an address, and the SHA-256 under which it is kept."""


@dataclass(frozen=True, slots=True)
class ListeLue:
    """The entries of a whole reading, in order; `preuves` are the kept pages by address of entry; `finie` says that
    every page that the listing names was read.
    """

    entrees: tuple[Entree, ...]
    preuves: dict[str, str]
    total: int | None
    finie: bool


def read_addresses(source: Source, departs: Sequence[str], fetch: Fetch) -> ListeLue:
    """Reads a listing from its first pages to the last that they name. Raises `ListeBloquee`."""
    attente, connues = list(departs), set(departs)
    lues: list[tuple[PageLue, str]] = []
    while attente:
        if len(lues) == PAGES_MAXIMUM:
            message = f"La liste nomme plus de {PAGES_MAXIMUM} pages : vérifiez la source."
            raise ListeBloquee(Blocage.MISE_EN_PAGE, message)
        page, preuve = fetch(attente.pop(0))
        lue = source.read_page(page)
        lues.append((lue, preuve))
        nouvelles = [adresse for adresse in lue.suivantes if adresse not in connues]
        connues.update(nouvelles)
        attente += nouvelles
    return _gather(lues, finie=True)


def read_saved(source: Source, pages: Iterable[tuple[PageVue, str]]) -> ListeLue:
    """Reads pages that someone saved. Raises `ListeBloquee`.

    A saved page has no address, so the pages that a listing names are counted: with as many, it is read whole.
    """
    lues = [(source.read_page(page), preuve) for page, preuve in pages]
    nommees = {adresse for lue, _ in lues for adresse in lue.suivantes}
    return _gather(lues, finie=len(lues) > len(nommees))


def _gather(lues: Sequence[tuple[PageLue, str]], *, finie: bool) -> ListeLue:
    preuves: dict[str, str] = {}
    entrees: dict[Entree, None] = {}
    for lue, preuve in lues:
        for entree in lue.entrees:
            entrees[entree] = None
            preuves.setdefault(entree.url, preuve)
    totaux = {lue.total for lue, _ in lues} - {None}
    return ListeLue(tuple(entrees), preuves, max((t for t in totaux if t is not None), default=None), finie)


def find_ecarts(source: Source, lue: ListeLue) -> Iterator[Ecart]:
    """What the listing says of the acts of the portal. Raises `ListeBloquee` where it cannot be believed.

    What a listing does not show is absent where it shows every act at once and was read whole; nowhere else.
    """
    precedente = actions.last_whole(source.nom) if source.entiere and lue.finie else None
    guard(len(lue.entrees), lue.total if lue.finie else None, precedente.lues if precedente else None)
    for ecart in reconcile(lue.entrees, read_connues(source.nom, source.canal)):
        if ecart.etat is not Etat.ABSENT or (source.entiere and lue.finie):
            yield ecart


@dataclass(frozen=True, slots=True)
class Confrontation:
    """What a listing says of the portal, or why it was not believed: then `ecarts` is empty. `entiere` says that it was
    read whole and shows every act at once.
    """

    ecarts: tuple[Ecart, ...] = ()
    preuves: Mapping[str, str] = field(default_factory=dict)
    entiere: bool = False
    blocage: ListeBloquee | None = None


def confront(source: Source, read: Callable[[], ListeLue]) -> Confrontation:
    """Reads a listing and sets it against what is known. Changes nothing."""
    try:
        lue = read()
        return Confrontation(tuple(find_ecarts(source, lue)), lue.preuves, source.entiere and lue.finie)
    except ListeBloquee as blocage:
        return Confrontation(blocage=blocage)


def record(source: Source, nom: str, moment: datetime, confrontation: Confrontation) -> Visite:
    """Keeps what a listing says, or that it was blocked: one visit either way."""
    if confrontation.blocage:
        return actions.record_blocage(
            source.nom, source.canal, nom, moment, confrontation.blocage, entiere=source.entiere
        )
    return actions.record_visit(
        source.nom,
        source.canal,
        nom,
        moment,
        confrontation.ecarts,
        confrontation.preuves,
        entiere=confrontation.entiere,
    )
