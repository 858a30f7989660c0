"""The one French chain: how a text, or what a reader types, becomes the terms that the index holds.

The steps are those of Lucene, in the order in which Elasticsearch runs them: standard tokenizer
(UAX #29), elision, lowercase, light French stem (search/stem.py), ASCII folding. No stop words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

import regex

from search.stem import stem

VERSION = 1
"""To be raised with any change that gives another term to some text: every index is then rebuilt."""

LONGEST_TOKEN = 255
"""Lucene cuts a longer word into pieces of this many characters."""

ELIDED = frozenset(["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"])

NOT_DECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i"}
)
"""Latin letters that Unicode does not decompose, as Lucene's ASCIIFoldingFilter writes them."""


class Token(NamedTuple):
    """A term and the characters `debut` (included) to `fin` (excluded) of the text that gave it."""

    terme: str
    debut: int
    fin: int


def normalise(texte: str) -> str:
    """`texte` as it is indexed, quoted and searched: documents and queries go through it alike.

    Composed accents, no soft hyphen, « n° » for « nº », plain no-break spaces: Lucene takes the narrow
    one, which French puts within amounts and before « ; », for a part of the word.
    """
    if texte.isascii():
        return texte
    composed = unicodedata.normalize("NFC", texte.replace("\u00ad", ""))
    return composed.replace("º", "°").replace("\u202f", "\u00a0")


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

    `mots` cut at WORD_EDGE gives by turns what stands between words and a word, so that the term of rank n
    comes from the piece of rank 2n + 1. Blanks are single spaces.
    """

    termes: str
    mots: str


WORD_EDGE = "\x1d"


def prepare(texte: str) -> Prepared:
    """The terms and words of `texte`, which holds no control character."""
    chunks = list(map(_remembered.__getitem__, texte.split()))
    return Prepared(
        " ".join(chain.from_iterable(map(itemgetter(0), chunks))),
        " ".join(map(itemgetter(1), chunks)),
    )


Chunk = tuple[tuple[str, ...], str, tuple[str, ...]]


class _Chunks(dict[str, Chunk]):
    """Terms, set-apart text and words of what stands between two spaces, which no word goes over: cut once."""

    MOST = 100_000
    LONGEST = 60

    def __missing__(self, chunk: str) -> Chunk:
        bounds = list(_find_words(chunk, 0, len(chunk)))
        edges = [0, *chain.from_iterable(bounds), len(chunk)]
        pieces = (chunk[edge:following] for edge, following in pairwise(edges))
        bare = tuple(_bare(chunk[debut:fin]) for debut, fin in bounds)
        found = tuple(map(_term, bare)), WORD_EDGE.join(pieces), bare
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


def _bare(word: str) -> str:
    """`word` in lower case, without its elided article."""
    article, apostrophe, rest = word.replace("’", "'").partition("'")
    if apostrophe and article.lower() in ELIDED:
        word = word[-len(rest) :]
    return word.lower()


@lru_cache(maxsize=100_000)
def _term(bare: str) -> str:
    return form(stem(bare))


def form(word: str) -> str:
    """`word` in ASCII where it is written in Latin letters, each by itself; else as it is."""
    if word.isascii():
        return word
    return "".join(_fold_letter(letter) for letter in word.translate(NOT_DECOMPOSED))


def _fold_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)
    plain = "".join(part for part in base if not unicodedata.combining(part))
    return plain if plain.isascii() and plain.isalnum() else letter


def _word_pattern() -> "regex.Pattern[str]":
    """UAX #29 as Lucene applies it: letters, figures and what joins them; ideographs one by one."""
    marks = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
    joiner = rf"(?:\p{{WB=ExtendNumLet}}{marks})"
    # Lucene's tables are older than Unicode 15.1, which took the colon out of MidLetter.
    within_letters = rf"(?:[:\p{{WB=MidLetter}}\p{{WB=MidNumLet}}\p{{WB=Single_Quote}}]{marks})"
    within_figures = rf"(?:[\p{{WB=MidNum}}\p{{WB=MidNumLet}}\p{{WB=Single_Quote}}]{marks})"
    letter = rf"(?:[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]{marks})"
    figure = rf"(?:\p{{WB=Numeric}}{marks})"
    katakana = rf"(?:\p{{WB=Katakana}}{marks})"
    letters = rf"{letter}(?:(?:{joiner}*+|{within_letters}){letter})*+"
    figures = rf"{figure}(?:(?:{joiner}*+|{within_figures}){figure})*+"
    run = rf"(?:{katakana}(?:{joiner}*+{katakana})*+|(?:{letters}|{figures})++)"
    word = rf"{joiner}*+{run}(?:{joiner}++{run})*+{joiner}*+"
    ideograph = rf"[\p{{Script=Han}}\p{{Script=Hiragana}}]{marks}"
    return regex.compile(rf"{word}|{ideograph}|\p{{Line_Break=Complex_Context}}++")


_WORD = _word_pattern()
