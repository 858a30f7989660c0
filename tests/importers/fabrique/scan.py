"""Makes scans: pages of a PDF as pictures, a little turned, grey, noised, with a stamp; the same each time."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter

RESOLUTION = 200  # dots per inch


@dataclass(frozen=True, slots=True)
class Scanner:
    """`angle` in degrees; `bruit` is the deviation of the noise, `papier` the grey of the sheet, of 255; `quart` turns
    the page as a sheet put the wrong way round is, `flou` is the radius of the blur in pixels.
    """

    angle: float = 0.6
    bruit: float = 12
    papier: int = 235
    tampon: bool = True
    quart: int = 0
    flou: float = 0.6


SCANNERS = {
    "bureau": Scanner(),
    "propre": Scanner(angle=0, bruit=3, papier=250, tampon=False),
    "penche": Scanner(angle=-1.8, bruit=16, papier=225),
    "renverse": Scanner(angle=0.4, quart=2),
}
FLOU = Scanner(flou=4)
"""Too blurred to be read."""


def make(pdf: bytes, scanner: Scanner = SCANNERS["bureau"]) -> bytes:
    """Scan a PDF: one picture a page, without text."""
    images = list(_scan(pdf, scanner))
    sortie = io.BytesIO()
    images[0].save(sortie, "PDF", resolution=RESOLUTION, save_all=True, append_images=images[1:], quality=75)
    return sortie.getvalue()


def _scan(pdf: bytes, scanner: Scanner) -> Iterator[Image.Image]:
    graine = random.Random(len(pdf))
    with pdfium.PdfDocument(pdf) as document:
        for rang, page in enumerate(document):
            image = page.render(scale=RESOLUTION / 72, grayscale=True).to_pil().convert("L")
            if scanner.tampon and rang == len(document) - 1:
                _stamp(image)
            image = image.point(lambda gris: int(40 + gris * (scanner.papier - 40) / 255))
            tourne = scanner.angle * graine.uniform(0.8, 1.2)
            image = image.rotate(tourne, Image.Resampling.BICUBIC, fillcolor=scanner.papier)
            image = image.filter(ImageFilter.GaussianBlur(scanner.flou))
            yield _noise(image, scanner.bruit, graine).rotate(90 * scanner.quart, expand=True)


def _noise(image: Image.Image, bruit: float, graine: random.Random) -> Image.Image:
    """Add the same noise each time: a small tile of it, repeated."""
    cote = 256
    tuile = Image.new("L", (cote, cote))
    tuile.putdata([max(0, min(255, int(graine.gauss(128, bruit)))) for _ in range(cote * cote)])
    plan = Image.new("L", image.size)
    for x in range(0, image.width, cote):
        for y in range(0, image.height, cote):
            plan.paste(tuile, (x, y))
    return ImageChops.add(image, plan, offset=-128)


def _stamp(image: Image.Image) -> None:
    """Print a round seal at the foot of the page, to the right, beside the text rather than over it."""
    x, y, rayon = image.width - 330, image.height - 430, 110
    dessin = ImageDraw.Draw(image)
    for retrait in (0, 18):
        cadre = (x - rayon + retrait, y - rayon + retrait, x + rayon - retrait, y + rayon - retrait)
        dessin.ellipse(cadre, outline=120, width=4)
    dessin.text((x - 60, y - 20), "PRÉFECTURE", fill=120, font_size=22)
    dessin.text((x - 30, y + 10), "* R F *", fill=120, font_size=20)
