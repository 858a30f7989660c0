"""The passages of a convention that hold a reader's words, and the words themselves marked.

For every engine alike: it stores what `pack` gives and returns it untouched. Terms and words were found when the
convention was indexed, so that showing them costs a few searches in strings and no analysis.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import compress, islice
from typing import NamedTuple

from search.analysis import WORD_EDGE, Prepared, forms, terms
from search.parts import Part
from search.results import Fragment, Passage
from search.tree import STAR, Node, Run, wanted

WORDS = 36
WORDS_BEFORE = 8
MOST_OCCURRENCES = 20

FUNCTION_WORDS = frozenset(
    terms(
        "à au aux avec ce ces cette chez dans de des du d elle en entre est et eu il l la le les leur ne ont ou où par"
        " pas pour que qui s sa se ses son sont sur un une été"
        " combien comment lequel pourquoi quand quel quelle quelles quels quoi"
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


def holds(packed: Packed, node: Node) -> bool:
    """Whether one of the runs of `node` stands in the title or a part."""
    return any(f" {' '.join(run)} " in packed.termes for run in wanted(node))


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

    def count_each(self, termes: Sequence[str], mots: str) -> list[int]:
        """How often it stands in each record, the terms of which are `termes`; `mots` are as they are packed."""
        return [one.count(self.text) for one in termes]

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

    def count_each(self, termes: Sequence[str], mots: str) -> list[int]:
        return [len(self.find(record)) for record in map(Record, termes, mots.split(_BETWEEN_RECORDS))]

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
        self.weights = tuple(needle.length for needle in self.needles)

    def show(self, packed: Packed) -> Shown:
        """The title, and at most two passages, each of another part of the convention."""
        termes = packed.termes.split(_BETWEEN_RECORDS)
        ranks = [0, *self._choose_parts(termes, packed.mots)]
        # Most of the text is in parts that are not quoted, or after them.
        mots = packed.mots.split(_BETWEEN_RECORDS, max(ranks) + 1)
        title, *parts = (Record(termes[rank], mots[rank]) for rank in ranks)
        titre = cut_fragments(title.mots, self._find_marks(title), None)
        return Shown(titre, tuple(map(self._quote, parts)))

    def _choose_parts(self, termes: Sequence[str], mots: str) -> list[int]:
        """The ranks of the parts to quote: the one that holds most, then the one that adds most to it."""
        columns = [needle.count_each(termes, mots) for needle in self.needles]
        counts = {rank: found for rank, found in enumerate(zip(*columns, strict=True)) if rank and any(found)}
        best = sorted(counts, key=lambda rank: _weigh(counts[rank], self.weights), reverse=True)
        if len(best) <= 1:
            return best
        first, *others = best
        unseen = [0 if seen else weight for seen, weight in zip(counts[first], self.weights, strict=True)]
        # What adds nothing new still says most.
        second = max(others, key=lambda rank: sum(compress(unseen, counts[rank]))) if any(unseen) else others[0]
        return [first, second]

    def _quote(self, record: Record) -> Passage:
        """The passage of one part: under its heading, or from the heading if that alone has the words."""
        libelle, ancre, adresse, intitule, texte = record.mots.split(_BETWEEN_FIELDS)
        marks = self._find_marks(record)
        heading = intitule.count(WORD_EDGE) // 2
        under = [Mark(start - heading, last - heading, run) for start, last, run in marks if start >= heading]
        words = texte if under else f"{intitule} : {texte}" if texte else intitule
        fragments = cut_fragments(words, under or marks, self._choose_center(under or marks))
        return Passage(libelle, ancre, fragments, adresse)

    def _choose_center(self, marks: Sequence[Mark]) -> Mark:
        """The mark to begin with so that the passage holds most of the runs; the first of equals."""
        present = len({run for _, _, run in marks})
        if present == 1:
            return marks[0]
        best, most = marks[0], 0
        for rank, first in enumerate(marks):
            reach = first.start + WORDS - WORDS_BEFORE
            held = {run for _, last, run in marks[rank:] if last < reach}
            if len(held) == present:
                return first
            if (weight := sum(self.weights[run] for run in held)) > most:
                best, most = first, weight
        return best

    def _find_marks(self, record: Record) -> list[Mark]:
        """Where each run stands, in order."""
        marks = [
            Mark(start, start + needle.length - 1, run)
            for run, needle in enumerate(self.needles)
            for start in needle.find(record)
        ]
        return sorted(marks) if len(self.needles) > 1 else marks


@lru_cache(maxsize=10_000)
def _weigh(found: tuple[int, ...], weights: tuple[int, ...]) -> tuple[int, int]:
    """What a part is worth that holds each run `found` times: by what it holds, then by how often."""
    return sum(compress(weights, found)), min(sum(found), 3)


def cut_fragments(mots: str, marks: Iterable[Mark], center: Mark | None) -> tuple[Fragment, ...]:
    """The words around `center`, or all of them, those of `marks` marked.

    `mots` are as in `Prepared`. They are cut no further than the last word shown.
    """
    words = mots.count(WORD_EDGE) // 2
    begin, end = _find_window(center, words) if center else (0, words)
    pieces = mots.split(WORD_EDGE, 2 * end)
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
