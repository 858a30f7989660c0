"""The passages of a convention that hold a reader's words, and the words themselves marked.

For every engine alike: it stores what `pack` gives and returns it untouched. Terms and words were found when the
convention was indexed, so that showing them costs a few searches in strings and no analysis.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, islice
from typing import NamedTuple

from search.analysis import WORD_EDGE, Prepared, forms, terms
from search.parts import Part
from search.results import Fragment, Passage
from search.tree import STAR, Run

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

_BETWEEN_RECORDS = "\x1e"
_BETWEEN_FIELDS = "\x1f"


class Packed(NamedTuple):
    """The title and the parts of one convention as an engine stores them: their terms, and their words set apart."""

    termes: str
    mots: str


class Mark(NamedTuple):
    """The words of ranks `start` to `last`, both included, which are the run of rank `run`."""

    start: int
    last: int
    run: int


def pack(titre: str, parts: Iterable[Part], prepare: Callable[[str], Prepared]) -> Packed:
    """The stored form of a convention; `prepare` is that of `search.analysis`, or one that remembers."""
    title = prepare(titre)
    termes, mots = [title.termes], [title.mots]
    for part in parts:
        intitule, texte = prepare(part.intitule), prepare(part.texte)
        termes.append(" ".join(filter(None, (intitule.termes, texte.termes))))
        mots.append(_BETWEEN_FIELDS.join((part.libelle, part.ancre, part.adresse, intitule.mots, texte.mots)))
    return Packed(_BETWEEN_RECORDS.join(f" {one} " for one in termes), _BETWEEN_RECORDS.join(mots))


def telling(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs worth showing: without « de » and the like, unless nothing else was typed."""
    runs = tuple(runs)
    return tuple(run for run in runs if len(run) > 1 or run[0] not in FUNCTION_WORDS) or runs


class Record(NamedTuple):
    """The title or one part, as they are packed."""

    termes: str
    mots: str

    def words(self) -> list[str]:
        """The words in the order of their terms: those of the heading, then of the text."""
        texts = self.mots.split(_BETWEEN_FIELDS)[-2:]
        return [word for text in texts for word in text.split(WORD_EDGE)[1::2]]


def list_words(packed: Packed) -> list[str]:
    """All words of a convention, from its title on."""
    return [word for mots in packed.mots.split(_BETWEEN_RECORDS) for word in Record("", mots).words()]


class Needle:
    """A run to find: its terms side by side."""

    def __init__(self, run: Run) -> None:
        self.length = len(run)
        self.text = f" {' '.join(run)} "

    def count(self, record: Record) -> int:
        return record.termes.count(self.text)

    def find(self, record: Record) -> list[int]:
        """The ranks of the first words, MOST_OCCURRENCES at most."""
        ranks: list[int] = []
        position = record.termes.find(self.text)
        while position >= 0 and len(ranks) < MOST_OCCURRENCES:
            ranks.append(record.termes.count(" ", 0, position))
            position = record.termes.find(self.text, position + 1)
        return ranks


class Beginning(Needle):
    """Words that begin with a form. Terms are stems, which may be shorter than it: the word itself is looked at."""

    length = 1

    def __init__(self, forme: str) -> None:
        self.forme = forme
        stems = [forme[:end] for end in range(2, len(forme))]
        self.pattern = re.compile(rf" (?:{re.escape(forme)}[^ ]*|{'|'.join(map(re.escape, stems))})(?= )")

    def count(self, record: Record) -> int:
        return len(self.find(record))

    def find(self, record: Record) -> list[int]:
        starts = [found.start() for found in self.pattern.finditer(record.termes)]
        if not starts:
            return []
        words = record.words()
        ranks = (record.termes.count(" ", 0, start) for start in starts)
        found = (rank for rank in ranks if any(one.startswith(self.forme) for one in forms(words[rank])))
        return list(islice(found, MOST_OCCURRENCES))


class Shown(NamedTuple):
    """The title of a convention, marked, and its best passages."""

    titre: tuple[Fragment, ...]
    passages: tuple[Passage, ...]


