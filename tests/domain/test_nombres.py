import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.nombres import MAXIMUM, find_nombres, parse_nombre

UNITES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
DIZAINES = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante", 8: "quatre-vingt"}


def write(nombre: int) -> str:
    """The number in words as grammars write it: the other way round from what is tested."""
    for echelle, nom in ((10**9, "milliard"), (10**6, "million"), (1000, "mille")):
        if nombre >= echelle:
            tete, reste = divmod(nombre, echelle)
            pluriel = "s" if tete > 1 and nom != "mille" else ""
            mots = [] if nom == "mille" and tete == 1 else [write(tete)]
            return " ".join([*mots, nom + pluriel, *([write(reste)] if reste else [])])
    if nombre >= 100:
        tete, reste = divmod(nombre, 100)
        cent = "cents" if tete > 1 and not reste else "cent"
        return " ".join([*([write(tete)] if tete > 1 else []), cent, *([write(reste)] if reste else [])])
    if nombre < 20:
        return UNITES[nombre]
    dizaine, unite = divmod(nombre, 10)
    if dizaine in (7, 9):
        dizaine, unite = dizaine - 1, unite + 10
    if unite == 0:
        return "quatre-vingts" if dizaine == 8 else DIZAINES[dizaine]
    liaison = " et " if unite in (1, 11) and dizaine != 8 else "-"
    return f"{DIZAINES[dizaine]}{liaison}{UNITES[unite]}"


@pytest.mark.parametrize("nombre", range(1001))
def test_reads_every_small_number(nombre: int) -> None:
    assert parse_nombre(write(nombre)) == nombre


@given(st.integers(0, MAXIMUM))
def test_reads_what_a_writer_writes(nombre: int) -> None:
    mots = write(nombre)
    assert parse_nombre(mots) == nombre
    assert parse_nombre(mots.replace(" ", "-")) == nombre
    assert parse_nombre(mots.replace("-", " ").upper()) == nombre


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("quatre vingt dix neuf", 99),
        ("septante et un", 71),
        ("huitante-deux", 82),
        ("octante", 80),
        ("nonante-neuf", 99),
        ("soixante et onze", 71),
        ("vingt-et-une", 21),
        ("mille neuf cent quatre-vingt-dix-neuf", 1999),
        ("mil neuf cent", 1900),
        ("dix-neuf cent quatre-vingts", 1980),
        ("deux\u00a0mille vingt‑quatre", 2024),
        ("deux millions cinq cent mille", 2_500_000),
        ("  douze ", 12),
        ("zéro", 0),
        ("ze\u0301ro", 0),
    ],
)
def test_reads_the_spellings(texte: str, attendu: int) -> None:
    assert parse_nombre(texte) == attendu


@pytest.mark.parametrize("texte", ["", "dizaine", "un peu", "deux trois", "mille mille", "et", "et un", "unité", "20"])
def test_refuses_what_is_no_number(texte: str) -> None:
    assert parse_nombre(texte) is None


def test_finds_numbers_where_they_stand() -> None:
    texte = "entre cent et deux cents agents, puis trois mille, une unité"
    trouves = [(texte[n.debut : n.fin], n.valeur) for n in find_nombres(texte)]
    assert trouves == [("cent", 100), ("deux cents", 200), ("trois mille", 3000), ("une", 1)]


@given(st.text())
def test_spans_hold_numbers(texte: str) -> None:
    for nombre in find_nombres(texte):
        assert parse_nombre(texte[nombre.debut : nombre.fin]) == nombre.valeur
