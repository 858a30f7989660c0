"""What fuzzing made texts say that no act says: such a fact is left out, and the editor is shown where it stands."""

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import Lecture
from tests.importers.formats.invariants import find_broken

DEBUT = """Convention de délégation de gestion

Entre la direction A, ci-après « le délégant », et la direction B, ci-après « le délégataire »,

"""
AVENANT = """Avenant n° 1 à la convention de délégation de gestion du 2 mai 2999

Entre la direction A, ci-après « le délégant », et la direction B, ci-après « le délégataire »,

Article 1 : Objet

Le montant est modifié.
"""


@pytest.mark.parametrize(
    ("texte", "champ", "passage"),
    [
        (
            "Article 1 : Durée\n\nLa convention prend fin le 1er juin 2999.\n",
            "duree.date_fin",
            "1er juin 2999",
        ),
        (
            "Article 1 : Durée\n\nLa convention prend effet le 1er juin 1789.\n",
            "duree.date_effet",
            "prend effet le 1er juin 1789",
        ),
        (
            "Article 1 : Durée\n\nLa convention prend effet le 1er mai 2024 pour une durée de 999 ans.\n",
            "duree.date_fin",
            "999 ans",
        ),
        (
            "Article 1 : Durée\n\nLa convention prend effet le 1er mai 2024 pour une durée de neuf mille ans.\n",
            "duree.date_fin",
            "neuf mille ans",
        ),
        (
            "Article 1 : Objet\n\nTexte.\n\nFait à Paris, le 3 juin 2999\n",
            "date_signature",
            "3 juin 2999",
        ),
        (
            "Article 1 : Coût\n\nLe montant total de la prestation est de 999 999 999 999 €.\n",
            "montant_total",
            "999 999 999 999 €",
        ),
        (
            "Article 1 : Financement\n\nAnnée\tAE\tCP\n2024\t999 999 999 999\t12\n2025\t3\t4\n",
            "echeancier[0].ae",
            "2024\t999 999 999 999\t12",
        ),
        (
            "Article 1 : Financement\n\nDate\tAE\tCP\n1er janvier 2924\t7\t12\n1er janvier 2025\t3\t4\n",
            "echeancier[0].annee",
            "1er janvier 2924\t7\t12",
        ),
    ],
)
def test_an_unlikely_fact_is_left_out_and_shown(texte: str, champ: str, passage: str) -> None:
    lecture = read_text(DEBUT + texte)
    assert find_broken(lecture) == []
    assert passage in _passages(lecture, champ)


def test_the_unlikely_date_of_the_convention_that_an_avenant_changes_is_left_out() -> None:
    lecture = read_text(AVENANT)
    assert lecture.convention.avenant is not None
    assert lecture.convention.avenant.convention_date is None
    assert _passages(lecture, "avenant.convention_date")


def test_the_facts_beside_an_unlikely_one_are_kept() -> None:
    tableau = "Article 1 : Financement\n\nAnnée\tAE\tCP\n2024\t999 999 999 999\t12\n2025\t3\t4\n"
    lignes = read_text(DEBUT + tableau).convention.echeancier
    assert [(ligne.annee, ligne.ae, ligne.cp) for ligne in lignes] == [(2024, None, 12), (2025, 3, 4)]


def _passages(lecture: Lecture, champ: str) -> list[str]:
    """The passages that constats show of a fact."""
    return [
        lecture.texte[c.debut : c.fin] for c in lecture.constats if c.champ == champ and "vraisemblable" in c.message
    ]
