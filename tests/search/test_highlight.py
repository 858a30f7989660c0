import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, prepare, terms
from search.highlight import MOST_OCCURRENCES, WORDS, Highlighter, pack
from search.parts import Part
from search.results import Passage
from search.syntax import parse_text
from search.tree import wanted
from search.values import clean
from tests.search.builders import marked

LONG = " ".join(f"mot{rank}" for rank in range(200))


def part(corps: str, intitule: str = "", numero: int = 1) -> Part:
    return Part("articles", f"Article {numero}", f"article-{numero}", "/c/", clean(corps), intitule)


def passages(q: str, *parts: Part) -> list[Passage]:
    return list(Highlighter(wanted(parse_text(q).tree)).show(pack("Titre", parts, prepare)).passages)


def shown(q: str, *parts: Part) -> list[str]:
    return [marked(passage.fragments) for passage in passages(q, *parts)]


@pytest.mark.parametrize(
    ("q", "corps", "expected"),
    [
        ("état", "Les services de l'État.", "Les services de [l'État]."),
        ("l’Etat", "Les services de l'État.", "Les services de [l'État]."),
        ("délégation", "Le délégant, la délégation (délégations).", "Le délégant, la [délégation] ([délégations])."),
        ("classes-virtuelles", "visio et classes-virtuelles du MENJ", "visio et [classes-virtuelles] du MENJ"),
        ('"crédits de paiement"', "des crédits de paiement, des crédits", "des [crédits de paiement], des crédits"),
        ("crédits de paiement", "les crédits de ce paiement", "les [crédits] de ce [paiement]"),
        ("de la", "le coût de la prestation", "le coût [de] [la] prestation"),
        ("0214-CEN2-INFO", "sur l'UO 0214-CEN2-INFO.", "sur l'UO [0214-CEN2-INFO]."),
        ("120 000", "un budget de 120\u202f000 €", "un budget de [120] [000] €"),
        ('"120 000"', "un budget de 120\u202f000 €", "un budget de [120 000] €"),
        ("été", "l'e\u0301te\u0301 2024", "[l'été] 2024"),
        ('"a b" "b c"', "a b c", "[a b c]"),
    ],
)  # fmt: skip
def test_whole_words_are_marked(q: str, corps: str, expected: str) -> None:
    assert shown(q, part(corps)) == [expected]


def test_the_heading_is_quoted_only_where_it_alone_has_the_words() -> None:
    article = part("La convention prend fin en 2025.", "Durée et résiliation")
    assert shown("résiliation", article) == ["Durée et [résiliation] : La convention prend fin en 2025."]
    assert shown("durée", part("La durée est d'un an.", "Durée")) == ["La [durée] est d'un an."]


def test_a_long_text_is_cut_around_the_words() -> None:
    [found] = shown("mot100", part(LONG))
    assert found.startswith("… mot92 ")
    assert found.endswith(" …")
    assert "[mot100]" in found
    assert len(found.replace("…", "").split()) == WORDS


@pytest.mark.parametrize("word", ["mot0", "mot199"])
def test_a_passage_at_an_end_is_as_long(word: str) -> None:
    [found] = shown(word, part(LONG))
    assert f"[{word}]" in found
    assert len(found.replace("…", "").split()) == WORDS


def test_the_passage_holds_as_many_words_as_it_can() -> None:
    text = f"crédits {LONG} crédits et paiements"
    assert "[crédits] et [paiements]" in shown("crédits paiements", part(text))[0]


def test_the_second_passage_adds_what_the_first_lacks() -> None:
    found = passages(
        "comité avenant", part("Le comité, le comité."), part("Un comité.", numero=2), part("Un avenant.", numero=3)
    )
    assert [passage.ancre for passage in found] == ["article-1", "article-3"]


def test_the_part_with_the_phrase_comes_first() -> None:
    found = passages('"compte rendu" suivi', part("suivi suivi"), part("le compte rendu", numero=2))
    assert [passage.ancre for passage in found] == ["article-2", "article-1"]


def test_nothing_is_quoted_where_nothing_was_typed_or_found() -> None:
    assert passages("", part("texte")) == []
    assert passages("absent", part("texte")) == []
    assert passages("-texte", part("texte")) == []


def mark_title(titre: str, *runs: tuple[str, ...]) -> str:
    return marked(Highlighter(runs).show(pack(titre, (), prepare)).titre)


def test_the_title_is_shown_whole() -> None:
    assert mark_title("Convention", ("deleg",)) == "Convention"
    assert mark_title("« Convention » de délégation…", ("deleg",)) == "« Convention » de [délégation]…"
    assert mark_title("", ("deleg",)) == ""
    assert mark_title("— !") == "— !"
    assert mark_title(LONG, ("mot199",)).startswith("mot0 ")


words = st.lists(
    st.sampled_from(["crédit", "l'État", "de", "paiement,", "—", "0214-CEN2", "«", "a.b"]), min_size=1, max_size=90
)


@given(words, st.lists(st.sampled_from(["crédit", "état", '"de paiement"', "cen2", "a.b"]), min_size=1, max_size=3))
def test_marks_are_on_words_that_were_typed(texte: list[str], typed: list[str]) -> None:
    corps = " ".join(texte)
    runs = wanted(parse_text(" ".join(typed)).tree)
    for passage in passages(" ".join(typed), part(corps)):
        said = "".join(one.texte for one in passage.fragments).removeprefix("… ").removesuffix(" …")
        assert said in corps
        marks = [one.texte for one in passage.fragments if one.marque]
        assert marks
        assert all(any(set(terms(mark)) & set(run) for run in runs) for mark in marks)


@given(words)
def test_every_occurrence_in_a_title_is_marked(texte: list[str]) -> None:
    title = " ".join(texte[:30])
    marks = mark_title(title, ("credit",)).count("[")
    assert marks == min(MOST_OCCURRENCES, sum(token.terme == "credit" for token in analyse(title)))
