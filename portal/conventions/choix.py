"""The words that editors and readers see for the domain's enumerations."""

from portal.domain.convention import (
    Canal,
    Nature,
    Qualite,
    Reconduction,
    RegleEffet,
    Role,
    TypeArticle,
)

ROLE = [(Role.DELEGANT.value, "Délégant"), (Role.DELEGATAIRE.value, "Délégataire")]
NATURE = [
    (Nature.CONVENTION.value, "Convention"),
    (Nature.DELEGATION.value, "Délégation"),
    (Nature.CHARTE.value, "Charte"),
    (Nature.AVENANT.value, "Avenant"),
    (Nature.AUTRE.value, "Autre acte"),
]
REGLE_EFFET = [
    (RegleEffet.SIGNATURE.value, "à la signature"),
    (RegleEffet.NOTIFICATION.value, "à la notification"),
    (RegleEffet.PUBLICATION.value, "à la publication"),
    (RegleEffet.DATE.value, "à une date fixée"),
]
RECONDUCTION = [
    (Reconduction.AUCUNE.value, "aucune"),
    (Reconduction.TACITE.value, "tacite"),
    (Reconduction.EXPRESSE.value, "expresse"),
]
CANAL = [
    (Canal.BULLETIN_OFFICIEL.value, "Bulletin officiel"),
    (Canal.GOUVERNEMENT.value, "gouvernement.fr"),
    (Canal.DATA_GOUV.value, "data.gouv.fr"),
    (Canal.JORF.value, "Journal officiel"),
    (Canal.RAA.value, "Recueil des actes administratifs"),
    (Canal.AUTRE.value, "Autre"),
]
TYPE_ARTICLE = [
    (TypeArticle.OBJET.value, "Objet"),
    (TypeArticle.MISSIONS.value, "Missions"),
    (TypeArticle.OBLIGATIONS_DELEGANT.value, "Obligations du délégant"),
    (TypeArticle.OBLIGATIONS_DELEGATAIRE.value, "Obligations du délégataire"),
    (TypeArticle.SUIVI.value, "Suivi"),
    (TypeArticle.FINANCIER.value, "Exécution financière"),
    (TypeArticle.MODIFICATION.value, "Modification"),
    (TypeArticle.DUREE.value, "Durée"),
    (TypeArticle.COUT.value, "Coût"),
    (TypeArticle.PUBLICATION.value, "Publication"),
    (TypeArticle.AUTRE.value, "Autre"),
]
QUALITE = [
    (Qualite.NATIF.value, "Texte du fichier"),
    (Qualite.SCAN.value, "Image sans texte"),
    (Qualite.OCR.value, "Texte lu par reconnaissance de caractères"),
]
