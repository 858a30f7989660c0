"""What is drawn on the page of a PDF beside its text: rules, pictures, text in no colour (pdfium)."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from importers.documents.pdf.repere import Boite

PLEINE_PAGE = 0.5
"""Pictures that take this share of a page are that of the page."""
COUVERTE = 0.85
"""Pictures that take this share of a page hide the text that was drawn before them."""
OBJETS_MAXIMUM = 50_000
"""Objects looked at on one page; a map or a drawing has more, a table has not."""
SEGMENTS_MAXIMUM = 200
"""Segments of one path: a path of more is a picture."""
PROFONDEUR = 4
"""Forms within forms."""
EPAIS = 3.0
"""Points: a shape no thicker is a rule."""

Matrice = tuple[float, float, float, float, float, float]
IDENTITE: Matrice = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Dessins:
    """Boxes in the axes of the PDF: `filets` of rules, `images` of pictures. `invisibles` are the addresses of the texts
    in no colour; `surface` is that of the page, in square points; of the `textes`, the first are `recouverts` by a picture
    that takes the page.
    """

    surface: float
    filets: list[Boite] = field(default_factory=list)
    images: list[Boite] = field(default_factory=list)
    invisibles: set[int] = field(default_factory=set)
    objets: int = 0
    textes: int = 0
    recouverts: int = 0

    @property
    def largest_image(self) -> float:
        """The share of the page that its pictures take; a scan may be cut in strips."""
        total = sum((droite - gauche) * (haut - bas) for gauche, bas, droite, haut in self.images)
        return min(1.0, total / self.surface) if self.surface > 0 else 0.0


def read_dessins(page: pdfium.PdfPage) -> Dessins:
    gauche, bas, droite, haut = page.get_bbox()
    dessins = Dessins((droite - gauche) * (haut - bas))
    for rang in range(pdfium_c.FPDFPage_CountObjects(page)):
        _read_objet(pdfium_c.FPDFPage_GetObject(page, rang), IDENTITE, dessins, 0)
    return dessins


def _read_objet(objet: pdfium_c.FPDF_PAGEOBJECT, matrice: Matrice, dessins: Dessins, profondeur: int) -> None:
    dessins.objets += 1
    if dessins.objets > OBJETS_MAXIMUM:
        return
    genre = pdfium_c.FPDFPageObj_GetType(objet)
    if genre == pdfium_c.FPDF_PAGEOBJ_PATH:
        dessins.filets.extend(_read_path(objet, matrice))
    elif genre == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        dessins.images.extend(_bounds(objet, matrice))
        if dessins.largest_image > COUVERTE:
            dessins.recouverts = dessins.textes
    elif genre == pdfium_c.FPDF_PAGEOBJ_TEXT:
        dessins.textes += 1
        if pdfium_c.FPDFTextObj_GetTextRenderMode(objet) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
            dessins.invisibles.add(ctypes.cast(objet, ctypes.c_void_p).value or 0)
    elif genre == pdfium_c.FPDF_PAGEOBJ_FORM and profondeur < PROFONDEUR:
        dedans = _multiply(_matrix(objet), matrice)
        for rang in range(pdfium_c.FPDFFormObj_CountObjects(objet)):
            _read_objet(pdfium_c.FPDFFormObj_GetObject(objet, rang), dedans, dessins, profondeur + 1)


def _read_path(objet: pdfium_c.FPDF_PAGEOBJECT, matrice: Matrice) -> Iterator[Boite]:
    """The rules of a path: the thin shape that it is, or its sides that are level with the edges of the page."""
    for boite in _bounds(objet, matrice):
        if min(boite[2] - boite[0], boite[3] - boite[1]) <= EPAIS:
            yield _thin(boite)
            return
    points = _read_points(objet, _multiply(_matrix(objet), matrice))
    for (x0, y0, _), (x1, y1, relie) in pairwise(points):
        if relie and (abs(x0 - x1) < 1 or abs(y0 - y1) < 1):
            yield _thin((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _read_points(objet: pdfium_c.FPDF_PAGEOBJECT, matrice: Matrice) -> list[tuple[float, float, bool]]:
    """The points of a path, each with whether a line joins it to that before; a closed path comes back to its start."""
    nombre = pdfium_c.FPDFPath_CountSegments(objet)
    points: list[tuple[float, float, bool]] = []
    depart = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for rang in range(nombre if nombre <= SEGMENTS_MAXIMUM else 0):
        segment = pdfium_c.FPDFPath_GetPathSegment(objet, rang)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        place = _apply(matrice, x.value, y.value)
        genre = pdfium_c.FPDFPathSegment_GetType(segment)
        if genre == pdfium_c.FPDF_SEGMENT_MOVETO:
            depart = place
        points.append((*place, genre == pdfium_c.FPDF_SEGMENT_LINETO))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append((*depart, genre == pdfium_c.FPDF_SEGMENT_LINETO))
    return points


def _thin(boite: Boite) -> Boite:
    """Give a rule no thickness: it stands in its middle."""
    x0, y0, x1, y1 = boite
    if x1 - x0 >= y1 - y0:
        return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    return (x0 + x1) / 2, y0, (x0 + x1) / 2, y1


def _bounds(objet: pdfium_c.FPDF_PAGEOBJECT, matrice: Matrice) -> Iterator[Boite]:
    bords = [ctypes.c_float() for _ in range(4)]
    if pdfium_c.FPDFPageObj_GetBounds(objet, *bords):
        coins = [_apply(matrice, bords[x].value, bords[y].value) for x in (0, 2) for y in (1, 3)]
        xs, ys = [x for x, _ in coins], [y for _, y in coins]
        yield min(xs), min(ys), max(xs), max(ys)


def _matrix(objet: pdfium_c.FPDF_PAGEOBJECT) -> Matrice:
    lue = pdfium_c.FS_MATRIX()
    return (lue.a, lue.b, lue.c, lue.d, lue.e, lue.f) if pdfium_c.FPDFPageObj_GetMatrix(objet, lue) else IDENTITE


def _multiply(un: Matrice, autre: Matrice) -> Matrice:
    a, b, c, d, e, f = un
    g, h, i, j, k, m = autre
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrice: Matrice, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrice
    return a * x + c * y + e, b * x + d * y + f
