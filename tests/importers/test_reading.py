"""Shapes of the language, one by one: each found on a text that the examples do not hold."""

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import Nature, Reconduction, RegleEffet, Representant, Role

DELEGATAIRE = """et la direction interministérielle du numérique (DINUM), représentée par Mme Aurore Delvaux,
directrice, ci-après dénommée « le délégataire »,"""


def parties(texte: str) -> list[tuple[str, str, str]]:
    found = read_text(
        f"Convention de délégation de gestion\n\nEntre\n\n{texte}\n\n{DELEGATAIRE}\n\nArticle 1 : Objet\n\nX."
    )
    return [(partie.nom, partie.sigle, partie.adresse) for partie in found.convention.parties]


@pytest.mark.parametrize(
    ("texte", "first"),
    [
        (
            "La direction générale de la santé (DGS), 14 avenue Duquesne, 75007 PARIS, représentée par son directeur, "
            "ci-après dénommée « le délégant »,",
            ("Direction générale de la santé", "DGS", "14 avenue Duquesne, 75007 PARIS"),
        ),
        (
            "La direction générale de la santé (DGS), sise au 14 avenue Duquesne, représentée par son directeur, "
            "désignée sous le terme de « délégant »,",
            ("Direction générale de la santé", "DGS", "14 avenue Duquesne"),
        ),
    ],
)
def test_an_address_is_not_part_of_the_name(texte: str, first: tuple[str, str, str]) -> None:
    assert parties(texte)[0] == first


def test_a_designation_is_what_stands_between_the_quotes() -> None:
    texte = "Entre\n\nLa DGA, représentée par M. Louis Marchal, désignée ci-après sous le terme de « délégant »,\n\n"
    partie = read_text(f"Convention\n\n{texte}{DELEGATAIRE}\n\nArticle 1 : Objet\n\nX.").convention.parties[0]
    assert (partie.designation, partie.role) == ("délégant", Role.DELEGANT)
    assert partie.representants == (Representant("Louis Marchal", ""),)


def test_parties_without_entre_and_without_role() -> None:
    texte = (
        "Convention de délégation de gestion du 3 juin 2025\n\n"
        "La direction du numérique, représentée par M. Paul Aubin,\n\n"
        "et\n\nLa direction générale de la cohésion sociale (DGCS), représentée par Mme Léa Brun,\n\n"
        "Conviennent de ce qui suit :\n\nArticle 1 – Objet\n\nX."
    )
    convention = read_text(texte).convention
    assert [(partie.nom, partie.role) for partie in convention.parties] == [
        ("Direction du numérique", None),
        ("Direction générale de la cohésion sociale", None),
    ]
    assert convention.preambule == ""


@pytest.mark.parametrize(
    ("header", "nature"),
    [
        ("CONVENTION\nde délégation de gestion relative au réseau", Nature.CONVENTION),
        ("Délégation de gestion relative au réseau\n\nNOR : MENE2511873X\nConvention du 14-4-2025", Nature.CONVENTION),
        ("Délégation de gestion du 25 novembre 2015", Nature.DELEGATION),
        ("Avenant n° 2 à la convention de délégation de gestion du 1er mars 2023", Nature.AVENANT),
        ("Charte de délégation de gestion", Nature.CHARTE),
        ("Convention de subvention", Nature.AUTRE),
    ],
)
def test_the_nature_is_what_the_act_calls_itself(header: str, nature: Nature) -> None:
    assert read_text(f"{header}\n\nArticle 1 : Objet\n\nLe service agit.").convention.nature is nature


@pytest.mark.parametrize(
    ("clause", "regle", "debut", "fin"),
    [
        ("pour une durée de deux ans à compter du 1er janvier 2024.", RegleEffet.DATE, "2024-01-01", "2025-12-31"),
        ("à compter de sa notification, jusqu'au 31 décembre 2025.", RegleEffet.NOTIFICATION, None, "2025-12-31"),
        ("pour une durée d'un an à compter de sa signature.", RegleEffet.SIGNATURE, None, None),
    ],
)
def test_an_end_is_computed_only_from_a_certain_start(
    clause: str, regle: RegleEffet, debut: str | None, fin: str | None
) -> None:
    duree = read_text(
        f"Convention\n\nArticle 1 : Durée\n\nLa présente convention est conclue {clause}"
    ).convention.duree
    found = (duree.regle_effet, duree.date_effet and str(duree.date_effet), duree.date_fin and str(duree.date_fin))
    assert found == (regle, debut, fin)


def test_a_renewal_by_avenant_is_express() -> None:
    texte = "Convention\n\nArticle 1 : Durée\n\nElle est renouvelable par avenant, avec un préavis de 3 (trois) mois."
    assert read_text(texte).convention.duree.reconduction is Reconduction.EXPRESSE


@pytest.mark.parametrize("separator", ["\t", " | ", "    "])
def test_a_table_has_its_empty_cells_and_no_total(separator: str) -> None:
    rows = [
        ("Année", "AE (en k€)", "CP (en k€)"),
        ("2024", "400", "150"),
        ("2025", "p.m.", "250"),
        ("Total", "400", "400"),
    ]
    table = "\n".join(separator.join(row) for row in rows)
    lignes = read_text(f"Convention\n\nArticle 1 : Dispositions financières\n\n{table}\n").convention.echeancier
    found = [(ligne.annee, ligne.ae and int(ligne.ae), ligne.cp and int(ligne.cp)) for ligne in lignes]
    assert found == [(2024, 400_000, 150_000), (2025, None, 250_000)]


def test_two_columns_of_signatures() -> None:
    texte = (
        "Convention\n\nArticle 1 : Objet\n\nX.\n\nFait à Paris, le 15/12/2023\n\n"
        "Pour le délégant                  Pour le délégataire\n"
        "Le directeur général              La directrice\n"
        "Jérôme Caillard                   Anne Quéré\n"
    )
    signataires = read_text(texte).convention.signataires
    assert [(s.nom, s.fonction, s.pour) for s in signataires] == [
        ("Jérôme Caillard", "directeur général", "le délégant"),
        ("Anne Quéré", "directrice", "le délégataire"),
    ]


def test_a_place_and_a_blank_date_are_no_signature() -> None:
    texte = "Convention\n\nArticle 1 : Objet\n\nX.\n\nFait à Paris, le\n\nPour la DNE, le directeur\nPaul Verdier\n"
    (signataire,) = read_text(texte).convention.signataires
    assert (signataire.nom, signataire.fonction, signataire.pour) == ("Paul Verdier", "directeur", "la DNE")
