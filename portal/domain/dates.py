"""French dates and durations, as official texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.domain.nombres import SUITE_DE_MOTS, find_nombres, parse_nombre

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_E = r"(?:é|e\u0301?)"  # a stamp prints « FEVR. » and « DECEMBRE »
_U = r"(?:û|u\u0302?)"
_FORMES_DES_MOIS = (
    r"janvier|janv?\.?", rf"f{_E}vrier|f{_E}vr?\.?", r"mars|mar\.", r"avril|avr\.?", r"mai", r"juin",
    r"juillet|jui?ll?\.?", rf"ao{_U}t", r"septembre|sept?\.?", r"octobre|oct\.?", r"novembre|nov\.?",
    rf"d{_E}cembre|d{_E}c\.?",
)  # fmt: skip
_MOIS = "|".join(f"(?P<m{rang}>{forme})" for rang, forme in enumerate(_FORMES_DES_MOIS, start=1))
_JOUR_DE_SEMAINE = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s{1,3})?"
_PREMIER = r"\s?(?:er\b|er(?=[a-zé])|ᵉʳ|\^\{?er\}?)"
_SEPARATEUR = r"(?:\s{0,3}|-)"
_DATE = re.compile(
    rf"""
    (?<!\w)(?<!\d[.,/\-])
    {_JOUR_DE_SEMAINE}
    (?:(?P<jour>\d{{1,2}})(?:{_PREMIER})?{_SEPARATEUR}|(?P<jour_lettres>premier|{SUITE_DE_MOTS})\s{{1,3}})
    (?:{_MOIS}){_SEPARATEUR}
    (?:de\s+l['’]an\s+)?
    (?:(?P<annee>[12]\d{{3}})(?!\d)|(?<=\s)(?P<annee_lettres>{SUITE_DE_MOTS}))
    |
    (?<![\w/.\-])
    (?P<j>\d{{1,2}})(?:(?P<signe>[.\-\u2010\u2011–])|\s?/\s?)(?P<m>\d{{1,2}})(?(signe)(?P=signe)|\s?/\s?)
    (?P<a>[12]\d{{3}})(?![\w/]|[.\-]\d)
    |
    (?<![\w/.\-])(?P<iso>[12]\d{{3}}-\d{{2}}-\d{{2}})(?![\d/]|[.\-]\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DateTrouvee:
    """A date at `texte[debut:fin]`, its weekday included where one is written."""

    debut: int
    fin: int
    date: date


def find_dates(texte: str) -> Iterator[DateTrouvee]:
    """Yield in order the complete dates of the text: day, month and a year of four digits, or in words.

    An impossible date (31 février) is not a date; a year of two digits is not guessed.
    """
    for trouve in _DATE.finditer(texte):
        fin, annee = trouve.end(), trouve["annee"] or trouve["a"]
        if trouve["iso"]:
            annee, mois, jour = (int(partie) for partie in trouve["iso"].split("-"))
        elif trouve["a"]:
            annee, mois, jour = int(trouve["a"]), int(trouve["m"]), int(trouve["j"])
        else:
            mois = next(rang for rang in range(1, 13) if trouve[f"m{rang}"])
            jour = int(trouve["jour"]) if trouve["jour"] else _read_jour(trouve["jour_lettres"])
            if trouve["annee_lettres"]:
                nombre = next(find_nombres(trouve["annee_lettres"]), None)
                if nombre is None:
                    continue
                annee, fin = nombre.valeur, trouve.start("annee_lettres") + nombre.fin
        valeur = _build_date(int(annee), mois, jour)
        if valeur:
            yield DateTrouvee(trouve.start(), fin, valeur)


def parse_date(texte: str) -> date | None:
    """Give the date that the whole text writes (a leading « le » or « du » is let pass), or `None`."""
    texte = re.sub(r"^\s*(?:le|du|au)\s+|^\s+|\s+$", "", texte, flags=re.IGNORECASE)
    trouvee = next(find_dates(texte), None)
    return trouvee.date if trouvee and (trouvee.debut, trouvee.fin) == (0, len(texte)) else None


def format_date(jour: date) -> str:
    """Write a date in full: « 1er septembre 2024 »."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


def _read_jour(mots: str) -> int:
    """Read a day in words; 0, which no month has, where the words are no day."""
    return 1 if mots.lower() == "premier" else parse_nombre(mots) or 0


def _build_date(annee: int, mois: int, jour: int) -> date | None:
    if not 1000 <= annee <= 2999:
        return None
    try:
        return date(annee, mois, jour)
    except ValueError:
        return None


_NOMBRE = rf"(?:\d{{1,3}}|{SUITE_DE_MOTS})"
_DUREE = re.compile(
    rf"""
    (?<!\w)(?<!\d[.,])(?P<nombre>{_NOMBRE})
    (?:\s?\(\s?(?P<rappel>{_NOMBRE})\s?\))?
    \s{{0,3}}
    (?P<unite>jours?|semaines?|trimestres?|semestres?|mois|ann{_E}es?|ans?)\b
    (?P<demi>\s+et\s+demie?\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DureeTrouvee:
    """A duration at `texte[debut:fin]`; `unite` is "jour", "semaine", "mois", "trimestre", "semestre" or "an"."""

    debut: int
    fin: int
    nombre: int
    unite: str

    @property
    def mois(self) -> int | None:
        """The duration in months; `None` for days and weeks, which are no whole number of months."""
        return {
            "mois": self.nombre,
            "trimestre": 3 * self.nombre,
            "semestre": 6 * self.nombre,
            "an": 12 * self.nombre,
        }.get(self.unite)


def find_durees(texte: str) -> Iterator[DureeTrouvee]:
    """Yield in order the durations in digits or words: « trois mois », « 3 (trois) mois », « un an et demi ».

    A duration written twice with two values (« 3 (quatre) mois ») is not a duration: nothing says which holds.
    """
    for trouve in _DUREE.finditer(texte):
        nombre = _read_nombre(trouve["nombre"])
        unite = _unite(trouve["unite"])
        if nombre is None or (trouve["rappel"] and _read_nombre(trouve["rappel"]) != nombre):
            continue
        if trouve["demi"]:
            if unite != "an":
                continue
            nombre, unite = 12 * nombre + 6, "mois"
        yield DureeTrouvee(trouve.start(), trouve.end(), nombre, unite)


def _read_nombre(texte: str) -> int | None:
    return int(texte) if texte.isdecimal() else parse_nombre(texte)


def _unite(mot: str) -> str:
    mot = mot.lower()
    if mot.startswith("an"):
        return "an"
    return mot if mot == "mois" else mot.rstrip("s")
