import pytest

from portal.domain.convention import Gravite
from tests.domain.regles.examens import build_examen, find, judged, with_clause


@pytest.mark.parametrize(
    ("passage", "gravite"),
    [
        ("camille.martin@exemple.gouv.fr", Gravite.ERREUR),
        ("c.martin+paie@exemple.fr", Gravite.ERREUR),
        ("secretariat.dne@exemple.gouv.fr", Gravite.AVERTISSEMENT),
        ("dinum@exemple.gouv.fr", Gravite.AVERTISSEMENT),
        ("01 23 45 67 89", Gravite.ERREUR),
        ("01.23.45.67.89", Gravite.ERREUR),
        ("+33 1 23 45 67 89", Gravite.ERREUR),
        ("0612345678", Gravite.ERREUR),
    ],
)
def test_x1_a_contact_is_shown_where_it_stands(passage, gravite):
    faits = with_clause(f"Pour toute question, écrire ou appeler : {passage}, aux heures ouvrées.")
    (constat,) = find("X1", **faits)
    assert (constat.gravite, constat.champ) == (gravite, "articles[6].corps")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == passage


@pytest.mark.parametrize(
    "phrase",
    [
        "Le marché n° 2024-01-23-45-67-89 est exécuté par le délégataire.",
        "Le comité se réunit le 05-06-2025 10 h 30.",
        "Les crédits sont de 01 234 567 € pour 2026.",
        "Le SIRET est 130 014 541 00012 et l'activité 021401CI0101.",
        "Le service est joint par l'adresse https://www.exemple.fr/contact.",
    ],
)
def test_x1_other_figures_and_addresses(phrase):
    assert find("X1", **with_clause(phrase)) == []


@pytest.mark.parametrize("masque", ["xxxx", "XXXX", "xx/xx/2024", "Xxx"])
def test_x2_a_masked_passage(masque):
    faits = with_clause(f"Le présent acte est suivi par {masque} pour le compte du délégant.")
    (constat,) = find("X2", **faits)
    assert (constat.gravite, constat.champ) == (Gravite.ERREUR, "articles[6].corps")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == masque


@pytest.mark.parametrize("phrase", ["Le chapitre XXX du livre XX.", "La taille XXL convient.", "Au XXIe siècle, maxx."])
def test_x2_roman_numbers_and_words(phrase):
    assert judged(find("X2", **with_clause(phrase))) == []
