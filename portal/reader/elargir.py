"""A search that finds nothing: why, and which nearby searches find something."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from portal.reader.filtres import address_of, cleared, list_puces
from search.query import SearchQuery
from search.results import Results

ESSAIS = 8  # searches tried, at most: each costs about as much as the first
GUILLEMETS = re.compile(r"[\"«»“”]")


@dataclass(frozen=True, slots=True)
class Piste:
    """A nearby search, with how many conventions it finds."""

    libelle: str
    adresse: str
    nombre: int


def explain(query: SearchQuery) -> str:
    """Why nothing was found, in a sentence."""
    restreinte = query != replace(cleared(query), page=query.page)
    if query.q and restreinte:
        return f"Aucune convention ne contient «\u00a0{query.q}\u00a0» avec ces filtres."
    if query.q:
        return f"Aucune convention publiée ne contient tous les mots de «\u00a0{query.q}\u00a0»."
    return "Aucune convention ne répond à tous ces filtres." if restreinte else "Aucune convention n’est publiée."


def list_pistes(results: Results, count: Callable[[SearchQuery], int]) -> list[Piste]:
    """The searches near this one that find something, the nearest first; all conventions as a last resort."""
    essais = dict(list(_variants(results))[:ESSAIS])
    comptes = ((libelle, query, count(query)) for query, libelle in essais.items())
    pistes = [Piste(libelle, address_of(query), nombre) for libelle, query, nombre in comptes if nombre]
    if not pistes and (nombre := count(SearchQuery())):
        pistes.append(Piste("Toutes les conventions", address_of(SearchQuery()), nombre))
    return pistes


def _variants(results: Results) -> Iterator[tuple[SearchQuery, str]]:
    query = replace(results.query, page=1)
    if reduite := results.reduite:
        yield reduite.query, f"Chercher {_quote([reduite.texte])}, sans {_quote(reduite.sans)}"
    if GUILLEMETS.search(query.q):
        yield replace(query, q=" ".join(GUILLEMETS.sub(" ", query.q).split())), "Chercher les mots sans guillemets"
    puces = list_puces(query, results.facets)
    for puce in puces:
        yield puce.query, f"Retirer le filtre {puce.libelle}"
    if len(puces) > 1:
        yield cleared(query), "Retirer tous les filtres"
    mots = query.q.split()
    if len(mots) > 1 and not results.reduite:
        for rang, mot in enumerate(mots):
            yield replace(query, q=" ".join(mots[:rang] + mots[rang + 1 :])), f"Chercher sans {_quote([mot])}"


def _quote(textes: Iterable[str]) -> str:
    return ", ".join(f"«\u00a0{texte}\u00a0»" for texte in textes)
