"""The passages of a convention that hold a reader's words, and the words themselves marked.

For every engine alike: it stores what `pack` gives and returns it untouched. The terms of each part are
kept beside its text, so that finding words costs a search in a string and no analysis.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, compress
from typing import NamedTuple

from search.analysis import count_terms, cut, terms
from search.parts import Part
from search.results import Fragment, Passage

Run = tuple[str, ...]
"""Terms that stand side by side: one for a word, several for a phrase."""

MOST_PASSAGES = 2
WORDS = 36
WORDS_BEFORE = 8
MOST_OCCURRENCES = 20

FUNCTION_WORDS = frozenset(
    terms(
        "à au aux ce ces dans de du d en et il l la le les leur ne ou par pas pour que qui s sa se ses son sur un une"
    )
)
"""They are searched like all words, but tell nothing of where the others are."""

_BETWEEN_PARTS = "\x1e"
_BETWEEN_FIELDS = "\x1f"


class Packed(NamedTuple):
    """The parts of one convention as an engine stores them: their terms, and their texts."""

    termes: str
    textes: str


class _Mark(NamedTuple):
    """The run of rank `rank` from token `start` to token `last`, both included."""

    start: int
    last: int
    rank: int


def pack(parts: Iterable[Part], join_terms: Callable[[str], str]) -> Packed:
    """The stored form of `parts`, whose texts are clean: no control character is in them.

    `join_terms` gives the terms of a text with a space between, as `search.analysis` finds them.
    """
    parts = tuple(parts)
    termes = (f" {join_terms(part.intitule)} {join_terms(part.texte)} " for part in parts)
    textes = ((part.libelle, part.ancre, part.adresse, part.intitule, part.texte) for part in parts)
    return Packed(
        # An empty heading leaves two spaces, which would count for two tokens.
        termes=_BETWEEN_PARTS.join(" " + one.lstrip() for one in termes),
        textes=_BETWEEN_PARTS.join(map(_BETWEEN_FIELDS.join, textes)),
    )


def telling(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs worth showing: without « de » and the like, unless nothing else was typed."""
    runs = tuple(runs)
    return tuple(run for run in runs if len(run) > 1 or run[0] not in FUNCTION_WORDS) or runs


