"""The search page: one address in, one `Results` out, in HTML."""

import logging
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from portal.reader import elargir, filtres
from portal.reader.aide import AIDE
from portal.reader.charts import draw_exercices
from portal.reader.echeances import Exercice
from portal.reader.views.indisponible import or_unavailable
from search import vaines
from search.query import SearchQuery, Tri, parse, to_params
from search.results import IndexIndisponible, Results
from search.service import PAGE_SIZE, complete, count, search
from search.syntax import parse_text
from search.tree import wanted

logger = logging.getLogger(__name__)

TRIS = {
    Tri.PERTINENCE: "Pertinence",
    Tri.DATE: "Signature récente",
    Tri.DATE_CROISSANTE: "Signature ancienne",
    Tri.MONTANT: "Montant",
    Tri.PUBLICATION: "Publication récente",
}
BORNES = ("ae_min", "ae_max", "du", "au")


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
@or_unavailable
def recherche(request: HttpRequest) -> HttpResponse:
    """The results of the search that the address asks for, or of the nearest valid one."""
    aujourdhui, asked = timezone.localdate(), parse(request.GET)
    results = search(asked, aujourdhui=aujourdhui, sommes=True)
    context = {**_describe_search(results), **_describe_pages(results)}
    if not results.total:
        if not results.degradee and _is_first_look(request) and _is_of_words_alone(asked.query):
            vaines.record(asked.query)
        context["pourquoi"] = elargir.explain(results.query)
        context["pistes"] = elargir.list_pistes(results, lambda query: count(query, aujourdhui=aujourdhui))
    return render(request, "reader/recherche.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def propositions(request: HttpRequest) -> JsonResponse:
    """What may be meant by who has typed `q` so far; nothing where the index is away: the form works without."""
    try:
        return JsonResponse({"propositions": complete(request.GET.get("q", ""))})
    except IndexIndisponible:
        logger.exception("Aucune proposition : l'index ne répond pas.")
        return JsonResponse({"propositions": []})


def _is_first_look(request: HttpRequest) -> bool:
    """Say whether the reader's browser asks for a page that it does not hold: shown again, it is no other search."""
    seen = "If-None-Match" in request.headers or "no-cache" in request.headers.get("Cache-Control", "")
    return request.method == "GET" and not seen


def _is_of_words_alone(query: SearchQuery) -> bool:
    """Say whether no filter and no page number may be why nothing is found."""
    return filtres.cleared(query) == query and bool(wanted(parse_text(query.q).tree))


def _describe_search(results: Results) -> dict[str, object]:
    """The forms, chips and links that surround the results."""
    query = results.query
    suivie = replace(query, page=1, tri=Tri.PERTINENCE)
    params = dict(to_params(query))
    par_pertinence = bool(wanted(parse_text(query.q).tree))  # a lone quotation mark has no word to find
    ordre = Tri.DATE if query.tri is Tri.PERTINENCE and not par_pertinence else query.tri
    facettes = [facet.nom for facet in results.facets]
    return {
        "results": results,
        "query": query,
        "adresse": filtres.address_of(query),
        "aide": AIDE,
        "puces": filtres.list_puces(query, results.facets),
        "sans_filtre": filtres.address_of(filtres.cleared(query)),
        "filtres": filtres.list_filtres(results.facets),
        "champs_des_filtres": filtres.list_champs_caches(query, [*facettes, *BORNES]),
        "champs_de_la_barre": filtres.list_champs_caches(query, ["q"]),
        "bornes": {nom: params.get(nom, "") for nom in BORNES},
        "montants_poses": "ae_min" in params or "ae_max" in params,
        "dates_posees": "du" in params or "au" in params,
        "tris": [
            (libelle, filtres.address_of(replace(query, tri=tri, page=1)), tri is ordre)
            for tri, libelle in TRIS.items()
            if par_pertinence or tri is not Tri.PERTINENCE
        ],
        "corrigee": results.corrigee and filtres.address_of(results.corrigee.query),
        **_describe_sommes(results),
        "flux_atom": filtres.address_of(suivie, "syndication:flux_atom"),
        "flux_rss": filtres.address_of(suivie, "syndication:flux_rss"),
    }


def _describe_sommes(results: Results) -> dict[str, object]:
    """The chart of AE and CP by year, and for each year the same search in that year alone."""
    sommes = results.sommes
    if sommes is None or not (sommes.ae or sommes.cp):
        return {}
    annees = [
        (somme, filtres.address_of(replace(results.query, exercice=somme.annee, page=1))) for somme in sommes.exercices
    ]
    exercices = [Exercice(somme.annee, somme.ae, somme.cp) for somme in sommes.exercices]
    return {"sommes": sommes, "annees": annees, "graphique": draw_exercices(exercices, "sommes")}


def _describe_pages(results: Results) -> dict[str, object]:
    page = results.query.page

    def address(numero: int) -> str:
        return filtres.address_of(replace(results.query, page=numero))

    return {
        "rang": (page - 1) * PAGE_SIZE + 1,
        "pages": [(numero, address(numero) if numero else "") for numero in filtres.list_pages(page, results.pages)],
        "page_precedente": address(page - 1) if page > 1 else "",
        "page_suivante": address(page + 1) if page < results.pages else "",
    }
