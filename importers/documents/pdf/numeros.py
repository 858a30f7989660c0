"""Numbers that OCR misreads as letters: « Article ler », « 0113-CENT-SGO1 », the numerals of headings (« Il - Durée »).

Numerals are put right only where they count: at the start of lines, one after the other from I.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.documents.mise_en_page import Mot, Page
from importers.documents.mise_en_page.mots import find_rangees

SUITE_MINIMUM = 3
"""Fewer headings than this do not make a count."""
SAUT = 3
"""A heading or two may not be seen as one."""

_PREMIER = re.compile(r"[lI|!]er(?P<point>[.,:;)]?)")
_CODE = re.compile(r"\d{4}-[A-Z\d]{2,5}(?:-[A-Z\d]{2,5})*\b")
_CODE_COUPE = re.compile(r"\d{4}-(?:[A-Z\d]{2,5}-)?")
_LETTRE_O = re.compile(r"(?<=[A-Z\d])O(?=\d)")
"""In a code, what stands before a figure at the end of a block of letters is a zero."""
_NUMERAL = re.compile(r"(?P<signes>[IVXlL1|T!iÎ]{1,5})(?P<point>[-–—.]?)")
_POINT = re.compile(r"[-–—.]")
_LUS = str.maketrans("lL1|!iÎ", "IIIIIII")
_ROMAINS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def repair_numeros(pages: Sequence[Page]) -> list[Page]:
    """Give the pages, the numbers that were misread put right."""
    remplaces = _repair_numerals(pages)
    return [replace(page, mots=tuple(_repair(page.mots, remplaces))) for page in pages]


def _repair(mots: Sequence[Mot], remplaces: dict[int, Mot]) -> Iterator[Mot]:
    precedent = ""
    for mot in mots:
        premier = _PREMIER.fullmatch(mot.texte)
        if premier:
            yield replace(mot, texte=f"1er{premier['point']}")
        elif _CODE.match(mot.texte) or _CODE_COUPE.fullmatch(precedent):
            yield replace(mot, texte=_LETTRE_O.sub("0", mot.texte))
        else:
            yield remplaces.get(id(mot), mot)
        precedent = mot.texte


def _repair_numerals(pages: Sequence[Page]) -> dict[int, Mot]:
    """Give the numerals put right by the identity of the word; none where they do not count."""
    remplaces: dict[int, Mot] = {}
    rang = 0
    for mot, signes, point in _list_numerals(pages):
        trouve = _find_rang(signes.translate(_LUS), rang)
        if trouve is not None:
            remplaces[id(mot)] = replace(mot, texte=_ROMAINS[trouve] + point)
            rang = trouve + 1
    return remplaces if len(remplaces) >= SUITE_MINIMUM else {}


def _find_rang(lu: str, rang: int) -> int | None:
    """The rank of a numeral, from the next that is due: strokes that are too few are those of I, II or III."""
    lectures = {lu, lu.replace("T", "I"), lu.replace("T", "II")}
    if rang < 3 and set(lu) <= set("IT"):
        return rang
    return next((autre for autre in range(rang, min(rang + SAUT, len(_ROMAINS))) if _ROMAINS[autre] in lectures), None)


def _list_numerals(pages: Sequence[Page]) -> Iterator[tuple[Mot, str, str]]:
    """The words that may be numerals: first of a line, and a dash or a point after."""
    for page in pages:
        for rangee in find_rangees(page.mots):
            trouve = _NUMERAL.fullmatch(rangee[0].texte)
            suivant = rangee[1].texte if len(rangee) > 1 else ""
            if trouve and suivant and (trouve["point"] or _POINT.fullmatch(suivant)):
                yield rangee[0], trouve["signes"], trouve["point"]
