import pytest

from portal.domain.convention import Gravite, Nature, TypeArticle
from tests.domain.regles.examens import article, find, judged
from tests.factories import PartieFactory

VIDE = (article("Le présent texte comporte des stipulations diverses."),)
SANS_FAITS = {"objet": "", "echeancier": (), "imputations": (), "montant_total": None, "articles": VIDE}
ERREUR = (Gravite.ERREUR, "articles")


@pytest.mark.parametrize(("regle", "attendus"), [("C1", 1), ("C2", 1), ("C3", 2), ("C4", 1)])
def test_a_matter_of_which_nothing_speaks_is_an_erreur(regle, attendus):
    assert judged(find(regle, **SANS_FAITS)) == [ERREUR] * attendus


@pytest.mark.parametrize("regle", ["C1", "C2", "C3", "C4"])
def test_an_ordinary_convention_says_all(regle):
    assert find(regle) == []


@pytest.mark.parametrize("regle", ["C1", "C2", "C3", "C4"])
def test_an_avenant_need_not_say_it_again(regle):
    assert find(regle, **SANS_FAITS, nature=Nature.AVENANT) == []


@pytest.mark.parametrize(
    ("regle", "type_article"),
    [
        ("C1", TypeArticle.OBJET),
        ("C1", TypeArticle.MISSIONS),
        ("C2", TypeArticle.FINANCIER),
        ("C2", TypeArticle.COUT),
        ("C4", TypeArticle.SUIVI),
    ],
)
def test_the_type_of_an_article_is_enough_if_it_has_a_text(regle, type_article):
    assert find(regle, **{**SANS_FAITS, "articles": (article("Comme il est dit.", type_article),)}) == []
    assert judged(find(regle, **{**SANS_FAITS, "articles": (article(" ", type_article),)})) == [ERREUR]


@pytest.mark.parametrize(
    ("regle", "corps"),
    [
        ("C1", "La présente convention a pour objet l'hébergement des applications."),
        ("C1", "Par le présent acte, le secrétariat général délègue à la direction la gestion des crédits."),
        ("C1", "Le service confie à la direction la réalisation des actes suivants."),
        ("C2", "La délégation s'exerce à titre gratuit."),
        ("C2", "Le délégataire est ordonnateur secondaire de l'UO."),
        ("C2", "La présente délégation est sans incidence financière."),
        ("C3", "Les parties s'engagent à coopérer."),
        ("C3", "Le délégant fournit les moyens. Le délégataire, dans la limite des crédits, assure la paie."),
        ("C3", "La DNE transmet les besoins. La DINUM en assure l'exécution."),
        ("C4", "Le délégataire rend régulièrement compte de sa gestion."),
        ("C4", "Un comité de pilotage se réunit deux fois par an."),
    ],
)
def test_the_words_of_an_article_are_enough(regle, corps):
    assert find(regle, **{**SANS_FAITS, "articles": (article(corps),)}) == []


def test_the_missing_side_is_named():
    corps = "Le délégataire assure la paie des agents."
    (seul,) = find("C3", **{**SANS_FAITS, "articles": (article(corps),)})
    assert "obligations du délégant" in seul.message


def test_obligations_wait_for_the_roles():
    parties = (PartieFactory(role=None), PartieFactory(nom="Direction des achats de l'État", role=None))
    assert find("C3", **SANS_FAITS, parties=parties) == []
