from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.dates import MOIS, find_dates, find_durees, format_date, parse_date

SEPTEMBRE = date(2024, 9, 1)
DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("texte", "attendue"),
    [
        ("1er septembre 2024", SEPTEMBRE),
        ("1ᵉʳ septembre 2024", SEPTEMBRE),
        ("1^{er} septembre 2024", SEPTEMBRE),
        ("1^er septembre 2024", SEPTEMBRE),
        ("1 er septembre 2024", SEPTEMBRE),
        ("1er\u00a0septembre\u202f2024", SEPTEMBRE),
        ("1ER SEPTEMBRE 2024", SEPTEMBRE),
        ("1er sept. 2024", SEPTEMBRE),
        ("dimanche 1er septembre 2024", SEPTEMBRE),
        ("01/09/2024", SEPTEMBRE),
        ("1.9.2024", SEPTEMBRE),
        ("2024-09-01", SEPTEMBRE),
        ("premier septembre deux mille vingt-quatre", SEPTEMBRE),
        ("Premier Septembre Deux Mille Vingt Quatre", SEPTEMBRE),
        ("1er septembre deux mille vingt-quatre", SEPTEMBRE),
        ("premier septembre 2024", SEPTEMBRE),
        ("premier septembre de l’an deux mille vingt-quatre", SEPTEMBRE),
        ("15-7-2024", date(2024, 7, 15)),
        ("15 / 07 / 2024", date(2024, 7, 15)),
        ("15.07.2024", date(2024, 7, 15)),
        ("26/7/2018", date(2018, 7, 26)),
        ("04 mai 2018", date(2018, 5, 4)),
        ("3 fevrier 2024", date(2024, 2, 3)),
        ("3 FÉVRIER 2024", date(2024, 2, 3)),
        ("3 fe\u0301vrier 2024", date(2024, 2, 3)),
        ("3 févr. 2024", date(2024, 2, 3)),
        ("2 janv. 2024", date(2024, 1, 2)),
        ("3 aout 2024", date(2024, 8, 3)),
        ("3 juil. 2024", date(2024, 7, 3)),
        ("25 déc 2024", date(2024, 12, 25)),
        ("29 février 2024", date(2024, 2, 29)),
        ("trente et un décembre deux mille vingt-cinq", date(2025, 12, 31)),
        ("31décembre2025", date(2025, 12, 31)),
    ],
)
def test_reads_a_date(texte: str, attendue: date) -> None:
    assert parse_date(texte) == attendue
    trouvee = next(find_dates(f"Fait à Paris, le {texte}."))
    assert (trouvee.date, f"Fait à Paris, le {texte}."[trouvee.debut : trouvee.fin]) == (attendue, texte)


@pytest.mark.parametrize(
    "texte",
    [
        "31 février 2024",
        "29 février 2023",
        "45/13/2024",
        "15/07/24",
        "15-7/2024",
        "0214-08-02",
        "85-2025-06-05-00005",
        "décret n° 2004-1085",
        "septembre 2024",
        "1er septembre",
        "article 12 mai",
        "0/1/2024",
        "le trente-deux mars deux mille vingt",
        "1er septembre vingt-quatre",
        "12024-09-01",
    ],
)
def test_refuses_what_is_no_date(texte: str) -> None:
    assert list(find_dates(texte)) == []
    assert parse_date(texte) is None


def test_finds_dates_in_order() -> None:
    texte = (
        "du 1er janvier 2024 au trente et un décembre deux mille vingt-cinq, décret du 14-10-2004 modifié le 2/3/2010"
    )
    assert [trouvee.date for trouvee in find_dates(texte)] == [
        date(2024, 1, 1), date(2025, 12, 31), date(2004, 10, 14), date(2010, 3, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("texte", ["le 1er septembre 2024", " du 1er septembre 2024\n", "Le 1er septembre 2024"])
def test_a_whole_text_may_have_its_article(texte: str) -> None:
    assert parse_date(texte) == SEPTEMBRE


@pytest.mark.parametrize("texte", ["", "le 1er septembre 2024 à Paris", "1er septembre 2024 et 2 mai 2025"])
def test_a_whole_text_is_one_date(texte: str) -> None:
    assert parse_date(texte) is None


@given(DATES)
def test_reads_what_is_written(jour: date) -> None:
    assert parse_date(format_date(jour)) == jour
    assert parse_date(f"{jour.day}/{jour.month}/{jour.year}") == jour
    assert parse_date(jour.isoformat()) == jour
    assert parse_date(f"{jour.day} {MOIS[jour.month - 1].upper()} {jour.year}") == jour


@given(st.text())
def test_spans_hold_dates(texte: str) -> None:
    for trouvee in find_dates(texte):
        assert parse_date(texte[trouvee.debut : trouvee.fin]) == trouvee.date


def test_writes_in_full() -> None:
    assert format_date(SEPTEMBRE) == "1er septembre 2024"
    assert format_date(date(2024, 9, 2)) == "2 septembre 2024"


@pytest.mark.parametrize(
    ("texte", "nombre", "unite", "mois"),
    [
        ("trois mois", 3, "mois", 3),
        ("3 mois", 3, "mois", 3),
        ("3 (trois) mois", 3, "mois", 3),
        ("trois (3) mois", 3, "mois", 3),
        ("douze(12) mois", 12, "mois", 12),
        ("un an", 1, "an", 12),
        ("une année", 1, "an", 12),
        ("dix-huit mois", 18, "mois", 18),
        ("deux années", 2, "an", 24),
        ("DEUX ANS", 2, "an", 24),
        ("un an et demi", 18, "mois", 18),
        ("trente jours", 30, "jour", None),
        ("15 jours", 15, "jour", None),
        ("six semaines", 6, "semaine", None),
        ("36mois", 36, "mois", 36),
    ],
)
def test_reads_a_duration(texte: str, nombre: int, unite: str, mois: int | None) -> None:
    phrase = f"sous réserve d'un préavis de {texte}."
    (duree,) = find_durees(phrase)
    assert (phrase[duree.debut : duree.fin], duree.nombre, duree.unite, duree.mois) == (texte, nombre, unite, mois)


@pytest.mark.parametrize(
    "texte", ["3 (quatre) mois", "du mois de mai", "deux trois mois et", "1,5 an", "chaque année", "unmois", "mois"]
)
def test_refuses_what_is_no_duration(texte: str) -> None:
    assert list(find_durees(texte)) == []


def test_hostile_texts_are_read_at_once() -> None:
    for texte in ("un " * 10_000, "1" * 100_000, "1er " * 20_000, " " * 100_000, "vingt-" * 5_000):
        assert list(find_dates(texte)) == []
        assert list(find_durees(texte)) == []


def test_words_that_count_nothing_are_no_year() -> None:
    assert list(find_dates("1 mars milliards")) == []
