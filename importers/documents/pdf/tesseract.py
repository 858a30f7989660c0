"""Tesseract, the program that reads pictures of text: whether it is here, with French, and what it reads of a picture.

The picture goes in and the words come out by pipes: no file is written. See https://github.com/tesseract-ocr/tesseract.
"""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from PIL import Image

from importers.documents.illisible import Illisible

LANGUE = "fra"
SECONDS = 90
"""A page that takes longer is no page of text."""
ABSENT = (
    "Ce PDF est une image sans texte, et le programme qui la lirait n'est pas installé :"
    " installez-le (apt install tesseract-ocr tesseract-ocr-fra), ou importez une version avec du texte."
)

_LIGNE = re.compile(
    r"<span class='ocr_(?:line|header|caption|textfloat)'[^>]*title=\"(?P<titre>[^\"]*)\"[^>]*>(?P<mots>.*?)\n\s*</span>",
    re.DOTALL,
)
_MOT = re.compile(
    r"<span class='ocrx_word'[^>]*title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)'[^>]*>(.*?)</span>", re.DOTALL
)
_BOITE = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_PIED = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_TAILLE = re.compile(r"x_size ([\d.]+); x_descenders ([\d.]+)")
_BALISE = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class MotLu:
    """A word that was read: its box in pixels, as high as its line, and how sure it is, of 100."""

    texte: str
    x0: float
    haut: float
    x1: float
    bas: float
    confiance: int


@cache
def is_installed() -> bool:
    """Say whether Tesseract and its French are here."""
    programme = shutil.which("tesseract")
    return programme is not None and LANGUE in _run([programme, "--list-langs"], b"").split()


def read_image(image: Image.Image, dpi: int, *, disposition: int) -> list[MotLu]:
    """The words of a picture of text that stands upright. `disposition` is Tesseract's page segmentation mode."""
    entree = io.BytesIO()
    image.save(entree, "PNG", compress_level=1)
    arguments = ["stdin", "stdout", "-l", LANGUE, "--dpi", str(dpi), "--psm", str(disposition), "hocr"]
    return list(_parse(_run([_program(), *arguments], entree.getvalue())))


def find_turn(image: Image.Image) -> int:
    """The quarter turns, clockwise, that set a picture of text upright; 0 where that cannot be said."""
    entree = io.BytesIO()
    image.save(entree, "PNG", compress_level=1)
    trouve = re.search(
        r"Rotate: (\d+)", _run([_program(), "stdin", "stdout", "--psm", "0"], entree.getvalue(), strict=False)
    )
    return int(trouve[1]) // 90 % 4 if trouve else 0


def _program() -> str:
    programme = shutil.which("tesseract")
    if programme is None:
        raise Illisible(ABSENT)
    return programme


def _run(commande: list[str], entree: bytes, *, strict: bool = True) -> str:
    """What the program prints. Raises `Illisible` where it fails, unless `strict` is off."""
    try:
        fini = subprocess.run(  # noqa: S603 - no shell, no word of the document
            commande,
            input=entree,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Illisible("Le texte de l'image n'a pas pu être reconnu : vérifiez le fichier, ou découpez-le.") from error
    if strict and fini.returncode:
        raise Illisible("Le texte de l'image n'a pas pu être reconnu : vérifiez le fichier, ou importez son texte.")
    return fini.stdout.decode("utf-8", "replace")


def _parse(hocr: str) -> Iterator[MotLu]:
    """The words of an hOCR page (http://kba.github.io/hocr-spec), those of a line on its baseline."""
    for ligne in _LIGNE.finditer(hocr):
        boite = _read_numbers(_BOITE, ligne["titre"])
        taille = _read_numbers(_TAILLE, ligne["titre"])
        pente, decalage = _read_numbers(_PIED, ligne["titre"]) or (0.0, 0.0)
        if not boite or not taille:
            continue
        for mot in _MOT.finditer(ligne["mots"]):
            texte = unescape(_BALISE.sub("", mot[6])).strip()
            pied = boite[3] + decalage + pente * (float(mot[1]) - boite[0]) + taille[1]
            if texte:
                yield MotLu(texte, float(mot[1]), pied - taille[0], float(mot[3]), pied, int(mot[5]))


def _read_numbers(motif: re.Pattern[str], titre: str) -> tuple[float, ...]:
    trouve = motif.search(titre)
    return tuple(map(float, trouve.groups())) if trouve else ()
