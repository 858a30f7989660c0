import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.identifiers import (
    ACTIVITE,
    CENTRE_COUT,
    COMPTABLE,
    DOMAINE_FONCTIONNEL,
    IDENTIFIANTS,
    NOR,
    PROGRAMME,
    SIREN,
    UO,
    Identifiant,
    IdentifiantInvalide,
    programme_of,
)

by_name = pytest.mark.parametrize("identifiant", IDENTIFIANTS, ids=lambda identifiant: identifiant.nom)


@pytest.mark.parametrize(
    ("identifiant", "texte", "code"),
    [
        (NOR, "MENA2420224X", "MENA2420224X"),
        (NOR, "A R M E 1 8 5 1 1 1 6 X", "ARME1851116X"),
        (NOR, "NOR : mene1000535x", "MENE1000535X"),
        (NOR, "nor : MENF1600469X", "MENF1600469X"),
        (UO, "0214-CEN2-INFO", "0214-CEN2-INFO"),
        (UO, "UO 0174-CLIM-SCEE", "0174-CLIM-SCEE"),
        (UO, "Centre financier (UO) : 0214‑cen2‑info.", "0214-CEN2-INFO"),
        (UO, "0214 - CEN2 - INFO", "0214-CEN2-INFO"),
        (UO, "BG00/0165-CCAC-DT38", "0165-CCAC-DT38"),
        (UO, "BG00\\/0165-CCAC", "0165-CCAC"),
        (DOMAINE_FONCTIONNEL, "Domaine fonctionnel 0214-08-02", "0214-08-02"),
        (DOMAINE_FONCTIONNEL, "0203-04", "0203-04"),
        (ACTIVITE, "Activité : 021401SI0202", "021401SI0202"),
        (ACTIVITE, "010300000108", "010300000108"),
        (CENTRE_COUT, "Centre de coût : DINUPROD75", "DINUPROD75"),
        (CENTRE_COUT, "DRIEETR075", "DRIEETR075"),
        (COMPTABLE, "Code du comptable assignataire\tFAC9460075", "FAC9460075"),
        (PROGRAMME, "0214", "214"),
        (PROGRAMME, "Programme 214", "214"),
        (PROGRAMME, "P214", "214"),
        (PROGRAMME, "BOP n° 352", "352"),
        (SIREN, "130 025 265", "130025265"),
        (SIREN, "SIREN : 130025265", "130025265"),
    ],
)
def test_parses_to_its_one_form(identifiant: Identifiant, texte: str, code: str) -> None:
    assert identifiant.parse(texte) == code
    assert identifiant.explain(texte) is None
    assert identifiant.pattern.fullmatch(code)


@pytest.mark.parametrize(
    ("identifiant", "texte", "fautes"),
    [
        (NOR, "MENA242022X", ["11 caractères au lieu de 12", "MENA2420224X"]),
        (NOR, "MENAO420224X", ["5e caractère, « O », devrait être un chiffre", "zéro"]),
        (NOR, "1ENA2420224X", ["1er caractère, « 1 », devrait être une lettre"]),
        (NOR, "", ["aucun caractère"]),
        (UO, "0214-CEN-INFO", ["13 caractères au lieu de 9 ou 14"]),
        (UO, "0214CCEN2-INFO", ["5e caractère, « C », devrait être un tiret"]),
        (DOMAINE_FONCTIONNEL, "0214-0A-02", ["7e caractère, « A », devrait être un chiffre"]),
        (ACTIVITE, "021401SI020", ["11 caractères au lieu de 12", "021401SI0202"]),
        (CENTRE_COUT, "DINUPROD7É", ["10e caractère, « É »"]),
        (COMPTABLE, "FA09460075", ["3e caractère, « 0 », devrait être une lettre"]),
        (PROGRAMME, "1214", ["4 caractères au lieu de 3"]),
        (SIREN, "130025266", ["clé de contrôle"]),
    ],
)
def test_explains_what_is_wrong(identifiant: Identifiant, texte: str, fautes: list[str]) -> None:
    explication = identifiant.explain(texte)
    assert explication is not None
    for faute in fautes:
        assert faute in explication
    assert explication.startswith(identifiant.libelle)
    assert identifiant.exemple in explication
    with pytest.raises(IdentifiantInvalide) as erreur:
        identifiant.parse(texte)
    assert str(erreur.value) == explication


