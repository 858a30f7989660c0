import pytest

from portal.domain.convention import Gravite, Qualite
from tests.domain.regles.examens import article, build_examen, find, judged, with_clause


@pytest.mark.parametrize(
    ("phrase", "mot"),
    [
        ("Les factures sont transmises par le délégué dans le mois.", "délégué"),
        ("Le bilan est remis au Délégué.", "Délégué"),
        ("La gestion est confiée par le délégué au délégataire.", "délégué"),
        ("Elle est suivie par le délégué à compter de la notification.", "délégué"),
        ("Le délégant est informé par le délégué de toute difficulté.", "délégué"),
        ("Chaque délégant ou délégué peut résilier la convention.", "délégué"),
    ],
)
def test_q1_a_delegue_that_may_be_either_side(phrase, mot):
    faits = with_clause(phrase)
    (constat,) = find("Q1", **faits)
    assert (constat.gravite, constat.champ) == (Gravite.AVERTISSEMENT, "articles[6].corps")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == mot


@pytest.mark.parametrize(
    "phrase",
    [
        "Le ministère délégué chargé des comptes publics est informé.",
        "La gestion déléguée porte sur les crédits délégués au service.",
        "La déléguée interministérielle au handicap signe la convention.",
        "Le délégué ministériel à l'accessibilité préside le comité.",
        "Les délégués syndicaux et les délégués régionaux sont consultés.",
        "Les délégués territoriaux et les délégués départementaux sont consultés.",
        "Le délégué général et la déléguée adjointe participent au comité.",
        "Le ministre délégué auprès du ministre de l'économie est informé.",
        "La déléguée à la protection des données est consultée.",
        "Le délégué en charge des achats et le délégué aux affaires militaires sont informés.",
        "Le délégué du Gouvernement et le délégué d'administration sont informés.",
        "Les actes délégués sont énumérés en annexe.",
    ],
)
def test_q1_an_office_or_an_adjective(phrase):
    assert find("Q1", **with_clause(phrase)) == []


def test_q1_needs_the_two_sides_to_be_called_so():
    assert find("Q1", texte="Le service remet le bilan au délégué.") == []


def test_q1_the_line_of_a_signature_repeats_the_office():
    texte = "Le délégant et le délégataire.\nLe délégué à l'égalité\n\nFait à Paris,\nLe délégué,\nCamille Martin"
    assert find("Q1", texte=texte) == []


@pytest.mark.parametrize(
    ("phrase", "defaut"),
    [
        ("La direction du numérique (DNE)30 signe.", "30"),
        ("À compter du 1^{er} janvier.", "^{er}"),
        ("Les services de visio-\nconférence sont fournis.", "visio-\nconférence"),
        ("Le directeur remet les comptes àl'ordonnateur.", "àl'"),
    ],
)
def test_q2_what_the_extraction_spoilt(phrase, defaut):
    faits = with_clause(phrase)
    (constat,) = find("Q2", **faits)
    assert (constat.gravite, constat.champ) == (Gravite.AVERTISSEMENT, "articles[6].corps")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == defaut


@pytest.mark.parametrize(
    "phrase",
    ["La DNE (direction du numérique) 30 rue Haute.", "Les classes-virtuelles, de f(x) 2 à 3.", "- un\n- deux"],
)
def test_q2_a_clean_text(phrase):
    assert find("Q2", **with_clause(phrase)) == []


def test_q3_each_amount_read_by_ocr_is_to_be_checked():
    attendus = ["echeancier[0].ae", "echeancier[0].cp", "echeancier[1].cp", "montant_total"]
    constats = find("Q3", qualite=Qualite.OCR)
    assert sorted(judged(constats)) == [(Gravite.AVERTISSEMENT, champ) for champ in attendus]


@pytest.mark.parametrize("qualite", [Qualite.NATIF, Qualite.SCAN])
def test_q3_not_an_amount_that_was_text(qualite):
    assert find("Q3", qualite=qualite) == []
    assert find("Q3", qualite=Qualite.OCR, echeancier=(), montant_total=None, articles=(article("12 €"),)) == []
