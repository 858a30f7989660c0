"""Sentences: the units in which a fact and the words that qualify it stand together."""

import re
from collections.abc import Iterator

from importers.documents.passage import Passage

_FIN = re.compile(r"(?<=[^\s.][.!?»])\s(?=[A-ZÀ-Þ«L'-])|(?<=;)\s|\s(?=[-–—•●■▪➢]\s\S)")
_ABREGE = re.compile(r"(?:\b(?:art|n|M|Mme|MM|cf|réf|p|etc|[A-Z])\.)$")
_PUCES = "-–—•●■▪➢"


PHRASE_MAXIMUM = 4_000
"""What is longer is no sentence, and is cut: what is done with each sentence may cost the square of its length."""


def find_phrases(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield (debut, fin) of each sentence of a passage; a « ; » ends one, a bullet at the start of a line, a paragraph."""
    debut, longueur = 0, len(passage.texte)
    coupes = list(_find_stops(passage))
    if passage.alineas:
        coupes = sorted({*coupes, *((alinea - 1, alinea) for alinea in passage.alineas)})
    for fin, suivante in (*coupes, (longueur, longueur)):
        for morceau in range(debut, fin, PHRASE_MAXIMUM):
            yield morceau, min(fin, morceau + PHRASE_MAXIMUM)
        debut = suivante


def _find_stops(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the stops that end a sentence: not those of « art. » and « M. », nor a dash inside a line."""
    for coupe in _FIN.finditer(passage.texte):
        puce = passage.texte[coupe.end()] in _PUCES
        abrege = _ABREGE.search(passage.texte[max(0, coupe.start() - 8) : coupe.start()])
        if not abrege and (not puce or passage.opens_line(coupe.end())):
            yield coupe.span()
