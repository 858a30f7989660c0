import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from portal.domain.contrat import (
    constat_from_json,
    constat_to_json,
    convention_from_json,
    convention_to_json,
    empreinte,
    lecture_from_json,
    lecture_to_json,
    to_json,
)
from portal.domain.convention import Avenant, Constat, Gravite, Imputation, Lecture, Lieu, Qualite
from tests.domain.reglages import WHOLE_CONVENTIONS
from tests.factories import ConventionFactory
from tests.strategies import constats, conventions, lectures

CLES = [
    "source", "sha256", "qualite", "nature", "titre", "reference", "nor", "objet", "date_signature", "parties", "visas",
    "preambule", "articles", "annexes", "echeancier", "imputations", "montant_total", "duree", "avenant",
    "publications_prevues", "copies", "signataires", "constats",
]  # fmt: skip
CLES_DES_RANGEES = {
    "parties": ["role", "nom", "sigle", "adresse", "designation", "representants"],
    "articles": ["numero", "intitule", "corps", "type"],
    "echeancier": ["annee", "programme", "uo", "partie", "ae", "cp"],
    "imputations": ["programme", "comptable", "domaine_fonctionnel", "centre_financier", "activite", "centre_cout"],
    "publications_prevues": ["canal", "libelle", "url"],
    "signataires": ["nom", "fonction", "pour"],
    "constats": ["regle", "gravite", "message", "debut", "fin", "champ"],
}
CONSTAT = Constat("D4", Gravite.AVERTISSEMENT, "La ligne est vide.", 3, 8, "date_signature")


def build_lecture():
    convention = ConventionFactory(imputations=(Imputation("214"),), avenant=Avenant("1", date(2024, 9, 1)))
    return Lecture("acte.txt", "0" * 64, Qualite.NATIF, "Texte", convention, (CONSTAT,))


def through_text(objet):
    return json.loads(json.dumps(objet))


@WHOLE_CONVENTIONS
@given(conventions)
def test_a_convention_comes_back_whole_and_of_the_same_empreinte(convention):
    revenue = convention_from_json(through_text(convention_to_json(convention)))
    assert revenue == convention
    assert empreinte(revenue) == empreinte(convention)


@WHOLE_CONVENTIONS
@given(lectures)
def test_a_line_of_the_importer_comes_back_but_for_the_register(lecture):
    parties = tuple(replace(partie, service=None) for partie in lecture.convention.parties)
    lue = convention_from_json(through_text(to_json(lecture)))
    assert lue == replace(lecture.convention, parties=parties)


@WHOLE_CONVENTIONS
@given(lectures)
def test_a_reading_comes_back_with_the_places_of_its_facts(lecture):
    parties = tuple(replace(partie, service=None) for partie in lecture.convention.parties)
    lieux = (Lieu("titre", 0, 1), Lieu("parties[0].nom", 2, 5))
    situee = replace(lecture, convention=replace(lecture.convention, parties=parties), lieux=lieux, pages=(0, 7))
    objet = through_text(lecture_to_json(situee))
    assert objet["lieux"] == {"titre": [0, 1], "parties[0].nom": [2, 5]}
    assert lecture_from_json(objet) == situee


@given(constats)
def test_a_constat_comes_back(constat):
    assert constat_from_json(through_text(constat_to_json(constat))) == constat


def test_a_constat_keeps_its_place():
    assert constat_to_json(CONSTAT) == {
        "regle": "D4",
        "gravite": "avertissement",
        "message": "La ligne est vide.",
        "debut": 3,
        "fin": 8,
        "champ": "date_signature",
    }
    assert constat_from_json(constat_to_json(CONSTAT)) == CONSTAT


def test_the_keys_are_those_of_the_contract_in_their_order():
    objet = to_json(build_lecture())
    assert list(objet) == CLES
    assert {cle: list(objet[cle][0]) for cle in CLES_DES_RANGEES} == CLES_DES_RANGEES
    assert list(objet["parties"][0]["representants"][0]) == ["nom", "fonction"]
    assert list(objet["duree"]) == ["regle_effet", "date_effet", "date_fin", "reconduction", "preavis_mois"]
    assert list(objet["avenant"]) == ["numero", "convention_date", "convention_reference"]


def test_values_are_written_as_the_contract_says():
    objet = to_json(build_lecture())
    assert (objet["qualite"], objet["nature"], objet["date_signature"]) == ("natif", "convention", "2026-01-05")
    assert objet["echeancier"][1] | {"uo": None} == {
        "annee": 2027, "programme": "214", "uo": None, "partie": None, "ae": None, "cp": "60000.00",
    }  # fmt: skip
    assert (objet["reference"], objet["preambule"], objet["copies"]) == (None, "", [])


def test_the_register_is_kept_only_with_the_convention():
    assert convention_to_json(ConventionFactory())["parties"][0]["service"] is None
    assert "service" not in to_json(build_lecture())["parties"][0]


@pytest.mark.parametrize(
    ("faute", "chemin"),
    [
        ({"titre": None}, "convention.titre : il faut un texte,"),
        ({"couleur": "bleu"}, "convention : clés inconnues : couleur"),
        ({"nature": "contrat"}, "convention.nature : valeur 'contrat' impossible"),
        ({"date_signature": "1er janvier"}, "convention.date_signature : valeur"),
        ({"montant_total": "cent"}, "convention.montant_total : valeur 'cent' impossible"),
        ({"montant_total": "NaN"}, "convention.montant_total : il faut un montant,"),
        ({"montant_total": 12.5}, "convention.montant_total : il faut un texte,"),
        ({"visas": "le décret"}, "convention.visas : il faut une liste,"),
        ({"visas": ["le décret", 3]}, "convention.visas[1] : il faut un texte,"),
        ({"parties": [{"role": None}]}, "convention.parties[0] : clés manquantes : nom"),
        ({"parties": [{"nom": "A", "representants": [{"age": "3"}]}]}, "convention.parties[0].representants[0] : clés"),
        ({"echeancier": [{}, {"annee": "2026"}]}, "convention.echeancier[1].annee : il faut un nombre entier,"),
        ({"echeancier": [{"annee": True}]}, "convention.echeancier[0].annee : il faut un nombre entier,"),
        ({"duree": []}, "convention.duree : il faut un objet,"),
        ({"duree": {"date_fin": "2025-02-30"}}, "convention.duree.date_fin : valeur"),
    ],
)
def test_an_error_names_its_path(faute, chemin):
    with pytest.raises(ValueError) as erreur:
        convention_from_json({"titre": "Convention"} | faute)
    assert str(erreur.value).startswith(chemin)


def test_a_convention_needs_its_title():
    with pytest.raises(ValueError, match="convention : clés manquantes : titre"):
        convention_from_json({})


def test_a_constat_says_its_own_errors():
    with pytest.raises(ValueError, match=r"constat\.gravite : valeur 'grave' impossible"):
        constat_from_json({"regle": "D4", "gravite": "grave", "message": "m"})


@pytest.mark.parametrize("faits", [{"titre": "U"}, {"montant_total": None}, {"montant_total": Decimal("0.00")}])
def test_another_fact_is_another_empreinte(faits):
    convention = ConventionFactory(titre="T")
    assert empreinte(replace(convention, **faits)) != empreinte(convention)


def test_the_empreinte_does_not_see_how_an_amount_is_written():
    assert empreinte(ConventionFactory(titre="T", montant_total=Decimal("5"))) == empreinte(
        ConventionFactory(titre="T", montant_total=Decimal("5.00"))
    )
