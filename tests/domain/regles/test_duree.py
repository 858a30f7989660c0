from datetime import date

import pytest

from portal.domain.convention import Duree, Gravite, Nature, Reconduction, TypeArticle
from tests.domain.regles.examens import article, build_examen, find, judged

FIN = date(2027, 12, 31)
SANS_FIN = Duree(date_effet=date(2026, 1, 5))


@pytest.mark.parametrize(
    "corps",
    [
        "La convention prend effet à sa signature.",
        "Elle est conclue pour agir vite.",
        "Elle est conclue librement. Le préavis est de trois mois.",
    ],
)
def test_d1_without_any_end(corps):
    articles = (article(corps, TypeArticle.DUREE),)
    assert judged(find("D1", duree=SANS_FIN, articles=articles)) == [(Gravite.ERREUR, "duree.date_fin")]


def test_d1_shows_the_words_that_say_there_is_no_limit():
    faits = {"duree": SANS_FIN, "articles": (article("Elle est conclue pour une durée indéterminée."),)}
    (constat,) = find("D1", **faits)
    assert build_examen(**faits).texte[constat.debut : constat.fin] == "durée indéterminée"


@pytest.mark.parametrize(
    "corps",
    [
        "La convention prend fin à l'achèvement des travaux.",
        "Elle s'applique jusqu'au 31 décembre 2027.",
        "Elle est conclue pour une durée de trois ans.",
        "Elle est conclue pour deux ans.",
        "Elle est établie au titre de l'année 2026.",
        "Elle est valable trois (3) ans à compter de sa signature.",
        "Sa durée est fixée à trente-six mois.",
        "La durée de la délégation est de 36 mois.",
        "Elle couvre la période 2026-2028.",
        "Elle est conclue du 1er janvier au 31 décembre 2026.",
        "L'échéance de la convention est fixée par avenant.",
    ],
)
def test_d1_an_end_in_words(corps):
    assert find("D1", duree=SANS_FIN, articles=(article(corps, TypeArticle.DUREE),)) == []


def test_d1_an_end_known_or_an_avenant():
    muet = (article("La convention prend effet à sa signature."),)
    assert find("D1", articles=muet) == []
    assert find("D1", articles=muet, duree=SANS_FIN, nature=Nature.AVENANT) == []


def test_d1_a_permanent_contract_of_an_agent_is_not_the_duration():
    corps = "Elle prend fin le jour où l'agent recruté en contrat à durée indéterminée quitte le service."
    assert find("D1", duree=SANS_FIN, articles=(article(corps),)) == []


@pytest.mark.parametrize(
    ("effet", "signature", "nom"),
    [
        (date(2028, 1, 1), date(2026, 1, 5), "d'effet"),
        (None, date(2028, 1, 1), "de signature"),
        (date(2028, 1, 1), date(2028, 1, 1), "d'effet"),
    ],
)
def test_d2_an_end_before_the_beginning_is_said_once(effet, signature, nom):
    (constat,) = find("D2", duree=Duree(date_effet=effet, date_fin=FIN), date_signature=signature)
    assert (constat.gravite, constat.champ) == (Gravite.ERREUR, "duree.date_fin")
    assert nom in constat.message


@pytest.mark.parametrize("effet", [None, FIN, date(2026, 1, 1)])
def test_d2_one_day_is_a_duration(effet):
    assert find("D2", duree=Duree(date_effet=effet, date_fin=FIN)) == []


TACITE = Duree(date_fin=FIN, reconduction=Reconduction.TACITE)


def test_d3_shows_a_tacit_renewal_without_limit():
    faits = {"duree": TACITE, "articles": (article("Elle est renouvelée par tacite reconduction."),)}
    (constat,) = find("D3", **faits)
    assert (constat.gravite, constat.champ) == (Gravite.AVERTISSEMENT, "duree.reconduction")
    assert build_examen(**faits).texte[constat.debut : constat.fin] == "tacite"


def test_d3_without_the_words_has_no_span():
    (constat,) = find("D3", duree=TACITE)
    assert (constat.debut, constat.fin) == (None, None)


@pytest.mark.parametrize(
    "limite",
    ["deux fois", "dans la limite de trois ans", "sans pouvoir excéder cinq ans", "pour une durée maximale de 4 ans"],
)
def test_d3_a_limit_in_number_or_time(limite):
    assert find("D3", duree=TACITE, articles=(article(f"Elle est tacitement reconduite {limite}."),)) == []


@pytest.mark.parametrize("reconduction", [None, Reconduction.AUCUNE, Reconduction.EXPRESSE])
def test_d3_only_tacit(reconduction):
    assert find("D3", duree=Duree(date_fin=FIN, reconduction=reconduction)) == []


def test_d4_no_date_known_stops_publication():
    assert judged(find("D4", date_signature=None)) == [(Gravite.ERREUR, "date_signature")]
    assert find("D4") == []
