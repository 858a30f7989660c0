"""Automatic numbers, as Word and LibreOffice print them in French."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PUCE = "-"
"""How a bullet of any form is written."""

_ROMAINS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ORDINAUX = (
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième"
).split()
_CARDINAUX = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
).split()
_LETTRES = 26
_RENVOI = re.compile(r"%([1-9])")


def _roman(nombre: int) -> str:
    chiffres = ""
    for valeur, signe in _ROMAINS:
        fois, nombre = divmod(nombre, valeur)
        chiffres += signe * fois
    return chiffres


def _letter(nombre: int) -> str:
    """A…Z, then AA, BB… as Word and LibreOffice do."""
    tour, rang = divmod(nombre - 1, _LETTRES)
    return chr(ord("A") + rang) * (tour + 1)


_FORMES: dict[str, tuple[int, Callable[[int], str]]] = {
    "upperRoman": (3999, _roman),
    "lowerRoman": (3999, lambda nombre: _roman(nombre).lower()),
    "upperLetter": (10 * _LETTRES, _letter),
    "lowerLetter": (10 * _LETTRES, lambda nombre: _letter(nombre).lower()),
    "decimalZero": (9, lambda nombre: f"0{nombre}"),
    "ordinal": (9999, lambda nombre: "1er" if nombre == 1 else f"{nombre}e"),
    "ordinalText": (len(_ORDINAUX), lambda nombre: _ORDINAUX[nombre - 1]),
    "cardinalText": (len(_CARDINAUX), lambda nombre: _CARDINAUX[nombre - 1]),
}
"""By the name that Word gives (ECMA-376, 17.18.59 ST_NumberFormat): the greatest number so written, and how."""


def put_label(label: str, texte: str) -> str:
    """A paragraph with its label, which an author's own tab may follow; a bullet alone is nothing, a number something."""
    if not texte.strip():
        return label.strip(f"{PUCE} ") and label
    return label + texte.lstrip() if label else texte


def write_number(nombre: int, forme: str) -> str:
    """Write a number as a format of Word's names it; in digits where the format is another or goes no further."""
    maximum, write = _FORMES.get(forme, (0, str))
    return write(nombre) if 0 < nombre <= maximum else str(nombre)


@dataclass(frozen=True, slots=True)
class Niveau:
    """A level of a list: `motif` is what is printed, « Article %1 – », where %n is the number of the n-th level;
    `reprise` is the level (from 1) after which it starts again, 0 for never, None for any above it.
    """

    forme: str = "decimal"
    motif: str = ""
    depart: int = 1
    reprise: int | None = None
    chiffres: bool = False
    colle: bool = False


class Compteur:
    """Where one list has come to, level by level."""

    def __init__(self) -> None:
        self._nombres: dict[int, int] = {}

    def restart(self, rang: int) -> None:
        self._nombres.pop(rang, None)

    def set(self, rang: int, nombre: int) -> None:
        self._nombres[rang] = nombre

    def advance(self, niveaux: Sequence[Niveau], rang: int) -> str:
        """Count one paragraph of a level and give what is printed before it, "" where nothing is."""
        self._nombres[rang] = self._nombres.get(rang, niveaux[rang].depart - 1) + 1
        for dessous in range(rang + 1, len(niveaux)):
            reprise = niveaux[dessous].reprise
            if reprise is None or rang < reprise:
                self.restart(dessous)
        return self._print(niveaux, rang)

    def _print(self, niveaux: Sequence[Niveau], rang: int) -> str:
        niveau = niveaux[rang]
        if niveau.forme == "bullet":
            return f"{PUCE} "

        def write(renvoi: re.Match[str]) -> str:
            cite = int(renvoi[1]) - 1
            if cite >= len(niveaux) or niveaux[cite].forme == "none":
                return ""
            nombre = self._nombres.get(cite, niveaux[cite].depart)
            return write_number(nombre, "decimal" if niveau.chiffres else niveaux[cite].forme)

        imprime = _RENVOI.sub(write, niveau.motif).lstrip()
        return imprime if niveau.colle or not imprime else f"{imprime.rstrip()} "