class Highlighter:
    """Shows one reader's words, given as `runs`, in what was found."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.needles = [
            Beginning(run[0].removesuffix(STAR)) if run[0].endswith(STAR) else Needle(run) for run in telling(runs)
        ]
        # A phrase is more telling than a word.
        self.weights = [needle.length for needle in self.needles]

    def show(self, packed: Packed) -> Shown:
        """The title, and at most two passages, each of another part of the convention."""
        records = list(map(Record, packed.termes.split(_BETWEEN_RECORDS), packed.mots.split(_BETWEEN_RECORDS)))
        title = records[0]
        titre = cut_fragments(title.mots.split(WORD_EDGE), self._find_marks(title), None)
        return Shown(titre, tuple(self._quote(records[rank]) for rank in self._choose_parts(records)))

    def _choose_parts(self, records: Sequence[Record]) -> list[int]:
        """The ranks of the parts to quote: the one that holds most, then the one that adds most to it."""
        columns = [[needle.count(record) for record in records] for needle in self.needles]
        counts = {rank: found for rank, found in enumerate(zip(*columns, strict=True)) if rank and any(found)}
        unseen: Sequence[int] = self.weights
        chosen: list[int] = []

        def gain(rank: int) -> tuple[int, int, int]:
            found = counts[rank]
            return sum(compress(unseen, found)), sum(compress(self.weights, found)), min(sum(found), 3)

        while counts and len(chosen) < MOST_PASSAGES:
            chosen.append(max(counts, key=gain))
            unseen = [0 if seen else weight for seen, weight in zip(counts.pop(chosen[-1]), unseen, strict=True)]
        return chosen

    def _quote(self, record: Record) -> Passage:
        """The passage of one part: under its heading, or from the heading if that alone has the words."""
        libelle, ancre, adresse, intitule, texte = record.mots.split(_BETWEEN_FIELDS)
        marks = self._find_marks(record)
        heading = intitule.count(WORD_EDGE) // 2
        under = [Mark(one.start - heading, one.last - heading, one.run) for one in marks if one.start >= heading]
        words = texte if under else f"{intitule} : {texte}" if texte else intitule
        fragments = cut_fragments(words.split(WORD_EDGE), under or marks, self._choose_center(under or marks))
        return Passage(libelle, ancre, fragments, adresse)

    def _choose_center(self, marks: Sequence[Mark]) -> Mark:
        """The mark to begin with so that the passage holds most of the runs; the first of equals."""
        if len(self.needles) == 1:
            return marks[0]

        def weigh(first: Mark) -> int:
            reach = first.start + WORDS - WORDS_BEFORE
            held = {one.run for one in marks if first.start <= one.start and one.last < reach}
            return sum(self.weights[run] for run in held)

        return max(marks, key=weigh)

    def _find_marks(self, record: Record) -> list[Mark]:
        """Where each run stands, in order."""
        marks = [
            Mark(start, start + needle.length - 1, run)
            for run, needle in enumerate(self.needles)
            for start in needle.find(record)
        ]
        return sorted(marks) if len(self.needles) > 1 else marks


def cut_fragments(pieces: Sequence[str], marks: Iterable[Mark], center: Mark | None) -> tuple[Fragment, ...]:
    """The words around `center`, or all of them, those of `marks` marked.

    `pieces` are by turns what stands between words and a word: the word of rank n is that of rank 2n + 1.
    """
    words = len(pieces) // 2
    begin, end = _find_window(center, words) if center else (0, words)
    position = 2 * begin + 1 if begin else 0
    fragments = [Fragment("… ")] if begin else []
    for start, last in _merge(marks):
        if begin <= start and last < end:
            if position <= 2 * start and (between := "".join(pieces[position : 2 * start + 1])):
                fragments.append(Fragment(between))
            position = 2 * last + 2
            fragments.append(Fragment("".join(pieces[2 * start + 1 : position]), marque=True))
    rest = "".join(pieces[position : 2 * end]) + " …" if end < words else "".join(pieces[position:])
    return (*fragments, Fragment(rest)) if rest else tuple(fragments)


def _find_window(center: Mark, words: int) -> tuple[int, int]:
    if words <= WORDS + WORDS_BEFORE:
        return 0, words
    begin = max(0, min(center.start - WORDS_BEFORE, words - WORDS))
    return begin, max(begin + WORDS, center.last + 1)


def _merge(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """The first and last words of the marks, which are in order; those that overlap are made one."""
    merged: list[tuple[int, int]] = []
    for start, last, _ in marks:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((start, last))
    return merged
