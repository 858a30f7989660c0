"""The words of the budget: AE and CP, years, units, totals, codes of programme and UO."""

import re
from enum import Enum

from portal.domain.dates import parse_date
from portal.domain.identifiers import PROGRAMME, UO


class Credit(Enum):
    """Which of the two amounts a word names, or both."""

    AE = "AE"
    CP = "CP"
    LES_DEUX = "AE et CP"


_AE = r"autorisations? d'engagements?(?:\s?\(\s?AE\s?\))?|\bA\.?E\b\.?"
_CP = r"crédits? de paiements?(?:\s?\(\s?CP\s?\))?|\bC\.?P\b\.?"
CREDIT = re.compile(
    rf"(?P<deux>(?:{_AE})\s?(?:=|/|\bet\b|-)\s?(?:en\s|de\s|des\s|les\s)?(?:{_CP}))|(?P<ae>{_AE})|(?P<cp>{_CP})",
    re.IGNORECASE,
)
ANNEE = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-]|\.\d)")
_ANNEE_SEULE = re.compile(
    r"(?:(?:années?|exercices?|gestion|AE|CP|autorisations? d'engagements?|crédits? de paiements?|budget|LFI|PLF|au titre d[eu]|pour|en)\W{0,3}(?:l')?)*"
    r"(?P<annee>(?:19|20)\d\d)\W{0,3}(?:\([^()\d]{3,30}\)|(?:AE|CP)\b)?\W{0,2}",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:sous-)?tota(?:l|ux)\b|\bcumul|\bensemble\b|^somme\b", re.IGNORECASE)
_UNITES = (
    ("k€", re.compile(r"\bk\s?€|\bkeuros?\b|milliers d'(?:euros|€)|\ben milliers\b", re.IGNORECASE)),
    ("M€", re.compile(r"\bM\s?€|\bmillions d'(?:euros|€)|\ben millions\b")),
    ("€", re.compile(r"€|\beuros?\b", re.IGNORECASE)),
)


def read_credit(texte: str) -> Credit | None:
    """Say whether a text names AE, CP or both; `None` where it names neither."""
    noms = {_kind(trouve) for trouve in CREDIT.finditer(texte)}
    if not noms:
        return None
    return noms.pop() if len(noms) == 1 else Credit.LES_DEUX


def find_credits(texte: str) -> list[tuple[int, int, Credit]]:
    return [(*trouve.span(), _kind(trouve)) for trouve in CREDIT.finditer(texte)]


def read_annee(cellule: str) -> int | None:
    """Give the year that a whole cell says (« 2024 », « Exercice 2024 », « AE 2024 », « 31 janvier 2024 »), or `None`."""
    trouve = _ANNEE_SEULE.fullmatch(cellule)
    jour = None if trouve else parse_date(cellule)
    return int(trouve["annee"]) if trouve else jour.year if jour else None


def is_total(cellule: str) -> bool:
    return bool(_TOTAL.search(cellule))


def read_unite(texte: str) -> str | None:
    """Give the unit in which amounts are said to be written (« en k€ »), or `None`."""
    return next((unite for unite, motif in _UNITES if motif.search(texte)), None)


def read_programme(texte: str) -> str | None:
    """Give the one programme that a text names, or `None` where it names none or several."""
    codes = {code for _, _, code in PROGRAMME.find(texte)}
    return codes.pop() if len(codes) == 1 else None


def read_uo(texte: str) -> str | None:
    """Give the one UO that a text names, or `None` where it names none or several."""
    codes = {code for _, _, code in UO.find(texte)}
    return codes.pop() if len(codes) == 1 else None


def _kind(trouve: re.Match[str]) -> Credit:
    if trouve["deux"]:
        return Credit.LES_DEUX
    return Credit.AE if trouve["ae"] else Credit.CP
