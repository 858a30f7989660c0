"""Who is bound, by whom represented, and who signs, in the shapes that real acts take."""
# ruff: noqa: E501 (lines of documents, as they are printed)

from datetime import date

import pytest

from portal.domain.convention import Nature, Role
from tests.importers.actes import act, read


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (
            "ENTRE LES SOUSSIGNÉS :\n\nLe ministère de la culture (MC), ci-après dénommé « le délégant », d'une part,\n\nET\n\n"
            "La DINUM, ci-après dénommée « le délégataire », d'autre part,",
            [(Role.DELEGANT, "Ministère de la culture", "MC"), (Role.DELEGATAIRE, "DINUM", "")],
        ),
        (
            "Entre Entre\nle directeur des sports, désigné sous le terme de « délégant », d'une part,\net\n"
            "le directeur des affaires financières, désigné sous le terme de “délégataire”, d'autre part",
            [(Role.DELEGANT, "Directeur des sports", ""), (Role.DELEGATAIRE, "Directeur des affaires financières", "")],
        ),
        (
            "Entre :\nLa mission A (MA), dénommée ci-après le « délégant » ;\nD'une part,\net :\n"
            "La direction des opérations (DO) de la direction générale de l'armement (DGA), représentée par son directeur ;\n"
            "Le service B, représenté par son chef ;\nDésignés sous le terme de « co-délégataires » ;\nD'autre part,",
            [
                (Role.DELEGANT, "Mission A", "MA"),
                (Role.DELEGATAIRE, "Direction des opérations de la direction générale de l'armement (DGA)", "DO"),
                (Role.DELEGATAIRE, "Service B", ""),
            ],
        ),
        (
            "La présente convention est conclue entre :\n\n  • le secrétariat général, désigné sous le terme de « délégant » "
            "d’une part ;\n\net\n\n  • le recteur de Lyon, désigné sous le terme de « délégataire » d’autre part ;",
            [(Role.DELEGANT, "Secrétariat général", ""), (Role.DELEGATAIRE, "Recteur de Lyon", "")],
        ),
        (
            "Entre la direction A, agissant en qualité de délégant, et la direction B, agissant en qualité de délégataire,",
            [(Role.DELEGANT, "Direction A", ""), (Role.DELEGATAIRE, "Direction B", "")],
        ),
        (
            "ENTRE\n\nLA DIRECTION DES SPORTS\nReprésentée par :\nMadame Anne GRAND\nDirectrice\nci-après « LE DÉLÉGANT »\n\nET\n\n"
            "Madame la directrice régionale B,\nci-après « le délégataire »",
            [(Role.DELEGANT, "DIRECTION DES SPORTS", ""), (Role.DELEGATAIRE, "Directrice régionale B", "")],
        ),
        (
            "Entre,\n\nD'une part, le ministère A, représenté par Mme Anne Grand, secrétaire générale ;\n\nD'autre part, le responsable du "
            "programme 152 ;\n\nCi-après le « délégant » ;\n\nEt\n\nDe troisième part, le service B, dénommé le « délégataire » ;",
            [
                (Role.DELEGANT, "Ministère A", ""),
                (Role.DELEGANT, "Responsable du programme 152", ""),
                (Role.DELEGATAIRE, "Service B", ""),
            ],
        ),
        (
            "La présente convention est conclue entre la direction A, désignée ci-après « délégant », et la direction B (DB), "
            "désignée ci-après « délégataire ».",
            [(Role.DELEGANT, "Direction A", ""), (Role.DELEGATAIRE, "Direction B", "DB")],
        ),
        (
            "Délégant :\tDirection A\nReprésentée par :\tM. Jean Petit, directeur\nDélégataire :\tDirection B (DB)",
            [(Role.DELEGANT, "Direction A", ""), (Role.DELEGATAIRE, "Direction B", "DB")],
        ),
        (
            "Le délégant :\nLa direction A\n\nLe délégataire :\nLa direction B",
            [(Role.DELEGANT, "Direction A", ""), (Role.DELEGATAIRE, "Direction B", "")],
        ),
        (
            "Entre\nLe service A, ci-après « le délégant »,\net\nLe directeur B et le directeur C du ministère D, dénommés "
            "ci-après « le délégataire ».",
            [
                (Role.DELEGANT, "Service A", ""),
                (Role.DELEGATAIRE, "Directeur B", ""),
                (Role.DELEGATAIRE, "Directeur C du ministère D", ""),
            ],
        ),
        (
            "Entre\n\nLa direction du numérique (DNUM), représentée par M. Paul Petit, directeur,\n\net\n\n"
            "La direction de la cohésion sociale (DGCS), représentée par Mme Anne Grand, directrice,",
            [(None, "Direction du numérique", "DNUM"), (None, "Direction de la cohésion sociale", "DGCS")],
        ),
    ],
)  # fmt: skip
def test_parties(parties: str, expected: list[tuple[Role | None, str, str]]) -> None:
    lues = act(parties=parties).parties
    assert [(partie.role, partie.nom, partie.sigle) for partie in lues] == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("M. Jean Dupont, directeur des sports", [("Jean Dupont", "directeur des sports")]),
        ("le directeur des affaires financières", [("", "directeur des affaires financières")]),
        ("son directeur, M. Jean Dupont", [("Jean Dupont", "directeur")]),
        ("l'ingénieur général de l'armement Guilhem REBOUL, directeur", [("Guilhem REBOUL", "directeur")]),
        ("Monsieur le général d'armée Gilles, directeur général", [("Gilles", "directeur général")]),
        ("M. A. Petit, directeur, et Mme B. Grand, cheffe de service", [("A. Petit", "directeur"), ("B. Grand", "cheffe de service")]),
        ("le préfet de la région Pays de la Loire", [("", "préfet de la région Pays de la Loire")]),
        ("Anne Petit, directrice (DA)30", [("Anne Petit", "directrice (DA)")]),
        ("Xxxx XXXXXX, directeur général", [("", "directeur général")]),
    ],
)  # fmt: skip
def test_representants(phrase: str, expected: list[tuple[str, str]]) -> None:
    (partie, _) = act(
        parties=f"Entre\nla direction A, représentée par {phrase}, ci-après « le délégant »,\net\nla direction B,"
    ).parties
    assert [(r.nom, r.fonction) for r in partie.representants] == expected


