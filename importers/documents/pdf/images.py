"""Makes the picture of a page ready for OCR: set level, its rules found and rubbed out.

OCR reads the border of a cell as a letter, and puts it into an amount; the rules say where the cells are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from PIL import Image, ImageDraw, ImageOps

from importers.documents.mise_en_page import Filet

PENCHANT = 3.0
"""Degrees: a sheet that leans more was not scanned as a page of text."""
PAPIER_SOMBRE = 100
"""Under this level, of 255, what is the most frequent on a page is no sheet."""
ENCRE = 0.003
"""The share of a page that is surely ink, be there one line of text."""
GRAIN = 0.3
"""The share of the way from paper to ink that is grain of the paper."""
PAS = 0.1
"""Degrees between two angles that are tried."""
HAUTEUR_D_ESSAI = 700
"""Pixels of height at which the lines of text still show, for trying angles."""

_MORCEAU = 0.1
"""Inches: rules are looked for by pieces of this length."""
_COUCHE, _DROIT = 8, 2
"""The pieces of the shortest flat rule, and of the shortest upright one: no letter is as tall, some words are dark."""
_PLEIN = 0.85
"""The share of dark pixels of a piece of a rule: noise makes holes in it."""
JEU = 3
"""Pixels by which a rule may step from one piece to the next."""
_SOMBRE = 190
"""Under this level, of 255, a pixel is dark."""
_EPAIS = 0.03
"""Inches: the thickest rule."""


def straighten(image: Image.Image) -> Image.Image:
    """Give the picture in grey, its sheet white, its lines of text level."""
    grise = _whiten(image.convert("L"))
    angle = find_angle(grise)
    return grise.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if abs(angle) >= PAS else grise


def _whiten(image: Image.Image) -> Image.Image:
    """Make the sheet white, whatever its grey and the noise on it, and the ink black."""
    niveaux = image.histogram()
    papier = max(range(256), key=niveaux.__getitem__)
    total = list(accumulate(niveaux))
    encre = min(bisect_left(total, ENCRE * total[-1]), papier // 2)
    if papier < PAPIER_SOMBRE:
        return image
    haut = papier - GRAIN * (papier - encre)
    return image.point(lambda gris: max(0, min(255, int(255 * (gris - encre) / (haut - encre)))))


def find_angle(image: Image.Image) -> float:
    """The degrees by which a picture is to be turned for its lines to be level: where rows are the most unlike."""
    hauteur = min(HAUTEUR_D_ESSAI, image.height)
    essai = ImageOps.invert(
        image.resize((max(1, image.width * hauteur // image.height), hauteur), Image.Resampling.BOX)
    )
    grossier = max(_angles(0.0, PENCHANT, 0.5), key=lambda angle: _contrast(essai, angle))
    return max(_angles(grossier, 0.4, PAS), key=lambda angle: _contrast(essai, angle))


def _angles(milieu: float, ecart: float, pas: float) -> list[float]:
    nombre = round(ecart / pas)
    return sorted((milieu + pas * rang for rang in range(-nombre, nombre + 1)), key=abs)


def _contrast(essai: Image.Image, angle: float) -> float:
    """How unlike each other the rows of a picture are, once it is turned."""
    tournee = essai.rotate(angle, Image.Resampling.BILINEAR)
    marge = essai.width // 10
    colonne = tournee.crop((marge, 0, essai.width - marge, essai.height)).resize(
        (1, essai.height), Image.Resampling.BOX
    )
    niveaux = list(colonne.tobytes())
    return sum((suivant - niveau) ** 2 for niveau, suivant in pairwise(niveaux))


def take_rules(image: Image.Image, dpi: int) -> tuple[Image.Image, list[Filet]]:
    """Rub the rules out of a picture; give them too, in pixels."""
    sombre = image.point(lambda gris: 255 if gris < _SOMBRE else 0)
    couches = list(_find_runs(sombre, dpi, _COUCHE))
    debout = sombre.transpose(Image.Transpose.TRANSPOSE)
    droits = [Filet(filet.haut, filet.x0, filet.bas, filet.x1) for filet in _find_runs(debout, dpi, _DROIT)]
    nette = image.copy()
    dessin = ImageDraw.Draw(nette)
    for filet in (*couches, *droits):
        dessin.rectangle((filet.x0 - 2, filet.haut - 2, filet.x1 + 2, filet.bas + 2), fill=255)
    return nette, [_thin(filet) for filet in (*couches, *droits)]


def _find_runs(sombre: Image.Image, dpi: int, minimum: int) -> Iterator[Filet]:
    """The flat dark runs of `minimum` pieces or more; they may go on for a part of a piece at each end."""
    pas, epais = max(8, int(_MORCEAU * dpi)), max(2, int(_EPAIS * dpi))
    reduite = sombre.reduce((pas, 1))
    niveaux, largeur = reduite.tobytes(), reduite.width
    colonnes: dict[int, list[tuple[int, int]]] = {}
    for colonne in range(largeur):
        pleines = [rang for rang, niveau in enumerate(niveaux[colonne::largeur]) if niveau > _PLEIN * 255]
        for bande in _group(pleines):
            if len(bande) <= epais:
                colonnes.setdefault(colonne, []).append((bande[0], bande[-1]))
    for premiere, derniere, haut, bas in _chain(colonnes):
        if derniere - premiere + 1 >= minimum:
            yield Filet(max(0, (premiere - 0.7) * pas), haut, (derniere + 1.7) * pas, bas)


def _group(rangs: Sequence[int]) -> Iterator[list[int]]:
    """Group numbers that follow each other."""
    for _, groupe in groupby(enumerate(rangs), key=lambda couple: couple[1] - couple[0]):
        yield [rang for _, rang in groupe]


def _chain(colonnes: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, int, int, int]]:
    """Make one run of the pieces that go on from one column to the next: first and last column, top, bottom."""
    ouverts: list[tuple[int, int, int, int]] = []
    for colonne in sorted(colonnes):
        suivis: list[tuple[int, int, int, int]] = []
        for haut, bas in colonnes[colonne]:
            avant = [run for run in ouverts if run[1] == colonne - 1 and run[2] - JEU <= bas and haut <= run[3] + JEU]
            suivis.append((avant[0][0], colonne, haut, bas) if avant else (colonne, colonne, haut, bas))
        yield from (run for run in ouverts if not _goes_on(run, suivis))
        ouverts = suivis
    yield from ouverts


def _goes_on(run: tuple[int, int, int, int], suivis: Sequence[tuple[int, int, int, int]]) -> bool:
    return any(run[0] == suivi[0] and run[2] - JEU <= suivi[3] and suivi[2] <= run[3] + JEU for suivi in suivis)


def _thin(filet: Filet) -> Filet:
    if filet.couche:
        milieu = (filet.haut + filet.bas) / 2
        return Filet(filet.x0, milieu, filet.x1, milieu)
    milieu = (filet.x0 + filet.x1) / 2
    return Filet(milieu, filet.haut, milieu, filet.bas)
