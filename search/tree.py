"""A search as a tree: what must hold, what may, and what must not.

A tree is in one form, which `all_of`, `any_of` and `negate` keep: no group of one node, no group within a group of
its kind, no node twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

Run = tuple[str, ...]
"""Terms that stand side by side: one for a word, several for a phrase; with a star, the beginning of a word."""

STAR = "*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that must be there; `texte` as typed, `terme` as analysed. `champ` is where, "" for anywhere."""

    texte: str
    terme: str
    champ: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must be there side by side, or moved by `distance` words at most.

    `joined` says that a hyphen or another sign joins them, and no quotes: « compte-rendu ». It finds the same.
    """

    texte: str
    termes: Run
    champ: str = ""
    distance: int = 0
    joined: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of which only the beginning is known; `forme` is that beginning, folded but not stemmed."""

    texte: str
    forme: str
    champ: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A NOR, UO, amount… of kind `nom`: looked for as a fact, and as the words `termes` of a text."""

    nom: str
    code: str
    termes: Run


@dataclass(frozen=True, slots=True)
class Code:
    """A fact that must be there: « uo:0214-CEN2-INFO », or all that begin alike: « uo:0214* »."""

    champ: str
    code: str
    debut: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A year, amount or day of signature within bounds, both included: years, cents, ordinals of days."""

    champ: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class InStatut:
    """The statut on the day of the search."""

    valeur: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Everything that must hold; with no node at all, every convention answers."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Of these, one at least must hold."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Most:
    """Of these, one at least must hold; the more do, the better. No reader writes it."""

    nodes: tuple["Node", ...]


Fact = Code | Interval | InStatut
Leaf = Word | Phrase | Prefix | Identifier | Fact
Node = Leaf | Not | All | Any | Most


def all_of(nodes: Iterable[Node]) -> All:
    """The nodes that must all hold, in the one form of a tree."""
    flat: dict[Node, None] = {}
    for node in nodes:
        flat.update(dict.fromkeys(node.nodes if isinstance(node, All) else (node,)))
    return All(tuple(flat))


def any_of(nodes: Iterable[Node]) -> Node:
    """The nodes of which one must hold, in the one form of a tree; the node itself where there is only one."""
    flat: dict[Node, None] = {}
    for node in nodes:
        alone = _unwrap(node)
        flat.update(dict.fromkeys(alone.nodes if isinstance(alone, Any) else (alone,)))
    return next(iter(flat)) if len(flat) == 1 else Any(tuple(flat))


def negate(node: Node) -> Node:
    """What holds where `node` does not."""
    alone = _unwrap(node)
    return alone.node if isinstance(alone, Not) else Not(alone)


def _unwrap(node: Node) -> Node:
    return node.nodes[0] if isinstance(node, All) and len(node.nodes) == 1 else node


def wanted(node: Node) -> tuple[Run, ...]:
    """The runs to show in what is found: one for each word, phrase, beginning or identifier not excluded."""
    match node:
        case Word():
            return ((node.terme,),)
        case Phrase(distance=0) | Identifier():
            return (node.termes,)
        case Phrase():
            return tuple(dict.fromkeys((terme,) for terme in node.termes))
        case Prefix():
            return ((node.forme + STAR,),)
        case All() | Any() | Most():
            return tuple(dict.fromkeys(run for child in node.nodes for run in wanted(child)))
        case _:
            return ()
