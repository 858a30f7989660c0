"""When the convention takes effect and ends, how it is renewed, and the notice to end it.

Read in the articles on the durée, then, for what they do not say, in sentences elsewhere that speak of the act itself.
An end is computed from a duration only where the day of effect is printed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from importers.documents.passage import Etendue, Passage
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve
from portal.domain.convention import Duree, Reconduction, RegleEffet, TypeArticle
from portal.domain.dates import DateTrouvee, find_dates, find_durees

T = TypeVar("T")

DUREE_MAXIMUM = 12 * 100
"""Months: an act of a longer duration is a slip of the pen, and its end may be past the calendar."""

_ACTE = r"(?:convention|délégation(?: de gestion)?|charte|présente?|avenant|protocole|elle|il)"
_DE_L_ACTE = re.compile(rf"\b(?:{_ACTE}|préavis)\b", re.IGNORECASE)
_NOMME = re.compile(r"durée|effet|résiliation", re.IGNORECASE)
_EFFET = re.compile(
    r"\b(?:prend(?:ra|re)?(?: son)? effet|pren(?:nent|dront) effet|entr(?:e|era|ent|eront) en (?:vigueur|application)|(?:est|sera) (?:conclue?|établie?|consentie?|signée?|applicable|valable)|vaut"
    r"|(?:demeure|reste) (?:valable|applicable|en vigueur)|produi(?:t|ra|re|sent|ront)(?: ses| leurs)? effets?|court|couvre|s'applique|(?:pour une|sa) durée|d'une durée|prise d'effet|entrée en vigueur|date d'effet)",
    re.IGNORECASE,
)
_EVENEMENT = re.compile(
    r"\b(?:à compter|à partir|à dater|dès|à|lors|au lendemain|le lendemain|au jour suivant|le jour suivant|au jour|le jour|après)\b"
    r"(?:\s(?:de|du|le|la|l'|sa|son|leur|jour|lendemain|date|dernière|date de|premier jour suivant))*\s?(?:de\s|la\s|sa\s|l'|leur\s|d'|dernière\s)*"
    r"(?P<evenement>signature|notification|publication)\b",
    re.IGNORECASE,
)
_REGLES = {
    "signature": RegleEffet.SIGNATURE,
    "notification": RegleEffet.NOTIFICATION,
    "publication": RegleEffet.PUBLICATION,
}
_REMPLACE = re.compile(
    r"«[^«»]{1,300}»(?=,?\s(?:est|sont) (?:remplacée?s?|substituée?s?|modifiée?s?)\b)|\b(?:au lieu de|en lieu et place de)\s?:?\s?«[^«»]{1,300}»",
    re.IGNORECASE,
)
_AVANT_UN_EFFET = re.compile(r"\b(?:à compter du|à partir du|à dater du|le|au|dès le|depuis le)\s$", re.IGNORECASE)
_TERME = re.compile(r"\bfin\b|\bexpir|\bs'étei|\bcess|\béchéance\b|\bterme\b", re.IGNORECASE)
_AVANT_UNE_FIN = re.compile(
    r"\bau plus tard (?:le|au)\s$|\b(?:remplacée?s?|substituée?s?) par (?:celle du|la date du|les mots\s?:?)\s?(?:«\s?)?(?:jusqu'au\s)?$|\b(?:jusqu'(?:au|à la date du|à l'échéance du)|(?:pren(?:d|dra) fin|expir(?:e|era)|s'achèv(?:e|era)|se termin(?:e|era|er)|cess(?:e|era)(?: de produire effet| ses effets| de l'être)?|s'éteint|s'éteindra"
    r"|(?:arriv(?:e|era)|vien(?:t|dra)) à (?:son )?(?:échéance|terme|expiration)|échéance(?: est fixée)?|terme(?: est fixé)?|fin(?: est(?: fixée)?)?|clôture|(?:est |sera )?(?:prolongée?|prorogée?|reportée?))"
    r"(?: au plus tard| à la date| le| au| du| à minuit,?| jusqu')*\s?(?:le|au|du)?)\s$",
    re.IGNORECASE,
)
_PLAFOND = re.compile(r"\bsans (?:pouvoir )?(?:excéder|dépasser) le\s$", re.IGNORECASE)
_FIN_D_ANNEE = re.compile(
    r"\bjusqu'à la fin de (?:l'année|l'exercice)(?: civile?| budgétaire)?\s(?P<a>20\d\d)"
    r"|\b(?:conclue?|établie?|consentie?|valable|applicable|porte)\s(?:au titre de|pour|sur)\s(?:l'année|l'exercice)(?: civile?| budgétaire)?\s(?P<b>20\d\d)",
    re.IGNORECASE,
)
_POUR_L_ANNEE = re.compile(
    r"\bpour (?:la durée de )?(?:l'année|l'exercice)(?: civile?| budgétaire)?\s(20\d\d)\b(?!\s?(?:et|à|-))",
    re.IGNORECASE,
)
_PAS_UN_TERME = re.compile(
    r"\b(?:bilan|rapport|compte[- ]rendu|transmet|factur|avant le|échéancier|décret|arrêté|loi)\b", re.IGNORECASE
)
_RECONDUCTION = re.compile(
    r"\b(?:reconduction|reconductible|reconduite?s?|renouvelable|renouvelée?s?|renouvellement|prolongation tacite|prolongée?s?(?=,? par (?:décision|accord) expr))\b",
    re.IGNORECASE,
)
_TACITE = re.compile(r"\btacite(?:ment)?\b", re.IGNORECASE)
_EXPRESSE = re.compile(
    r"\bpar (?:voie d')?avenant|\bd'un avenant\b|\bpar (?:décision|accord|échange|demande|courrier|lettre|voie)"
    r"|\bd'un commun accord\b|\baccord (?:écrit|des parties|préalable)",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:ne|n')(?:\s|(?<='))(?:peut|pourra|sera|est|fait|fera|saurait|donne)\b|\bsans\b|\bnon\b|\baucune?\b|\bexclu|\bpas\b|\bni\b",
    re.IGNORECASE,
)
_NIEE_APRES = re.compile(
    r"^\w+(?:\s\w+){0,2}\s(?:est exclue|n'est pas|ne (?:peut|pourra)|n'est possible)", re.IGNORECASE
)
_PREAVIS = re.compile(r"\bpréavis\b|\bdélai de prévenance\b", re.IGNORECASE)
_DELAI = re.compile(r"\bdélai (?:de|d'au moins|minimum de)\s$", re.IGNORECASE)
_A_L_AVANCE = re.compile(r"\s(?:au moins\s)?(?:avant|à l'avance|auparavant)\b", re.IGNORECASE)
_SORTIE = re.compile(r"\bsortie|\bretrait|\brupture|\brésiliation|\bdénonciation|\bfin anticipée", re.IGNORECASE)
_FIN_ANTICIPEE = re.compile(
    r"\brésili|\brenonc|\bretir|\bdégag|\bromp|\bdénonc|\bmettre fin|\bmis fin|\bmettre un terme", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A sentence that may speak of the durée; `sure` where its article does."""

    passage: Passage
    debut: int
    texte: str
    sure: bool
    intitule: str = ""

    def lieu(self, debut: int, fin: int) -> Etendue:
        return self.passage.span(self.debut + debut, self.debut + fin)


