"""The shapes that real acts take, one short text each: what is read, and what must not be."""

from datetime import date
from decimal import Decimal

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import (
    Canal,
    Convention,
    Duree,
    Gravite,
    Imputation,
    LigneEcheancier,
    Nature,
    Reconduction,
    RegleEffet,
    Role,
    TypeArticle,
)

TITRE = "Convention de délégation de gestion du 3 mars 2023"
PARTIES = "la direction A (DA), ci-après « le délégant », et la direction B (DB), ci-après « le délégataire »"


def read(texte: str) -> Convention:
    return read_text(texte).convention


def act(*articles: str, titre: str = TITRE, parties: str = f"Entre {PARTIES},", fin: str = "") -> Convention:
    """An act of these articles: « Objet\\nLe texte » gives « Article 1 : Objet »."""
    numbered = [f"Article {rang} : {article}" for rang, article in enumerate(articles or ("Objet\nTexte.",), start=1)]
    return read("\n\n".join([titre, parties, "Il est convenu ce qui suit :", *numbered, fin]))


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Article 1 : Objet", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1 - Objet", "Article 2 – Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1er\nObjet", "Article 2\nDurée"], [("1er", "Objet"), ("2", "Durée")]),
        (["ARTICLE PREMIER – OBJET", "ARTICLE 2 – DURÉE"], [("1er", "OBJET"), ("2", "DURÉE")]),
        (["Article 1ᵉʳ. Objet", "Article 2. Durée"], [("1er", "Objet"), ("2", "Durée")]),
        (["Article 1^{er} – Objet", "Article 2 – Durée"], [("1er", "Objet"), ("2", "Durée")]),
        (["Art. 1er. - Objet.", "Art. 2. - Durée."], [("1er", "Objet"), ("2", "Durée")]),
        (["1. Objet de la délégation.", "2. Durée."], [("1", "Objet de la délégation"), ("2", "Durée")]),
        (["1 - Objet", "2 - Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["I. Objet", "II. Durée"], [("I", "Objet"), ("II", "Durée")]),
        (["1. Contexte.\n\n1.1. Origine.", "2. Durée."], [("1", "Contexte"), ("1.1", "Origine"), ("2", "Durée")]),
        (["Titre I – Généralités\n\nArticle 1 : Objet", "Titre II – Fin\n\nArticle 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["OBJET", "MISSIONS DU DÉLÉGATAIRE", "DURÉE"], [("", "OBJET"), ("", "MISSIONS DU DÉLÉGATAIRE"), ("", "DURÉE")]),
        (["Article 1er\nLa présente convention a pour objet la paie."], [("1er", "")]),
        (["Article 1 : Objet\nVoir l'\nArticle 2 du décret du 14 octobre 2004.", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1 : Objet\nL'article 6 devient :\nArticle 6 : Coût", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
    ],
)  # fmt: skip
def test_headings(headings: list[str], expected: list[tuple[str, str]]) -> None:
    corps = "\n\n".join(f"{heading}\n\nLe texte de l'article est ici." for heading in headings)
    convention = read(f"{TITRE}\n\nEntre {PARTIES},\n\nIl est convenu ce qui suit :\n\n{corps}")
    assert [(article.numero, article.intitule) for article in convention.articles] == expected


def test_a_text_without_articles_is_kept_whole_with_a_constat() -> None:
    lecture = read_text(f"{TITRE}\n\nEntre {PARTIES},\n\nIl est convenu ce qui suit :\n\nLe délégant confie la paie.")
    (article,) = lecture.convention.articles
    assert (article.numero, article.intitule, article.corps) == ("", "", "Le délégant confie la paie.")
    assert any(constat.regle == "C1" and constat.gravite is Gravite.INFO for constat in lecture.constats)


@pytest.mark.parametrize(
    ("intitule", "corps", "expected"),
    [
        ("Engagements de la DB", "La DB paie.", TypeArticle.OBLIGATIONS_DELEGATAIRE),
        ("Obligations de la DC", "La DC met les crédits à disposition.", TypeArticle.AUTRE),
        ("Durée et résiliation", "", TypeArticle.DUREE),
        ("Modalités de financement", "", TypeArticle.FINANCIER),
        ("", "La présente convention prend effet à sa signature.", TypeArticle.DUREE),
        ("Services délégants", "Sont services délégants : le bureau A.", TypeArticle.AUTRE),
    ],
)
def test_the_heading_says_what_an_article_is_about_then_its_body(
    intitule: str, corps: str, expected: TypeArticle
) -> None:
    assert act("Objet\nTexte.", f"{intitule}\n{corps}").articles[1].type is expected


def test_a_broken_word_is_joined_and_no_other_is_changed() -> None:
    convention = act("Objet\nLes presta-\ntions et les services visio-\n\nagents. Des prestations\nsuivent.")
    assert convention.articles[0].corps == "Les prestations et les services visio-agents. Des prestations\nsuivent."


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


@pytest.mark.parametrize(
    ("visas", "expected"),
    [
        ("Vu la loi A ;\nVu le décret B ;", ["Vu la loi A", "Vu le décret B"]),
        ("Vu décret n° A ; décret n° B ; convention C", ["décret n° A", "décret n° B", "convention C"]),
        ("VU :\n- la loi A ;\n- le décret B.", ["la loi A", "le décret B"]),
        ("Vu le décret A modifié\nrelatif à la paie ;", ["Vu le décret A modifié relatif à la paie"]),
        ("Vu le décret A et le décret B,", ["Vu le décret A et le décret B"]),
        ("VU la loi A ;VU le décret B ;", ["VU la loi A", "VU le décret B"]),
    ],
)
def test_visas(visas: str, expected: list[str]) -> None:
    assert list(act(parties=f"Entre {PARTIES},\n\n{visas}").visas) == expected


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


def ligne(
    annee: int | None,
    ae: int | None,
    cp: int | None,
    programme: str | None = None,
    uo: str | None = None,
    partie: str | None = None,
) -> LigneEcheancier:
    return LigneEcheancier(
        annee, programme, uo, partie, None if ae is None else Decimal(ae), None if cp is None else Decimal(cp)
    )


@pytest.mark.parametrize(
    ("tableau", "expected"),
    [
        ("\tAE\tCP\n2024\t120 000 €\t10 000 €\n2025\t\t110 000 €", [ligne(2024, 120_000, 10_000), ligne(2025, None, 110_000)]),
        ("| Année | AE | CP |\n|---|---|---|\n| 2024 | 5 000,00 | - |\n| Total | 5 000,00 | 0 |", [ligne(2024, 5_000, None)]),
        ("Année        AE (en k€)     CP (en k€)\n2024              120            10\n2025                            110", [ligne(2024, 120_000, 10_000), ligne(2025, None, 110_000)]),
        ("En k€\t2022\t2023\tTotal\nAE\t400\t-\t400\nCP\t150\t250\t400", [ligne(2022, 400_000, 150_000), ligne(2023, None, 250_000)]),
        ("\t2024\t\t2025\t\n\tAE\tCP\tAE\tCP\nProgramme 129\t1 M€\t2 M€\t3 M€\t4 M€", [ligne(2024, 10**6, 2 * 10**6, "129"), ligne(2025, 3 * 10**6, 4 * 10**6, "129")]),
        ("Programme\tUO\tAE 2024\tCP 2024\n214\t0214-CEN2-INFO\t500 €\t400 €", [ligne(2024, 500, 400, "214", "0214-CEN2-INFO")]),
        ("Service\tAnnée\tAE\tCP\nDGEC\t2024\t500 €\tp.m.", [ligne(2024, 500, None, partie="DGEC")]),
        ("Programme 203\nDomaine fonctionnel\t0203-15-01\nCentre financier\t0203-CDIT-CDRT", []),
        ("Le délégant verse 120 000 € en AE et 10 000 € en CP au titre de 2024.", [ligne(2024, 120_000, 10_000)]),
        ("En 2024 : 120 000 € en AE et 10 000 € en CP ;\nen 2025 : 110 000 € en CP.", [ligne(2024, 120_000, 10_000), ligne(2025, None, 110_000)]),
        ("- en 2023 : 600 000 € en AE ;\n- en 2024 : 450 000 € en CP.", [ligne(2023, 600_000, None), ligne(2024, None, 450_000)]),
        ("Pour 2021, 350 000 € TTC en AE=CP.", [ligne(2021, 350_000, 350_000)]),
        ("Toute dépense de plus de 50 000 € en AE, seuil fixé en 2024, est signalée.", []),
        ("Le coût est de 50 000 € en 2024.", []),
    ],
)  # fmt: skip
def test_echeanciers(tableau: str, expected: list[LigneEcheancier]) -> None:
    assert (
        list(act("Objet\nTexte.", f"Exécution financière\nLes crédits sont répartis ainsi :\n\n{tableau}").echeancier)
        == expected
    )


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Le montant total de la délégation est fixé à 120 000 € TTC.", 120_000),
        ("La prestation est conduite pour un budget estimé de 0,12 M€.", 120_000),
        ("La dépense est plafonnée à cent vingt mille euros (120 000 €).", 120_000),
        ("Le coût global est de 120 000 € par an.", None),
        ("L'enveloppe est de 10 000 €. L'enveloppe est de 20 000 €.", None),
        ("Le délégant verse 120 000 €.", None),
        ("Le montant total est de 120 000 €, dont 20 000 € pour le transport.", 120_000),
    ],
)
def test_totals(phrase: str, expected: int | None) -> None:
    assert act("Objet\nTexte.", f"Coût\n{phrase}").montant_total == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("bloc", "expected"),
    [
        (
            "Programme 214\t\nCode du comptable assignataire\tFAC9460075\nCentre de coût :\tDINUPROD75",
            [Imputation(programme="214", comptable="FAC9460075", centre_cout="DINUPROD75")],
        ),
        (
            "Programme    : 181 – Prévention des risques\nCentre financier    : 0181-CDGP-C001\nActivité : 018101GUN001",
            [Imputation(programme="181", centre_financier="0181-CDGP-C001", activite="018101GUN001")],
        ),
        (
            "Programme\tUO\tDomaine fonctionnel\n349\t0349-CDMA-CAIF\t0349-01\n218\t0218-CAIF-C001\t0218-05-02",
            [
                Imputation(programme="349", centre_financier="0349-CDMA-CAIF", domaine_fonctionnel="0349-01"),
                Imputation(programme="218", centre_financier="0218-CAIF-C001", domaine_fonctionnel="0218-05-02"),
            ],
        ),
        (
            "La dépense est imputée sur le programme 219, domaine fonctionnel 0219-01, centre financier 0219-CDSP-CDSP.",
            [Imputation(programme="219", domaine_fonctionnel="0219-01", centre_financier="0219-CDSP-CDSP")],
        ),
        ("Les crédits sont sur l'UO 0206-DR44-DP85.", [Imputation(centre_financier="0206-DR44-DP85")]),
        ("Les programmes 150 et 231 portent la dépense.", [Imputation(programme="150"), Imputation(programme="231")]),
    ],
)
def test_imputations(bloc: str, expected: list[Imputation]) -> None:
    assert list(act("Objet\nTexte.", f"Exécution financière\n{bloc}").imputations) == expected


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
        ("Tout avenant dont un exemplaire est transmis au comptable est signé.", []),
        ("Un exemplaire est remis à chaque partie.", []),
    ],
)  # fmt: skip
def test_copies(phrase: str, expected: list[str]) -> None:
    assert list(act("Objet\nTexte.", f"Publication\n{phrase}").copies) == expected


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
        ("Pour le délégant : Anne Grand, directrice", [("Anne Grand", "directrice", "le délégant")]),
    ],
)  # fmt: skip
def test_signatures(bloc: str, expected: list[tuple[str, str, str]]) -> None:
    lus = act(fin=f"Fait à Paris, le 3 mars 2023\n\n{bloc}").signataires
    assert [(lu.nom, lu.fonction, lu.pour) for lu in lus] == expected


def test_a_signature_needs_no_place_nor_date() -> None:
    (lu,) = act(fin="Le président de la mission interministérielle\nÉtienne Apert").signataires
    assert (lu.nom, lu.fonction) == ("Étienne Apert", "président de la mission interministérielle")


def test_pages_and_annexes_are_set_apart() -> None:
    convention = act(
        "Objet\nLe texte est\n\n2/10\n\nlong.",
        fin="Fait à Paris, le 3 mars 2023\n\nANNEXE 1\nListe des actes\n\nL'acte A.",
    )
    assert convention.articles[0].corps == "Le texte est\n\nlong."
    assert [(annexe.intitule, annexe.corps) for annexe in convention.annexes] == [
        ("ANNEXE 1 – Liste des actes", "L'acte A.")
    ]
