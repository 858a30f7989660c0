import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST_TOKEN, WORD_EDGE, analyse, forms, normalise, prepare, terms

GOLDEN = [
    line.split("\t")
    for line in (Path(__file__).parent / "french_light_golden.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_every_golden_line_gives_the_tokens_of_lucene() -> None:
    assert len(GOLDEN) == 30_025
    wrong = [(text, terms(text), tokens) for text, tokens in GOLDEN if terms(text) != tokens.split(" ")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'État", ["etat"]),
        ("L’ÉTAT", ["etat"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("jusqu'au 31/12/2025", ["au", "31", "12", "2025"]),
        ("classes-virtuelles", ["clas", "virtuel"]),
        ("délégation délégations", ["deleg", "deleg"]),
        ("délégant délégants", ["delegant", "delegant"]),
        ("0214-CEN2-INFO", ["0214", "cen2", "info"]),
        ("beta.gouv.fr", ["beta.gouv.f"]),
        ("3,14 et 3.14", ["3,14", "et", "3.14"]),
        ("travaux chevaux eaux", ["traval", "cheval", "eau"]),
        ("ŒUVRE Straße", ["oeuvr", "strass"]),
        ("« mot »", ["mot"]),
        ("中文 かな", ["中", "文", "か", "な"]),
        ("aujourd’hui", ["aujourd'hui"]),
        ("ΣΑΣ", ["σασ"]),
        ("☐ Oui 👨‍👩‍👧 🇫🇷 #️⃣", ["☐", "oui", "👨‍👩‍👧", "🇫🇷", "#️⃣"]),
        ("€ – … !", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les Délégations de l’État", ["les", "delegations", "de", "etat"]),
        ("AUJOURD’HUI, jusqu'au 0214-CEN2-INFO", ["aujourd'hui", "au", "0214", "cen2", "info"]),
        ("ŒUVRE Straße Αθήνα", ["oeuvre", "strasse", "αθήνα"]),
        ("", []),
    ],
)
def test_forms_are_the_words_without_their_stem(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(st.text(max_size=200))
def test_there_is_a_form_for_each_term(text: str) -> None:
    assert len(forms(text)) == len(terms(text))


def test_a_word_too_long_is_cut_in_pieces() -> None:
    tokens = analyse("z" * (LONGEST_TOKEN + 10) + " fin")
    assert [(token.debut, token.fin) for token in tokens] == [(0, 255), (255, 265), (266, 269)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        (unicodedata.normalize("NFD", "délégué à l'été"), "délégué à l'été"),
        ("visio\u00adconférence", "visioconférence"),
        ("nº 12, nᵒ 12", "n° 12, n° 12"),
        ("le 1ᵉʳ mai, Mᵐᵉ Martin", "le 1er mai, Mme Martin"),
        ("«\u202fmot\u202f» ; 120\u202f000\u202f€", "« mot » ; 120 000 €"),
    ],
)
def test_texts_that_look_alike_give_the_same_terms_once_normalised(written: str, typed: str) -> None:
    assert terms(normalise(written)) == terms(normalise(typed))


@given(st.text(max_size=200))
def test_tokens_are_in_order_and_within_the_text(text: str) -> None:
    tokens = analyse(text)
    assert [token.terme for token in tokens] == terms(text)
    bounds = [bound for token in tokens for bound in (token.debut, token.fin)]
    assert bounds == sorted(bounds)
    assert all(0 <= token.debut < token.fin <= len(text) for token in tokens)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_prepared_text_sets_apart_the_word_of_each_term(text: str) -> None:
    prepared = prepare(text)
    pieces = prepared.mots.split(WORD_EDGE)
    line = " ".join(text.split())
    assert "".join(pieces) == line
    assert prepared.termes.split() == terms(text)
    assert pieces[1::2] == [line[token.debut : token.fin] for token in analyse(line)]


@given(st.text(max_size=100))
def test_a_term_holds_no_space(text: str) -> None:
    assert all(term and term.split() == [term] for term in terms(text))


@given(st.text(max_size=200))
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
