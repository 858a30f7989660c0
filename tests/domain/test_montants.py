from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.montants import find_montants, format_montant, format_montant_court, parse_montant
from tests.strategies import amounts

CENT_VINGT_MILLE = "120000.00"


@pytest.mark.parametrize(
    ("texte", "montant", "taxe", "en_lettres"),
    [
        ("120 000 €", CENT_VINGT_MILLE, None, False),
        ("120\u00a0000\u00a0€", CENT_VINGT_MILLE, None, False),
        ("120\u202f000\u00a0€", CENT_VINGT_MILLE, None, False),
        ("120\u2009000\u2009€", CENT_VINGT_MILLE, None, False),
        ("120.000 €", CENT_VINGT_MILLE, None, False),
        ("120 000,00 €", CENT_VINGT_MILLE, None, False),
        ("120.000,00 €", CENT_VINGT_MILLE, None, False),
        ("120000€", CENT_VINGT_MILLE, None, False),
        ("120000 euros", CENT_VINGT_MILLE, None, False),
        ("120 000 EUR", CENT_VINGT_MILLE, None, False),
        ("1 234,5 €", "1234.50", None, False),
        ("10.50 €", "10.50", None, False),
        ("0,12 M€", CENT_VINGT_MILLE, None, False),
        ("0.125 M€", "125000.00", None, False),
        ("12,4 M €", "12400000.00", None, False),
        ("5 k€", "5000.00", None, False),
        ("5 K€", "5000.00", None, False),
        ("5 keuros", "5000.00", None, False),
        ("1,234 k€", "1234.00", None, False),
        ("3 Md€", "3000000000.00", None, False),
        ("1,2 million d'euros", "1200000.00", None, False),
        ("12 millions d’euros", "12000000.00", None, False),
        ("120 mille euros", CENT_VINGT_MILLE, None, False),
        ("120 000 € TTC", CENT_VINGT_MILLE, "TTC", False),
        ("120 000 € (TTC)", CENT_VINGT_MILLE, "TTC", False),
        ("120 000 euros toutes taxes comprises", CENT_VINGT_MILLE, "TTC", False),
        ("120 000 € HT", CENT_VINGT_MILLE, "HT", False),
        ("120 000 euros hors taxes", CENT_VINGT_MILLE, "HT", False),
        ("120 000 € T.T.C.", CENT_VINGT_MILLE, "TTC", False),
        ("0 €", "0.00", None, False),
        ("deux cent mille euros", "200000.00", None, True),
        ("deux millions cinq cent mille euros TTC", "2500000.00", "TTC", True),
        ("deux millions d'euros", "2000000.00", None, True),
        ("cent euros et cinquante centimes", "100.50", None, True),
        ("cent vingt mille (120 000) euros", CENT_VINGT_MILLE, None, True),
        ("120 000 (cent vingt mille) euros", CENT_VINGT_MILLE, None, False),
        ("\u221210 000 €", "-10000.00", None, False),
    ],
)
def test_reads_an_amount(texte: str, montant: str, taxe: str | None, en_lettres: bool) -> None:
    phrase = f"Le budget est de {texte}, en AE."
    (trouve,) = find_montants(phrase)
    assert phrase[trouve.debut : trouve.fin] == texte
    assert (trouve.montant, trouve.taxe, trouve.en_lettres) == (Decimal(montant), taxe, en_lettres)
    assert trouve.montant.as_tuple().exponent == -2


@pytest.mark.parametrize(
    "texte",
    [
        "2024",
        "article 12",
        "0214-CEN2-INFO",
        "n° 2004-1085",
        "120,000 €",
        "1.200 M€",
        "3 m€",
        "000 €",
        "1234 500 €",
        "10-20 €",
        "10 (onze) euros",
        "des euros",
        "Europe",
        "120 000",
        "A10 €",
        "12 HT",
    ],
)
def test_refuses_what_is_no_amount(texte: str) -> None:
    assert list(find_montants(texte)) == []


def test_words_followed_by_figures_give_both() -> None:
    texte = "un montant de cent vingt mille euros (120 000 € TTC)"
    lettres, chiffres = find_montants(texte)
    assert (texte[lettres.debut : lettres.fin], lettres.en_lettres) == ("cent vingt mille euros", True)
    assert (texte[chiffres.debut : chiffres.fin], chiffres.taxe) == ("120 000 € TTC", "TTC")
    assert lettres.montant == chiffres.montant == Decimal(CENT_VINGT_MILLE)


