"""The anchors of an act's page: where a link into it lands (`#article-6`)."""

import re
from collections import Counter
from collections.abc import Iterable

from portal.domain.convention import Article
from portal.domain.fold import fold

ESSENTIEL = "essentiel"
VISAS = "visas"
PREAMBULE = "preambule"
IMPUTATIONS = "imputations"

_SEPARATEUR = re.compile(r"[^a-z0-9]+")


def ancres_articles(articles: Iterable[Article]) -> tuple[str, ...]:
    """Give the anchor of each article, in order, from its number: `article-6`, `article-1-2`, `article-ii`.

    An act may print one number twice, or none: each anchor is made unique by its rank among its equals.
    """
    vues: Counter[str] = Counter()
    ancres = []
    for article in articles:
        ancre = "-".join(("article", *_SEPARATEUR.sub(" ", fold(article.numero)).split()))
        vues[ancre] += 1
        ancres.append(ancre if vues[ancre] == 1 else f"{ancre}--{vues[ancre]}")
    return tuple(ancres)


def ancre_annexe(rang: int) -> str:
    """Give the anchor of the annexe of this rank, the first being 1."""
    return f"annexe-{rang}"
