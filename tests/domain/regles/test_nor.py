from datetime import date

import pytest

from portal.domain.convention import Gravite
from tests.domain.regles.examens import find, judged

AVERTISSEMENT = [(Gravite.AVERTISSEMENT, "nor")]


@pytest.mark.parametrize("nor", ["MENF2600123X", "MENF2600123J", None])
@pytest.mark.parametrize("regle", ["N1", "N2", "N3"])
def test_a_right_nor_or_none(regle, nor):
    assert find(regle, nor=nor) == []


@pytest.mark.parametrize("nor", ["MENF26123X", "MEN2600123X", "2024-17"])
def test_n1_a_wrong_form_is_an_erreur_and_the_only_one(nor):
    assert judged(find("N1", nor=nor)) == [(Gravite.ERREUR, "nor")]
    assert find("N2", nor=nor) == find("N3", nor=nor) == []


@pytest.mark.parametrize("lettre", ["A", "D", "S"])
def test_n2_the_letter_of_another_nature(lettre):
    assert judged(find("N2", nor=f"MENF2600123{lettre}")) == AVERTISSEMENT


@pytest.mark.parametrize(
    ("nor", "signature", "attendus"),
    [
        ("MENF2600123X", date(2026, 1, 5), []),
        ("MENF2700123X", date(2026, 12, 30), []),
        ("MENF0000123X", date(1999, 12, 30), []),
        ("MENF2500123X", date(2026, 1, 5), AVERTISSEMENT),
        ("MENF2800123X", date(2026, 1, 5), AVERTISSEMENT),
        ("MENF2800123X", None, []),
    ],
)
def test_n3_the_year_is_that_of_the_signature_or_the_next(nor, signature, attendus):
    assert judged(find("N3", nor=nor, date_signature=signature)) == attendus
