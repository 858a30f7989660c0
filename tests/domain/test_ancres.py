import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.ancres import ancre_annexe, ancres_articles
from portal.domain.convention import Article


@pytest.mark.parametrize(
    ("numeros", "ancres"),
    [
        (["1", "6", "10"], ("article-1", "article-6", "article-10")),
        (["1er", "1.2", "II", "3 bis"], ("article-1er", "article-1-2", "article-ii", "article-3-bis")),
        (["Unique", "Préliminaire"], ("article-unique", "article-preliminaire")),
        (["", ""], ("article", "article--2")),
        (["1", "1", "1"], ("article-1", "article-1--2", "article-1--3")),
    ],
)
def test_anchors_come_from_the_numbers(numeros: list[str], ancres: tuple[str, ...]) -> None:
    assert ancres_articles(Article(numero) for numero in numeros) == ancres


@given(st.lists(st.text(max_size=6) | st.sampled_from(["1", "1-2", "1--2", "1.2"]), max_size=8))
def test_anchors_are_unique_and_plain(numeros: list[str]) -> None:
    ancres = ancres_articles(Article(numero) for numero in numeros)
    assert len(set(ancres)) == len(numeros)
    assert all(re.fullmatch(r"article[a-z0-9-]*", ancre) for ancre in ancres)


def test_anchors_of_annexes() -> None:
    assert ancre_annexe(2) == "annexe-2"
