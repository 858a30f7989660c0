"""The contract of an engine: what it is asked, what it answers, and how its index lives.

An index follows the journal: its cursor tells the last row that it has taken in, and is committed with the
documents of that row. One process writes at a time; any number read.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from search import analysis, document
from search.champs import TEXTES, Champ
from search.document import Fiche, IndexDocument
from search.filters import Filter
from search.highlight import Packed
from search.identify import MONTANT, MONTANT_CITE
from search.query import Tri
from search.results import IndexIndisponible
from search.tree import All, Identifier, Run

LONG_FORM = 6
"""Letters from which on two of them may be wrong."""

FACET_SIZE = 30
"""Values of a facet at most, the most frequent ones, besides those that are chosen."""


class IndexPlusRecent(IndexIndisponible):
    """The index was made by a later version of the portal: this process must not make it anew."""


@dataclass(frozen=True, slots=True)
class Boost:
    """How much a field of text counts; `reason` says why."""

    field: str
    weight: float
    reason: str


BOOSTS = (
    Boost("titre", 7.0, "the title is what people remember and cite: a subject in it comes before a service named so"),
    Boost("codes", 5.0, "a reference names a convention, but stands among labels: « centre », « activité », « coût »"),
    Boost("parties", 4.0, "who delegates to whom is the second thing people remember"),
    Boost("objet", 3.0, "the object says what the convention is about, and where: less than the service of that place"),
    Boost("intitules", 3.0, "an article is about the words of its heading"),
    Boost("articles", 1.0, "the body, to which the others are compared"),
    Boost("autres", 0.7, "préambule, annexes and avenants surround the convention"),
    Boost("visas", 0.4, "nearly all conventions cite the same texts"),
)

SIDES = {"delegants": 4.0, "delegataires": 4.0}
"""Texts that are looked for only where the reader names them; they weigh as the parties."""

WEIGHTS = {boost.field: boost.weight for boost in BOOSTS} | SIDES

PREFIX_WEIGHTS: dict[str, float] = {"": 1.0, Champ.TITRE: 7.0, Champ.OBJET: 3.0, Champ.PARTIE: 4.0}
"""What a word of which the beginning was typed weighs anywhere, and by the field where it stands: as BOOSTS do."""

TIE_BREAKER = 0.1
"""What the other fields add to the best one: a little, so that a word said everywhere is not a sum."""

IDENTIFIER_BOOST = 20.0
"""A fact that is the identifier typed comes before any text that cites it."""

CITED_BOOST = 5.0
"""An amount that a text states comes after one of the échéancier."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search: `filters` by the name of their parameter, all must hold.

    `facets` gives for each facet the values chosen in it, which are counted even when they are rare.
    The counts of a facet leave out the filter that has its name. `day` is the ordinal of the day for which the
    statuts are counted. `limit` is at least 1. With `sums` the AE and CP of all that is found are summed by year.
    A request may be kept as a key: nobody changes its mappings.
    """

    tree: All
    filters: Mapping[str, Filter] = field(hash=False)
    ordre: Tri
    facets: Mapping[str, tuple[str, ...]] = field(hash=False)
    day: int
    offset: int = 0
    limit: int = 10
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One convention, as it was indexed."""

    fiche: Fiche
    packed: Packed


@dataclass(frozen=True, slots=True)
class Answer:
    """`facets` counts the conventions of each value, the most frequent first.

    `sums` are the cents of "ae" and "cp" by year and under "total", what has none left out. `degraded` says that
    another engine than the one chosen has answered.
    """

    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sums: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    degraded: bool = False


class Proposition(NamedTuple):
    """A word of the index, as it is written, and how many conventions hold it."""

    mot: str
    nombre: int


class Cursor(NamedTuple):
    """How far an index follows the journal: the last row taken in, by its `seq` and the `uid` that it is about.

    The uid tells that the journal is still the same one: a database may be put back from a copy.
    """

    seq: int = 0
    uid: str = ""


class Written(NamedTuple):
    """A document as the writers of one engine take it: its uid, and all that the index holds of it in JSON."""

    uid: str
    texte: str


class Bookmark(NamedTuple):
    """How far a rebuild had got that was interrupted: `after` is the last uid taken in, of `nombre` so far.

    `cursor` is the row of the journal that was noted before the first one was read.
    """

    cursor: Cursor
    after: str
    nombre: int


