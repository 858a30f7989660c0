"""The articles and annexes of an act as its page shows them, each with the anchor that search links to."""

from dataclasses import dataclass

from portal.domain.ancres import ancre_annexe, ancres_articles
from portal.domain.convention import Article, Convention


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (« Article 6 : Exécution financière »), its anchor and the text under it."""

    ancre: str
    titre: str
    corps: str


def list_articles(convention: Convention) -> list[Section]:
    """The articles in order."""
    ancres = ancres_articles(convention.articles)
    return [
        Section(ancre, _name_article(article), article.corps)
        for ancre, article in zip(ancres, convention.articles, strict=True)
    ]


def list_annexes(convention: Convention) -> list[Section]:
    """The annexes in order."""
    return [
        Section(ancre_annexe(rang), annexe.intitule or f"Annexe {rang}", annexe.corps)
        for rang, annexe in enumerate(convention.annexes, start=1)
    ]


def _name_article(article: Article) -> str:
    numero = f"Article {article.numero}" if article.numero else ""
    return " : ".join(part for part in (numero, article.intitule) if part) or "Article"
