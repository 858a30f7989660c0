"""What an act is: title, NOR, reference, nature, date, the convention that an avenant changes."""
# ruff: noqa: E501 (lines of documents, as they are printed)

from datetime import date

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import Gravite, Nature
from tests.importers.actes import PARTIES, TITRE, act


@pytest.mark.parametrize(
    ("entete", "titre", "nor", "jour"),
    [
        (
            "Réglementation financière et comptable\n\nDélégation de gestion entre services\n\nExécution financière\n\n"
            "nor : MENF1600469X\n\nConvention du 16-6-2016\n\nMENESR - DAF B3",
            "Exécution financière", "MENF1600469X", date(2016, 6, 16),
        ),
        (
            "CONVENTION\nde délégation de gestion entre A et B.\n\nDu 04 mai 2018\nNOR A R M E 1 8 5 1 1 1 6 X\n\n"
            "Référence de publication : BOC n°30 du 26/7/2018",
            "CONVENTION de délégation de gestion entre A et B", "ARME1851116X", date(2018, 5, 4),
        ),
        (
            "JORF n°0265 du 8 novembre 2024\n\nConvention du 24 novembre 2023\n\nDélégation de gestion",
            "Convention du 24 novembre 2023", None, date(2023, 11, 24),
        ),
        ("JORF n°0256 du 5 novembre 2014\n\nCONVENTION du", "CONVENTION du", None, None),
        ("NOR : JUSA1106535X\nConvention de délégation de gestion du 10 janvier 2011", "Convention de délégation de gestion du 10 janvier 2011", "JUSA1106535X", date(2011, 1, 10)),
        ("Convention de délégation de gestion du 1^{er} mars 2023", "Convention de délégation de gestion du 1er mars 2023", None, date(2023, 3, 1)),
    ],
)  # fmt: skip
def test_headers(entete: str, titre: str, nor: str | None, jour: date | None) -> None:
    convention = act(titre=entete)
    assert (convention.titre, convention.nor, convention.date_signature) == (titre, nor, jour)


@pytest.mark.parametrize(
    ("titre", "expected"),
    [
        ("Convention de délégation de gestion n° 2024-117", "2024-117"),
        ("Délégation de gestion\n\nRéf. : DG-2024-03", "DG-2024-03"),
        ("CONVENTION DE DÉLÉGATION DE GESTION\nN° 2018-117 – DIL", "2018-117"),
        ("CONVENTION DE FINANCEMENT N° 2022-045", "2022-045"),
        ("Convention de délégation de gestion relative au programme n° 214", None),
        ("Avenant n° 2 à la convention de délégation de gestion n° 2022-045 du 3 mars 2022", None),
    ],
)
def test_references(titre: str, expected: str | None) -> None:
    assert act(titre=titre).reference == expected


@pytest.mark.parametrize(
    ("titre", "expected"),
    [
        ("Convention de délégation de gestion", Nature.CONVENTION),
        ("DÉLÉGATION DE GESTION", Nature.DELEGATION),
        ("CHARTE DE DÉLÉGATION DE GESTION", Nature.CHARTE),
        ("Avenant n° 1 à la convention de délégation de gestion du 3 mars 2022", Nature.AVENANT),
        ("Convention de subvention", Nature.AUTRE),
        ("Arrêté portant délégation de signature", Nature.AUTRE),
        ("Décision portant résiliation de la convention de délégation de gestion du 3 mars 2022", Nature.AUTRE),
    ],
)
def test_natures(titre: str, expected: Nature) -> None:
    assert act(titre=titre).nature is expected


def test_an_avenant_names_its_convention_and_is_not_dated_by_it() -> None:
    convention = act(titre="Avenant n° 2 à la convention de délégation de gestion n° 2022-045 du 3 mars 2022")
    assert convention.date_signature is None
    avenant = convention.avenant
    assert avenant is not None
    assert (avenant.numero, avenant.convention_date, avenant.convention_reference) == (
        "2",
        date(2022, 3, 3),
        "2022-045",
    )


@pytest.mark.parametrize(
    ("fin", "expected"),
    [
        ("Fait à Paris, le 1er septembre 2024, en deux exemplaires", date(2024, 9, 1)),
        ("FAIT À PARIS, LE 12/03/2024", date(2024, 3, 12)),
        ("Fait à Paris,\nLe 12-3-2024", date(2024, 3, 12)),
        ("Fait à Paris, le 3 mars 2024\nJean Petit\n\nFait à Lyon, le 10 mars 2024\nAnne Grand", date(2024, 3, 10)),
        ("Fait en double exemplaire à Paris,\nLe 22 février 2024\t\tLe 26 février 2024", date(2024, 2, 26)),
    ],
)
def test_dates_of_signature(fin: str, expected: date) -> None:
    assert act(titre="Convention de délégation de gestion", fin=fin).date_signature == expected


@pytest.mark.parametrize("fin", ["Fait à Paris, le", "Fait à Paris, le ……………", "Fait à Lyon, le 10 mars 2023"])
def test_a_blank_or_another_date_at_the_signature_is_a_constat(fin: str) -> None:
    lecture = read_text(f"{TITRE}\n\nEntre {PARTIES},\n\nArticle 1 : Objet\nTexte.\n\n{fin}")
    (constat,) = [constat for constat in lecture.constats if constat.regle == "D4"]
    assert constat.gravite is Gravite.AVERTISSEMENT
    assert constat.debut is not None
    assert constat.debut >= lecture.texte.index("Fait")
