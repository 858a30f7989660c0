"""The French words for the values of the domain: what every screen, table and comparison writes."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.domain.convention import Canal, Gravite, Nature, Qualite, Reconduction, RegleEffet, Role, TypeArticle
from portal.domain.dates import format_date
from portal.domain.montants import format_montant
from portal.domain.statut import Statut

# By class first: members of two enumerations that have the same value (« autre ») are equal.
_LIBELLES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Nature: {
        Nature.CONVENTION: "Convention de délégation de gestion",
        Nature.DELEGATION: "Délégation de gestion",
        Nature.CHARTE: "Charte de délégation de gestion",
        Nature.AVENANT: "Avenant",
        Nature.AUTRE: "Autre texte",
    },
    Role: {
        Role.DELEGANT: "Délégant",
        Role.DELEGATAIRE: "Délégataire",
    },
    RegleEffet: {
        RegleEffet.SIGNATURE: "À la signature",
        RegleEffet.NOTIFICATION: "À la notification",
        RegleEffet.PUBLICATION: "À la publication",
        RegleEffet.DATE: "À une date fixée",
    },
    Reconduction: {
        Reconduction.AUCUNE: "Sans reconduction",
        Reconduction.TACITE: "Reconduction tacite",
        Reconduction.EXPRESSE: "Reconduction expresse",
    },
    Canal: {
        Canal.BULLETIN_OFFICIEL: "Bulletin officiel",
        Canal.GOUVERNEMENT: "Site du Gouvernement",
        Canal.DATA_GOUV: "data.gouv.fr",
        Canal.JORF: "Journal officiel",
        Canal.RAA: "Recueil des actes administratifs",
        Canal.AUTRE: "Autre canal",
    },
    TypeArticle: {
        TypeArticle.OBJET: "Objet",
        TypeArticle.MISSIONS: "Missions confiées",
        TypeArticle.OBLIGATIONS_DELEGANT: "Obligations du délégant",
        TypeArticle.OBLIGATIONS_DELEGATAIRE: "Obligations du délégataire",
        TypeArticle.SUIVI: "Suivi et compte rendu",
        TypeArticle.FINANCIER: "Exécution financière",
        TypeArticle.MODIFICATION: "Modification",
        TypeArticle.DUREE: "Durée et résiliation",
        TypeArticle.COUT: "Coût",
        TypeArticle.PUBLICATION: "Publication",
        TypeArticle.AUTRE: "Autre clause",
    },
    Qualite: {
        Qualite.NATIF: "Texte natif",
        Qualite.SCAN: "Image sans texte",
        Qualite.OCR: "Texte reconnu par OCR",
    },
    Gravite: {
        Gravite.ERREUR: "Erreur",
        Gravite.AVERTISSEMENT: "Avertissement",
        Gravite.INFO: "Information",
    },
    Statut: {
        Statut.A_VENIR: "À venir",
        Statut.EN_VIGUEUR: "En vigueur",
        Statut.ECHUE: "Échue",
        Statut.RESILIEE: "Résiliée",
    },
}


def libelle(valeur: StrEnum) -> str:
    """Give the French label of a value of the domain; raises `KeyError` for another enumeration."""
    return _LIBELLES[type(valeur)][valeur]


def write(valeur: object) -> str:
    """Write a fact of an act in French: a label, an amount in euros, a date or what it is; "" for what is unknown."""
    if isinstance(valeur, StrEnum):
        return libelle(valeur)
    if isinstance(valeur, Decimal):
        return format_montant(valeur)
    if isinstance(valeur, date):
        return format_date(valeur)
    return "" if valeur is None else str(valeur)


def choices(enumeration: type[StrEnum]) -> list[tuple[str, str]]:
    """Give the (value, label) pairs of an enumeration of the domain, in its order, for a field of a form."""
    return [(valeur.value, libelle(valeur)) for valeur in enumeration]
