"""What the search page offers around its results: chips to take off, filters to add, pages to turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode

from portal.domain.dates import format_date
from portal.domain.montants import format_montant
from search.query import SearchQuery, to_params
from search.results import Facet, FacetValue

LIBELLES = {
    "delegant": "Délégant",
    "delegataire": "Délégataire",
    "service": "Service",
    "ministere": "Ministère",
    "programme": "Programme",
    "annee": "Signée en",
    "statut": "Statut",
    "nature": "Nature",
    "canal": "Publication",
    "ae_min": "AE à partir de",
    "ae_max": "AE jusqu’à",
    "cp_min": "CP à partir de",
    "cp_max": "CP jusqu’à",
    "exercice": "Exercice",
    "du": "Signée depuis le",
    "au": "Signée jusqu’au",
}
MONTANTS = ("ae_min", "ae_max", "cp_min", "cp_max")
VISIBLES = 6  # values of a filter shown before « voir plus »


@dataclass(frozen=True, slots=True)
class Puce:
    """A restriction of the search; `adresse` is the same search without it, `query` likewise."""

    libelle: str
    query: SearchQuery

    @property
    def adresse(self) -> str:
        return address_of(self.query)


@dataclass(frozen=True, slots=True)
class Case:
    """A box to tick; `identifiant` is unique in the page."""

    identifiant: str
    valeur: FacetValue


@dataclass(frozen=True, slots=True)
class Filtre:
    """A facet as an accordion: the boxes in sight, those behind « voir plus », whether one is ticked."""

    nom: str
    libelle: str
    visibles: tuple[Case, ...]
    autres: tuple[Case, ...]
    ouvert: bool


def address_of(query: SearchQuery, name: str = "reader:recherche") -> str:
    """The address of a search: its page, or another rendering by the name of its URL."""
    params, adresse = to_params(query), _reverse(name, get_script_prefix())
    return f"{adresse}?{urlencode(params)}" if params else adresse


@cache
def _reverse(name: str, _prefix: str) -> str:
    """`reverse` where the site is under that prefix: a page asks for twenty-five addresses of three names."""
    return reverse(name)


def list_puces(query: SearchQuery, facets: Sequence[Facet]) -> list[Puce]:
    """A chip for each restriction other than the words searched, in the order of the query's fields."""
    noms = {(facet.nom, valeur.valeur): valeur.libelle for facet in facets for valeur in facet.valeurs}
    return [
        Puce(_name_puce(LIBELLES[champ], noms.get((champ, str(valeur))) or _write(champ, valeur)), reste)
        for champ, valeur, reste in _restrictions(query)
    ]


def _name_puce(champ: str, valeur: str) -> str:
    """« Statut : En vigueur », but « Programme 214 », which says itself what it is."""
    return valeur if valeur.startswith(champ) else f"{champ}\u00a0: {valeur}"


def _restrictions(query: SearchQuery) -> Iterator[tuple[str, Any, SearchQuery]]:
    """Each restriction as its field, its value, and the search without it, back on its first page."""
    for champ in LIBELLES:
        valeur = getattr(query, champ)
        if isinstance(valeur, tuple):
            for item in valeur:
                yield champ, item, _without(query, champ, tuple(autre for autre in valeur if autre != item))
        elif valeur is not None:
            yield champ, valeur, _without(query, champ, None)


def _without(query: SearchQuery, champ: str, reste: Any) -> SearchQuery:
    changes: dict[str, Any] = {champ: reste, "page": 1}
    return replace(query, **changes)


def _write(champ: str, valeur: object) -> str:
    if champ in MONTANTS and isinstance(valeur, int):
        return format_montant(Decimal(valeur) / 100)
    return format_date(valeur) if isinstance(valeur, date) else str(valeur)


def list_filtres(facets: Sequence[Facet]) -> list[Filtre]:
    """The facets that have values, chosen values always in sight."""
    return [_build_filtre(facet) for facet in facets if facet.valeurs]


def _build_filtre(facet: Facet) -> Filtre:
    valeurs = sorted(facet.valeurs, key=lambda valeur: not valeur.choisie)
    cases = tuple(Case(f"filtre-{facet.nom}-{rang}", valeur) for rang, valeur in enumerate(valeurs))
    choisies = sum(valeur.choisie for valeur in valeurs)
    vues = max(VISIBLES, choisies)
    return Filtre(facet.nom, facet.libelle, cases[:vues], cases[vues:], bool(choisies))


def list_champs_caches(query: SearchQuery, montres: Sequence[str]) -> list[tuple[str, str]]:
    """The parameters that the form of filters must carry along: all but those it shows and the page."""
    return [(nom, valeur) for nom, valeur in to_params(query) if nom not in {*montres, "page"}]


def list_pages(page: int, pages: int) -> list[int | None]:
    """The pages to offer, `None` for a gap: 1 … 4 5 6 … 20."""
    proches = sorted({1, *range(max(page - 1, 1), min(page + 1, pages) + 1), pages})
    offertes: list[int | None] = []
    for precedente, numero in zip([0, *proches], proches, strict=False):
        if numero - precedente == 2:
            offertes.append(numero - 1)
        elif numero - precedente > 2:
            offertes.append(None)
        offertes.append(numero)
    return offertes


def cleared(query: SearchQuery) -> SearchQuery:
    """The same words and order without any restriction."""
    vides: dict[str, Any] = {champ.name: champ.default for champ in fields(SearchQuery) if champ.name in LIBELLES}
    return replace(query, page=1, **vides)
