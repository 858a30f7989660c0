"""The filters of a search in terms that any engine can run: fields of the index, values and bounds.

Days are proleptic ordinals (`date.toordinal`), so that a statut, which depends on the day, is computed
when it is asked for, from days that never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.statut import Statut
from search.champs import Champ
from search.query import SearchQuery
from search.tree import Code, Fact, InStatut, Interval

LAST_DAY = date.max.toordinal()
"""Stands for an end that no document sets."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The keyword `field` holds one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The keyword `field` holds a value that begins with `prefix`."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Between:
    """The integer `field` lies within the bounds, both included; without a value it does not."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    filters: tuple["Filter", ...]


Filter = Terms | Beginning | Between | AllOf | AnyOf

IDENTIFIANTS, EXERCICE = "identifiants", "exercice"
KEYWORDS = ("delegant", "delegataire", "service", "ministere", "programme", "annee", "nature", "canal")


def build_filters(query: SearchQuery, aujourdhui: date) -> Mapping[str, Filter]:
    """The filters of `query`, each under the name of its parameter, all of which must hold."""
    filters: dict[str, Filter] = {
        name: Terms(name, tuple(str(value) for value in values))
        for name in KEYWORDS
        if (values := getattr(query, name))
    }
    if query.statut:
        filters["statut"] = AnyOf(tuple(statut_filter(Statut(value), aujourdhui) for value in query.statut))
    year = query.exercice or "total"
    for amount in ("ae", "cp"):
        low, high = getattr(query, f"{amount}_min"), getattr(query, f"{amount}_max")
        if low is not None or high is not None:
            filters[amount] = Between(f"{amount}.{year}", low, high)
    if query.du or query.au:
        filters["date"] = Between("signature", _ordinal(query.du), _ordinal(query.au))
    if query.exercice and not {"ae", "cp"} & filters.keys():
        filters["exercice"] = AnyOf((Between(f"ae.{year}"), Between(f"cp.{year}")))
    return filters


def fact_filter(fact: Fact, aujourdhui: date) -> Filter:
    """What a fact typed in the box asks for; programmes as the filter of that name, codes of all kinds included."""
    match fact:
        case InStatut(valeur):
            return statut_filter(Statut(valeur), aujourdhui)
        case Code(Champ.PROGRAMME, code, debut):
            return Beginning("programme", code) if debut else Terms("programme", (code,))
        case Code(champ, code, debut):
            return Beginning(IDENTIFIANTS, f"{champ}:{code}") if debut else Terms(IDENTIFIANTS, (f"{champ}:{code}",))
        case Interval(Champ.ANNEE, low, high):
            return Between("signature", low and date(low, 1, 1).toordinal(), high and date(high, 12, 31).toordinal())
        case Interval(Champ.DU | Champ.AU, low, high):
            return Between("signature", low, high)
        case Interval(champ, low, high):
            return Between(f"{champ}.total", low, high)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def statut_filter(statut: Statut, aujourdhui: date) -> Filter:
    """The conventions of one statut: `portal.domain.statut.statut_between` turned round."""
    day = aujourdhui.toordinal()
    ended, running = Between("resiliation", high=day), Between("resiliation", low=day + 1)
    if statut is Statut.RESILIEE:
        return ended
    if statut is Statut.ECHUE:
        return AllOf((running, Between("fin", high=day - 1)))
    begun = Between("debut", high=day) if statut is Statut.EN_VIGUEUR else Between("debut", low=day + 1)
    return AllOf((running, Between("fin", low=day), begun))
