import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.ancres import ESSENTIEL, IMPUTATIONS, PREAMBULE, VISAS, ancre_annexe, ancres_articles
from portal.domain.convention import Article
from tests.strategies import articles, lines


@pytest.mark.parametrize(
    ("numeros", "attendues"),
    [
        (["6"], ("article-6",)),
        (["1.2", "II", "1er"], ("article-1-2", "article-ii", "article-1er")),
        (["3 bis", "Préliminaire"], ("article-3-bis", "article-preliminaire")),
        (["", ""], ("article", "article--2")),
        (["2", "2", "2"], ("article-2", "article-2--2", "article-2--3")),
        (["2", "2", "2-2"], ("article-2", "article-2--2", "article-2-2")),
        (["I", "i"], ("article-i", "article-i--2")),
        ([], ()),
    ],
)
def test_the_anchor_is_the_number(numeros, attendues):
    assert ancres_articles(Article(numero) for numero in numeros) == attendues


@given(st.lists(articles | st.builds(Article, numero=lines()), max_size=12))
def test_anchors_are_unique_and_fit_an_address(rangees):
    ancres = ancres_articles(rangees)
    assert len(ancres) == len(set(ancres)) == len(rangees)
    assert all(re.fullmatch(r"article(--?[a-z0-9]+)*", ancre) for ancre in ancres)
    assert not set(ancres) & {ESSENTIEL, VISAS, PREAMBULE, IMPUTATIONS}


def test_annexes_are_numbered_from_one():
    assert [ancre_annexe(rang) for rang in (1, 2)] == ["annexe-1", "annexe-2"]
