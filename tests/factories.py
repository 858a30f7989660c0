"""What tests start from: a convention that every rule lets through, and what surrounds it."""

from datetime import date
from decimal import Decimal

import factory

from portal.conventions.models import Service
from portal.domain import convention as domain


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    slug = factory.Sequence("service-{}".format)
    nom = factory.Sequence("Direction des essais n° {}".format)


class PartieFactory(factory.Factory):
    class Meta:
        model = domain.Partie

    nom = "Direction du numérique pour l'éducation"
    sigle = "DNE"
    role = domain.Role.DELEGANT
    representants = (domain.Representant("Camille Martin", "directrice"),)


ARTICLES = (
    (
        domain.TypeArticle.OBJET,
        "Objet de la délégation",
        "Le délégant confie au délégataire l'hébergement des applications.",
    ),
    (
        domain.TypeArticle.OBLIGATIONS_DELEGATAIRE,
        "Obligations du délégataire",
        "Le délégataire exécute la délégation et rend compte au délégant par un compte-rendu de gestion.",
    ),
    (
        domain.TypeArticle.OBLIGATIONS_DELEGANT,
        "Obligations du délégant",
        "Le délégant s'engage à fournir au délégataire les informations nécessaires.",
    ),
    (
        domain.TypeArticle.FINANCIER,
        "Exécution financière de la délégation",
        "Les crédits sont mis à disposition sur l'UO 0214-CEN2-INFO pour les visioconférences.",
    ),
    (domain.TypeArticle.DUREE, "Durée", "La convention prend effet à sa signature et prend fin le 31 décembre 2027."),
    (domain.TypeArticle.PUBLICATION, "Publication", "La convention est publiée au bulletin officiel du ministère."),
)


class ConventionFactory(factory.Factory):
    class Meta:
        model = domain.Convention

    titre = factory.Sequence("Convention de délégation de gestion relative à l'essai n° {}".format)
    objet = "Héberger les applications."
    date_signature = date(2026, 1, 5)
    parties = factory.LazyFunction(
        lambda: (
            PartieFactory(),
            PartieFactory(nom="Direction interministérielle du numérique", sigle="DINUM", role=domain.Role.DELEGATAIRE),
        )
    )
    visas = (
        "le décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion dans les services de l'État",
    )
    articles = tuple(
        domain.Article(str(numero), intitule, corps, sujet)
        for numero, (sujet, intitule, corps) in enumerate(ARTICLES, 1)
    )
    echeancier = (
        domain.LigneEcheancier(
            annee=2026, programme="214", uo="0214-CEN2-INFO", ae=Decimal("120000.00"), cp=Decimal("60000.00")
        ),
        domain.LigneEcheancier(annee=2027, programme="214", uo="0214-CEN2-INFO", cp=Decimal("60000.00")),
    )
    montant_total = Decimal("120000.00")
    duree = domain.Duree(
        domain.RegleEffet.SIGNATURE, date(2026, 1, 5), date(2027, 12, 31), domain.Reconduction.AUCUNE, 3
    )
    publications_prevues = (domain.PublicationPrevue(domain.Canal.BULLETIN_OFFICIEL, "bulletin officiel"),)
    signataires = (domain.Signataire("Camille Martin", "directrice", "la DNE"),)
