"""C: what the written document must say (décret 2004-1085, art. 2).

A rule here is silent as soon as the type of an article, a structured fact or the words of the articles show that the
matter is dealt with: only its absence stops publication. An avenant changes some articles and need not say the rest.
"""

import re
from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite, Nature, Role, TypeArticle
from portal.domain.fold import any_of, fold
from portal.domain.regles.registre import Examen, constat, regle

_SOURCE = "décret n° 2004-1085, art. 2"
_MISSION = any_of(
    r"^(?:article \S+ ?[:.-]? ?)?objet\b",
    r"a pour objet\b",
    r"confie(?:nt)?\b.{0,80}\b(?:gestion|realisation|execution|soin|passation|prestations?|missions?|actes)\b",
    r"(?:prestations?|missions?|actes|operations|taches) (?:sont )?(?:confie|delegue)e?s\b",
    r"pour (?:le|son|leur) compte\b",
    r"delegataires? (?:\w+ ){0,3}(?:est|sont) charge",
)
# On the text itself: folded, the verb « délègue » is the noun « délégué ».
_DELEGUE = re.compile(r"\bd[ée]l[èe]gue(?:nt)?\b", re.IGNORECASE)
_FINANCES = any_of(
    r"execution (?:financiere|budgetaire|des depenses|des credits)",
    r"(?:dispositions?|modalites?|conditions?|clauses?) (?:budgetaires? et )?financieres?",
    r"modalites? de financement",
    r"autorisations? d'engagements?",
    r"credits? de paiements?",
    r"ordonnateurs?\b",
    r"ordonnance(?:r|ment)",
    r"centres? financiers?",
    r"unites? operationnelles?",
    r"comptables? assignataires?",
    r"engagements? juridiques?",
    r"engagements?(?: et|,).{0,40}(?:liquidation|mandatement|paiement)",
    r"imputation (?:de la |des )?(?:depenses?|budgetaires?)",
    r"mis(?:es)? a (?:la |sa )?disposition.{0,60}\bcredits",
    r"credits.{0,60}\bmis a (?:la |sa )?disposition",
    r"sans (?:incidence|contrepartie|flux|transfert) financier",
    r"a titre (?:gratuit|gracieux)",
    r"aucune? (?:flux|mouvement|transfert|echange|compensation|contrepartie|remboursement) financi",
)
_SUIVI = any_of(
    r"rend(?:re|ra|ront|ent)? (?:\w+ ){0,2}comptes?\b",
    r"comptes?[- ]rendus?\b",
    r"bilans?\b",
    r"rapports? (?:\w+ ){0,2}(?:d'|de |annuel|semestriel|trimestriel|final)",
    r"etats? (?:d'avancement|recapitulatif|des (?:depenses|consommations))",
    r"comites? (?:\w+ )?(?:de suivi|de pilotage|d'investissement|technique)",
    r"tableaux? de (?:bord|suivi)",
    r"reporting\b",
    r"suivi de (?:l'execution|la (?:presente )?(?:delegation|convention|prestation|consommation|gestion))",
    r"suivi des (?:credits|depenses|prestations|consommations)",
    r"indicateurs?\b",
    r"informe\w* (?:\w+ ){0,2}(?:le|la|les) (?:\w+ )?delegants?",
    r"points? (?:reguliers?|d'etape)",
    r"restitutions? (?:\w+ )?(?:chorus|budgetaire|comptable|periodique)",
)
_RECIPROQUES = any_of(
    r"(?:obligations?|engagements?|responsabilites?) (?:des parties|des services|des contractants)",
    r"(?:obligations?|engagements?|responsabilites?) (?:reciproques|respecti[fv]e?s|mutuel(?:le)?s)",
    r"(?:les|chacune des|chaque) (?:deux )?parties? s'engage",
)
# What one of the parties does: the verb follows its subject, but for a clause between commas and a pronoun.
_VERBES = (
    r"(?:,[^,.;:\n]{1,80},)? (?:ne |n'|se |s'|lui |leur |y |en )?(?:\w{3,20}ment )?"
    r"(?:engage|oblige|fourni[tr]|transmet|met|mettr|verifi|proced|assur|rest|demeur|notifi|inform|communiqu|adress|prend|"
    r"est (?:charge|responsable|tenu|competent|seul)|sont (?:charge|responsable|tenu|competent)|doi[tv]|donn|autoris|"
    r"delegu|confi|valid|defini|rend|execut|realis|effectu|conserv|gere|pilot|saisi|etabli|exerc|peu[tv]|conclu|sign|"
    r"passe|veill|garanti|fait|fera|font|designe|constat|certifi|rembours|charge|tient|condui[rstz]|organis|elabor|produi[rst]|present[e]|"
    r"sui[tv]|particip|contribu|coordonn|accompagn|support|pa[iy]e|regl|liquid|mandat|ordonnanc|envo[iy]|remet|assist|dispos|respect|"
    r"recrut|mobilis|prepar|instrui|impute|paie|attribu|propos|publi|control|redig|heberg|apport|accorde)|\s?:"
)
_DETERMINANT = re.compile(r"^(?:l[ea]s? |l')")


