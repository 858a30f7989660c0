from hypothesis import given
from hypothesis import strategies as st

from importers.documents.passage import Etendue
from importers.table.passages import Morceau, cut, number_passages

TEXTE = "Le 27 mars 2017, trois millions d'euros."


def marked(texte: str, *etendues: tuple[int, int]) -> str:
    passages = number_passages([Etendue(*etendue) for etendue in etendues], len(texte))
    return "".join(_sign(morceau) for morceau in cut(texte, passages.values()))


def _sign(morceau: Morceau) -> str:
    if morceau.ouvre:
        return f"[{morceau.ouvre.numero}{'' if morceau.premier else '+'}:"
    return "]" if morceau.ferme else morceau.texte


def test_passages_nest() -> None:
    assert marked("abcdef", (0, 6), (2, 4)) == "[1:ab[2:cd]ef]"


def test_passages_that_cross_are_closed_and_opened_again() -> None:
    assert marked("abcdef", (0, 4), (2, 6)) == "[1:ab[2:cd]][2+:ef]"


def test_equal_passages_are_one_and_neighbours_two() -> None:
    assert marked("abcd", (0, 2), (0, 2), (2, 4)) == "[1:ab][2:cd]"


def test_what_is_outside_of_the_text_is_no_passage() -> None:
    assert marked("abc", (1, 9), (2, 2), (-1, 2), (3, 1)) == "abc"


def test_a_leaf_holds_no_other_and_is_in_one_piece() -> None:
    passages = number_passages([Etendue(0, 6), Etendue(2, 4), Etendue(7, 9), Etendue(8, 12)], 20)
    assert {tuple(etendue): passage.feuille for etendue, passage in passages.items()} == {
        (0, 6): False,
        (2, 4): True,
        (7, 9): False,
        (8, 12): False,
    }


def test_a_passage_is_of_the_page_where_it_starts() -> None:
    etendues = [Etendue(0, 1), Etendue(9, 12), Etendue(10, 11), Etendue(25, 26)]
    of_pages = number_passages(etendues, 30, pages=(0, 10, 20))
    assert [of_pages[etendue].page for etendue in etendues] == [1, 1, 2, 3]
    assert {passage.page for passage in number_passages(etendues, 30).values()} == {0}


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Etendue(*pair))


@given(st.lists(spans, max_size=12))
def test_the_text_is_said_once_and_what_is_opened_is_closed_in_order(etendues: list[Etendue]) -> None:
    passages = number_passages(etendues, len(TEXTE))
    said: dict[int, str] = {passage.numero: "" for passage in passages.values()}
    opened: list[int] = []
    whole = ""
    for morceau in cut(TEXTE, passages.values()):
        if morceau.ouvre:
            assert not (opened and passages_feuille(passages, opened[-1])), "a leaf holds nothing"
            opened.append(morceau.ouvre.numero)
        elif morceau.ferme:
            assert opened.pop() == morceau.ferme.numero
        else:
            whole += morceau.texte
            for numero in opened:
                said[numero] += morceau.texte
    assert (whole, opened) == (TEXTE, [])
    assert said == {passage.numero: TEXTE[slice(*etendue)] for etendue, passage in passages.items()}


def passages_feuille(passages: dict, numero: int) -> bool:
    return next(passage.feuille for passage in passages.values() if passage.numero == numero)
