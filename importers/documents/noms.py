"""The names of services: their sigle, what the text calls them afterwards, and whether a name was masked."""

import re
from collections.abc import Iterable
from functools import cache

from importers.documents.passage import PLAT, squeeze
from portal.domain.convention import Partie, Role
from portal.domain.fold import fold

SERVICE = (
    r"(?:ministères?|directions?|délégations?|services?|secrétariats?|sous-directions?|départements?|missions?|agences?|inspections?"
    r"|préfectures?|sous-préfectures?|tribuna(?:l|ux)|cours?|conseils?|commissariats?|haut-commissariat|académies?|régions? académiques?"
    r"|rectorats?|centres?|bureaux?|offices?|instituts?|état-major|écoles?|établissements?|gendarmerie|police|administrations?"
    r"|cabinets?|commissions?|autorités?|unités?|pôles?|plateformes?|trésoreries?|incubateurs?|structures?|États?|groupements?"
    r"|observatoires?|archives|imprimerie|caisses?|universités?|sociétés?|associations?|communes?|métropoles?|syndicats?|cellules?)"
)
_SERVICE = re.compile(rf"(?<!\w)(?:{SERVICE})(?!\w)", re.IGNORECASE)
_DEBUT = re.compile(
    r"(?:(?:[-–—•●■➢*◦▪·]|\d{1,2}[°).]|[a-h]\))\s?|et\b\s?[:,]?\s?|entre\b\s?[:,]?\s?|d'(?:une|autre) (?:\w{6,9} )?part\b\s?[:,]?\s?"
    r"|de (?:première|deuxième|seconde|troisième|quatrième) part\b\s?[:,]?\s?|les soussignée?s\s?:?\s?|(?:madame|monsieur|mesdames|messieurs)\s(?=l[ea]s?\s|l')|[,;:]\s?)+",
    re.IGNORECASE,
)
_FIN = re.compile(r"(?:[\s,;:.(–-]|\bet|\bd'(?:une|autre) part)+$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:l[ea]s?\s|l')", re.IGNORECASE)
_ENTRE_PARENTHESES = re.compile(
    r"\s?\(\s?(?P<sigle>[A-ZÀ-Þ0-9][\wÀ-ÿ&/.'-]{1,14}(?:\s[A-Z0-9][A-Za-zÀ-ÿ0-9-]{0,12})?)\s?\)"
)
_FORME = re.compile(
    r",\s(?:association (?:régie|loi)|établissement public|groupement d'intérêt public|personne morale|service à compétence nationale|service déconcentré|direction d'administration centrale|autorité administrative)\b.*",
    re.IGNORECASE,
)
_RATTACHEMENT = re.compile(r"\s(?:du|des|de la|de l')\s?[^()]{3,200}", re.IGNORECASE)
_APPOSITION = re.compile(r",\s(?![Dd]irection|[Dd]élégation|[Ss]ecrétariat)[^()]{3,200}")
"""« la DREAL de Normandie (DREAL), centre de prestations comptables mutualisé »: what the service also is."""
_PETITS_MOTS = frozenset("de du des d la le les l et a au aux en pour par sur dans ou".split())
_CITATION = re.compile(r"«\s?([^«»]{1,80}?)\s?»|\"\s?([^\"]{1,80}?)\s?\"|''\s?([^']{1,80}?)\s?''")
_SANS_GUILLEMETS = re.compile(
    r"(?:nommé|signé|appelé|après|terme(?: de)?)(?:e)?s?,?\s(?:ci[- ]après\s)?(?:par\s|sous le terme\s(?:de\s)?)?"
    r"((?:l[ea]s?\s|l')?(?:(?-i:[A-ZÀ-Þ])[\wÀ-ÿ&.-]{1,15}|(?:co-?)?délégante?s?|(?:co-?)?délégataires?))(?=[\s,;.)]|$)",
    re.IGNORECASE,
)
_SIGLE = re.compile(r"(?:l[ea]s?\s|l')?(?P<sigle>[A-ZÀ-Þ][A-ZÀ-Þ0-9-]{1,12}|[A-Z]{2,}[a-z][A-Z]+)")
_COLLECTIF = re.compile(r"\b(?:parties|ensemble|convention|délégation de gestion|charte)\b", re.IGNORECASE)
ROLE = re.compile(r"(?:co-?\s?)?délég(?P<genre>ant|ataire)e?s?\b", re.IGNORECASE)
MOTS_D_UNE_TETE = 3
"""« La direction du numérique » is enough of « direction du numérique des ministères sociaux »."""
_INACHEVE = re.compile(r"(?:\b(?:d[eu]s?|l[ae]s?|et|à|aux?|en|pour)|')$")
_MASQUE = re.compile(r"\b[Xx]{3,}\b|\b0{2,5}\s[xX]{3,}")


def read_role(mot: str) -> Role:
    """Give the role that a word of `ROLE` names."""
    return Role.DELEGANT if "ant" in mot.lower().rpartition("délég")[2] else Role.DELEGATAIRE


