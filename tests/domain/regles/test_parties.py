import pytest

from portal.domain.convention import Gravite, Nature, Role
from tests.domain.regles.examens import find, judged
from tests.factories import PartieFactory

DELEGANT = PartieFactory()
DELEGATAIRE = PartieFactory(nom="Direction interministérielle du numérique", sigle="DINUM", role=Role.DELEGATAIRE)
SANS_ROLE = PartieFactory(nom="Direction des achats de l'État", role=None)


@pytest.mark.parametrize("regle", ["P1", "P2", "P3", "P4"])
def test_a_delegant_and_a_delegataire(regle):
    assert find(regle, parties=(DELEGANT, DELEGATAIRE)) == []


@pytest.mark.parametrize(
    ("parties", "manquants"),
    [
        ((), ["délégant", "délégataire"]),
        ((DELEGANT,), ["délégataire"]),
        ((DELEGATAIRE, SANS_ROLE), ["délégant"]),
    ],
)
def test_p1_a_side_without_a_partie(parties, manquants):
    constats = find("P1", parties=parties)
    assert judged(constats) == [(Gravite.ERREUR, "parties")] * len(manquants)
    assert all(f"Aucun {nom} " in constat.message for nom, constat in zip(manquants, constats, strict=True))


def test_p1_stops_no_avenant():
    avenant = find("P1", parties=(DELEGANT,), nature=Nature.AVENANT)
    assert judged(avenant) == [(Gravite.AVERTISSEMENT, "parties")]


def test_p1_the_same_service_on_both_sides():
    double = PartieFactory(nom=DELEGANT.nom.upper(), role=Role.DELEGATAIRE)
    assert judged(find("P1", parties=(DELEGANT, double))) == [(Gravite.ERREUR, "parties[1].role")]


def test_p2_two_delegataires():
    autre = PartieFactory(nom="Direction des achats de l'État", role=Role.DELEGATAIRE)
    constats = find("P2", parties=(DELEGANT, DELEGATAIRE, autre))
    assert judged(constats) == [(Gravite.AVERTISSEMENT, "parties[2].role")]
    assert find("P2", parties=(DELEGANT, DELEGANT, DELEGATAIRE)) == []


def test_p4_a_partie_without_a_role():
    constats = find("P4", parties=(DELEGANT, SANS_ROLE, DELEGATAIRE))
    assert judged(constats) == [(Gravite.AVERTISSEMENT, "parties[1].role")]


@pytest.mark.parametrize(
    "nom",
    [
        "GIP Renater",
        "Groupement d'intérêt public « Agence du numérique »",
        "Établissement public du château",
        "Région Bretagne",
        "Département du Morbihan",
        "Commune de Rennes",
        "Ville de Nantes",
        "Conseil départemental de la Marne",
        "Métropole de Lyon",
        "Université de Lille",
        "L'université de Lille",
        "Communauté d'agglomération du Pays Basque",
        "Association des maires",
        "Agence régionale de santé de Normandie",
        "Caisse des dépôts et consignations",
        "Service départemental d'incendie et de secours de l'Ain",
    ],
)
def test_p3_who_is_not_a_service_of_the_state(nom):
    constats = find("P3", parties=(DELEGANT, PartieFactory(nom=nom, role=Role.DELEGATAIRE)))
    assert judged(constats) == [(Gravite.ERREUR, "parties[1].nom")]


@pytest.mark.parametrize(
    "nom",
    [
        "Préfecture de région Bretagne",
        "Préfecture de la région Île-de-France, préfecture de Paris",
        "Le préfet du département de la Marne",
        "Direction départementale des territoires de la Marne",
        "Direction régionale de l'économie, de l'emploi, du travail et des solidarités",
        "Direction générale des collectivités locales",
        "Académie de Versailles",
        "Région académique Bretagne",
        "Rectorat de l'académie de Lille, chancellerie des universités",
        "Ministère de l'aménagement du territoire et des collectivités territoriales",
        "Ministère délégué chargé des comptes publics",
        "Les ministères sociaux, en charge des établissements publics de santé",
        "Secrétariat général pour les affaires régionales",
        "Secrétariat général de la région de gendarmerie",
        "Délégation interministérielle à l'hébergement",
        "Déléguée interministérielle à la lutte contre la pauvreté",
        "Service du Premier ministre",
        "Agence pour l'informatique financière de l'État",
        "Conseil d'État",
        "Cour des comptes",
        "Sous-direction des marchés et des établissements publics",
        "Direction du numérique de la métropole lyonnaise",
    ],
)
def test_p3_services_of_the_state(nom):
    assert find("P3", parties=(DELEGANT, PartieFactory(nom=nom, role=Role.DELEGATAIRE))) == []


def test_p3_looks_at_no_address():
    adresse = "12 rue de l'Université, campus de la région Bretagne, commune de Rennes"
    assert find("P3", parties=(DELEGATAIRE, PartieFactory(adresse=adresse))) == []
