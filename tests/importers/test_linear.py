"""The cost of reading grows as the length of the text does, whatever repeats in it."""

import time

import pytest

from importers.documents.pipeline import read_text

TITRE = "Convention de délégation de gestion\n\nArticle 1 : Financement\n\nCrédits\t2024\t2025\n"
COURT, FOIS = 500, 4


@pytest.mark.parametrize(
    "motif",
    [
        "Article {}\nTitre\n\nPhrase.\n\n",
        "{}. Titre\n\nPhrase.\n\n",
        "Annexe {}\nTitre\n\nPhrase.\n\n",
        "(1) Titre de la note\n",
        "Vu le décret n° 2004-1085 du 14 octobre 2004 ;\n",
        "Fait à Paris, le 3 mars 2024\n\n",
        "2024\t1000\t2000\n",
        "AE\t{0}\t2\nCP\t{0}\t3\n",
        "Le délégant confie au délégataire. ",
    ],
)
def test_four_times_the_text_costs_about_four_times_the_time(motif: str) -> None:
    assert _cost(motif, COURT * FOIS) < 2.5 * FOIS * _cost(motif, COURT) + 0.2


def _cost(motif: str, nombre: int) -> float:
    """Seconds of this process: the least of two readings, which nothing else slowed."""
    texte = TITRE + "".join(motif.format(rang) for rang in range(1, nombre + 1))
    return min(_time(texte) for _ in range(2))


def _time(texte: str) -> float:
    debut = time.process_time()
    read_text(texte)
    return time.process_time() - debut