class Highlighter:
    """Shows one reader's words, given as `runs`, in what was found."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.runs = telling(runs)
        self.needles = [f" {' '.join(run)} " for run in self.runs]
        # A phrase is more telling than a word.
        self.weights = [len(run) for run in self.runs]

    def mark(self, texte: str) -> tuple[Fragment, ...]:
        """The whole of `texte`, every occurrence of the runs marked, on whole words."""
        marks = self._find_marks(_write_terms(texte))
        return _Words(texte).cut_fragments(marks, None) if marks else (Fragment(texte),)

    def find_passages(self, packed: Packed) -> tuple[Passage, ...]:
        """The best passages, at most two, each of another part of the convention."""
        if not any(needle in packed.termes for needle in self.needles):
            return ()
        termes, textes = packed.termes.split(_BETWEEN_PARTS), packed.textes.split(_BETWEEN_PARTS)
        return tuple(self._quote(textes[rank], termes[rank]) for rank in self._choose_parts(termes))

    def _choose_parts(self, termes: Sequence[str]) -> list[int]:
        """The ranks of the parts to quote: the one that holds most, then the one that adds most to it."""
        counts = {rank: [part.count(needle) for needle in self.needles] for rank, part in enumerate(termes)}
        counts = {rank: found for rank, found in counts.items() if any(found)}
        unseen: Sequence[int] = self.weights
        chosen: list[int] = []

        def gain(rank: int) -> tuple[int, int, int]:
            found = counts[rank]
            return sum(compress(unseen, found)), sum(compress(self.weights, found)), min(sum(found), 3)

        while counts and len(chosen) < MOST_PASSAGES:
            chosen.append(max(counts, key=gain))
            unseen = [0 if seen else weight for seen, weight in zip(counts.pop(chosen[-1]), unseen, strict=True)]
        return chosen

    def _quote(self, part: str, termes: str) -> Passage:
        """The passage of one part: under its heading, or from the heading if that alone has the words."""
        libelle, ancre, adresse, intitule, texte = part.split(_BETWEEN_FIELDS)
        marks = self._find_marks(termes)
        heading = len(terms(intitule))
        under = [_Mark(one.start - heading, one.last - heading, one.rank) for one in marks if one.start >= heading]
        words = _Words(texte if under else f"{intitule} : {texte}".strip(" :"))
        return Passage(
            libelle, ancre, words.cut_fragments(under or marks, self._choose_center(under or marks)), adresse
        )

    def _choose_center(self, marks: Sequence[_Mark]) -> _Mark:
        """The mark to begin with so that the passage holds most of the runs; the first of equals."""
        if len(self.runs) == 1:
            return marks[0]

        def weigh(first: _Mark) -> int:
            reach = first.start + WORDS - WORDS_BEFORE
            held = {one.rank for one in marks if first.start <= one.start and one.last < reach}
            return sum(self.weights[rank] for rank in held)

        return max(marks, key=weigh)

    def _find_marks(self, termes: str) -> list[_Mark]:
        """Where each run stands, as ranks of tokens, in order."""
        return sorted(found for rank in range(len(self.runs)) for found in self._find_run(termes, rank))

    def _find_run(self, termes: str, rank: int) -> Iterator[_Mark]:
        needle, length, position = self.needles[rank], len(self.runs[rank]), -1
        for _ in range(MOST_OCCURRENCES):
            position = termes.find(needle, position + 1)
            if position < 0:
                return
            start = termes.count(" ", 0, position)
            yield _Mark(start, start + length - 1, rank)


def _write_terms(texte: str) -> str:
    return f" {' '.join(terms(texte))} "


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for debut, fin in spans:
        if merged and debut < merged[-1][1]:
            merged[-1] = merged[-1][0], max(fin, merged[-1][1])
        else:
            merged.append((debut, fin))
    return merged


class _Words:
    """A text cut at its spaces, with the number of tokens up to the end of each piece."""

    def __init__(self, texte: str) -> None:
        self.chunks = texte.split(" ")
        self.ends = list(accumulate(count_terms(self.chunks)))

    def cut_fragments(self, marks: Sequence[_Mark], center: _Mark | None) -> tuple[Fragment, ...]:
        """The text around `center`, or all of it, the words of `marks` marked."""
        begin, end = self._find_window(center) if center else (0, len(self.chunks))
        texte = " ".join(self.chunks[begin:end])
        fragments = [Fragment("… ")] if begin else []
        position = 0
        for debut, fin in _merge(self._find_spans(marks, begin, end)):
            if debut > position:
                fragments.append(Fragment(texte[position:debut]))
            fragments.append(Fragment(texte[debut:fin], marque=True))
            position = fin
        rest = texte[position:] + (" …" if end < len(self.chunks) else "")
        return (*fragments, Fragment(rest)) if rest else tuple(fragments)

    def _find_window(self, center: _Mark) -> tuple[int, int]:
        if len(self.chunks) <= WORDS + WORDS_BEFORE:
            return 0, len(self.chunks)
        begin = max(0, min(self._chunk_of(center.start) - WORDS_BEFORE, len(self.chunks) - WORDS))
        return begin, max(begin + WORDS, self._chunk_of(center.last) + 1)

    def _find_spans(self, marks: Iterable[_Mark], begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The characters of each mark that lies whole in the window, counted from its beginning."""
        for one in marks:
            first, last = self._chunk_of(one.start), self._chunk_of(one.last)
            if begin <= first and last < end:
                debut = self._length(begin, first) + self._bounds(first, one.start)[0]
                yield debut, self._length(begin, last) + self._bounds(last, one.last)[1]

    def _chunk_of(self, token: int) -> int:
        return bisect_right(self.ends, token)

    def _length(self, begin: int, end: int) -> int:
        """The characters from chunk `begin` up to chunk `end`, a space after each."""
        return sum(map(len, self.chunks[begin:end])) + end - begin

    def _bounds(self, chunk: int, token: int) -> tuple[int, int]:
        before = self.ends[chunk - 1] if chunk else 0
        return cut(self.chunks[chunk])[1][token - before]
