"""A listing read from its first page to its last, set against what is known, and kept: what `import_listing` does."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from importers.listings import PageLue, PageVue, Source
from portal.publications import actions
from portal.publications.connues import read_connues
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import Visite
from portal.publications.reconciliation import DOUTE, Ecart, Etat, guard, reconcile

PAGES_MAXIMUM = 20_000
"""Pages of a listing: with one page an act, no bulletin has more."""
DISPARUES_MAXIMUM = 0.1
"""The share of the pages of a listing that may be gone: where more are, it is the site that has changed. One may be."""

Fetch = Callable[[str], tuple[PageVue, str]]
"""Gives the page at an address, and the SHA-256 under which it is kept. Raises `ListeBloquee` where none is had."""


@dataclass(frozen=True, slots=True)
class ListeLue:
    """The entries of a whole reading, in order; `preuves` are the kept pages by address of entry; `finie` says that
    every page that the listing names was read, or is gone (`disparues`), `entiere` that it then shows at once every act
    that its site publishes.
    """

    entrees: tuple[Entree, ...]
    preuves: dict[str, str]
    total: int | None
    finie: bool
    entiere: bool = False
    disparues: frozenset[str] = frozenset()


def read_addresses(source: Source, departs: Sequence[str], fetch: Fetch) -> ListeLue:
    """Reads a listing from its first pages to the last that they name. Raises `ListeBloquee`.

    The page of an act that is gone is left out. A source that has first pages of its own is whole from those alone.
    """
    attente, connues = deque(departs), set(departs)
    lues: list[tuple[PageLue, str]] = []
    disparues: set[str] = set()
    while attente:
        if len(lues) + len(disparues) == PAGES_MAXIMUM:
            message = f"La liste nomme plus de {PAGES_MAXIMUM} pages : vérifiez la source."
            raise ListeBloquee(Blocage.MISE_EN_PAGE, message)
        adresse = attente.popleft()
        page, preuve = fetch(adresse)
        lue = source.read_page(page)
        if lue.disparue:
            disparues.add(adresse)
            continue
        lues.append((lue, preuve))
        nouvelles = [adresse for adresse in lue.suivantes if adresse not in connues]
        connues.update(nouvelles)
        attente += nouvelles
    _check_disparues(len(disparues), len(connues))
    entiere = source.entiere and set(source.departs) <= set(departs)
    return replace(_gather(lues), finie=True, entiere=entiere, disparues=frozenset(disparues))


def _check_disparues(disparues: int, pages: int) -> None:
    if disparues > max(1, DISPARUES_MAXIMUM * pages):
        message = (
            f"{disparues} des {pages} pages de la liste ont disparu du site : vérifiez ses adresses, rien n'est tenu "
            "pour absent."
        )
        raise ListeBloquee(Blocage.MISE_EN_PAGE, message)


def read_saved(source: Source, pages: Iterable[tuple[PageVue, str]]) -> ListeLue:
    """Reads pages that someone saved. Raises `ListeBloquee`.

    A saved page has no address, so the pages that a listing names are counted: with as many, it is read whole. Of a
    source that has first pages of its own, saved pages are never known to be all.
    """
    lues = [(source.read_page(page), preuve) for page, preuve in pages]
    nommees = {adresse for lue, _ in lues for adresse in lue.suivantes}
    finie = len(lues) > len(nommees)
    return replace(_gather(lues), finie=finie, entiere=source.entiere and finie and not source.departs)


def doubt_absences(source: Source, lue: ListeLue) -> ListeLue:
    """A reading whose pages are of two moments: an act may have gone from one page to another meanwhile, unseen.

    So none is absent, but where the page of the act itself says so.
    """
    return lue if source.locate_page else replace(lue, entiere=False)


def _gather(lues: Sequence[tuple[PageLue, str]]) -> ListeLue:
    preuves: dict[str, str] = {}
    entrees: dict[Entree, None] = {}
    for lue, preuve in lues:
        for entree in lue.entrees:
            entrees[entree] = None
            preuves.setdefault(entree.url, preuve)
    totaux = {lue.total for lue, _ in lues} - {None}
    return ListeLue(tuple(entrees), preuves, max((t for t in totaux if t is not None), default=None), finie=False)


def find_ecarts(source: Source, lue: ListeLue, fetch: Fetch | None = None) -> Iterator[Ecart]:
    """What the listing says of the acts of the portal. Raises `ListeBloquee` where it cannot be believed.

    What a listing does not show is absent where it shows every act at once and was read whole; nowhere else. `fetch` is
    for a source whose own pages say whether an act is still there.
    """
    precedente = actions.last_whole(source.nom) if lue.entiere else None
    guard(len(lue.entrees), lue.total if lue.finie else None, precedente.lues if precedente else None)
    connues = list(read_connues(source.nom, source.canal))
    adresses = {connue.uid: connue.url for connue in connues if connue.vue}
    for ecart in reconcile(lue.entrees, connues):
        if ecart.etat is not Etat.ABSENT:
            yield ecart
        elif lue.entiere:
            yield from _confirm(ecart, adresses.get(ecart.uid or "", ""), source, lue, fetch)


def _confirm(ecart: Ecart, url: str, source: Source, lue: ListeLue, fetch: Fetch | None) -> Iterator[Ecart]:
    """An absence, as sure as the page of the act itself makes it; none where that page still shows an act."""
    if source.locate_page is None:
        yield ecart
        return
    page = _look_at(source, source.locate_page(url), lue, fetch)
    if page is None or not page.entrees:
        disparue = page is not None and page.disparue
        suite = "Sa page a disparu." if disparue else "Sa page ne dit pas s'il y est encore : ouvrez-la."
        confiance = ecart.confiance if disparue else min(ecart.confiance, DOUTE)
        yield replace(ecart, motif=f"{ecart.motif} {suite}", confiance=confiance)


def _look_at(source: Source, adresse: str, lue: ListeLue, fetch: Fetch | None) -> PageLue | None:
    """What the page of an act shows, None where that is not known."""
    if adresse in lue.disparues:
        return PageLue(disparue=True)
    if not adresse or fetch is None:
        return None
    try:
        return source.read_page(fetch(adresse)[0])
    except ListeBloquee:
        return None


@dataclass(frozen=True, slots=True)
class Confrontation:
    """What a listing says of the portal, or why it was not believed: then `ecarts` is empty. `entiere` says that it was
    read whole and shows every act at once; `disparues` counts the pages of acts that it names and that are gone.
    """

    ecarts: tuple[Ecart, ...] = ()
    preuves: Mapping[str, str] = field(default_factory=dict)
    entiere: bool = False
    blocage: ListeBloquee | None = None
    disparues: int = 0


def confront(source: Source, read: Callable[[], ListeLue], fetch: Fetch | None = None) -> Confrontation:
    """Reads a listing and sets it against what is known. Changes nothing."""
    try:
        lue = read()
        ecarts = tuple(find_ecarts(source, lue, fetch))
    except ListeBloquee as blocage:
        return Confrontation(blocage=blocage)
    return Confrontation(ecarts, lue.preuves, lue.entiere, disparues=len(lue.disparues))


def record(source: Source, nom: str, moment: datetime, confrontation: Confrontation) -> Visite:
    """Keeps what a listing says, or that it was blocked: one visit either way."""
    if confrontation.blocage:
        # Where other listings show acts of the same channel, this one says nothing of what is expected of them.
        toutes = source.entiere and source.seule
        return actions.record_blocage(source.nom, source.canal, nom, moment, confrontation.blocage, entiere=toutes)
    return actions.record_visit(
        source.nom,
        source.canal,
        nom,
        moment,
        confrontation.ecarts,
        confrontation.preuves,
        entiere=confrontation.entiere,
    )
