"""What an article is about, by the words of its heading first, then by the first words of its body.

Where several subjects are named, the one named first is kept: « Durée et résiliation » is about the durée.
"""

import re
from collections.abc import Mapping

from portal.domain.convention import TypeArticle

DEBUT_DU_CORPS = 600
"""An article says in so many characters what it is about."""

_MOTS_DE_L_INTITULE = {
    TypeArticle.OBJET: r"objet\b|champ d'application|(?:périmètre|contenu)\b(?! d[eu]s? (?:prestations|missions))",
    TypeArticle.OBLIGATIONS_DELEGANT: (
        r"(?:obligations?|engagements?|responsabilités?|rôles?|devoirs?|attributions|compétences)"
        r"(?: et (?:obligations?|engagements?|responsabilités?|attributions))? (?:du|des|de la|de l'|de l'autorité|de la partie|de chaque)\s?délégant|^(?:du |de la |de l'autorité |des )délégante?s?$"
    ),
    TypeArticle.OBLIGATIONS_DELEGATAIRE: (
        r"(?:obligations?|engagements?|responsabilités?|rôles?|devoirs?|attributions|compétences)"
        r"(?: et (?:obligations?|engagements?|responsabilités?|attributions))? (?:du|des|de la|de l'|de l'autorité|de la partie|de chaque)\s?(?:co-?)?délégataire|^(?:du |de la |de l'autorité |des )(?:co-?)?délégataires?$"
    ),
    TypeArticle.MISSIONS: r"prestations?|missions?|nature des opérations|répartition des (?:tâches|rôles)|actes? (?:délégué|confié|juridique)|(?:activités|tâches) (?:délégu|confi|dévolu)",
    TypeArticle.SUIVI: (
        r"suivi|pilotage|comptes?[- ]?rendus?|reddition|comité|gouvernance|évaluation|contrôle|bilan|reporting|coordination"
    ),
    TypeArticle.COUT: r"coûts?|tarif|prix\b|rémunération|montant(?! et\b)",
    TypeArticle.FINANCIER: (
        r"financi|financement|crédits|budg|comptab|imputation|échéancier|facturation|refacturation|dépenses|ordonnancement"
    ),
    TypeArticle.MODIFICATION: r"modification|avenants?\b|révision",
    TypeArticle.DUREE: (
        r"durée|prolongation|prorogation|entrée en vigueur|prise d'effet|date d'effet|effet\b|reconduction|renouvellement|résiliation|dénonciation|rupture|sortie|retrait"
        r"|échéance\b|terme\b|expiration|fin de la (?:convention|délégation)|validité"
    ),
    TypeArticle.PUBLICATION: r"publication|publicité|diffusion",
}
_MOTS_DU_CORPS = {
    TypeArticle.OBJET: (
        r"a pour objet|ont pour objet|objet de la présente|\bconfie(?:nt)?\b|donne mandat|a pour but\b|remet au délégataire|définit les"
    ),
    TypeArticle.OBLIGATIONS_DELEGATAIRE: r"^(?:l[ea]s? |l'autorité |chaque )(?:co-?)?délégataires? (?:s'engage|s'oblige|exécute|rend compte|assure|fournit|est tenu)",
    TypeArticle.OBLIGATIONS_DELEGANT: r"^(?:l[ea]s? |l'autorité |chaque )délégante?s? (?:s'engage|s'oblige|fournit|met|transmet|assure|est tenu|communique)",
    TypeArticle.MISSIONS: r"(?:est chargée?|sont chargée?s)\b|assure pour le compte|sont confié|les prestations",
    TypeArticle.SUIVI: r"comité (?:de|d')|rendu compte|rend compte|compte[- ]rendu",
    TypeArticle.COUT: r"\bcoût\b|budget estimé",
    TypeArticle.FINANCIER: (
        r"crédits|autorisations? d'engagement|imput|ordonnancement|comptable assignataire|unité opérationnelle|\bUO\b"
    ),
    TypeArticle.MODIFICATION: r"toute modification|peut être modifiée|par (?:voie d')?avenant",
    TypeArticle.DUREE: (
        r"prend effet|prendra effet|est applicable|entre en (?:vigueur|application)|entrera en vigueur|est conclue (?:pour|à compter)|pour une durée"
        r"|prend fin|prendra fin|mis fin|résili|dénonc|(?<!non-)reconduct"
    ),
    TypeArticle.PUBLICATION: r"\b(?:convention|délégation|charte|avenant|document|acte|lettre|décision|elle|il)s?\b[^.;]{0,60} (?:sera|est|seront|sont) (?:également )?publié|fait l'objet d'une publication|publication (?:au|de la présente)",
}
# « Obligations de la DGCS »: whose they are, the first words of the body do not say.
_SANS_COTE = re.compile(r"(?:obligations?|engagements?|responsabilités?|rôles?)\b", re.IGNORECASE)


def classify_intitule(intitule: str) -> TypeArticle:
    """Say what a heading announces; `AUTRE` where its words do not say."""
    return _first(_INTITULE, intitule)


def classify_article(intitule: str, corps: str) -> TypeArticle:
    """Say what an article is about; both texts are flat (one kind of apostrophe and of blank)."""
    type_article = classify_intitule(intitule)
    if type_article is not TypeArticle.AUTRE or _SANS_COTE.match(intitule):
        return type_article
    return _first(_CORPS, corps[:DEBUT_DU_CORPS])


def _compile(mots: Mapping[TypeArticle, str]) -> re.Pattern[str]:
    """Make one pattern, which finds the subject named first; of two at one place, the first in the order of `mots`."""
    sujets = "|".join(f"(?P<{type_article.name}>{motif})" for type_article, motif in mots.items())
    return re.compile(rf"(?:(?<!\w)|^)(?:{sujets})", re.IGNORECASE)


_INTITULE = _compile(_MOTS_DE_L_INTITULE)
_CORPS = _compile(_MOTS_DU_CORPS)


def _first(motif: re.Pattern[str], texte: str) -> TypeArticle:
    trouve = motif.search(texte)
    return TypeArticle[trouve.lastgroup] if trouve and trouve.lastgroup else TypeArticle.AUTRE