def is_masked(texte: str) -> bool:
    """Say whether a name or an address was hidden (« Xxxx XXXXX », « 00 xxxxxx »)."""
    return bool(_MASQUE.search(texte))


def names_service(texte: str) -> bool:
    return bool(_SERVICE.search(texte)) or bool(re.search(r"\b[A-Z]{3,}\d{0,3}\b", texte))


def strip_nom(texte: str) -> str:
    """Drop what leads to a name (a bullet, « et », « d'une part, ») and what trails after it."""
    debut = _DEBUT.match(texte)
    return _FIN.sub("", texte[debut.end() :] if debut else texte).strip()


def clean_nom(texte: str) -> tuple[str, str]:
    """Give the name of a service without its article, and its sigle, which the name no longer holds."""
    nom = _FORME.sub("", squeeze(texte))
    article = _ARTICLE.match(nom.replace("’", "'"))
    nom = nom[article.end() :] if article else nom
    sigle = ""
    for trouve in _ENTRE_PARENTHESES.finditer(nom):
        if _looks_like_sigle(trouve["sigle"], nom[: trouve.start()]) and _belongs_to_head(
            nom[: trouve.start()], trouve["sigle"]
        ):
            # « le service du commissariat (SCA) du ministère des armées »: the sigle closes the name.
            fermee = _RATTACHEMENT.fullmatch(nom, trouve.end()) or _APPOSITION.fullmatch(nom, trouve.end())
            suite = "" if fermee else nom[trouve.end() :]
            nom, sigle = nom[: trouve.start()] + suite, trouve["sigle"]
            break
    return nom[:1].upper() + nom[1:], sigle


def find_designation(texte: str) -> str:
    """Give how a label calls its service afterwards: « la DINUM » rather than « le délégataire » where it says both."""
    citations = [str(trouve[trouve.lastindex or 0]) for trouve in _CITATION.finditer(texte)]
    libres = [str(trouve[1]) for trouve in _SANS_GUILLEMETS.finditer(_CITATION.sub(" ", texte))]
    designations = [d.strip(" ,") for d in (*citations, *libres) if not _COLLECTIF.search(d)]
    propres = [d for d in designations if not ROLE.search(d)]
    return (propres or designations or [""])[0]


def find_sigle(designation: str) -> str:
    """Give the sigle that a designation is (« le MSJOP »), or nothing."""
    trouve = _SIGLE.fullmatch(designation)
    return trouve["sigle"] if trouve else ""


def match_mentions(partie: Partie, parties: Iterable[Partie]) -> str:
    """Give the pattern of what a flat text calls a party and no other: its sigle, its name, the head of its name.

    The empty pattern says that nothing is its own.
    """
    propre = re.sub(r"^(?:l[ea]s?\s|l')", "", partie.designation.translate(PLAT), flags=re.IGNORECASE)
    mots = partie.nom.translate(PLAT).split()
    autres = [autre.nom.translate(PLAT).casefold() for autre in parties if autre is not partie]
    tetes = [
        tete
        for rang in range(len(mots), MOTS_D_UNE_TETE - 1, -1)
        if not _INACHEVE.search(tete := " ".join(mots[:rang]))
        and not any(autre.startswith(tete.casefold()) for autre in autres)
    ]
    exacts = [nom for nom in dict.fromkeys((partie.sigle, propre)) if len(nom) > 1 and not ROLE.fullmatch(nom)]
    return "|".join([*map(re.escape, exacts), *(f"(?i:{re.escape(tete)})" for tete in tetes)])


def _looks_like_sigle(texte: str, devant: str) -> bool:
    """Say whether words in brackets are a sigle: capitals, or a word that the name before it spells (« Insee »)."""
    if sum(map(str.isupper, texte)) > 1:
        return True
    return texte.istitle() and any(_spells(texte, devant[trouve.start() :]) for trouve in _SERVICE.finditer(devant))


def _belongs_to_head(devant: str, sigle: str) -> bool:
    """Say whether a sigle is that of the whole name and not of a service named inside it.

    « direction des opérations de la direction générale de l'armement (DGA) »: DGA is that of the inner one.
    """
    debuts = [trouve.start() for trouve in _SERVICE.finditer(devant)]
    if len(debuts) < 2:
        return True
    convient = [debut for debut in debuts if _spells(sigle, devant[debut:])]
    return not convient or convient[-1] == debuts[0] or sigle.istitle()


def _spells(sigle: str, nom: str) -> bool:
    """Say whether the letters of the sigle are read in order at the start of words of the name, first word included."""
    mots = [mot for mot in re.findall(r"[^\W\d_]+", fold(nom)) if mot not in _PETITS_MOTS][:40]
    lettres = [lettre for lettre in fold(sigle) if lettre.isalpha()]

    @cache
    def rest_fits(rang: int, mot: int) -> bool:
        if rang == len(lettres):
            return True
        return any(
            mots[suivant].startswith("".join(lettres[rang:fin])) and rest_fits(fin, suivant + 1)
            for suivant in range(mot, len(mots) if rang else min(1, len(mots)))
            for fin in range(rang + 1, min(len(lettres), rang + 4) + 1)
        )

    return rest_fits(0, 0)