@by_name
def test_its_example_is_right_and_found(identifiant: Identifiant) -> None:
    assert identifiant.parse(identifiant.exemple) == identifiant.exemple
    texte = f"voir {identifiant.libelle.split(' (')[0].removeprefix('Numéro ')} {identifiant.exemple}, en annexe"
    ((debut, fin, code),) = identifiant.find(texte)
    assert code == identifiant.exemple == texte[debut:fin]


@pytest.mark.parametrize(
    ("identifiant", "texte", "codes"),
    [
        (NOR, "NOR A R M E 1 8 5 1 1 1 6 X et /bo/2010/25/mene1000535x.html", ["ARME1851116X", "MENE1000535X"]),
        (NOR, "ARME 1851116 X", ["ARME1851116X"]),
        (NOR, "Le 12 mai 2018, XMENA2420224X9, MENA24202245X, DANS LE 0145678 A", []),
        (UO, "l'UO 0165-CCAC-DT38, puis BG00/0349-CDBU-CENS et 0214-CEN2-\nINFO",
         ["0165-CCAC-DT38", "0349-CDBU-CENS", "0214-CEN2-INFO"]),
        (UO, "décret n° 2004-1085, loi 2018-1047, 01-23-45-67-89, 0123-4567, 85-2025-06-05-00005, 0214-08-02", []),
        (DOMAINE_FONCTIONNEL, "0214-08-02 et 0203-04", ["0214-08-02", "0203-04"]),
        (DOMAINE_FONCTIONNEL, "01-23-45-67-89, 0123-45-67-89, 2024-07-15, n° 2004-1085, 0214-CEN2, 00-01-2024", []),
        (ACTIVITE, "activité 010300000108 ou 020304DGTUCT", ["010300000108", "020304DGTUCT"]),
        (ACTIVITE, "le numéro 010300000108, 0123456789, 012345678901234", []),
        (CENTRE_COUT, "DINUPROD75 et le centre de coût : DRH0000075", ["DINUPROD75", "DRH0000075"]),
        (CENTRE_COUT, "DELEGATION, CONVENTION, FAC9460075, 0123456789, GENDARMERIE", []),
        (COMPTABLE, "le comptable FAC9460075", ["FAC9460075"]),
        (COMPTABLE, "MENA2420224X, FAC94600751, AFAC9460075", []),
        (PROGRAMME, "des programmes 102, 103 et 155, du BOP 0214 et P352", ["102", "103", "155", "214", "352"]),
        (PROGRAMME, "programme de 300 agents, programme 120 000 €, page 214, BOP 0214-CEN2, article 214", []),
        (SIREN, "SIREN 130 025 265 ou 130025265", ["130025265", "130025265"]),
        (SIREN, "732 829 320 €, 130025265 €, 01 30 02 52 65, 130025266, 13002526500013, 130 025 265", []),
    ],
)  # fmt: skip
def test_finds_in_running_text(identifiant: Identifiant, texte: str, codes: list[str]) -> None:
    trouves = list(identifiant.find(texte))
    assert [code for _, _, code in trouves] == codes
    assert all(identifiant.normalise(texte[debut:fin]) == code for debut, fin, code in trouves)


@by_name
@given(texte=st.text(), data=st.data())
def test_normalising_twice_changes_nothing(identifiant: Identifiant, texte: str, data: st.DataObject) -> None:
    code = data.draw(st.from_regex(identifiant.pattern, fullmatch=True) | st.just(texte))
    normalise = identifiant.normalise(code)
    if identifiant.explain(code) is None:
        assert identifiant.normalise(normalise) == normalise
        assert identifiant.pattern.fullmatch(normalise)
    for debut, fin, trouve in identifiant.find(texte):
        assert identifiant.parse(texte[debut:fin]) == trouve


@pytest.mark.parametrize(
    ("code", "programme"),
    [
        ("0214-CEN2-INFO", "214"),
        ("BG00/0214-08-02", "214"),
        ("021401SI0202", "214"),
        ("0352", "352"),
        ("352", "352"),
        ("1214-ABCD", None),
        ("DINUPROD75", None),
        ("", None),
    ],
)
def test_gives_the_programme_of_a_code(code: str, programme: str | None) -> None:
    assert programme_of(code) == programme