@pytest.mark.parametrize(
    ("texte", "montants"),
    [
        ("En 2024 120 000 €", ["120000.00"]),
        ("2025\t110 000 €", ["110000.00"]),
        ("deux trois euros", ["3.00"]),
        ("une réduction de -10 000 €", ["-10000.00"]),
        ("- 10 000 € de crédits\n-20 000 € de crédits", ["10000.00", "20000.00"]),
        ("120 000 € HT2", ["120000.00"]),
        ("(10 000 €)", ["10000.00"]),
        ("10 000 €, 20 000 €", ["10000.00", "20000.00"]),
    ],
)
def test_reads_amounts_in_running_text(texte: str, montants: list[str]) -> None:
    assert [trouve.montant for trouve in find_montants(texte)] == [Decimal(montant) for montant in montants]


@pytest.mark.parametrize(
    ("cellule", "unite", "montant"),
    [
        ("110 000 €", None, "110000.00"),
        ("110 000", None, "110000.00"),
        (" 110\u202f000\u00a0€\n", None, "110000.00"),
        ("12,4", "M€", "12400000.00"),
        ("120", "k€", "120000.00"),
        ("1,234", "k€", "1234.00"),
        ("12,4 k€", "M€", "12400.00"),
        ("110 000 € TTC", "k€", "110000.00"),
        ("110 000 HT", None, "110000.00"),
        ("cent vingt mille euros", None, "120000.00"),
        ("0", None, "0.00"),
        ("0 €", None, "0.00"),
        ("0,00", "M€", "0.00"),
        ("- 10 000 €", None, "-10000.00"),
        ("-10 000", None, "-10000.00"),
        ("– 10 000 €", None, "-10000.00"),
        ("(10 000 €)", None, "-10000.00"),
        ("( 10 )", "k€", "-10000.00"),
        ("+ 10 000 €", None, "10000.00"),
    ],
)
def test_reads_a_cell(cellule: str, unite: str | None, montant: str) -> None:
    assert parse_montant(cellule, unite) == Decimal(montant)


@pytest.mark.parametrize(
    "cellule",
    ["", " ", "-", "–", "—", "--", "p.m.", "PM", "pm", "néant", "Néant", "sans objet", "s.o.", "abc", "120,000", "1 2",
     "10 000 € en 2024", "10 € 20 €", "()", "(", "+", "- -5", "000", "12/2024", "0214-08-02"],
)  # fmt: skip
def test_a_cell_without_an_amount_is_unknown(cellule: str) -> None:
    assert parse_montant(cellule) is None


def test_refuses_an_unknown_unit() -> None:
    with pytest.raises(ValueError, match="unité inconnue"):
        parse_montant("10", "$")


@given(amounts)
def test_reads_what_is_written(montant: Decimal) -> None:
    assert parse_montant(format_montant(montant)) == montant


@given(st.text())
def test_spans_hold_amounts(texte: str) -> None:
    for trouve in find_montants(texte):
        assert abs(next(find_montants(texte[trouve.debut : trouve.fin])).montant) == abs(trouve.montant)


@pytest.mark.parametrize(
    ("montant", "ecrit", "court"),
    [
        ("120000", "120\u202f000\u00a0€", "120\u00a0k€"),
        ("1234.5", "1\u202f234,50\u00a0€", "1,2\u00a0k€"),
        ("1250000.00", "1\u202f250\u202f000\u00a0€", "1,3\u00a0M€"),
        ("999999.99", "999\u202f999,99\u00a0€", "1\u00a0M€"),
        ("0", "0\u00a0€", "0\u00a0€"),
        ("950", "950\u00a0€", "950\u00a0€"),
        ("-10000", "\u221210\u202f000\u00a0€", "\u221210\u00a0k€"),
        ("2345678901234", "2\u202f345\u202f678\u202f901\u202f234\u00a0€", "2\u202f345,7\u00a0Md€"),
    ],
)
def test_writes_in_full_and_in_short(montant: str, ecrit: str, court: str) -> None:
    assert format_montant(Decimal(montant)) == ecrit
    assert format_montant_court(Decimal(montant)) == court


def test_hostile_texts_are_read_at_once() -> None:
    for texte in ("1 " * 50_000, "1" * 100_000, "un " * 10_000, "cent-" * 5_000, "1(" * 50_000, "000 " * 20_000):
        assert list(find_montants(texte)) == []


@pytest.mark.parametrize(
    "texte",
    ["des millions d'euros", "plusieurs milliards d'euros", "milliards de milliards d'euros", "mille milliards euros"],
)
def test_a_scale_without_its_number_is_no_amount(texte: str) -> None:
    assert list(find_montants(texte)) == []