def read(releve: Releve) -> None:
    """Reads: articles. Writes: duree."""
    phrases = list(_find_phrases(releve))
    effet = _first(phrases, _read_effet)
    fin = _first(phrases, _read_fin) or _first(phrases, _read_fin_d_annee) or _first(phrases, _read_plafond)
    regle, date_effet = effet[0] if effet else (None, None)
    date_fin = fin[0] if fin else None
    duree_dite = _first(phrases, _read_duree)
    if date_fin is None and duree_dite:
        date_fin = _compute_end(releve, date_effet, duree_dite)
        fin = (date_fin, duree_dite[1]) if date_fin else None
    reconduction, preavis = _first(phrases, _read_reconduction), _first(phrases, _read_preavis)
    releve.record(
        duree=Duree(
            regle_effet=regle,
            date_effet=date_effet,
            date_fin=date_fin,
            reconduction=reconduction[0] if reconduction else None,
            preavis_mois=preavis[0] if preavis else None,
        )
    )
    lieux = {
        "regle_effet": effet,
        "date_effet": effet,
        "date_fin": fin,
        "reconduction": reconduction,
        "preavis_mois": preavis,
    }
    for champ, lue in lieux.items():
        if lue:
            releve.locate(f"duree.{champ}", lue[1])


def _find_phrases(releve: Releve) -> Iterator[_Phrase]:
    """Yield the sentences of the articles on the durée, then those of the others."""
    sures = releve.articles_of(TypeArticle.DUREE)
    autres = releve.articles_of(*(t for t in TypeArticle if t is not TypeArticle.DUREE))
    for sure, articles in ((True, sures), (False, autres)):
        for rang, _, passage in articles:
            # An article named « Objet et durée » speaks of the durée too.
            nomme = sure or bool(_NOMME.search(releve.convention.articles[rang].intitule))
            for debut, fin in find_phrases(passage):
                # What an avenant replaces is no longer the durée; the words that take its place are.
                phrase = _REMPLACE.sub(lambda trouve: " " * len(trouve[0]), passage.texte[debut:fin])
                if nomme or _FIN_ANTICIPEE.search(phrase) or _DE_L_ACTE.search(phrase):
                    yield _Phrase(passage, debut, phrase, nomme, releve.convention.articles[rang].intitule)


