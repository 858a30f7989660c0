from pathlib import Path

from portal.domain.catalogue import write_page
from portal.domain.regles import REGLES

PAGE = Path(__file__).parents[3] / "docs" / "regles.md"


def test_the_page_is_that_of_the_rules():
    commande = "réécrivez-la : python -m portal.domain.catalogue > docs/regles.md"
    assert PAGE.read_text(encoding="utf-8") == write_page(REGLES), commande


def test_each_rule_has_a_row_with_all_its_words():
    page = write_page(REGLES)
    for regle in REGLES:
        (rangee,) = (ligne for ligne in page.splitlines() if ligne.startswith(f"| {regle.identifiant} |"))
        assert all(mots in rangee for mots in (regle.titre, regle.source, regle.doc))


def test_identifiers_are_unique_and_sorted():
    identifiants = [regle.identifiant for regle in REGLES]
    assert identifiants == sorted(set(identifiants))
