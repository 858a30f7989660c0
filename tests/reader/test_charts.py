import re
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.reader.charts import describe, draw_exercices
from portal.reader.echeances import Exercice

EXERCICES = [
    Exercice(2024, Decimal("120000"), Decimal("10000")),
    Exercice(2025, None, Decimal("110000.50")),
    Exercice(None, Decimal("0"), None),
]


def test_the_chart_says_what_it_shows() -> None:
    svg = HTMLParser(draw_exercices(EXERCICES, "echeancier")).css_first("svg")
    assert svg.attributes["role"] == "img"
    nommes = [svg.css_first(f"#{ancre}").text() for ancre in svg.attributes["aria-labelledby"].split()]
    assert nommes == ["Échéancier\u00a0: AE et CP par année", describe(EXERCICES)]


def test_the_description_gives_every_amount_and_every_unknown() -> None:
    assert describe(EXERCICES).replace("\u202f", " ").replace("\u00a0", " ") == (
        "2024 : AE 120 000 €, CP 10 000 € ; 2025 : AE non précisée, CP 110 000,50 € ; "
        "Sans année : AE 0 €, CP non précisé."
    )


def test_bars_are_as_long_as_their_amounts() -> None:
    svg = HTMLParser(draw_exercices(EXERCICES, "e"))
    longueurs = [float(barre.attributes["width"].rstrip("%")) for barre in svg.css("rect")]
    assert longueurs[0] == max(longueurs)
    assert longueurs[3] == pytest.approx(longueurs[0] * 110000.50 / 120000, abs=0.01)
    assert longueurs[2] == longueurs[5] == 0  # unknown is no bar
    assert 0 < longueurs[4] < 1  # zero is a stated amount: a hair
    assert [text.text() for text in svg.css(".graphique-inconnu")] == ["non précisé", "non précisé"]


def test_nothing_is_drawn_where_no_amount_is_stated() -> None:
    assert draw_exercices([Exercice(2024, None, None)], "e") == ""
    assert draw_exercices([], "e") == ""


def test_the_content_security_policy_finds_nothing_to_refuse() -> None:
    assert not re.search(r"style=|<style|<script|\son\w+=", draw_exercices(EXERCICES, "e"))
