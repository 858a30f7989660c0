from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from portal.domain.convention import (
    Annexe,
    Article,
    Avenant,
    Duree,
    LigneEcheancier,
    Nature,
    Reconduction,
    Representant,
    Role,
    TypeArticle,
)
from portal.domain.difference import Difference, difference
from portal.domain.montants import format_montant
from tests.domain.reglages import WHOLE_CONVENTIONS
from tests.factories import ConventionFactory, PartieFactory
from tests.strategies import conventions

AVANT = ConventionFactory(titre="Convention")


def compare(**faits):
    return difference(AVANT, replace(AVANT, **faits))


@WHOLE_CONVENTIONS
@given(conventions)
def test_a_state_does_not_differ_from_itself(convention):
    assert difference(convention, convention) == ()


@WHOLE_CONVENTIONS
@given(conventions)
def test_states_that_differ_show_it_in_words(apres):
    trouvees = difference(AVANT, apres)
    assert bool(trouvees) == (apres != AVANT)
    for trouvee in trouvees:
        assert trouvee.libelle
        if trouvee.nature == "modification":
            assert trouvee.avant or trouvee.apres


@pytest.mark.parametrize(
    ("faits", "attendue"),
    [
        ({"titre": "Charte"}, Difference("titre", "Titre", "Convention", "Charte", "modification")),
        (
            {"nature": Nature.CHARTE},
            Difference(
                "nature",
                "Nature de l'acte",
                "Convention de délégation de gestion",
                "Charte de délégation de gestion",
                "modification",
            ),
        ),
        ({"nor": "MENF2600123X"}, Difference("nor", "NOR", "", "MENF2600123X", "ajout")),
        ({"objet": ""}, Difference("objet", "Objet", "Héberger les applications.", "", "retrait")),
        (
            {"date_signature": date(2026, 2, 1)},
            Difference("date_signature", "Date de signature", "5 janvier 2026", "1er février 2026", "modification"),
        ),
        (
            {"duree": replace(AVANT.duree, reconduction=Reconduction.TACITE)},
            Difference(
                "duree.reconduction", "Reconduction", "Sans reconduction", "Reconduction tacite", "modification"
            ),
        ),
        (
            {"avenant": Avenant("2")},
            Difference("avenant.numero", "Numéro de l'avenant", "", "2", "ajout"),
        ),
        (
            {"visas": (*AVANT.visas, "le code de l'éducation")},
            Difference("visas[1]", "Visa 2", "", "le code de l'éducation", "ajout"),
        ),
        ({"copies": ("au comptable",)}, Difference("copies[0]", "Copie 1", "", "au comptable", "ajout")),
        (
            {"annexes": (Annexe("Tarifs", "Sans objet"),)},
            Difference("annexes[0]", "Annexe 1", "", "intitulé : Tarifs\ncorps : Sans objet", "ajout"),
        ),
    ],
)
def test_one_fact_in_french(faits, attendue):
    assert compare(**faits) == (attendue,)


def test_an_amount_of_zero_is_known():
    (trouvee,) = compare(montant_total=Decimal("0.00"))
    assert (trouvee.avant, trouvee.nature) == (format_montant(Decimal(120000)), "modification")
    assert trouvee.apres == format_montant(Decimal(0))
    (retiree,) = compare(montant_total=None)
    assert (retiree.nature, retiree.apres) == ("retrait", "")


def test_an_inserted_article_is_alone_to_differ_where_the_numbers_hold():
    nouveau = Article("2 bis", "Calendrier", "Le service ouvre en mars.")
    articles = (*AVANT.articles[:2], nouveau, *AVANT.articles[2:])
    (trouvee,) = compare(articles=articles)
    assert (trouvee.champ, trouvee.libelle, trouvee.nature) == ("articles[2]", "Article 2 bis", "ajout")
    assert "intitulé : Calendrier" in trouvee.apres


def test_an_inserted_article_only_renumbers_those_that_follow():
    suite = tuple(replace(article, numero=str(int(article.numero) + 1)) for article in AVANT.articles[2:])
    articles = (*AVANT.articles[:2], Article("3", "Calendrier", "Le service ouvre en mars."), *suite)
    ajout, *renumerotes = compare(articles=articles)
    assert (ajout.champ, ajout.nature) == ("articles[2]", "ajout")
    assert [trouvee.champ for trouvee in renumerotes] == [f"articles[{rang}].numero" for rang in (3, 4, 5, 6)]


