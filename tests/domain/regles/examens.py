"""How the tests of the rules examine a convention: the ordinary one, but for the facts that a test gives."""

from typing import Any

from portal.domain.convention import Article, Constat, Gravite, Qualite, TypeArticle
from portal.domain.regles import Examen, examine, texte_integral
from tests.factories import ConventionFactory

TITRE = "Convention de délégation de gestion relative à l'hébergement des applications"
"""One title for all: that of the factory is numbered, and a longer number would move every span."""


def build_examen(*, texte: str | None = None, qualite: Qualite = Qualite.NATIF, **faits: Any) -> Examen:
    convention = ConventionFactory(**{"titre": TITRE, **faits})
    return Examen(convention, texte_integral(convention) if texte is None else texte, qualite)


def find(regle: str, **faits: Any) -> list[Constat]:
    """The constats of one rule on such a convention."""
    return [constat for constat in examine(build_examen(**faits)) if constat.regle == regle]


def judged(constats: list[Constat]) -> list[tuple[Gravite, str | None]]:
    return [(constat.gravite, constat.champ) for constat in constats]


def article(corps: str, type_article: TypeArticle = TypeArticle.AUTRE) -> Article:
    return Article("1", "", corps, type_article)


def with_clause(corps: str) -> dict[str, tuple[Article, ...]]:
    """The facts of an ordinary convention with one more article, last."""
    return {"articles": (*ConventionFactory().articles, Article("7", "Clause", corps))}