def _first(
    phrases: list[_Phrase], read_phrase: Callable[[_Phrase], tuple[T, Etendue] | None]
) -> tuple[T, Etendue] | None:
    return next((lue for phrase in phrases if (lue := read_phrase(phrase))), None)


def _read_effet(phrase: _Phrase) -> tuple[tuple[RegleEffet, date | None], Etendue] | None:
    """Read « prend effet à compter de sa notification », « est conclue du 1er janvier 2024 au… »."""
    verbe = _EFFET.search(phrase.texte)
    if not verbe:
        return None
    suite = phrase.texte[verbe.end() : verbe.end() + 160]
    evenement = _EVENEMENT.search(suite)
    jour = next((d for d in find_dates(suite) if _starts_at(suite, d)), None)
    if evenement and (jour is None or evenement.start() < jour.debut):
        lieu = phrase.lieu(verbe.start(), verbe.end() + evenement.end())
        return (_REGLES[evenement["evenement"].lower()], None), lieu
    if jour:
        return (RegleEffet.DATE, jour.date), phrase.lieu(verbe.start(), verbe.end() + jour.fin)
    return None


def _starts_at(texte: str, trouvee: DateTrouvee) -> bool:
    """Say whether a date is a beginning: « à compter du… », or « du… au… », not the date of a decree."""
    devant = texte[: trouvee.debut]
    periode = devant.endswith("du ") and re.match(r"\s(?:au|jusqu'au)\s", texte[trouvee.fin :])
    return bool(periode or _AVANT_UN_EFFET.search(devant)) and not _AVANT_UNE_FIN.search(devant)


def _read_fin(phrase: _Phrase) -> tuple[date, Etendue] | None:
    """Read « prend fin le 31 décembre 2025 », « jusqu'au… », « du… au… »."""
    if not phrase.sure and (
        _PAS_UN_TERME.search(phrase.texte) or not (_EFFET.search(phrase.texte) or _TERME.search(phrase.texte))
    ):
        return None
    precedente = None
    for trouvee in find_dates(phrase.texte):
        devant = phrase.texte[: trouvee.debut]
        periode = precedente is not None and phrase.texte[precedente.fin : trouvee.debut].strip() in (
            "au",
            "jusqu'au",
            "et jusqu'au",
            "et le",
        )
        if periode or _AVANT_UNE_FIN.search(devant[-120:]):
            return trouvee.date, phrase.lieu(trouvee.debut, trouvee.fin)
        precedente = trouvee
    return None


def _read_fin_d_annee(phrase: _Phrase) -> tuple[date, Etendue] | None:
    trouve = _FIN_D_ANNEE.search(phrase.texte)
    if not trouve and phrase.sure and _EFFET.search(phrase.texte):
        trouve = _POUR_L_ANNEE.search(phrase.texte)
    if not trouve:
        return None
    annee = next(filter(None, trouve.groups()))
    return date(int(annee), 12, 31), phrase.lieu(*trouve.span())


def _read_plafond(phrase: _Phrase) -> tuple[date, Etendue] | None:
    """Read « …, sans pouvoir excéder le 30 juin 2025 », where nothing else gives an end and no renewal is spoken of."""
    if not phrase.sure or _RECONDUCTION.search(phrase.texte):
        return None
    plafonds = (d for d in find_dates(phrase.texte) if _PLAFOND.search(phrase.texte[: d.debut]))
    return next(((d.date, phrase.lieu(d.debut, d.fin)) for d in plafonds), None)


