from datetime import date

import pytest

from portal.domain.convention import Gravite, Nature
from tests.domain.regles.examens import build_examen, find, judged

DECRET_2004 = "le décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion"
DECRET_1962 = "le décret n° 62-1587 du 29 décembre 1962 portant règlement général sur la comptabilité publique"
DECRET_2012 = "le décret n° 2012-1246 du 7 novembre 2012"


def test_v1_the_decree_is_not_cited():
    assert judged(find("V1", visas=())) == [(Gravite.AVERTISSEMENT, "visas")]
    assert find("V1", visas=(), nature=Nature.AVENANT) == []


@pytest.mark.parametrize(
    "visa",
    [DECRET_2004, "le décret n°2004 – 1085", "le décret modifié du 14 octobre 2004", "le décret 2004‑1085"],
)
def test_v1_the_decree_however_written(visa):
    assert find("V1", visas=(visa,)) == []


def test_v2_a_repealed_decree_alone():
    faits = {"visas": (DECRET_2004, DECRET_1962)}
    (constat,) = find("V2", **faits)
    assert (constat.gravite, constat.champ) == (Gravite.AVERTISSEMENT, "visas[1]")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == "62-1587"


@pytest.mark.parametrize(
    ("visas", "signature"),
    [
        ((DECRET_2004,), date(2026, 1, 5)),
        ((DECRET_1962, DECRET_2012), date(2026, 1, 5)),
        ((DECRET_1962,), date(2012, 12, 31)),
        ((DECRET_1962,), None),
    ],
)
def test_v2_a_basis_in_force_at_the_signature(visas, signature):
    assert find("V2", visas=visas, date_signature=signature) == []
