"""What OCR misreads in numbers and beside them: « Aït. ler », « 0113-CENT-SGO1 », « 3,2 ME », the border of a cell before a
year, the numerals of headings (« Il - Durée », « Article VIT »).

Numerals are put right only where they count: at the start of lines, one after the other from I.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.documents.mise_en_page import Mot, Page
from importers.documents.mise_en_page.mots import find_rangees

SUITE_MINIMUM = 3
"""Fewer headings than this do not make a count."""
CODE_DE_DIX = 10
SAUT = 3
"""A heading or two may not be seen as one."""

_PREMIER = re.compile(r"[lI|!]er(?P<point>[.,:;)]?)")
_CODE = re.compile(r"\d{4}-[A-Z\d]{2,5}(?:-[A-Z\d]{2,5})*\b")
_CODE_SANS_TIRET = re.compile(r"(?=[A-Z]*\d)[A-Z\d]{10,12}")
_CODE_COUPE = re.compile(r"\d{4}-(?:[A-Z\d]{2,5}-)?")
_LETTRE_O = re.compile(r"(?<=[A-Z\d])O(?=\d)")
"""In a code, what stands before a figure at the end of a block of letters is a zero."""
_NUMERAL = re.compile(r"(?P<signes>[IVXlL1|T!iÎHU]{1,5})(?P<point>[-–—.:]?)")
_POINT = re.compile(r"[-–—.:]")
_ARTICLE = re.compile(r"(?:Article|ARTICLE|Art\.|ART\.)")
_ARTICLE_LU = re.compile(r"A[iïîlt]t\.?")
_NUMERO = re.compile(r"(?:\d{1,2}|[1lI|!]er)[.:]?")
_UNITE = re.compile(r"(?P<avant>(?:.*[\d(])?)(?P<prefixe>[kKM])E(?P<apres>[).,;:]*)")
_AVANT_UNITE = re.compile(r"(?:en|EN|[(\[]en|[\d., ]*\d)")
_CREDIT_COLLE = re.compile(r"(?P<credit>AE|CP)(?P<annee>20\d\d)")
_DOUBLE_ZERO = re.compile(r"(?<=[A-Z])00(?=\d\d$)")
"""One zero read as two signs, « O » and « 0 », in a code of ten."""
_BARRES = "|¦"
_ANNEE = re.compile(r"20\d\d")
_ANNEE_LUE = re.compile(r"[1lI!](20\d\d)")
"""The border of a cell is read as a stroke before the year."""
_LUS = str.maketrans("lL1|!iÎ", "IIIIIII")
_ROMAINS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def repair_numeros(pages: Sequence[Page]) -> list[Page]:
    """Give the pages, the numbers that were misread put right."""
    nettes = [replace(page, mots=tuple(_without_bars(page.mots))) for page in pages]
    remplaces = _repair_numerals(nettes) | _repair_rows(nettes)
    return [replace(page, mots=tuple(_repair(page.mots, remplaces))) for page in nettes]


def _without_bars(mots: Sequence[Mot]) -> Iterator[Mot]:
    """Leave out the borders of cells that were read as signs."""
    for mot in mots:
        texte = mot.texte.strip(_BARRES)
        if texte:
            yield mot if texte == mot.texte else replace(mot, texte=texte)


def _repair_rows(pages: Sequence[Page]) -> dict[int, Mot]:
    """Give, by the identity of the word, the years of a row of years, and the word « Art. » before a number."""
    remplaces: dict[int, Mot] = {}
    for page in pages:
        for rangee in find_rangees(page.mots):
            if len(rangee) > 1 and _ARTICLE_LU.fullmatch(rangee[0].texte) and _NUMERO.fullmatch(rangee[1].texte):
                remplaces[id(rangee[0])] = replace(rangee[0], texte="Art.")
            if any(_ANNEE.fullmatch(mot.texte) for mot in rangee):
                lus = ((mot, _ANNEE_LUE.fullmatch(mot.texte)) for mot in rangee)
                remplaces |= {id(mot): replace(mot, texte=lu[1]) for mot, lu in lus if lu}
    return remplaces


def _repair(mots: Sequence[Mot], remplaces: dict[int, Mot]) -> Iterator[Mot]:
    precedent = ""
    for mot in mots:
        premier = _PREMIER.fullmatch(mot.texte)
        if premier:
            yield replace(mot, texte=f"1er{premier['point']}")
        elif _CODE.match(mot.texte) or _CODE_COUPE.fullmatch(precedent):
            yield replace(mot, texte=_LETTRE_O.sub("0", mot.texte))
        elif _CODE_SANS_TIRET.fullmatch(mot.texte):
            code = _LETTRE_O.sub("0", mot.texte)
            yield replace(mot, texte=_DOUBLE_ZERO.sub("0", code) if len(code) == CODE_DE_DIX + 1 else code)
        elif colle := _CREDIT_COLLE.fullmatch(mot.texte):
            yield replace(mot, texte=f"{colle['credit']} {colle['annee']}")
        elif mot.texte == "+":
            yield replace(mot, texte="•")
        elif (unite := _UNITE.fullmatch(mot.texte)) and (unite["avant"] or _AVANT_UNITE.fullmatch(precedent)):
            yield replace(mot, texte=f"{unite['avant']}{unite['prefixe']}€{unite['apres']}")
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
    lu = lu.replace("H", "II").replace("U", "II")
    lectures = {lu, lu.replace("T", "I"), lu.replace("T", "II")}
    repete = 0 < rang < len(_ROMAINS) and _ROMAINS[rang - 1] in lectures
    if repete or (rang < 3 and set(lu) <= set("IT")):
        return rang
    return next((autre for autre in range(rang, min(rang + SAUT, len(_ROMAINS))) if _ROMAINS[autre] in lectures), None)


def _list_numerals(pages: Sequence[Page]) -> Iterator[tuple[Mot, str, str]]:
    """The words that may be numerals: first of a line, or after « Article », and a dash, a point or a colon after."""
    for page in pages:
        for rangee in find_rangees(page.mots):
            tete = 1 if len(rangee) > 1 and _ARTICLE.fullmatch(rangee[0].texte) else 0
            trouve = _NUMERAL.fullmatch(rangee[tete].texte)
            suivant = rangee[tete + 1].texte if len(rangee) > tete + 1 else ""
            if trouve and suivant and (trouve["point"] or _POINT.fullmatch(suivant)):
                yield rangee[tete], trouve["signes"], trouve["point"]
