"""Reads a page that is a picture: rendered, set level, its rules rubbed out, its words read by Tesseract."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

import pypdfium2 as pdfium
from PIL import Image

from importers.documents.mise_en_page import Filet, Mot, Page
from importers.documents.pdf.images import straighten, take_rules
from importers.documents.pdf.tesseract import MotLu, find_turn, read_image

DPI = 200
DISPOSITION = 4
"""Tesseract takes the page for one column of any sizes: it drops no cell of a table; columns are ours to find."""
PIXELS_MAXIMUM = 24_000_000
"""A sheet of A3 at 200 dots per inch has 8 million."""
COTE_MINIMUM, COTE_MAXIMUM = 36, 14_400
"""Points: half an inch, and the longest side of a page (ISO 32000-1, annex C); no act is on another."""
LISIBLE = 50
"""A page read less surely than this, of 100, is not read: a blurred one gives 30, a slanted and noisy one 94."""
SURE = 60
"""A page read less surely than this, of 100, may lie on its side or upside down."""
DOUTEUX = 30
"""A lone sign that is read less surely than this is a stain."""

_SIGNE = re.compile(r"\w")
_TIRETS = ("-", "–", "—")
_COLLE = re.compile(r"[1-9]\d{3,5}")
_ANNEE = re.compile(r"(?:19|20)\d\d")
_MILLIERS = re.compile(r"\d{3}(?:,\d\d)?€?")


def read_scan(page: pdfium.PdfPage) -> Page | None:
    """Read a page by OCR: nothing on a page of no real size, `None` for one too blurred to be believed.

    Raises `Illisible` where Tesseract is absent or fails.
    """
    largeur, hauteur = page.get_size()
    if not COTE_MINIMUM <= min(largeur, hauteur) <= max(largeur, hauteur) <= COTE_MAXIMUM:
        return Page(largeur, hauteur)
    image, dpi = _render(page)
    lue, sure = _read(image, dpi)
    if sure < SURE:
        quarts = find_turn(image)
        if quarts:
            lue, sure = max((lue, sure), _read(image.rotate(-90 * quarts, expand=True), dpi), key=itemgetter(1))
    return lue if sure >= LISIBLE or not lue.mots else None


def _render(page: pdfium.PdfPage) -> tuple[Image.Image, int]:
    """The picture of a page, in grey, and its resolution: lower where the page is huge."""
    largeur, hauteur = page.get_size()
    pixels = largeur * hauteur * (DPI / 72) ** 2
    dpi = DPI if pixels <= PIXELS_MAXIMUM else max(1, int(DPI * (PIXELS_MAXIMUM / pixels) ** 0.5))
    return page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True).to_pil().convert("L"), dpi


def _read(image: Image.Image, dpi: int) -> tuple[Page, float]:
    """The words and rules of a picture, in points, and how surely it was read, of 100."""
    nette, filets = take_rules(straighten(image), dpi)
    lus = [mot for mot in read_image(nette, dpi, disposition=DISPOSITION) if not _is_stain(mot)]
    points = 72 / dpi
    textes = _regroup([mot.texte for mot in lus])
    boites = ((mot.x0 * points, mot.haut * points, mot.x1 * points, mot.bas * points) for mot in lus)
    mots = tuple(Mot(texte, *boite) for texte, boite in zip(textes, boites, strict=True))
    page = Page(image.width * points, image.height * points, mots, tuple(_scale(filet, points) for filet in filets))
    return page, _average(mot.confiance for mot in lus)


def _is_stain(mot: MotLu) -> bool:
    return mot.confiance < DOUTEUX and len(_SIGNE.findall(mot.texte)) < 2 and mot.texte not in _TIRETS


def _regroup(textes: Sequence[str]) -> Iterator[str]:
    """Part the thousands of a number again, where some are parted and some are not: « 1200 000 » is « 1 200 000 »."""
    for texte, suite in zip_longest(textes, textes[1:], fillvalue=""):
        colle = _COLLE.fullmatch(texte) and not _ANNEE.fullmatch(texte) and _MILLIERS.fullmatch(suite)
        yield f"{int(texte):,}".replace(",", " ") if colle else texte


def _average(nombres: Iterable[int]) -> float:
    liste = list(nombres)
    return sum(liste) / len(liste) if liste else 0.0


def _scale(filet: Filet, points: float) -> Filet:
    return Filet(filet.x0 * points, filet.haut * points, filet.x1 * points, filet.bas * points)
