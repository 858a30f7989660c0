from datetime import date
from decimal import Decimal

import pytest

from portal.domain.convention import Avenant, Duree, Gravite, Imputation, LigneEcheancier, Reconduction
from tests.domain.regles.examens import article, find, judged

AVERTISSEMENT = Gravite.AVERTISSEMENT


def ligne(annee=2026, ae=None, cp=None, **codes):
    montants = {nom: None if montant is None else Decimal(montant) for nom, montant in (("ae", ae), ("cp", cp))}
    return LigneEcheancier(annee=annee, **montants, **codes)


@pytest.mark.parametrize("regle", ["F1", "F2", "F3", "F4", "F5", "F7"])
def test_the_ordinary_convention_is_let_through(regle):
    assert find(regle) == []


@pytest.mark.parametrize("ae", ["119999.99", "0.00"])
def test_f1_the_sum_differs_from_the_total(ae):
    assert judged(find("F1", echeancier=(ligne(ae=ae),))) == [(AVERTISSEMENT, "montant_total")]


@pytest.mark.parametrize(
    ("lignes", "total"), [((ligne(cp="5"),), "120000"), ((), "5"), ((ligne(ae="1.10"), ligne(ae="2.20")), "3.30")]
)
def test_f1_an_unknown_sum_is_not_zero(lignes, total):
    assert find("F1", echeancier=lignes, montant_total=Decimal(total)) == []


def test_f2_more_paid_than_committed():
    assert judged(find("F2", echeancier=(ligne(ae="10", cp="10.01"),))) == [(AVERTISSEMENT, "echeancier")]


@pytest.mark.parametrize("lignes", [(ligne(cp="10"),), (ligne(ae="10", cp="4"), ligne(2027, cp="6"))])
def test_f2_is_of_the_sums(lignes):
    assert find("F2", echeancier=lignes) == []


@pytest.mark.parametrize(
    ("annee", "ae", "attendus"),
    [
        (2025, "1", [(AVERTISSEMENT, "echeancier[0].annee")]),
        (2028, "1", [(AVERTISSEMENT, "echeancier[0].annee")]),
        (2028, None, []),
        (2026, "1", []),
        (2027, "1", []),
        (None, "1", []),
    ],
)
def test_f3_years_of_the_duration(annee, ae, attendus):
    assert judged(find("F3", echeancier=(ligne(annee, ae, "1"),))) == attendus


def test_f3_a_renewable_convention_has_no_last_year():
    duree = Duree(date_effet=date(2026, 1, 5), date_fin=date(2026, 12, 31), reconduction=Reconduction.EXPRESSE)
    assert find("F3", duree=duree, echeancier=(ligne(2030, "1"),)) == []


CODES = Imputation("214", "NAM1029075", "0214-08-01", "0214-CEN2-INFO", "021401CI0101", "MEN1234567")


def test_f4_right_codes():
    assert find("F4", imputations=(CODES,)) == []
    assert find("F5", imputations=(CODES,)) == []


@pytest.mark.parametrize(
    "champ", ["programme", "comptable", "domaine_fonctionnel", "centre_financier", "activite", "centre_cout"]
)
def test_f4_a_code_that_has_not_its_form(champ):
    constats = find("F4", imputations=(Imputation(), Imputation(**{champ: "?"})))
    assert judged(constats) == [(AVERTISSEMENT, f"imputations[1].{champ}")]


def test_f4_looks_at_the_echeancier_too():
    assert judged(find("F4", echeancier=(ligne(uo="CEN2"),))) == [(AVERTISSEMENT, "echeancier[0].uo")]


def test_f5_a_code_against_the_written_programme_is_an_erreur():
    imputation = Imputation(programme="352", centre_financier="0214-CEN2-INFO")
    constats = find("F5", imputations=(imputation,))
    assert judged(constats) == [(Gravite.ERREUR, "imputations[0].centre_financier")]


def test_f5_two_codes_against_each_other_is_an_avertissement():
    imputation = Imputation(centre_financier="0214-CEN2-INFO", domaine_fonctionnel="0352-08-01")
    constats = find("F5", imputations=(imputation,))
    assert judged(constats) == [(AVERTISSEMENT, "imputations[0].domaine_fonctionnel")]


def test_f5_programmes_may_differ_from_row_to_row():
    lignes = (ligne(programme="214", uo="0214-CEN2-INFO"), ligne(programme="352", uo="0352-CDIN-CNUM"))
    assert find("F5", echeancier=lignes) == []


def test_f7_informs_of_an_act_without_amounts():
    sans = {"echeancier": (), "montant_total": None}
    assert judged(find("F7", **sans)) == [(Gravite.INFO, "echeancier")]
    assert find("F7", **sans, articles=(article("Le coût est de 12 000 € par an."),)) == []


def test_f3_the_echeancier_of_an_avenant_goes_back_to_the_beginning_of_the_convention():
    assert find("F3", echeancier=(ligne(2024, "1"),), avenant=Avenant("1")) == []
