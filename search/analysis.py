"""The one French chain: how a text, or what a reader types, becomes the terms that the index holds.

The steps are those of Lucene, in the order in which Elasticsearch runs them: standard tokenizer
(UAX #29), elision, lowercase, light French stem (search/stem.py), ASCII folding (search/fold.py). No stop words.
search/engines/elasticsearch_analysis.py is the same chain in Elasticsearch, and a test holds
them alike, but for the letters that Unicode has taken in since 12.1: they are in words here, and nowhere there.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

import regex

from search.fold import fold
from search.stem import stem

VERSION = 2
"""To be raised with any change that gives another term to some text: every index is then rebuilt."""

LONGEST_TOKEN = 255
"""Lucene cuts a longer word into pieces of this many characters."""

ELIDED = frozenset(["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"])

RAISED: dict[int | str, str] = {
    ord(letter): plain
    for letter in map(chr, [*range(0x2B0, 0x2E4), *range(0x1D2C, 0x1DC0)])
    if (plain := unicodedata.normalize("NFKC", letter)).isascii() and plain.isalpha()
}
"""Superscript letters, as in « 1ᵉʳ », with the plain ones: Lucene would keep « 1ᵉʳ » apart from « 1er »."""

WRITTEN_ALIKE = str.maketrans({**RAISED, "\u00ad": "", "º": "°", "ᵒ": "°", "\u202f": "\u00a0"})
_WRITTEN_ALIKE = re.compile(f"[{''.join(map(chr, WRITTEN_ALIKE))}]")

PICTURES = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3"
    r"\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705"
    r"\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757"
    r"\u2763-\u2767\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d"
    r"\u3297\u3299\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f"
    r"\U0001f18e\U0001f191-\U0001f19a\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f"
    r"\U0001f232-\U0001f23a\U0001f23c-\U0001f23f\U0001f249-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff"
    r"\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f"
    r"\U0001f888-\U0001f88f\U0001f8ae-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001fffd"
)
"""The Extended_Pictographic of Unicode 12.1, which is Lucene's: it had ☐ and ★ still, the later ones have not."""


class Token(NamedTuple):
    """A term and the characters `debut` (included) to `fin` (excluded) of the text that gave it."""

    terme: str
    debut: int
    fin: int


def normalise(texte: str) -> str:
    """`texte` as it is indexed, quoted and searched: documents and queries go through it alike.

    Composed accents, no soft hyphen, « n° » for « nº », « 1er » for « 1ᵉʳ », plain no-break spaces: Lucene takes the
    narrow one, which French puts within amounts and before « ; », for a part of the word.
    """
    if texte.isascii():
        return texte
    composed = unicodedata.normalize("NFC", texte)
    # Looking is much faster than translating, and most texts have none.
    if not _WRITTEN_ALIKE.search(composed):
        return composed
    return unicodedata.normalize("NFC", composed.translate(WRITTEN_ALIKE))


def analyse(texte: str) -> list[Token]:
    """The tokens of `texte`, in its order. An elided article stays inside the bounds of its word."""
    return [
        Token(_term(_bare(texte[debut:fin])), debut, fin)
        for chunk in _CHUNK.finditer(texte)
        for debut, fin in _find_words(texte, *chunk.span())
    ]


def terms(texte: str) -> list[str]:
    """The terms of `texte`, in its order: those of `analyse`, several times faster."""
    return list(chain.from_iterable(map(itemgetter(0), map(_remembered.__getitem__, texte.split()))))


def words(texte: str) -> list[str]:
    """The words of `texte`, in its order: as written, in lower case and without their elided article."""
    return list(chain.from_iterable(map(itemgetter(2), map(_remembered.__getitem__, texte.split()))))


def forms(texte: str) -> list[str]:
    """The words of `texte` in ASCII, in its order: not stemmed as terms are."""
    return list(map(form, words(texte)))


class Prepared(NamedTuple):
    """A text as it is indexed and quoted: its `termes` with a space between, and its `mots` set apart.

    `morceaux` are what stands between its spaces. `mots` cut at WORD_EDGE gives by turns what stands between words
    and a word, so that the term of rank n comes from the piece of rank 2n + 1. Blanks are single spaces.
    """

    termes: str
    mots: str
    morceaux: tuple[str, ...]


WORD_EDGE = "\x7f"
"""A control that JSON writes as it is: cut texts go to a cluster in it."""


def prepare(texte: str) -> Prepared:
    """The terms and words of `texte`, which holds no control character."""
    morceaux = tuple(texte.split())
    chunks = list(map(_remembered.__getitem__, morceaux))
    return Prepared(
        " ".join(chain.from_iterable(map(itemgetter(0), chunks))),
        " ".join(map(itemgetter(1), chunks)),
        morceaux,
    )


