"""What a reader types in the box, as a tree: words, "phrases", -exclusions, and identifiers recognised.

All words are required. No text is an error: what cannot be meant is repaired, and said in French.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from portal.domain.identifiers import IDENTIFIANTS, PROGRAMME, Identifiant
from search.analysis import normalise, terms

MOST_NODES = 30
"""Each costs the engine as much as a whole search; nobody types as many."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that must be there; `texte` as typed, `terme` as analysed."""

    texte: str
    terme: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must be there side by side: between quotes, or joined as in « classes-virtuelles »."""

    texte: str
    termes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A NOR, UO, programme… of kind `nom`: looked for as a fact, and as the words `termes` of a text."""

    nom: str
    code: str
    termes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: Word | Phrase | Identifier


@dataclass(frozen=True, slots=True)
class All:
    """Everything that must hold; with no node at all, every convention answers."""

    nodes: tuple["Node", ...] = ()


Node = Word | Phrase | Identifier | Not | All


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The tree of what was typed, what was repaired in it, and the identifiers recognised."""

    tree: All = field(default_factory=All)
    remarques: tuple[str, ...] = ()
    reconnus: tuple[str, ...] = ()


@lru_cache(maxsize=1_000)
def parse_text(text: str) -> ParsedText:
    """The tree of `text`. It never fails; each repair gives a French sentence."""
    text = normalise(text).translate(_QUOTES)
    remarques = []
    if text.count('"') % 2:
        text, remarque = _close_quote(text)
        remarques.append(remarque)
    nodes = list(dict.fromkeys(_find_nodes(text)))
    if len(nodes) > MOST_NODES:
        remarques.append(f"La recherche a trop de mots : seuls les {MOST_NODES} premiers sont cherchés.")
    elif not nodes and text.strip():
        remarques.append("La recherche ne contient aucun mot : toutes les conventions sont montrées.")
    nodes = nodes[:MOST_NODES]
    reconnus = [_describe(node) for node in nodes if isinstance(node, Identifier)]
    return ParsedText(All(tuple(nodes)), tuple(remarques), tuple(reconnus))


def wanted(node: Node) -> tuple[tuple[str, ...], ...]:
    """The runs of terms to show in what is found: one for each word, phrase or identifier not excluded."""
    match node:
        case Word():
            return ((node.terme,),)
        case Phrase() | Identifier():
            return (node.termes,)
        case Not():
            return ()
        case All():
            return tuple(dict.fromkeys(run for child in node.nodes for run in wanted(child)))


_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
_ENDS_WITH_MINUS = re.compile(r"(?<!\S)-$")
# « n° » before a number says that it is one: texts write it, or « numéro », or nothing.
_NUMBER_SIGN = re.compile(r"(?<!\w)n\s?°s?\s?(?=\d)", re.IGNORECASE)
_LONGEST_LABEL = 40


def _close_quote(text: str) -> tuple[str, str]:
    before, _, after = text.rpartition('"')
    if terms(after):
        return f'{text}"', f"Un guillemet n'est pas fermé : l'expression « {after.strip()} » est cherchée telle quelle."
    return before, "Un guillemet n'est pas fermé : il est laissé de côté."


def _find_nodes(text: str) -> Iterator[Node]:
    """The nodes of `text`, whose quotes are paired: outside and inside of them by turns."""
    excluded = False
    for rank, part in enumerate(text.split('"')):
        if rank % 2:
            yield from _build_leaves(part, excluded)
        else:
            yield from _find_unquoted(part)
            excluded = bool(_ENDS_WITH_MINUS.search(part))


def _find_unquoted(text: str) -> Iterator[Node]:
    position = 0
    for debut, fin, identifier in _find_identifiers(text):
        yield from _find_words(text[position:debut])
        yield identifier
        position = fin
    yield from _find_words(text[position:])


def _find_words(text: str) -> Iterator[Node]:
    for piece in _NUMBER_SIGN.sub("", text).split():
        yield from _build_leaves(piece.removeprefix("-"), piece.startswith("-"))


def _build_leaves(text: str, excluded: bool) -> Iterator[Node]:
    """The node of one word or phrase; none where it holds nothing to look for."""
    run = tuple(terms(text))
    if run:
        leaf = Word(text, run[0]) if len(run) == 1 else Phrase(text.strip(), run)
        yield Not(leaf) if excluded else leaf


def _find_identifiers(text: str) -> Iterator[tuple[int, int, Identifier]]:
    """The identifiers of `text` in order, each with its bounds, its label (« NOR : ») included."""
    capitals = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)
    found = [
        (debut, fin, code, kind)
        for kind in IDENTIFIANTS
        for written in (text, capitals)
        for debut, fin, code in kind.find(written)
    ]
    end = 0
    for debut, fin, code, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        if debut >= end:
            printed = f"programme {code}" if kind is PROGRAMME else code
            yield max(_find_label(text, debut, kind), end), fin, Identifier(kind.nom, code, tuple(terms(printed)))
            end = fin


def _find_label(text: str, debut: int, kind: Identifiant) -> int:
    """Where the label that stands before a code begins, or the code itself where there is none."""
    words = re.finditer(r"(?<!\w)\w", text[max(0, debut - _LONGEST_LABEL) : debut])
    starts = [max(0, debut - _LONGEST_LABEL) + word.start() for word in words]
    labels = ((start, kind.etiquette.match(text[start:])) for start in starts)
    return next((start for start, label in labels if label and start + label.end() == debut), debut)


def _describe(identifier: Identifier) -> str:
    libelle = next(kind.libelle for kind in IDENTIFIANTS if kind.nom == identifier.nom)
    return f"Reconnu : {libelle[0].lower()}{libelle[1:]} {identifier.code}."
