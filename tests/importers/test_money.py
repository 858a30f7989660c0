"""AE and CP by year, totals and accounting codes, in tables and in sentences; and amounts that are none of these."""
# ruff: noqa: E501 (lines of documents, as they are printed)

from decimal import Decimal

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import Imputation, LigneEcheancier
from tests.importers.actes import act


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
        ("\tAE\tCP\nProgramme 102\t\t\n2024\t100 €\t50 €\nProgramme 103\t\t\n2024\t\t70 €", [ligne(2024, 100, 50, "102"), ligne(2024, None, 70, "103")]),
        ("AE : 90 000 €.\nCrédits de paiement :\n- 2024 : 40 000 € ;\n- 2025 : 50 000 €.", [ligne(None, 90_000, None), ligne(2024, None, 40_000), ligne(2025, None, 50_000)]),
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
        ("Les crédits du BOP 0214-CEN2 sont sur l'UO 0214-CEN2-INFO.", [Imputation(centre_financier="0214-CEN2-INFO")]),
        ("Les programmes 150 et 231 portent la dépense.", [Imputation(programme="150"), Imputation(programme="231")]),
    ],
)
def test_imputations(bloc: str, expected: list[Imputation]) -> None:
    assert list(act("Objet\nTexte.", f"Exécution financière\n{bloc}").imputations) == expected


def test_a_line_whose_credits_stand_in_two_rows_is_placed_over_both() -> None:
    tableau = "En k€\t2022\t2023\nAE\t400\t-\nCP\t150\t250"
    lecture = read_text(f"Convention de délégation de gestion\n\nArticle 1 : Crédits\n{tableau}\n")
    places = {lieu.champ: lecture.texte[lieu.debut : lieu.fin] for lieu in lecture.lieux}
    assert places["echeancier[0]"] == places["echeancier[1]"] == "AE\t400\t-\nCP\t150\t250"
