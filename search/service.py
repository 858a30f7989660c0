"""The one door of search: `SearchQuery -> Results`, whatever renders them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.domain.statut import statut_between
from search import indexing
from search.engines.base import Engine, Found, Request
from search.engines.current import current_engine
from search.facets import ReadLabels, build_facets, chosen_values
from search.filters import build_filters
from search.highlight import Highlighter
from search.labels import read_labels
from search.query import LAST_PAGE, ParsedQuery, SearchQuery, Tri
from search.results import Hit, IndexIndisponible, Results
from search.syntax import parse_text, wanted

PAGE_SIZE = 10


def search(asked: SearchQuery | ParsedQuery, *, aujourdhui: date, taille: int = PAGE_SIZE) -> Results:
    """The results of a search, `taille` on a page, with the statuts of the day `aujourdhui`.

    Raises `IndexIndisponible` where the index cannot answer and is too long to make anew at once.
    """
    try:
        return run(asked, aujourdhui, current_engine(), read_labels, taille)
    except IndexIndisponible:
        if not indexing.heal():
            raise
        return run(asked, aujourdhui, current_engine(), read_labels, taille)


def count(query: SearchQuery, *, aujourdhui: date) -> int:
    """How many conventions a search finds, without the cost of showing them; raises as `search` does."""
    request = build_request(replace(query, page=1), aujourdhui, 1)
    return current_engine().search(replace(request, facets={})).total


def position() -> int:
    """The row of the journal up to which the index follows it: 0 at first, or where it has to be made anew."""
    try:
        return current_engine().cursor().seq
    except IndexIndisponible:
        return 0


def run(
    asked: SearchQuery | ParsedQuery, aujourdhui: date, engine: Engine, labels: ReadLabels, taille: int = PAGE_SIZE
) -> Results:
    """`search` on a given engine, with given labels of the register."""
    parsed = asked if isinstance(asked, ParsedQuery) else ParsedQuery(asked)
    text = parse_text(parsed.query.q)
    query, remarques = parsed.query, [*parsed.remarques, *text.remarques]
    answer = engine.search(build_request(query, aujourdhui, taille))
    pages = min(max(1, -(-answer.total // taille)), LAST_PAGE)
    if query.page > pages:
        remarques.append(f"La page {query.page} n'existe pas : voici la dernière, la page {pages}.")
        query = replace(query, page=pages)
        answer = engine.search(build_request(query, aujourdhui, taille))
    highlighter = Highlighter(wanted(text.tree))
    return Results(
        query=query,
        total=answer.total,
        hits=tuple(_build_hit(found, highlighter, aujourdhui) for found in answer.found),
        facets=build_facets(query, answer.facets, labels),
        pages=pages,
        remarques=tuple(remarques),
        reconnus=text.reconnus,
    )


def build_request(query: SearchQuery, aujourdhui: date, taille: int = PAGE_SIZE) -> Request:
    """What `search` asks of the engine."""
    tree = parse_text(query.q).tree
    # Without words to find, nothing is more relevant than another.
    by_date = query.tri is Tri.PERTINENCE and not wanted(tree)
    return Request(
        tree=tree,
        filters=build_filters(query, aujourdhui),
        ordre=Tri.DATE if by_date else query.tri,
        facets=chosen_values(query),
        day=aujourdhui.toordinal(),
        offset=(query.page - 1) * taille,
        limit=taille,
    )


def _build_hit(found: Found, highlighter: Highlighter, aujourdhui: date) -> Hit:
    fiche, shown = found.fiche, highlighter.show(found.packed)
    statut = statut_between(fiche.debut, fiche.fin, aujourdhui, fiche.date_resiliation)
    return Hit(
        uid=fiche.uid,
        adresse=fiche.adresse,
        titre=shown.titre,
        objet=fiche.objet,
        nature=fiche.nature,
        delegants=fiche.delegants,
        delegataires=fiche.delegataires,
        statut=statut.value if statut else "",
        date_signature=fiche.date_signature,
        ae=_to_euros(fiche.ae),
        cp=_to_euros(fiche.cp),
        passages=shown.passages,
    )


def _to_euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)
