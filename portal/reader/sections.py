"""The articles and annexes of an act as its page shows them, each with the anchor that search links to."""

from dataclasses import dataclass

from portal.domain.ancres import ancre_annexe, ancres_articles
from portal.domain.convention import Convention
from portal.rendu.composition import name_annexe, name_article

SANS_NUMERO = "Article sans numéro"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (« Article 6 : Exécution financière »), its anchor and the text under it.

    `titre` is empty for the body of an act that has no articles: it stands right under « Texte ».
    """

    ancre: str
    titre: str
    corps: str


def list_articles(convention: Convention) -> list[Section]:
    """The articles in order."""
    inconnu = SANS_NUMERO if len(convention.articles) > 1 else ""
    ancres = ancres_articles(convention.articles)
    return [
        Section(ancre, name_article(article) or inconnu, article.corps)
        for ancre, article in zip(ancres, convention.articles, strict=True)
    ]


def list_annexes(convention: Convention) -> list[Section]:
    """The annexes in order."""
    return [
        Section(ancre_annexe(rang), name_annexe(annexe, rang), annexe.corps)
        for rang, annexe in enumerate(convention.annexes, start=1)
    ]


def list_sommaire(convention: Convention) -> list[Section]:
    """The sections that a table of contents can name."""
    return [section for section in (*list_articles(convention), *list_annexes(convention)) if section.titre]
