"""The one door of search: `SearchQuery -> Results`, whatever renders them."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.domain.fold import fold
from portal.domain.statut import statut_between
from search import indexing
from search.analysis import forms
from search.engines.aggregations import AMOUNTS, TOTAL
from search.engines.base import Answer, Engine, Found, Request
from search.engines.current import current_engine
from search.facets import ReadLabels, build_facets, chosen_values
from search.filters import build_filters
from search.highlight import Highlighter, Packed
from search.kept_synonyms import read_synonyms
from search.labels import read_labels
from search.query import LAST_PAGE, LONGEST_Q, ParsedQuery, SearchQuery, Tri
from search.reducing import reduce
from search.results import Corrigee, Hit, IndexIndisponible, Reduite, Results, Somme, Sommes
from search.spelling import accent, correct
from search.synonyms import Equivalence, Synonyms
from search.syntax import SHORTEST_PREFIX, parse_text, write
from search.tree import All, wanted
from search.values import clean

PAGE_SIZE = 10
FEW = 2
"""With as few results another spelling is tried."""

PROPOSED = 8
_LAST_WORD = re.compile(r"[^\s()\":-]+$")

NO_SYNONYMS = Synonyms()


def search(
    asked: SearchQuery | ParsedQuery, *, aujourdhui: date, taille: int = PAGE_SIZE, sommes: bool = False
) -> Results:
    """The results of a search, `taille` on a page, with the statuts of the day `aujourdhui`.

    With `sommes` the AE and CP of all that is found are summed by year. Raises `IndexIndisponible` where the index
    cannot answer and is too long to make anew at once.
    """

    def answer() -> Results:
        return run(asked, aujourdhui, current_engine(), read_labels, taille, synonyms=read_synonyms(), sommes=sommes)

    try:
        return answer()
    except IndexIndisponible:
        if not indexing.heal():
            raise
        return answer()


def count(query: SearchQuery, *, aujourdhui: date) -> int:
    """How many conventions a search finds, without the cost of showing them; raises as `search` does."""
    request = build_request(replace(query, page=1), aujourdhui, 1)
    tree, _ = read_synonyms().expand(request.tree)
    return current_engine().search(replace(request, tree=tree, facets={})).total


def complete(q: str) -> tuple[str, ...]:
    """What may be meant by who has typed `q` so far: its last word completed, the most frequent first.

    Nothing while the word is short, within a phrase or after a space. Raises `IndexIndisponible`.
    """
    typed = clean(q)[-LONGEST_Q:]
    begun = _LAST_WORD.search(typed)
    if begun is None or q[-1:].isspace() or typed.count('"') % 2:
        return ()
    match forms(begun[0]):
        case [forme] if len(forme) >= SHORTEST_PREFIX:
            proposed = (typed[: begun.start()] + one.mot for one in current_engine().complete(forme, PROPOSED))
            return tuple(one for one in dict.fromkeys(proposed) if one != typed)
        case _:
            return ()


def describe_sought(query: SearchQuery) -> str:
    """What is looked for in texts, synonyms included: an editor may change it while the search stays the same."""
    tree, _ = read_synonyms().expand(parse_text(query.q).tree)
    return repr(tree)


def position() -> int:
    """The row of the journal up to which the index follows it: 0 at first, or where it has to be made anew."""
    try:
        return current_engine().cursor().seq
    except IndexIndisponible:
        return 0


def run(
    asked: SearchQuery | ParsedQuery,
    aujourdhui: date,
    engine: Engine,
    labels: ReadLabels,
    taille: int = PAGE_SIZE,
    *,
    synonyms: Synonyms = NO_SYNONYMS,
    sommes: bool = False,
) -> Results:
    """`search` on a given engine, with given labels of the register and synonyms."""
    parsed = asked if isinstance(asked, ParsedQuery) else ParsedQuery(asked)
    text = parse_text(parsed.query.q)
    tree, equivalences = synonyms.expand(text.tree)
    query, remarques = parsed.query, [*parsed.remarques, *text.remarques]
    request = replace(build_request(query, aujourdhui, taille), tree=tree, sums=sommes)
    answer = engine.search(request)
    pages = min(max(1, -(-answer.total // taille)), LAST_PAGE)
    if query.page > pages:
        remarques.append(f"La page {query.page} n'existe pas : voici la dernière, la page {pages}.")
        query = replace(query, page=pages)
        answer = engine.search(replace(request, offset=(pages - 1) * taille))
    highlighter = Highlighter(wanted(tree))
    return Results(
        query=query,
        total=answer.total,
        hits=tuple(_build_hit(found, highlighter, aujourdhui) for found in answer.found),
        facets=build_facets(query, answer.facets, labels),
        pages=pages,
        remarques=tuple(remarques),
        reconnus=(*text.reconnus, *_describe_reference(query.q, answer), *map(_describe, equivalences)),
        cherchee=write(text.tree) if text.remarques and text.tree.nodes else "",
        corrigee=_correct(query, request, answer.total, engine, synonyms) if answer.total <= FEW else None,
        reduite=None if answer.total else _reduce(query, request, engine, synonyms),
        sommes=_build_sommes(answer) if sommes else None,
        degradee=answer.degraded,
    )


def build_request(query: SearchQuery, aujourdhui: date, taille: int = PAGE_SIZE) -> Request:
    """What `search` asks of the engine, synonyms left out."""
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


def _correct(query: SearchQuery, request: Request, total: int, engine: Engine, synonyms: Synonyms) -> Corrigee | None:
    """The search with its misspelt words corrected, where that finds more."""
    corrected = correct(parse_text(query.q).tree, engine)
    if corrected is None:
        return None
    tree, _ = synonyms.expand(corrected)
    answer = engine.search(replace(request, tree=tree, facets={}, sums=False, offset=0, limit=1))
    if answer.total <= total:
        return None
    texte = write(accent(corrected, answer.found[0].packed))
    return Corrigee(replace(query, q=texte, page=1), texte, answer.total)


def _reduce(query: SearchQuery, request: Request, engine: Engine, synonyms: Synonyms) -> Reduite | None:
    """The search without the words that keep it from finding anything."""

    def ask(tree: All) -> Answer:
        return engine.search(
            replace(request, tree=tree, ordre=Tri.PERTINENCE, facets={}, sums=False, offset=0, limit=1)
        )

    def find_nearest(tree: All) -> Packed | None:
        return next((found.packed for found in ask(tree).found), None)

    reduced = reduce(parse_text(query.q).tree, find_nearest, lambda node: synonyms.expand(All((node,)))[0])
    if reduced is None:
        return None
    tree, _ = synonyms.expand(reduced.tree)
    total, texte = ask(tree).total, write(reduced.tree)
    return Reduite(replace(query, q=texte, page=1), texte, reduced.sans, total) if total else None


def _describe_reference(q: str, answer: Answer) -> tuple[str, ...]:
    """« Reconnu : référence 2024-12. », where what was typed is that of a convention found."""
    typed = fold(clean(q))
    # A folded text is as long as it was: most references need no folding.
    found = (one.fiche.reference for one in answer.found if len(one.fiche.reference) == len(typed))
    return tuple({f"Reconnu : référence {reference}.": None for reference in found if fold(reference) == typed != ""})


def _describe(equivalence: Equivalence) -> str:
    others = ", ".join(f"« {texte} »" for texte in equivalence.others)
    return f"« {equivalence.typed} » est cherché aussi comme {others}."


def _build_sommes(answer: Answer) -> Sommes:
    years = sorted({year for by_period in answer.sums.values() for year in by_period} - {TOTAL})
    exercices = tuple(Somme(int(year), *_sum_of(answer, year)) for year in years)
    return Sommes(*_sum_of(answer, TOTAL), exercices)


def _sum_of(answer: Answer, period: str) -> tuple[Decimal, Decimal]:
    ae, cp = (Decimal(answer.sums[amount].get(period, 0)).scaleb(-2) for amount in AMOUNTS)
    return ae, cp


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
