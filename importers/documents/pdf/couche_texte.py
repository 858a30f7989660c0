"""The text layer of the page of a PDF, as words that stand somewhere, with the rules that are drawn on it (pdfium).

What is not to be read is left out: text in no colour that lies over no picture, text across the page (a watermark, a
stamp in the margin). A page that is turned is turned back.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from importers.documents.mise_en_page import Mot, Page
from importers.documents.pdf.dessins import PLEINE_PAGE, Dessins, read_dessins
from importers.documents.pdf.repere import Boite, Repere

SIGNES_MAXIMUM = 100_000
"""Characters of a page: the fullest of a recueil has ten thousand."""

_ESPACE = 0.15
"""A gap wider than this share of the height of a character parts two words."""
_ESPACE_FINE = 0.07
"""The same between two figures: a thin space, which some PDF draw and do not write, parts the thousands."""
_HAUT, _BAS = 0.75, 0.2
"""How far a line of text goes over and under its foot, in sizes of its font, where the PDF does not say."""
_PETIT = 0.8
"""A raised number is no higher than this share of the word that it follows."""
_PUCES = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF0E8, 0xF06F, 0xF0A8), "•") | {0xF02D: "-"}
"""Bullets of the fonts Symbol and Wingdings, which have no Unicode of their own."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_TIRET = 2  # what pdfium gives for a hyphen that ends a line
_SANS_LARGEUR = frozenset({0xFFFE, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
_INCONNUS = frozenset({0, 0xFFFD, 0xFFFF})
_APPEL = re.compile(r"[(\[]?(?P<numero>\d{1,2})[)\]]?[,.;]?")
_LEVE = 0.12
"""The share of the height of its neighbour by which a raised number stands over the line."""


@dataclass(frozen=True, slots=True)
class Couche:
    """`page` holds the words and rules; `image` says that a picture takes the page, `invisible` that the text lies over it
    in no colour, or under it, as OCR does; `cache` that text in no colour was left out; `commentee` that a reader has
    commented the page; `inconnus` is the share of the characters that no table of the PDF translates.
    """

    page: Page
    dessins: Dessins
    image: bool = False
    invisible: bool = False
    cache: bool = False
    commentee: bool = False
    inconnus: float = 0.0


@dataclass(frozen=True, slots=True)
class _Signe:
    texte: str
    boite: Boite
    quart: int | None  # quarter turns of its direction, counter-clockwise, None across


def read_couche(page: pdfium.PdfPage) -> Couche:
    """Read a page. Raises `pdfium.PdfiumError` where its content is broken, `ValueError` where it has too many characters."""
    dessins = read_dessins(page)
    image = dessins.largest_image > PLEINE_PAGE
    textpage = page.get_textpage()
    try:
        signes, inconnus, caches = _read_signes(textpage, set() if image else dessins.invisibles)
    finally:
        textpage.close()
    quart = _main_direction(signes)
    repere = Repere(page.get_bbox(), quart)
    mots = tuple(_mark_calls(list(_read_mots(signes, quart, repere))))
    return Couche(
        page=Page(*repere.taille, mots, tuple(repere.turn_filet(filet) for filet in dessins.filets)),
        dessins=dessins,
        image=image,
        invisible=image and (bool(dessins.invisibles) or 2 * dessins.recouverts > dessins.textes),
        cache=caches > 0,
        inconnus=inconnus / max(1, len(signes) + inconnus),
    )


def _read_signes(textpage: pdfium.PdfTextPage, invisibles: set[int]) -> tuple[list[_Signe | None], int, int]:
    """Give the characters, None where a space stands, and how many are unknown and how many are hidden."""
    nombre = textpage.count_chars()
    if nombre > SIGNES_MAXIMUM:
        raise ValueError(f"{nombre} characters on one page")
    signes: list[_Signe | None] = []
    inconnus = caches = 0
    rect = pdfium_c.FS_RECTF()
    for rang in range(nombre):
        code = pdfium_c.FPDFText_GetUnicode(textpage, rang)
        if code in _SANS_LARGEUR:
            continue
        if invisibles and _object_of(textpage, rang) in invisibles:
            caches += not chr(code).isspace()
        elif code in _INCONNUS or (0xE000 <= code <= 0xF8FF and code not in _PUCES):
            inconnus += 1
        elif chr(code).isspace() or not pdfium_c.FPDFText_GetLooseCharBox(textpage, rang, ctypes.byref(rect)):
            signes.append(None)
        else:
            boite = _as_high_as_line(textpage, rang, (rect.left, rect.bottom, rect.right, rect.top))
            signes.append(_Signe(_to_text(code), boite, _quarter(pdfium_c.FPDFText_GetCharAngle(textpage, rang))))
    return signes, inconnus, caches


def _as_high_as_line(textpage: pdfium.PdfTextPage, rang: int, boite: Boite) -> Boite:
    """Make as high as its line the box of a character whose font does not say how high its lines are."""
    matrice, x, y = pdfium_c.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    if not pdfium_c.FPDFText_GetMatrix(textpage, rang, ctypes.byref(matrice)) or matrice.b or matrice.c:
        return boite
    corps = pdfium_c.FPDFText_GetFontSize(textpage, rang) * abs(matrice.d)
    if boite[3] - boite[1] > (_HAUT + _BAS) * corps * 0.85:
        return boite
    pdfium_c.FPDFText_GetCharOrigin(textpage, rang, ctypes.byref(x), ctypes.byref(y))
    return boite[0], y.value - _BAS * corps, boite[2], y.value + _HAUT * corps


def _object_of(textpage: pdfium.PdfTextPage, rang: int) -> int | None:
    return ctypes.cast(pdfium_c.FPDFText_GetTextObject(textpage, rang), ctypes.c_void_p).value


def _to_text(code: int) -> str:
    return "-" if code == _TIRET else _PUCES.get(code) or _LIGATURES.get(code) or chr(code)


def _quarter(angle: float) -> int | None:
    """The quarter turns of a direction in radians; None where it is level with no edge of the page."""
    tours = -angle / (pi / 2)  # pdfium counts clockwise
    return round(tours) % 4 if abs(tours - round(tours)) < 0.05 else None


def _main_direction(signes: Sequence[_Signe | None]) -> int:
    fois = Counter(signe.quart for signe in signes if signe is not None and signe.quart is not None)
    return fois.most_common(1)[0][0] if fois else 0


def _read_mots(signes: Sequence[_Signe | None], quart: int, repere: Repere) -> Iterator[Mot]:
    droits = [
        None if signe is None or signe.quart != quart else (signe.texte, repere.turn(signe.boite)) for signe in signes
    ]
    for plein, groupe in groupby(droits, key=lambda signe: signe is not None):
        if plein:
            yield from _cut_mots([signe for signe in groupe if signe is not None])


def _cut_mots(signes: Sequence[tuple[str, Boite]]) -> Iterator[Mot]:
    """Cut characters that no space parts where they stand apart, on another line, or where a raised number starts."""
    debut = 0
    for rang in range(1, len(signes) + 1):
        if rang == len(signes) or _parts(signes[rang - 1], signes[rang]):
            yield _to_mot(signes[debut:rang])
            debut = rang


def _parts(signe: tuple[str, Boite], suite: tuple[str, Boite]) -> bool:
    avant, apres = signe[1], suite[1]
    hauteur = max(avant[3] - avant[1], apres[3] - apres[1])
    recul, ecart = avant[0] - apres[0], apres[0] - avant[2]
    espace = _ESPACE_FINE if signe[0].isdigit() and suite[0].isdigit() else _ESPACE
    if ecart > espace * hauteur or recul > hauteur or min(avant[3], apres[3]) <= max(avant[1], apres[1]):
        return True
    if suite[0].isdigit() or suite[0] in "([":
        return _is_raised(apres, avant)
    return signe[0].isdigit() and suite[0].isalpha() and _is_raised(avant, apres)


def _to_mot(signes: Sequence[tuple[str, Boite]]) -> Mot:
    """Make a word of characters. It is as high as the lowest of those on its line: a capital is higher by its accent."""
    boites = [boite for _, boite in signes]
    pied = max(boite[3] for boite in boites)
    hauteur = min(boite[3] - boite[1] for boite in boites if pied - boite[3] < 1) or 1.0
    x1 = max(boite[2] for boite in boites)
    return Mot("".join(texte for texte, _ in signes), boites[0][0], pied - hauteur, x1, pied)


def _is_raised(boite: Boite, voisine: Boite) -> bool:
    """Say whether a box is smaller than that beside it, and higher."""
    hauteur = voisine[3] - voisine[1]
    beside = min(boite[3], voisine[3]) > max(boite[1], voisine[1])
    return beside and boite[3] - boite[1] < _PETIT * hauteur and voisine[3] - boite[3] > _LEVE * hauteur


def _mark_calls(mots: Sequence[Mot]) -> Iterator[Mot]:
    """Mark the raised numbers: calls of notes, and the numbers of the notes themselves."""
    for rang, mot in enumerate(mots):
        voisins = [mots[autre] for autre in (rang - 1, rang + 1) if 0 <= autre < len(mots)]
        appel = _APPEL.fullmatch(mot.texte)
        if appel and any(_is_raised(_box(mot), _box(voisin)) for voisin in voisins):
            yield replace(mot, texte=appel["numero"], appel=True)
        else:
            yield mot


def _box(mot: Mot) -> Boite:
    return mot.x0, mot.haut, mot.x1, mot.bas