def list_forms(morceaux: Iterable[str]) -> str:
    """The forms of the words of what stands between spaces, with a space between; hardly any comes twice."""
    return " ".join(dict.fromkeys(map(itemgetter(3), map(_remembered.__getitem__, morceaux))))


Chunk = tuple[tuple[str, ...], str, tuple[str, ...], str]


class _Chunks(dict[str, Chunk]):
    """Terms, set-apart text, words and forms of what stands between two spaces, which no word goes over: cut once."""

    MOST = 100_000
    LONGEST = 60

    def __missing__(self, chunk: str) -> Chunk:
        bounds = list(_find_words(chunk, 0, len(chunk)))
        edges = [0, *chain.from_iterable(bounds), len(chunk)]
        pieces = (chunk[edge:following] for edge, following in pairwise(edges))
        bare = tuple(_bare(chunk[debut:fin]) for debut, fin in bounds)
        found = tuple(map(_term, bare)), WORD_EDGE.join(pieces), bare, " ".join(map(form, bare))
        if len(chunk) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[chunk] = found
        return found


_CHUNK = re.compile(r"\S+")
_remembered = _Chunks()


def _find_words(texte: str, debut: int, fin: int) -> Iterator[tuple[int, int]]:
    """The bounds of the words of `texte[debut:fin]`, a chunk."""
    for word in _WORD.finditer(texte, debut, fin):
        for start in range(word.start(), word.end(), LONGEST_TOKEN):
            yield start, min(start + LONGEST_TOKEN, word.end())


@lru_cache(maxsize=100_000)
def _term(bare: str) -> str:
    return fold(stem(bare))


@lru_cache(maxsize=100_000)
def form(bare: str) -> str:
    """The form of one of the `words`: in ASCII where it is written in Latin letters, each by itself."""
    return fold(bare)


def _bare(word: str) -> str:
    """`word` without its elided article, in lower case as Java does it: no final sigma, no dot above an i."""
    article, apostrophe, rest = word.replace("’", "'").partition("'")
    bare = word[-len(rest) :] if apostrophe and article.lower() in ELIDED else word
    return bare.replace("Σ", "σ").replace("İ", "i").lower()


def _word_pattern() -> "regex.Pattern[str]":
    """UAX #29 as Lucene applies it: letters, figures and what joins them; ideographs and emoji one by one."""
    marks = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
    joiner = rf"(?:\p{{WB=ExtendNumLet}}{marks})"
    # Lucene's tables are older than Unicode 15.1, which took the colon out of MidLetter.
    within_letters = rf"(?:[:\p{{WB=MidLetter}}\p{{WB=MidNumLet}}\p{{WB=Single_Quote}}]{marks})"
    within_figures = rf"(?:[\p{{WB=MidNum}}\p{{WB=MidNumLet}}\p{{WB=Single_Quote}}]{marks})"
    # Nor are these signs letters there, which Unicode has taken for such since.
    signs = r"\u00b8\u02e5-\u02eb\u055a\u055f\u058a\ua708-\ua716"
    letter = rf"(?:(?![{signs}])[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]{marks})"
    figure = rf"(?:\p{{WB=Numeric}}{marks})"
    katakana = rf"(?:\p{{WB=Katakana}}{marks})"
    letters = rf"{letter}(?:(?:{joiner}*+|{within_letters}){letter})*+"
    figures = rf"{figure}(?:(?:{joiner}*+|{within_figures}){figure})*+"
    run = rf"(?:{katakana}(?:{joiner}*+{katakana})*+|(?:{letters}|{figures})++)"
    word = rf"{joiner}*+{run}(?:{joiner}++{run})*+{joiner}*+"
    ideograph = rf"[\p{{Script=Han}}\p{{Script=Hiragana}}]{marks}"
    keys = rf"[#*]\ufe0f?+\u20e3{marks}"
    flag = rf"\p{{WB=Regional_Indicator}}{marks}\p{{WB=Regional_Indicator}}{marks}"
    drawn = rf"[{PICTURES}](?:(?!\ufe0f)[\p{{WB=Extend}}\p{{WB=Format}}\p{{WB=ZWJ}}])*+\ufe0f?+"
    picture = rf"\u200d*+{drawn}(?:(?:(?<=\u200d)|\u200d){drawn})*+"
    unspaced = rf"(?:\p{{Line_Break=Complex_Context}}{marks})++"
    return regex.compile(rf"{word}|{ideograph}|{picture}|{flag}|{keys}|{unspaced}")


_WORD = _word_pattern()