class Writer(ABC):
    """The one writer of an index; what it does is seen at `commit`, or never."""

    @abstractmethod
    def cursor(self) -> Cursor:
        """How far the index follows the journal."""

    @abstractmethod
    def put(self, documents: Iterable[Written]) -> None:
        """Adds documents, each in the place of the one of its uid."""

    @abstractmethod
    def delete(self, uids: Iterable[str]) -> None:
        """Takes documents away; a uid that is not there is passed over."""

    @abstractmethod
    def commit(self, cursor: Cursor) -> None:
        """Makes all that was put and deleted visible, and the cursor with it, at once or not at all."""


CatchUp = Callable[[Writer], None]


class Rebuild(Writer):
    """The writer of a new index beside the one that answers: empty, or as far as an interrupted rebuild had got."""

    @abstractmethod
    def bookmark(self) -> Bookmark | None:
        """How far an interrupted rebuild had got; `None` for an empty index."""

    @abstractmethod
    def clear(self) -> None:
        """Empties the new index, and forgets the bookmark."""

    @abstractmethod
    def keep(self, bookmark: Bookmark) -> None:
        """Makes all that was put outlive this process: another rebuild goes on from there."""

    @abstractmethod
    def swap(self, catch_up: CatchUp) -> None:
        """Puts the new index in the place of the other, which is thrown away.

        It waits until nobody writes to the other, and keeps it so while `catch_up` brings the new one up to
        date: no row of the journal falls between the two.
        """


class Engine(ABC):
    """An index. Every method but `open_rebuild` raises `IndexIndisponible` where it cannot be used.

    Where the engine itself is away, every method raises `MoteurIndisponible`.
    """

    @property
    @abstractmethod
    def write(self) -> Callable[[IndexDocument], Written]:
        """What gives a document the form that the writers of this engine take: a function that any process may run."""

    @abstractmethod
    def search(self, request: Request) -> Answer:
        """Runs one search on what was last committed, by whatever process."""

    @abstractmethod
    def complete(self, debut: str, limit: int) -> tuple[Proposition, ...]:
        """The words that begin with the form `debut`, the most frequent first."""

    @abstractmethod
    def resemble(self, forme: str, limit: int) -> tuple[Proposition, ...]:
        """The forms as near to `forme` as `farthest` says, of the same first letter, the nearest first.

        Where `forme` itself is there it is the only one. `Proposition.mot` is a form, without accents.
        """

    @abstractmethod
    def cursor(self) -> Cursor:
        """How far the index follows the journal."""

    @abstractmethod
    def count(self) -> int:
        """How many conventions the index holds."""

    @abstractmethod
    def iter_empreintes(self) -> Iterator[tuple[str, str]]:
        """The uid of each convention of the index, with the empreinte of its document."""

    @abstractmethod
    def open_writer(self) -> AbstractContextManager[Writer | None]:
        """The writer of the index; `None` while another process writes."""

    @abstractmethod
    def open_rebuild(self) -> AbstractContextManager[Rebuild | None]:
        """The writer of a new index; `None` while another process rebuilds.

        Without a swap the index in use does not change, and what was not kept is thrown away.
        """


def farthest(forme: str) -> int:
    """Letters by which a form that resembles `forme` may differ from it: of a short one, two would be half."""
    return 1 if len(forme) < LONG_FORM else 2


def identifier_facts(identifier: Identifier) -> dict[str, float]:
    """The facts by which an identifier is found, with their weights."""
    facts = {f"{identifier.nom}:{identifier.code}": IDENTIFIER_BOOST}
    if identifier.nom == MONTANT:
        facts[f"{MONTANT_CITE}:{identifier.code}"] = CITED_BOOST
    return facts


def identifier_run(identifier: Identifier) -> Run:
    """The words by which an identifier is found in texts besides; none for an amount, which may be within a larger."""
    return () if identifier.nom == MONTANT else identifier.termes


def searched_texts(champ: str) -> dict[str, float]:
    """The texts in which a word is looked for, with their weights: those of the field named, or all."""
    if champ:
        return {text: WEIGHTS[text] for text in TEXTES[champ]}
    return {boost.field: boost.weight for boost in BOOSTS}


def near_pairs(run: Run) -> list[Run]:
    """The words of a loose phrase two by two, each pair of neighbours to be found near each other.

    That is how a loose phrase is looked for: engines do not agree on three words or more, nor on one said twice
    (tantivy's own counts do not even agree with its results there).
    """
    pairs = [(first, second) for first, second in pairwise(run) if first != second]
    return list(dict.fromkeys(pairs)) or [run[:1]]


def index_format() -> tuple[int, int]:
    """The versions of documents and French chain that an index must have been made with to be used."""
    return document.FORMAT, analysis.VERSION
