"""The accueil: what this is, a search box, the latest conventions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from portal.domain.statut import Statut
from portal.reader.chiffres import read_chiffres
from portal.reader.filtres import address_of
from portal.reader.views.indisponible import or_unavailable
from search.query import SearchQuery, Tri
from search.results import FacetValue, Results
from search.service import search

DERNIERES = 6


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
@or_unavailable
def accueil(request: HttpRequest) -> HttpResponse:
    """The first page of the site."""
    aujourdhui = timezone.localdate()
    results = search(SearchQuery(tri=Tri.DATE), aujourdhui=aujourdhui, taille=DERNIERES)
    en_vigueur = _values(results, "statut").get(Statut.EN_VIGUEUR)
    context = {
        "total": results.total,
        "en_vigueur": en_vigueur.nombre if en_vigueur else 0,
        "adresse_en_vigueur": address_of(SearchQuery(statut=(Statut.EN_VIGUEUR.value,))),
        "chiffres": read_chiffres(aujourdhui.year),
        "dernieres": results.hits,
        "ministeres": [
            (valeur, address_of(SearchQuery(ministere=(valeur.valeur,))))
            for valeur in _values(results, "ministere").values()
        ],
    }
    return render(request, "reader/accueil.html", context)


def _values(results: Results, nom: str) -> dict[str, FacetValue]:
    return {valeur.valeur: valeur for facet in results.facets if facet.nom == nom for valeur in facet.valeurs}
