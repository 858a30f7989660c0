"""Whole numbers written in French words, from « zéro » to « neuf cent quatre-vingt-dix-neuf milliards… ».

Accepted: hyphens (1990 spelling) or spaces, « et un », « cents » and « cent », « quatre-vingts », « septante »,
« huitante », « octante », « nonante », « mil », feminine « une », « dix-neuf cent » for 1900, any case.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAXIMUM = 999_999_999_999

_UNITES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_DIZAINES = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_ECHELLES = (
    (1_000_000_000, ("milliard", "milliards")),
    (1_000_000, ("million", "millions")),
    (1_000, ("mille", "mil")),
)
_MOTS = (
    *_UNITES, *_DIZAINES, "vingts", "cent", "cents", *(mot for _, mots in _ECHELLES for mot in mots),
)  # fmt: skip

_MOT = r"(?:z(?:é|e\u0301?)ro|" + "|".join(sorted(_MOTS, key=len, reverse=True)) + ")"
_SEPARATEUR = r"[\s\-\u2010\u2011]{1,3}"
# Bounded, so that a hostile file made of number words is still read in linear time.
SUITE_DE_MOTS = rf"\b{_MOT}(?:{_SEPARATEUR}(?:et{_SEPARATEUR})?{_MOT}){{0,29}}\b"
_SUITE = re.compile(SUITE_DE_MOTS, re.IGNORECASE)
_LETTRES = re.compile(r"[^\W\d_]+(?:\u0301[^\W\d_]*)*")


@dataclass(frozen=True, slots=True)
class NombreTrouve:
    """A number in words at `texte[debut:fin]`."""

    debut: int
    fin: int
    valeur: int


def find_nombres(texte: str) -> Iterator[NombreTrouve]:
    """Yield the numbers in words in order; words that do not follow on (« deux trois ») give several."""
    for suite in _SUITE.finditer(texte):
        mots = [(mot.start(), mot.end(), mot[0].lower()) for mot in _LETTRES.finditer(texte, *suite.span())]
        formes = [forme for _, _, forme in mots]
        position = 0
        while position < len(mots):
            valeur, suivant = _read(formes, position)
            if valeur is not None:
                yield NombreTrouve(mots[position][0], mots[suivant - 1][1], valeur)
            position = max(suivant, position + 1)


def parse_nombre(texte: str) -> int | None:
    """Give the number that the whole text writes in words, or `None`."""
    texte = texte.strip()
    nombre = next(find_nombres(texte), None)
    return nombre.valeur if nombre and (nombre.debut, nombre.fin) == (0, len(texte)) else None


def _read(mots: Sequence[str], position: int) -> tuple[int | None, int]:
    """Read the longest number that starts at `position`; give it and the position after it."""
    if mots[position].startswith("z"):
        return 0, position + 1
    total, depart = 0, position
    for echelle, noms in _ECHELLES:
        valeur, suivant = _read_below_mille(mots, position)
        if suivant < len(mots) and mots[suivant] in noms and (valeur or echelle == 1_000):
            total, position = total + (valeur or 1) * echelle, suivant + 1
    valeur, position = _read_below_mille(mots, position)
    return (total + valeur if position > depart else None), position


def _read_below_mille(mots: Sequence[str], position: int) -> tuple[int, int]:
    valeur, suivant = _read_below_cent(mots, position)
    if suivant < len(mots) and mots[suivant] in ("cent", "cents") and valeur < 20 and valeur != 10:
        reste, suivant = _read_below_cent(mots, suivant + 1)
        return (valeur or 1) * 100 + reste, suivant
    return valeur, suivant


def _read_below_cent(mots: Sequence[str], position: int) -> tuple[int, int]:
    """Read 1 to 99; (0, position) where no such number starts here."""
    if position >= len(mots):
        return 0, position
    if mots[position] == "quatre" and mots[position + 1 : position + 2] in (["vingt"], ["vingts"]):
        dizaine, position = 80, position + 2
    elif mots[position] in _DIZAINES:
        dizaine, position = _DIZAINES[mots[position]], position + 1
    else:
        return _read_below_vingt(mots, position)
    suivant = position
    if mots[suivant : suivant + 1] == ["et"] and mots[suivant + 1 : suivant + 2] and mots[suivant + 1] in _APRES_ET:
        suivant += 1
    unite, fin = _read_below_vingt(mots, suivant)
    limite = 20 if dizaine in (60, 80) else 10
    return (dizaine + unite, fin) if 0 < unite < limite else (dizaine, position)


_APRES_ET = ("un", "une", "dix", "onze")


def _read_below_vingt(mots: Sequence[str], position: int) -> tuple[int, int]:
    unite = _UNITES.get(mots[position], 0) if position < len(mots) else 0
    if not unite:
        return 0, position
    suivante = _UNITES.get(mots[position + 1], 0) if position + 1 < len(mots) else 0
    if unite == 10 and suivante in (7, 8, 9):
        return 10 + suivante, position + 2
    return unite, position + 1
