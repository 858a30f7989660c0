"""Finds the pages that seem to hold an act already, and the convention that an avenant changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.db.models import Q, QuerySet

from portal.conventions.models import ActePage, ConventionPage, Original
from portal.conventions.rattachement import SMALL_WORDS, normalise
from portal.domain.convention import Constat, Convention, Nature, Partie
from portal.domain.regles import constat

LIMIT = 10  # of what is shown; of an act that is held more than ten times, an editor needs not see all
CANDIDATES = 200
SEUIL = 0.8  # two acts of different dates never reach it: the same parties sign the same title year after year
POIDS_TITRE, POIDS_PARTIES, POIDS_DATE = 0.5, 0.3, 0.2


class Motif(StrEnum):
    """What a page has in common with the act, the surest first."""

    FICHIER = "même fichier"
    NOR = "même NOR"
    REFERENCE = "même référence"
    REFERENCE_ET_DATE = "même référence et même date"
    DATE_ET_PARTIES = "même date et mêmes parties"
    RESSEMBLANCE = "titre, parties et date semblables"
    RECHERCHE = "trouvée par vos mots"


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """A page, and what it has in common with the act that is read."""

    page: ActePage
    motif: Motif


def find_doublons(convention: Convention, original: Original | None) -> list[Rapprochement]:
    """The pages that may hold this very act, its parties matched to the register, the surest first."""
    return _first_of_each(_doublons(convention, original))


def report_doublon(doublon: Rapprochement) -> Constat:
    """The constat that tells an editor of a doublon, for an act that is imported without one."""
    message = (
        f"Cet acte semble être déjà tenu ({doublon.motif}) par la page « {doublon.page.title} » : comparez-les, puis "
        "gardez l'une des deux."
    )
    return constat("N4", message=message)


def find_conventions_changed(convention: Convention) -> list[Rapprochement]:
    """The conventions that an avenant may change, the surest first; none for what is no avenant."""
    return _first_of_each(_conventions_changed(convention))


def search_conventions(words: str) -> list[Rapprochement]:
    """The conventions that an editor names: by a reference, a NOR, an identifier, or words of the title."""
    words = " ".join(words.split())
    named = Q(reference__iexact=words) | Q(nor__iexact=words) | Q(uid__iexact=words)
    in_title = Q(*(Q(titre__icontains=word) for word in words.split()))
    found = _conventions().filter(named | in_title) if words else _conventions().none()
    return [Rapprochement(page, Motif.RECHERCHE) for page in found.order_by("-date_signature", "pk")[:LIMIT]]


def _conventions() -> QuerySet[ConventionPage]:
    conventions: QuerySet[ConventionPage] = ConventionPage.objects.exclude(nature=Nature.AVENANT)
    return conventions


def _first_of_each(found: Iterable[Rapprochement]) -> list[Rapprochement]:
    by_page: dict[int, Rapprochement] = {}
    for rapprochement in found:
        by_page.setdefault(rapprochement.page.pk, rapprochement)
    return list(islice(by_page.values(), LIMIT))


def _doublons(convention: Convention, original: Original | None) -> Iterator[Rapprochement]:
    actes = ActePage.objects.order_by("pk")
    if original is not None:
        same_file = actes.filter(Q(original=original) | Q(depots__original=original)).distinct()
        yield from _because(Motif.FICHIER, same_file)
    if convention.nor:
        yield from _because(Motif.NOR, actes.filter(nor__iexact=convention.nor))
    if convention.reference and convention.date_signature:
        same = actes.filter(reference__iexact=convention.reference, date_signature=convention.date_signature)
        yield from _because(Motif.REFERENCE_ET_DATE, same)
    yield from _because(Motif.RESSEMBLANCE, _like(convention))


def _because(motif: Motif, pages: Iterable[ActePage]) -> Iterator[Rapprochement]:
    return (Rapprochement(page, motif) for page in islice(pages, LIMIT))


def _like(convention: Convention) -> Iterator[ActePage]:
    candidates = ActePage.objects.filter(modifie_un_acte=convention.avenant is not None)
    if convention.date_signature:
        candidates = candidates.filter(Q(date_signature=convention.date_signature) | Q(date_signature=None))
    else:
        services = {partie.service for partie in convention.parties} - {None}
        candidates = candidates.filter(parties__service__slug__in=services).distinct()
    likeness = [
        (resemblance(convention, page), page)
        for page in candidates.prefetch_related("parties__service").order_by("-pk")[:CANDIDATES]
    ]
    likeness.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return (page for score, page in likeness if score > SEUIL)


def resemblance(convention: Convention, page: ActePage) -> float:
    """How like an act and a page are, from 0 to 1, by their title, their parties and their date."""
    if not (convention.titre.strip() and page.titre.strip()):
        return 0.0
    titre = _share(_words(convention.titre), _words(page.titre))
    parties = _share(_names(convention.parties), _names(_parties_of(page)))
    date = 0.5 if None in (convention.date_signature, page.date_signature) else 1.0
    if convention.date_signature and page.date_signature and convention.date_signature != page.date_signature:
        date = 0.0
    return POIDS_TITRE * titre + POIDS_PARTIES * parties + POIDS_DATE * date


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    whole = len(ours) + len(theirs)
    return 2 * len(ours & theirs) / whole if whole else 0.0


def _words(titre: str) -> frozenset[str]:
    return frozenset(normalise(titre).split()) - SMALL_WORDS


def _parties_of(page: ActePage) -> list[Partie]:
    return [Partie(nom=row.nom, service=row.service.slug if row.service else None) for row in page.parties.all()]


def _names(parties: Iterable[Partie]) -> frozenset[str]:
    return frozenset(partie.service or normalise(partie.nom) for partie in parties)


def _conventions_changed(convention: Convention) -> Iterator[Rapprochement]:
    avenant = convention.avenant
    if avenant is None:
        return
    if avenant.convention_reference:
        reference = avenant.convention_reference
        yield from _because(Motif.REFERENCE, _conventions().filter(reference__iexact=reference).order_by("pk"))
        yield from _because(Motif.NOR, _conventions().filter(nor__iexact=reference).order_by("pk"))
    if avenant.convention_date:
        same_date = _conventions().filter(date_signature=avenant.convention_date).prefetch_related("parties__service")
        ours = _names(convention.parties)
        yield from _because(
            Motif.DATE_ET_PARTIES,
            (page for page in same_date.order_by("pk")[:CANDIDATES] if ours & _names(_parties_of(page))),
        )
