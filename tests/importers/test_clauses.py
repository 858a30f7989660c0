"""Durée, publications and copies, as real clauses say them; and sentences that say something else."""
# ruff: noqa: E501 (lines of documents, as they are printed)

from datetime import date

import pytest

from portal.domain.convention import Canal, Duree, Reconduction, RegleEffet
from tests.importers.actes import act

D = RegleEffet


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Elle prend effet à compter de sa notification et prend fin au 31 décembre 2025.", Duree(D.NOTIFICATION, None, date(2025, 12, 31))),
        ("Elle entre en vigueur à la date de sa signature par les deux parties.", Duree(D.SIGNATURE)),
        ("Elle prend effet le lendemain de sa publication au Journal officiel.", Duree(D.PUBLICATION)),
        ("Elle est conclue pour une durée de trois ans à compter du 1er janvier 2024.", Duree(D.DATE, date(2024, 1, 1), date(2026, 12, 31))),
        ("Elle est conclue du 1er mars 2024 au 28 février 2026.", Duree(D.DATE, date(2024, 3, 1), date(2026, 2, 28))),
        ("Elle prend effet à sa signature pour une durée de deux ans.", Duree(D.SIGNATURE)),
        ("Elle prend effet, en application du décret du 14 octobre 2004, à sa signature.", Duree(D.SIGNATURE)),
        ("La durée de la convention est fixée à cinq ans. Elle prend effet le 1er juillet 2022.", Duree(D.DATE, date(2022, 7, 1), date(2027, 6, 30))),
        ("Elle prend fin au paiement du solde et au plus tard le 31/12/2025.", Duree(None, None, date(2025, 12, 31))),
        ("Elle est conclue pour l'exercice budgétaire 2024.", Duree(None, None, date(2024, 12, 31))),
        ("Un bilan est remis le 31 mars 2025.", Duree()),
        ("Elle est renouvelable par tacite reconduction, sans que la durée puisse excéder trois ans.", Duree(reconduction=Reconduction.TACITE)),
        ("Elle n'est pas reconductible.", Duree(reconduction=Reconduction.AUCUNE)),
        ("Elle peut être reconduite par avenant.", Duree(reconduction=Reconduction.EXPRESSE)),
        ("Elle peut être reconduite.", Duree()),
        ("Elle peut être résiliée moyennant un préavis de 3 (trois) mois.", Duree(preavis_mois=3)),
        ("Il peut y être mis fin, sous réserve de l'observation d'un délai de trois mois.", Duree(preavis_mois=3)),
        ("Elle peut être dénoncée avec un préavis de trente jours.", Duree()),
    ],
)  # fmt: skip
def test_durations(phrase: str, expected: Duree) -> None:
    assert act("Objet\nTexte.", f"Durée\n{phrase}").duree == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Elle est publiée au Bulletin officiel de l'éducation nationale, de la jeunesse et des sports.", [(Canal.BULLETIN_OFFICIEL, None)]),
        ("Elle sera publiée au recueil des actes administratifs et sur data.gouv.fr.", [(Canal.RAA, None), (Canal.DATA_GOUV, "data.gouv.fr")]),
        ("Elle est mise en ligne sur le site internet https://www.culture.gouv.fr/actes.", [(Canal.AUTRE, "https://www.culture.gouv.fr/actes")]),
        ("Elle fait l'objet d'une publication au JO.", [(Canal.JORF, None)]),
        ("Elle est publiée au Bulletin officiel du ministère A (BOMI) et sur le site www.a.gouv.fr.", [(Canal.BULLETIN_OFFICIEL, None), (Canal.AUTRE, "www.a.gouv.fr")]),
        ("Les marchés sont publiés au BOAMP et au Journal officiel.", []),
        ("Elle ne sera pas publiée au Journal officiel.", []),
        ("Le décret publié au Journal officiel s'applique.", []),
    ],
)  # fmt: skip
def test_publications(phrase: str, expected: list[tuple[Canal, str | None]]) -> None:
    prevues = act("Objet\nTexte.", f"Publication\n{phrase}").publications_prevues
    assert [(prevue.canal, prevue.url) for prevue in prevues] == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Un exemplaire est transmis au contrôleur budgétaire et au comptable assignataire.", ["contrôleur budgétaire", "comptable assignataire"]),
        ("Une copie est adressée aux contrôleurs des services A et du ministère B.", ["contrôleurs des services A", "contrôleurs du ministère B"]),
        ("La convention est transmise au comptable et publiée au Journal officiel.", ["comptable"]),
        ("Tout avenant dont un exemplaire est transmis au comptable est signé.", []),
        ("Un exemplaire est remis à chaque partie.", []),
    ],
)  # fmt: skip
def test_copies(phrase: str, expected: list[str]) -> None:
    assert list(act("Objet\nTexte.", f"Publication\n{phrase}").copies) == expected
