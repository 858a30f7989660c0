"""The total amount, where the text states it: « pour un budget estimé de 120 000 € », « plafonné à… ».

Never a sum: two statements that differ give none, unless one of them alone says « total ».
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from importers.documents.passage import Etendue, Passage
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve
from portal.domain.convention import TypeArticle
from portal.domain.montants import MontantTrouve, find_montants

_NOM = r"(?:montants?|budgets?|enveloppes?|coûts?|crédits|dépenses?|participation|financement|dotation|prestations?)"
_ADJECTIF = r"(?:totale?s?|globale?s?|estimée?s?|estimati[fv]e?s?|prévisionnel(?:le)?s?|maximale?s?|maximum|plafond|budgétaires?|financière|complet)"
_ANNONCE = re.compile(
    rf"(?P<fort>\b{_NOM}\b(?:\s[\w'-]+){{0,3}}?\s(?:totale?s?|globale?s?|complet)\b|\btotal (?:général )?(?:de|d'))"
    rf"|\b(?:enveloppe|budget)\b[^.;:\d]{{0,60}}?(?:s'établit|s'élève|ressort|arrêtée?|fixée?|réservée?) (?:à|de)\b|\benveloppe (?:de|d')|\b{_NOM}\s(?:\w+\s)?{_ADJECTIF}\b|\benveloppe (?:de|d')|\bplafonnée?s?\b|\b(?:dans la |la )limite (?:globale |totale |maximale )?(?:de|d')"
    rf"|\b(?:montant|coût) (?:de|du|des) [^.;]{{3,80}}?(?:\ss'élève|\sest (?:fixé|évalué|estimé|arrêté|de)|,\s(?:fixé|évalué|estimé|arrêté)e?\sà)",
    re.IGNORECASE,
)
_AUTRE_PROPOS = re.compile(
    r"\b(?:annuel|par an\b|chaque année|mensuel|par mois|unitaire|par agent|par jour|par dossier|par commande|trimestriel|journalier|seuil|supérieur"
    r"|inférieur|initialement|au lieu de|remplacé|pénalité|taux)",
    re.IGNORECASE,
)
_PORTE_A = re.compile(r"\bportée?s? à (?:la somme de |un montant de )?$", re.IGNORECASE)
_PORTEE = 120
"""An amount further than this from the words that announce one is another amount."""


def read(releve: Releve) -> None:
    """Reads: articles, plan. Writes: montant_total."""
    trouves = list(_find_totaux(releve))
    forts = [(montant, lieu) for montant, lieu, fort in trouves if fort]
    retenus = forts or [(montant, lieu) for montant, lieu, _ in trouves]
    montants = {montant for montant, _ in retenus}
    if len(montants) == 1:
        releve.record(retenus[0][1], montant_total=retenus[0][0])
    elif montants:
        message = "Le texte donne plusieurs montants sans dire lequel est le total : indiquez le montant total."
        releve.inform("F1", message, retenus[0][1], "montant_total")


def _find_totaux(releve: Releve) -> Iterator[tuple[Decimal, Etendue, bool]]:
    ordre = (TypeArticle.COUT, TypeArticle.FINANCIER, TypeArticle.OBJET, TypeArticle.MISSIONS, TypeArticle.AUTRE)
    autres = (TypeArticle.OBLIGATIONS_DELEGANT, TypeArticle.OBLIGATIONS_DELEGATAIRE)
    passages = [passage for _, _, passage in releve.articles_of(*ordre, *autres)]
    for passage in [*passages, *(releve.passage(annexe.lignes) for annexe in releve.plan.annexes)]:
        for debut, fin in find_phrases(passage):
            yield from _read_phrase(passage, debut, fin)


def _read_phrase(passage: Passage, debut: int, fin: int) -> Iterator[tuple[Decimal, Etendue, bool]]:
    phrase = passage.texte[debut:fin]
    annonce = _ANNONCE.search(phrase)
    if not annonce or (
        _AUTRE_PROPOS.search(phrase) and not (annonce["fort"] and re.search(r"\bportée?s? à\b", phrase))
    ):
        return
    suivants = [m for m in find_montants(phrase) if 0 <= m.debut - annonce.end() <= _PORTEE]
    # « fixé initialement à 3 M€, est porté à 4 M€ »: what it is raised to is what it is.
    suivants = [m for m in suivants if _PORTE_A.search(phrase[: m.debut])] or suivants
    if suivants and _is_alone(phrase, suivants):
        # Credits are opened tax included.
        premier = next((montant for montant in suivants if montant.taxe == "TTC"), suivants[0])
        lieu = passage.span(debut + premier.debut, debut + premier.fin)
        yield premier.montant, lieu, bool(annonce["fort"])


def _is_alone(phrase: str, montants: list[MontantTrouve]) -> bool:
    """Say whether the first amount is the one announced: no other, or the others follow « dont », « soit », or repeat it."""
    premier, autres = montants[0], montants[1:]
    return all(
        autre.montant == premier.montant
        or {premier.taxe, autre.taxe} == {"TTC", "HT"}
        or re.search(r"\bdont\b|\brépartis?\b|\bsoit\b", phrase[premier.fin : autre.debut])
        for autre in autres
    )