@pytest.mark.parametrize(
    ("adresse", "expected"),
    [
        (", sise 20 avenue de Ségur, 75007 Paris,", "20 avenue de Ségur, 75007 Paris"),
        (", 20 avenue de Ségur, 75007 Paris,", "20 avenue de Ségur, 75007 Paris"),
        ("\nAdresse : 20 avenue de Ségur – TSA 30 719 75 334 PARIS Cedex 07,", "20 avenue de Ségur – TSA 30 719 75 334 PARIS Cedex 07"),
        ("\n20 avenue de Ségur\n75007 Paris\n", "20 avenue de Ségur 75007 Paris"),
        (", sise Tour Séquoia, 1 place Carpeaux, 92055 La\nDéfense Cedex,", "Tour Séquoia, 1 place Carpeaux, 92055 La Défense Cedex"),
        ("\nAdresse : 00 xxxxxx xx Xxxxx,", ""),
    ],
)  # fmt: skip
def test_addresses(adresse: str, expected: str) -> None:
    (partie, _) = act(
        parties=f"Entre\nLa direction A{adresse} représentée par son directeur,\net\nLa direction B,"
    ).parties
    assert (partie.nom, partie.adresse) == ("Direction A", expected)


def test_a_role_said_beside_the_sigle_or_at_the_signature_is_believed() -> None:
    convention = act(
        "Objet\nLa DDPP 85, délégant, confie à la DDPP 49 la paie.",
        parties="Entre\nle directeur de la DDPP 85\net\nla DDPP 49, représentée par Mme Anne Grand, directrice,",
        fin="Fait à Angers, le 3 mars 2023\n\nPour le délégataire,\nAnne Grand",
    )
    assert [partie.role for partie in convention.parties] == [Role.DELEGANT, Role.DELEGATAIRE]


def test_a_letter_names_who_entrusts_and_to_whom() -> None:
    convention = read(
        "Paris, le 14 février 2024\n\nLe directeur A\nà\nMadame la directrice B\n\nObjet : Délégation de gestion de la paie\n\n"
        "Madame la directrice,\n\nJe vous confie, en mon nom et pour mon compte, la paie.\n\nLe directeur A,\nJean Petit"
    )
    assert [(p.role, p.nom) for p in convention.parties] == [
        (Role.DELEGANT, "Directeur A"),
        (Role.DELEGATAIRE, "Directrice B"),
    ]
    assert (convention.nature, convention.date_signature) == (Nature.DELEGATION, date(2024, 2, 14))


@pytest.mark.parametrize(
    ("bloc", "expected"),
    [
        ("Pour la DA, le directeur\nJean Petit", [("Jean Petit", "directeur", "la DA")]),
        ("Le délégant,\nLe directeur des sports,\nJean PETIT", [("Jean PETIT", "directeur des sports", "Le délégant")]),
        (
            "Le délégant                    Le délégataire\nLe directeur                   La cheffe\nde la paie\nSigné : Jean Petit             Anne Grand",
            [("Jean Petit", "directeur de la paie", "Le délégant"), ("Anne Grand", "cheffe", "Le délégataire")],
        ),
        (
            "Pour la ministre et par délégation :\nPour le secrétaire général et par délégation :\nLe chef du service,\nJean Petit\n\nLe recteur,\nAnne Grand",
            [("Jean Petit", "chef du service", "la ministre"), ("Anne Grand", "recteur", "")],
        ),
        (
            "Pour les co-délégataires :\nLa directrice,\nA. Grand\n\nLe directeur,\nJ. Petit",
            [("A. Grand", "directrice", "les co-délégataires"), ("J. Petit", "directeur", "les co-délégataires")],
        ),
        ("Jean PETIT\nDirecteur des sports\n\nAnne GRAND\nDirectrice", [("Jean PETIT", "Directeur des sports", ""), ("Anne GRAND", "Directrice", "")]),
        ("Le directeur (délégant) : Jean Petit\nLa cheffe (délégataire) : Anne Grand", [("Jean Petit", "directeur", "délégant"), ("Anne Grand", "cheffe", "délégataire")]),
        ("Pour le délégant : Anne Grand, directrice", [("Anne Grand", "directrice", "le délégant")]),
    ],
)  # fmt: skip
def test_signatures(bloc: str, expected: list[tuple[str, str, str]]) -> None:
    lus = act(fin=f"Fait à Paris, le 3 mars 2023\n\n{bloc}").signataires
    assert [(lu.nom, lu.fonction, lu.pour) for lu in lus] == expected


def test_a_signature_needs_no_place_nor_date() -> None:
    (lu,) = act(fin="Le président de la mission interministérielle\nÉtienne Apert").signataires
    assert (lu.nom, lu.fonction) == ("Étienne Apert", "président de la mission interministérielle")