def _typed(examen: Examen, *types: TypeArticle) -> bool:
    """Whether an article of one of these types has a text."""
    return any(article.type in types and article.corps.strip() for article in examen.convention.articles)


def _is_avenant(examen: Examen) -> bool:
    return examen.convention.nature is Nature.AVENANT


@regle("C1", gravite=Gravite.ERREUR, source=_SOURCE, titre="La mission confiée est décrite")
def check_mission(examen: Examen) -> Iterator[Constat]:
    """Un objet, un article sur l'objet ou les missions, ou les mots qui confient une mission."""
    found = examen.convention.objet.strip() or _typed(examen, TypeArticle.OBJET, TypeArticle.MISSIONS)
    said = _MISSION.search(examen.dispositif_plie) or _DELEGUE.search(examen.dispositif)
    if not (found or said or _is_avenant(examen)):
        message = (
            "Aucun article ne décrit la mission confiée au délégataire : ajoutez l'article qui manque, ou donnez à "
            "l'article concerné le type « Objet » ou « Missions confiées »."
        )
        yield constat("C1", message=message, champ="articles")


@regle("C2", gravite=Gravite.ERREUR, source=_SOURCE, titre="L'exécution financière est réglée")
def check_finances(examen: Examen) -> Iterator[Constat]:
    """Un article financier ou de coût, un échéancier, une imputation, ou les mots de l'exécution financière."""
    convention = examen.convention
    found = (
        convention.echeancier
        or convention.imputations
        or convention.montant_total is not None
        or _typed(examen, TypeArticle.FINANCIER, TypeArticle.COUT)
    )
    if not (found or _is_avenant(examen) or _FINANCES.search(examen.dispositif_plie)):
        message = (
            "Aucun article ne règle l'exécution financière (crédits, ordonnateur, comptable, ou absence de flux "
            "financier) : ajoutez-le, ou donnez à l'article concerné le type « Exécution financière »."
        )
        yield constat("C2", message=message, champ="articles")


@regle("C3", gravite=Gravite.ERREUR, source=_SOURCE, titre="Les obligations de chaque côté sont dites")
def check_obligations(examen: Examen) -> Iterator[Constat]:
    """Pour chaque côté : un article de ce type, ou une phrase qui dit ce qu'une de ses parties fait ou doit faire."""
    if _is_avenant(examen) or _RECIPROQUES.search(examen.dispositif_plie):
        return
    roles = {partie.role for partie in examen.convention.parties}
    for role, type_article, nom in (
        (Role.DELEGANT, TypeArticle.OBLIGATIONS_DELEGANT, "délégant"),
        (Role.DELEGATAIRE, TypeArticle.OBLIGATIONS_DELEGATAIRE, "délégataire"),
    ):
        unknown = role not in roles and None in roles  # P4 asks for the roles first
        if not (unknown or _typed(examen, type_article) or _acts(examen, role, fold(nom))):
            message = (
                f"Aucun article ne dit les obligations du {nom} : ajoutez-le, ou donnez à l'article concerné le type "
                f"« Obligations du {nom} »."
            )
            yield constat("C3", message=message, champ="articles")


def _acts(examen: Examen, role: Role, nom: str) -> bool:
    """Whether a sentence has a partie of this side as its subject, or speaks of its obligations."""
    parties = [partie for partie in examen.convention.parties if partie.role is role]
    noms = {_DETERMINANT.sub("", fold(mot)) for p in parties for mot in (p.designation, p.sigle, p.nom)} - {""}
    sujets = "|".join((nom + "s?", *(re.escape(mot) for mot in sorted(noms))))
    sujet = rf"(?<!par )(?<!avec )(?<!pour )(?<!entre )(?:\bl[ea]s? |\bl'|\bchaque |^)(?:services? )?(?:{sujets})(?!\w)"
    devoirs = (
        rf"\b(?:obligations?|engagements?|roles?|responsabilites?) (?:\w+ )?(?:du |de la |de l'|des |de )(?:{sujets})\b"
    )
    return bool(re.search(f"{sujet}(?:{_VERBES})|{devoirs}", examen.dispositif_plie, re.MULTILINE))


@regle("C4", gravite=Gravite.ERREUR, source=_SOURCE, titre="Le compte rendu de la gestion est prévu")
def check_reporting(examen: Examen) -> Iterator[Constat]:
    """Un article de suivi, ou les mots d'un compte rendu, d'un bilan, d'un rapport ou d'un comité de suivi."""
    if not (_typed(examen, TypeArticle.SUIVI) or _is_avenant(examen) or _SUIVI.search(examen.dispositif_plie)):
        message = (
            "Rien ne dit comment le délégataire rend compte de sa gestion : ajoutez l'article qui manque, ou donnez à "
            "l'article concerné le type « Suivi et compte rendu »."
        )
        yield constat("C4", message=message, champ="articles")
