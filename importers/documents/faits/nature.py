"""What the act calls itself: convention, délégation, charte, avenant, or another act altogether."""

import re

from importers.documents.faits.titre import Genre, classify_ligne
from importers.documents.releve import Releve
from portal.domain.convention import Nature

_MOTS = {
    Nature.AVENANT: re.compile(r"\bavenant\b", re.IGNORECASE),
    Nature.CHARTE: re.compile(r"\bcharte\b", re.IGNORECASE),
    Nature.CONVENTION: re.compile(r"\b(?:convention|protocole|contrat de service)\b", re.IGNORECASE),
    Nature.DELEGATION: re.compile(r"\bdélégations?\b", re.IGNORECASE),
}
_GESTION = re.compile(
    r"\bdélégations? de (?:la )?gestion\b|\bdélégations? et (?:de )?gestion\b|\bgestion et (?:de )?délégation\b|\b2004\s?-\s?1085\b",
    re.IGNORECASE,
)
_TITRE_D_UN_AUTRE_ACTE = re.compile(
    r"\b(?:subventions?|financement|partenariat|mécénat|mise à disposition|service public|délégations? de (?:signature|pouvoirs?|compétences?)"
    r"|marché|concession|fonds de concours|bail|prêt|vente|prestations? de services?)\b",
    re.IGNORECASE,
)
_RESILIATION = re.compile(
    r"(?:décision|protocole|acte|arrêté|avis)?\b[^,;]{0,40}\b(?:résiliation|dénonciation|abrogation)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"\b(?:la|le) présente? (convention|charte|délégation|avenant|protocole)\b", re.IGNORECASE)


def read(releve: Releve) -> None:
    """Reads: titre, plan.entete, parties. Writes: nature."""
    releve.record(releve.lieux.get("titre"), nature=_find_nature(releve))


def _find_nature(releve: Releve) -> Nature:
    titre = releve.convention.titre
    entete = [ligne.texte for ligne in releve.plan.entete]
    if _RESILIATION.match(titre) and _first(titre) is not Nature.AVENANT:
        return Nature.AUTRE
    gestion_au_titre = _GESTION.search(titre) or any(_GESTION.search(texte) for texte in entete)
    if not gestion_au_titre and (_TITRE_D_UN_AUTRE_ACTE.search(titre) or not _is_delegation(releve)):
        return Nature.AUTRE
    dates = [texte for texte in entete if classify_ligne(texte) is Genre.DATE]
    rubriques = [texte for texte in entete if classify_ligne(texte) is Genre.RUBRIQUE]
    # « Délégation de gestion » is also what every such convention is about: the line of its date says what it is.
    annonces = [*dates, titre] if _first(titre) is Nature.DELEGATION else [titre, *dates]
    for annonce in (*annonces, *rubriques):
        nature = _first(annonce)
        if nature:
            return nature
    presente = _PRESENT.search(releve.texte)
    return (_first(presente[1]) if presente else None) or Nature.DELEGATION


def _is_delegation(releve: Releve) -> bool:
    """Say whether the text is a délégation de gestion though its title does not say so."""
    cotes = len({partie.role for partie in releve.convention.parties} - {None}) == 2
    service_public = re.search(r"délégation de service public", releve.texte, re.IGNORECASE)
    return bool(_GESTION.search(releve.texte)) or (cotes and not service_public)


def _first(texte: str) -> Nature | None:
    """Give the nature that a text names first (« avenant à la convention » is an avenant)."""
    trouves = [(trouve.start(), nature) for nature, motif in _MOTS.items() if (trouve := motif.search(texte))]
    return min(trouves, key=lambda couple: couple[0])[1] if trouves else None
