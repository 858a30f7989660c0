import pytest

from portal.domain.convention import Gravite, TypeArticle
from tests.domain.regles.examens import article, find, judged

MUET = {"publications_prevues": (), "articles": (article("Le délégant confie la paie au délégataire."),)}


def test_b1_informs_that_no_publication_is_promised():
    assert judged(find("B1", **MUET)) == [(Gravite.INFO, "publications_prevues")]


@pytest.mark.parametrize(
    "corps",
    [
        "La présente convention sera publiée.",
        "Elle fera l'objet d'une publication.",
        "Elle prend effet à sa publication au recueil des actes administratifs.",
        "La convention est publiée sur le site du ministère.",
    ],
)
def test_b1_a_promise_in_words(corps):
    assert find("B1", **{**MUET, "articles": (article(corps),)}) == []


def test_b1_a_promise_among_the_facts():
    assert find("B1") == []
    assert find("B1", publications_prevues=(), articles=(article("Idem.", TypeArticle.PUBLICATION),)) == []
