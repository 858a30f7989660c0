"""What stands after the colon of a field that holds no words: a code, a year, an amount, a day, a statut."""

import re
from collections.abc import Callable
from typing import NamedTuple

from portal.domain.statut import Statut
from search.champs import CODES, Champ
from search.tree import STAR, Code, Fact, InStatut, Interval
from search.values import parse_cents, parse_choice, parse_first_day, parse_last_day, parse_year

_AMOUNT = r"\d[\d.,]*(?:[ \u00a0]\d{3}(?!\d))*(?:[ \u00a0]?(?:k|mds?|m)?€|(?:k|mds?|m)(?!\w))?"
_AMOUNTS = re.compile(
    rf"(?:[<>]=?)?{_AMOUNT}(?:\.\.(?:{_AMOUNT})?)?(?![^\s()])|\.\.{_AMOUNT}(?![^\s()])", re.IGNORECASE
)
EXTENTS: dict[str, re.Pattern[str]] = {Champ.AE: _AMOUNTS, Champ.CP: _AMOUNTS}
"""How far the value of a field goes where it may hold spaces."""

_BOUNDS = re.compile(r"(?P<sign>[<>]=?)(?P<bound>.+)|(?P<low>.*?)\.\.(?P<high>.*)", re.DOTALL)


class Read(NamedTuple):
    """A fact, or `None` where the value is none; and what is to be said of it, in French."""

    fact: Fact | None
    remarque: str = ""


def read_fact(champ: Champ, texte: str) -> Read:
    """What « `champ`:`texte` » asks for."""
    if champ in CODES:
        return _read_code(champ, texte)
    if champ is Champ.STATUT:
        valeur = parse_choice(texte, frozenset(Statut))
        return (
            Read(InStatut(valeur)) if valeur else _refuse(champ, texte, f"l'une de ces valeurs : {', '.join(Statut)}")
        )
    if champ in _DAYS:
        day = _DAYS[champ](texte)
        bounds = {"low" if champ is Champ.DU else "high": day.toordinal()} if day else {}
        return Read(Interval(champ, **bounds)) if day else _refuse(champ, texte, "une date, par exemple 2024-09-01")
    return _read_interval(champ, texte)


_DAYS = {Champ.DU: parse_first_day, Champ.AU: parse_last_day}


def _read_code(champ: Champ, texte: str) -> Read:
    kind = CODES[champ]
    if texte.endswith(STAR):
        debut = kind.normalise(texte.rstrip(STAR))
        if re.fullmatch(r"[A-Z0-9-]+", debut) and kind.normalise(debut) == debut:
            return Read(Code(champ, debut, debut=True))
    explication = kind.explain(texte)
    if explication:
        return Read(None, f"{explication} « {texte} » est cherché comme un mot.")
    return Read(Code(champ, kind.normalise(texte)))


def _read_interval(champ: Champ, texte: str) -> Read:
    read, attendu = _NUMBERS[champ]
    found = _BOUNDS.fullmatch(texte)
    if found is None:
        number = read(texte)
        return _refuse(champ, texte, attendu) if number is None else Read(Interval(champ, number, number))
    if found["sign"]:
        number = read(found["bound"])
        if number is None:
            return _refuse(champ, texte, attendu)
        strict = len(found["sign"]) == 1
        above = found["sign"][0] == ">"
        return Read(Interval(champ, number + strict, None) if above else Interval(champ, None, number - strict))
    low, high = (read(bound) if bound else None for bound in (found["low"], found["high"]))
    if (low, high) == (None, None) or (found["low"] and low is None) or (found["high"] and high is None):
        return _refuse(champ, texte, attendu)
    if low is not None and high is not None and low > high:
        return Read(Interval(champ, high, low), f"« {champ}:{texte} » : les deux bornes ont été échangées.")
    return Read(Interval(champ, low, high))


_NUMBERS: dict[Champ, tuple[Callable[[str], int | None], str]] = {
    Champ.ANNEE: (parse_year, "une année ou deux, par exemple 2024, >2022 ou 2022..2024"),
    Champ.AE: (parse_cents, "un montant en euros, par exemple >100000 ou 10k..2M"),
    Champ.CP: (parse_cents, "un montant en euros, par exemple >100000 ou 10k..2M"),
}


def _refuse(champ: Champ, texte: str, attendu: str) -> Read:
    return Read(None, f"« {champ}:{texte} » est laissé de côté : il faut {attendu}.")