def test_an_article_that_goes_is_named_by_its_former_place():
    (trouvee,) = compare(articles=AVANT.articles[1:])
    assert (trouvee.champ, trouvee.libelle, trouvee.apres) == ("articles[0]", "Article 1", "")
    assert trouvee.nature == "retrait"


def test_the_words_of_an_article_are_compared_in_place():
    change = replace(AVANT.articles[4], corps="Elle prend fin le 31 décembre 2028.", type=TypeArticle.AUTRE)
    trouvees = compare(articles=(*AVANT.articles[:4], change, AVANT.articles[5]))
    assert [(t.champ, t.libelle) for t in trouvees] == [
        ("articles[4].corps", "Article 5, corps"),
        ("articles[4].type", "Article 5, type"),
    ]
    assert (trouvees[1].avant, trouvees[1].apres) == ("Durée et résiliation", "Autre clause")


def test_an_inserted_year_is_alone_to_differ():
    avant = LigneEcheancier(2025, "214", "0214-CEN2-INFO", ae=Decimal("10.00"))
    (trouvee,) = compare(echeancier=(avant, *AVANT.echeancier))
    assert (trouvee.champ, trouvee.libelle, trouvee.nature) == ("echeancier[0]", "Échéancier 2025", "ajout")


def test_the_amount_of_a_year_is_compared_with_that_of_the_same_year():
    change = replace(AVANT.echeancier[1], ae=Decimal("5000.00"))
    (trouvee,) = compare(echeancier=(AVANT.echeancier[0], change))
    assert (trouvee.champ, trouvee.libelle, trouvee.nature) == ("echeancier[1].ae", "Échéancier 2027, AE", "ajout")


def test_articles_in_another_order():
    articles = (AVANT.articles[1], AVANT.articles[0], *AVANT.articles[2:])
    (trouvee,) = compare(articles=articles)
    assert (trouvee.champ, trouvee.libelle) == ("articles", "Articles, ordre")
    assert trouvee.avant.startswith("Article 1 ; Article 2 ;")
    assert trouvee.apres.startswith("Article 2 ; Article 1 ;")


@pytest.mark.parametrize(
    ("representants", "attendues"),
    [
        (
            (Representant("Camille Martin", "cheffe de service"),),
            [("parties[0].representants[0].fonction", "directrice", "cheffe de service", "modification")],
        ),
        (
            (Representant("Dominique Petit", "directrice"),),
            [("parties[0].representants[0].nom", "Camille Martin", "Dominique Petit", "modification")],
        ),
        ((), [("parties[0].representants[0]", "nom : Camille Martin\nfonction : directrice", "", "retrait")]),
        (
            (Representant("Camille Martin", "directrice"), Representant("Dominique Petit")),
            [("parties[0].representants[1]", "", "nom : Dominique Petit", "ajout")],
        ),
    ],
)
def test_the_representants_of_a_partie_are_compared(representants, attendues):
    parties = (replace(AVANT.parties[0], representants=representants), AVANT.parties[1])
    trouvees = compare(parties=parties)
    assert [(t.champ, t.avant, t.apres, t.nature) for t in trouvees] == attendues
    assert all(t.libelle.startswith("Délégant DNE, représentant ") for t in trouvees)


def test_a_partie_that_comes_brings_its_representants():
    nouvelle = PartieFactory(nom="Direction des achats de l'État", sigle="", role=Role.DELEGANT)
    (trouvee,) = compare(parties=(nouvelle, *AVANT.parties))
    assert (trouvee.champ, trouvee.libelle) == ("parties[0]", "Délégant Direction des achats de l'État")
    assert "représentants : Camille Martin, directrice" in trouvee.apres


def test_a_visa_is_matched_by_the_number_of_its_text():
    (trouvee,) = compare(visas=("le code de l'éducation", "le décret n° 2004-1085 modifié"))[:1]
    assert (trouvee.champ, trouvee.nature) == ("visas[0]", "ajout")
    assert [t.champ for t in compare(visas=("le décret n° 2004-1085 modifié",))] == ["visas[0]"]


def test_the_sides_are_in_the_order_of_the_act():
    trouvees = compare(titre="Charte", duree=Duree(), copies=("au comptable",), nor="MENF2600123X")
    champs = [t.champ for t in trouvees]
    assert champs[:2] == ["titre", "nor"]
    assert champs[-1] == "copies[0]"