def _read_duree(phrase: _Phrase) -> tuple[int, Etendue] | None:
    """Read the duration of the act in months: not that of a notice, of a renewal or of a task."""
    for trouvee in find_durees(phrase.texte):
        devant = phrase.texte[max(0, trouvee.debut - 60) : trouvee.debut]
        renouvele = _RECONDUCTION.search(phrase.texte[: trouvee.debut])
        if (
            trouvee.mois
            and not renouvele
            and re.search(r"\bdurée (?:\w+ ){0,6}(?:de |d'|à )$|\bpour (?:une période de )?$", devant)
        ):
            return trouvee.mois, phrase.lieu(trouvee.debut, trouvee.fin)
    return None


def _compute_end(releve: Releve, date_effet: date | None, duree: tuple[int, Etendue]) -> date | None:
    """Give the last day of a duration; `None`, with a constat, where its first day is not printed or it is too long."""
    mois, lieu = duree
    if mois > DUREE_MAXIMUM:
        message = f"La durée de {mois} mois n'est pas vraisemblable : relevez la date de fin sur l'original signé."
        releve.inform("D1", message, lieu, "duree.date_fin")
        return None
    if date_effet is None:
        message = (
            f"La durée est de {mois} mois, mais le jour où elle commence n'est pas écrit : calculez la date de fin quand ce "
            "jour est connu."
        )
        releve.inform("D1", message, lieu, "duree.date_fin")
        return None
    return add_months(date_effet, mois) - timedelta(days=1)


def add_months(jour: date, mois: int) -> date:
    """Give the same day some months later; the first of the next month where that month is too short."""
    rang = jour.month - 1 + mois
    annee, mois_final = jour.year + rang // 12, rang % 12 + 1
    try:
        return jour.replace(year=annee, month=mois_final)
    except ValueError:
        return date(annee + mois_final // 12, mois_final % 12 + 1, 1)


def _read_reconduction(phrase: _Phrase) -> tuple[Reconduction, Etendue] | None:
    trouve = _RECONDUCTION.search(phrase.texte)
    if not trouve:
        return None
    avant = re.split(r",|\bet\b|\bmais\b", phrase.texte[max(0, trouve.start() - 120) : trouve.start()])[-1]
    apres = re.split(
        r",?\s(?:sauf|sous réserve|à moins|mais|sans que)\b|;", phrase.texte[trouve.start() : trouve.start() + 160]
    )[0]
    mode = _read_mode(avant, apres)
    return (mode, phrase.lieu(*trouve.span())) if mode else None


def _read_mode(avant: str, apres: str) -> Reconduction | None:
    """Say how an act is renewed, by the words before « reconduction » and by it and those after."""
    proposition = avant + apres
    niee = _NEGATION.search(avant) or _NIEE_APRES.search(apres)
    if re.search(r"\bexpr(?:ess|ès\b)", proposition, re.IGNORECASE):
        return Reconduction.EXPRESSE
    if _TACITE.search(proposition) and not niee:
        return Reconduction.TACITE
    if _EXPRESSE.search(apres):
        return Reconduction.EXPRESSE
    return Reconduction.AUCUNE if niee else None


def _read_preavis(phrase: _Phrase) -> tuple[int, Etendue] | None:
    """Read « un préavis de trois mois », « un délai de trois mois » to end the act, « trois mois à l'avance »."""
    preavis = _PREAVIS.search(phrase.texte)
    fin_anticipee = _FIN_ANTICIPEE.search(phrase.texte)
    for trouvee in find_durees(phrase.texte):
        devant = phrase.texte[max(0, trouvee.debut - 30) : trouvee.debut]
        apres = phrase.texte[trouvee.fin : trouvee.fin + 40]
        annonce = preavis and abs(trouvee.debut - preavis.end()) < 80
        autrement = (fin_anticipee or _SORTIE.search(phrase.intitule)) and (
            _DELAI.search(devant) or _A_L_AVANCE.match(apres)
        )
        if trouvee.mois and (annonce or autrement):
            return trouvee.mois, phrase.lieu(trouvee.debut, trouvee.fin)
    return None
