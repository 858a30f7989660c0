"""A stretch of the text made easy to search, that can still say where each of its characters stands.

Real texts break lines anywhere and mix no-break spaces, tabs and several apostrophes. A `Passage` holds the words of
a stretch separated by one plain space, with one apostrophe, one hyphen and one pair of quotes, so that the patterns of
the reading stay short and linear; `printed` and `span` lead back to what was printed and where.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

PLAT = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
        **dict.fromkeys("’ʼ‘`´", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("“„", "«"),
        "”": "»",
    }
)
"""One character for one: the flat text has the same offsets as the extracted text."""

_MOT = re.compile(r"\S+")
_LIGNE_VIDE = re.compile(r"\n[^\S\n]*\n")
_RETRAIT = 200
"""An indent is shorter than this."""


class Etendue(NamedTuple):
    """A span of the extracted text: its characters from `debut` to before `fin`."""

    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one or several spans of `source`, squeezed into `texte`.

    `offsets[i]` is where the i-th word starts in `texte`, `sources[i]` where it starts in the source; `alineas` are the
    places of `texte` where a paragraph starts after a blank line.
    """

    source: str
    texte: str
    offsets: tuple[int, ...] = field(repr=False)
    sources: tuple[int, ...] = field(repr=False)
    alineas: tuple[int, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, source: str, etendues: Iterable[tuple[int, int]]) -> "Passage":
        mots: list[str] = []
        offsets: list[int] = []
        sources: list[int] = []
        alineas: list[int] = []
        longueur = precedente = 0
        for debut, fin in etendues:
            plat = source[debut:fin].translate(PLAT)
            if mots and _opens_paragraph(mots[-1], source[precedente:debut], plat):
                alineas.append(longueur)
            precedente = fin
            for mot in _MOT.finditer(plat):
                mots.append(mot[0])
                offsets.append(longueur)
                sources.append(debut + mot.start())
                longueur += len(mot[0]) + 1
        return cls(source, " ".join(mots), tuple(offsets), tuple(sources), tuple(alineas))

    def span(self, debut: int, fin: int) -> Etendue:
        """Give where `texte[debut:fin]` stands in the source; an empty stretch stands nowhere long."""
        if not self.offsets:
            return Etendue(0, 0)
        if fin <= debut:
            position = self._position(debut)
            return Etendue(position, position)
        return Etendue(self._position(debut), self._position(fin - 1) + 1)

    def opens_line(self, position: int) -> bool:
        """Say whether the word at a place of `texte` is the first of its line."""
        place = self._position(position)
        return not self.source[max(0, place - _RETRAIT) : place].rpartition("\n")[2].strip()

    @property
    def etendue(self) -> Etendue:
        return self.span(0, len(self.texte))

    def printed(self, debut: int = 0, fin: int | None = None) -> str:
        """Give `texte[debut:fin]` with the characters that were printed, its blanks squeezed."""
        return squeeze("".join(self._printed_words(debut, len(self.texte) if fin is None else fin)))

    def _printed_words(self, debut: int, fin: int) -> Iterator[str]:
        position = debut
        while position < fin:
            rang = bisect_right(self.offsets, position) - 1
            suivant = self.offsets[rang + 1] if rang + 1 < len(self.offsets) else len(self.texte) + 1
            arret = min(fin, suivant - 1)
            source = self.sources[rang] + position - self.offsets[rang]
            yield self.source[source : source + max(0, arret - position)] + " "
            position = suivant

    def _position(self, position: int) -> int:
        rang = max(0, bisect_right(self.offsets, position) - 1)
        return self.sources[rang] + position - self.offsets[rang]


def _opens_paragraph(precedent: str, entre: str, suite: str) -> bool:
    """Say whether a line opens a paragraph; a sentence that the foot of a page cuts goes on after it."""
    return bool(_LIGNE_VIDE.search(entre)) and precedent[-1] != "," and not suite.lstrip()[:1].islower()


def squeeze(texte: str) -> str:
    """Give the text on one line, its blanks of all kinds made single spaces."""
    return " ".join(texte.split())
