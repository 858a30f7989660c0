import pytest

from portal.domain.convention import Gravite
from tests.domain.regles.examens import article, find, judged


@pytest.mark.parametrize(
    "titre",
    [
        "Convention de subvention relative à la rénovation énergétique",
        "Convention de financement du projet Horizon",
        "Délégation de signature du directeur",
        "Convention de délégation de service public de transport",
    ],
)
def test_t1_another_act_by_its_title(titre):
    assert judged(find("T1", titre=titre)) == [(Gravite.AVERTISSEMENT, "nature")]


def test_t1_another_act_by_its_first_words():
    faits = {"visas": (), "articles": (article("L'administration attribue une subvention au bénéficiaire."),)}
    assert judged(find("T1", titre="Convention n° 12", **faits)) == [(Gravite.AVERTISSEMENT, "nature")]


@pytest.mark.parametrize(
    "titre",
    [
        "Convention de délégation de gestion",
        "Convention de délégation de gestion relative aux marchés publics et subventions",
        "Convention relative à la mise en œuvre du plan de relance",
        "CHARTE DE GESTION ET DÉLÉGATION",
    ],
)
def test_t1_a_delegation_de_gestion(titre):
    assert find("T1", titre=titre) == []
