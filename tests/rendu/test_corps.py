"""The body of an article is cut into paragraphs, lists, terms and tables, and loses no word."""

import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given

from portal.rendu.blocs import Bloc, Liste, Paragraphe, Tableau, Termes
from portal.rendu.corps import find_blocs
from tests import strategies
from tests.rendu.actes import words


@pytest.mark.parametrize(
    ("texte", "blocs"),
    [
        ("", []),
        ("Un.\n\nDeux.", [Paragraphe("Un."), Paragraphe("Deux.")]),
        ("Les services visio-\nagents.", [Paragraphe("Les services visio-agents.")]),
        ("Il assure :\n- le suivi ;\n• l’achat.", [Paragraphe("Il assure :"), Liste(("le suivi ;", "l’achat."))]),
        ("a) un\nb) deux", [Paragraphe("a) un"), Paragraphe("b) deux")]),
        (
            "\tAE\tCP\n2024\t120 000 €\t10 000 €\n2025\t\t110 000 €",
            [
                Tableau(
                    (("2024", "120 000 €", "10 000 €"), ("2025", "", "110 000 €")), ("", "AE", "CP"), montants=(1, 2)
                )
            ],
        ),
        ("Domaine\t0214\nActivité :\tA1", [Termes((("Domaine", "0214"), ("Activité", "A1")))]),
        ("a | b | c\n--|--|--", [Tableau((("a", "b", "c"),))]),
        ("Fait à Paris      le 3 mars", [Paragraphe("Fait à Paris      le 3 mars")]),
    ],
)
def test_blocs(texte: str, blocs: list[Bloc]) -> None:
    assert list(find_blocs(texte)) == blocs


def flatten(valeur: Any) -> str:
    if isinstance(valeur, dict):
        return " ".join(map(flatten, valeur.values()))
    return " ".join(map(flatten, valeur)) if isinstance(valeur, tuple) else str(valeur)


@given(strategies.bodies())
def test_no_word_is_lost(texte: str) -> None:
    shown = {re.sub(r"\s", "", mot) for bloc in find_blocs(texte) for mot in words(flatten(asdict(bloc)))}
    glued = "".join(words(" ".join(flatten(asdict(bloc)) for bloc in find_blocs(texte))))
    assert all(mot in shown or mot in glued for mot in words(texte))
