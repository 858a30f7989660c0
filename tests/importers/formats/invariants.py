"""What holds of every reading, whatever the file: spans in the text, facts no longer, likely amounts and dates."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.domain.convention import Lecture

MONTANT_MAXIMUM = 10**11
"""Euros: a quarter of the budget of the State."""
ANNEES = range(1900, 2101)


def find_broken(lecture: Lecture) -> list[str]:
    """Say, one sentence each, what a reading says that cannot be."""
    longueur = len(lecture.texte)
    return [
        *(
            f"{nom} hors du texte : {debut}-{fin} sur {longueur}"
            for nom, debut, fin in _spans(lecture)
            if not 0 <= debut <= fin <= longueur
        ),
        *(f"{champ} invraisemblable" for champ, valeur in _values(lecture.convention) if not _holds(valeur, longueur)),
        *(
            f"{champ} n'est pas une année : {valeur}"
            for champ, valeur in _values(lecture.convention)
            if champ.endswith(".annee") and isinstance(valeur, int) and valeur not in ANNEES
        ),
    ]


def _spans(lecture: Lecture) -> Iterator[tuple[str, int, int]]:
    for constat in lecture.constats:
        if constat.debut is not None or constat.fin is not None:
            yield (
                constat.regle,
                -1 if constat.debut is None else constat.debut,
                -1 if constat.fin is None else constat.fin,
            )
    for lieu in lecture.lieux:
        yield lieu.champ, lieu.debut, lieu.fin


def _values(valeur: object, champ: str = "") -> Iterator[tuple[str, object]]:
    """The facts, each with its path."""
    if isinstance(valeur, tuple):
        for rang, element in enumerate(valeur):
            yield from _values(element, f"{champ}[{rang}]")
    elif is_dataclass(valeur):
        for attribut in fields(valeur):
            yield from _values(getattr(valeur, attribut.name), f"{champ}.{attribut.name}".lstrip("."))
    else:
        yield champ, valeur


def _holds(valeur: object, longueur: int) -> bool:
    if isinstance(valeur, StrEnum):
        return True
    if isinstance(valeur, str):
        return len(valeur) <= longueur
    if isinstance(valeur, Decimal):
        return abs(valeur) < MONTANT_MAXIMUM
    return not isinstance(valeur, date) or valeur.year in ANNEES
