"""Sentences: the units in which a fact and the words that qualify it stand together."""

import re
from collections.abc import Iterator

from importers.documents.passage import Passage

_FIN = re.compile(r"(?<=[^\s.][^\s.][.!?»])\s(?=[A-ZÀ-Þ«L'-])|(?<=;)\s|\s(?=[-–—•]\s\S)")
_ABREGE = re.compile(r"(?:\b(?:art|n|M|Mme|MM|cf|réf|p|etc|[A-Z])\.)$")
_PUCES = "-–—•"


def find_phrases(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield (debut, fin) of each sentence of a passage; a « ; » ends one, and a bullet at the start of a line."""
    debut = 0
    for coupe in _FIN.finditer(passage.texte):
        puce = passage.texte[coupe.end()] in _PUCES
        abrege = _ABREGE.search(passage.texte[max(debut, coupe.start() - 8) : coupe.start()])
        if abrege or (puce and not passage.opens_line(coupe.end())):
            continue
        yield debut, coupe.start()
        debut = coupe.end()
    if debut < len(passage.texte):
        yield debut, len(passage.texte)
