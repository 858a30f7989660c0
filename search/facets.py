"""The facets of a search, from what the engine counted: French labels, values in a useful order."""

from collections.abc import Callable, Iterable, Mapping

from portal.domain.convention import Canal, Nature
from portal.domain.libelles import libelle
from portal.domain.statut import Statut
from search.query import SearchQuery
from search.results import Facet, FacetValue

FACETS = {
    "delegant": "Délégant",
    "delegataire": "Délégataire",
    "ministere": "Ministère",
    "programme": "Programme",
    "annee": "Année de signature",
    "statut": "Statut",
    "nature": "Nature",
    "canal": "Publication prévue",
}
REGISTER = ("delegant", "delegataire", "ministere")
WORDS = {
    name: {value.value: libelle(value) for value in values}
    for name, values in {"statut": Statut, "nature": Nature, "canal": Canal}.items()
}

ReadLabels = Callable[[Iterable[str]], Mapping[str, str]]


def chosen_values(query: SearchQuery) -> dict[str, tuple[str, ...]]:
    """The values that `query` chooses in each facet."""
    return {name: tuple(str(value) for value in getattr(query, name)) for name in FACETS}


def build_facets(
    query: SearchQuery, counts: Mapping[str, Mapping[str, int]], read_labels: ReadLabels
) -> tuple[Facet, ...]:
    """The facets in their order. A value chosen is there even where no convention has it any more."""
    chosen = chosen_values(query)
    counted = {name: dict.fromkeys(chosen[name], 0) | dict(counts.get(name, {})) for name in FACETS}
    labels = read_labels([value for name in REGISTER for value in counted[name]])
    return tuple(
        Facet(name, title, _build_values(name, counted[name], chosen[name], labels)) for name, title in FACETS.items()
    )


def _build_values(
    name: str, counted: Mapping[str, int], chosen: tuple[str, ...], labels: Mapping[str, str]
) -> tuple[FacetValue, ...]:
    values = [
        FacetValue(value, _label(name, value, labels), count, value in chosen) for value, count in counted.items()
    ]
    return tuple(sorted(values, key=_ORDERS.get(name, _by_count)))


def _label(name: str, value: str, labels: Mapping[str, str]) -> str:
    if name in WORDS:
        return WORDS[name][value]
    if name in REGISTER:
        return labels.get(value, value)
    return f"Programme {value}" if name == "programme" else value


def _by_count(value: FacetValue) -> tuple[int, str]:
    return -value.nombre, value.libelle


def _newest_first(value: FacetValue) -> int:
    return -int(value.valeur)


def _by_life(value: FacetValue) -> int:
    return list(Statut).index(Statut(value.valeur))


_ORDERS: dict[str, Callable[[FacetValue], tuple[int, str] | int]] = {"annee": _newest_first, "statut": _by_life}
