"""What is public at this moment, in plain objects: what search, pages and feeds read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from portal.conventions import mapping
from portal.conventions.models import ActePage, AvenantPage, ConventionPage
from portal.domain.convention import Convention

MARQUE_FICTIF = "[Exemple inventé]"


@dataclass(frozen=True, slots=True)
class ServiceRef:
    """An entry of the register; `ministere` is the key of the ministère it belongs to."""

    cle: str
    nom: str
    sigle: str = ""
    ministere: str | None = None
    autres_noms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publiee:
    """A public convention (or avenant) with its address.

    `services` holds those that its parties are matched to and their ministères; `publiee_le` is the
    first publication here, `modifiee_le` the last. The titre of a `fictif` act begins with MARQUE_FICTIF, so
    that whatever shows an invented act, even cut short, says that it is one.
    """

    uid: str
    adresse: str
    convention: Convention
    publiee_le: datetime
    modifiee_le: datetime
    services: tuple[ServiceRef, ...] = ()
    avenants: tuple["Publiee", ...] = ()
    date_resiliation: date | None = None
    original: str = ""
    fictif: bool = False


def read_published(uids: Iterable[str]) -> dict[str, Publiee]:
    """The public conventions among `uids`, by uid; avenants are inside their convention."""
    pages = list(_conventions().filter(uid__in=list(uids)))
    return {publiee.uid: publiee for publiee in _read(pages)}


def iter_published(after: str = "", lot: int = 200) -> Iterator[Publiee]:
    """Every public convention whose uid comes after `after`, in the order of the uids, `lot` in memory at a time."""
    while pages := list(_conventions().filter(uid__gt=after).order_by("uid")[:lot]):
        after = pages[-1].uid
        yield from _read(pages)


def iter_uids(after: str = "", lot: int = 10_000) -> Iterator[str]:
    """The uid of every public convention that comes after `after`, in their order, `lot` in memory at a time."""
    uids = ConventionPage.objects.live().order_by("uid").values_list("uid", flat=True)
    while found := list(uids.filter(uid__gt=after)[:lot]):
        yield from found
        after = found[-1]


def publiee_of(page: ActePage) -> Publiee:
    """What one page shows: a public one, or a draft in preview."""
    avenants = _avenants([page]) if isinstance(page, ConventionPage) and page.pk else {}
    return _publiee(page, avenants.get(page.path, ()))


def _conventions() -> QuerySet[ConventionPage]:
    return _with_rows(ConventionPage.objects.live())


def _with_rows(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.select_related("original").prefetch_related(
        "parties__representants",
        "parties__service__ministere",
        "echeancier",
        "imputations",
        "publications_prevues",
        "copies",
        "signataires",
    )


def _read(pages: list[ConventionPage]) -> Iterator[Publiee]:
    avenants = _avenants(pages)
    for page in pages:
        yield _publiee(page, avenants.get(page.path, ()))


def _avenants(pages: Iterable[ActePage]) -> dict[str, tuple[Publiee, ...]]:
    """The public avenants of each convention, by the convention's path, in the order of their signature."""
    under = Q()
    for page in pages:
        # A range of paths is read from their index, where a LIKE would read every page of the site for each lot.
        under |= Q(path__range=AvenantPage._get_children_path_interval(page.path), depth=page.depth + 1)
    found: dict[str, tuple[Publiee, ...]] = {}
    if under:
        for avenant in _with_rows(AvenantPage.objects.live().filter(under)).order_by("date_signature", "path"):
            parent = avenant.path[: -AvenantPage.steplen]
            found[parent] = (*found.get(parent, ()), _publiee(avenant))
    return found


def _publiee(page: Any, avenants: tuple[Publiee, ...] = ()) -> Publiee:
    return Publiee(
        uid=page.uid,
        adresse=page.adresse,
        convention=_marked(mapping.from_page(page)) if page.fictif else mapping.from_page(page),
        publiee_le=page.first_published_at,
        modifiee_le=page.last_published_at,
        services=_services(page),
        avenants=avenants,
        date_resiliation=getattr(page, "date_resiliation", None),
        original=page.original.nom if page.original else "",
        fictif=page.fictif,
    )


def _marked(convention: Convention) -> Convention:
    return replace(convention, titre=f"{MARQUE_FICTIF} {convention.titre}")


def _services(page: Any) -> tuple[ServiceRef, ...]:
    services = {}
    for partie in page.parties.all():
        for service in (partie.service, partie.service and partie.service.ministere):
            if service:
                services[service.slug] = ServiceRef(
                    cle=service.slug,
                    nom=service.nom,
                    sigle=service.sigle,
                    ministere=service.slug if service.est_ministere else service.ministere and service.ministere.slug,
                    autres_noms=tuple(service.autres_noms.splitlines()),
                )
    return tuple(services.values())
