"""What a reader types in the box, read as a tree. No text is an error: what cannot be meant is repaired, and said.

    visioconférences marché            both words
    "compte rendu"  classes-virtuelles words side by side        "compte rendu"~5   with five words moved
    -avenant  SAUF avenant             not that                  marché OU contrat  either
    (marché OU contrat) -avenant       groups                    visio*             what begins so
    objet:hébergement  delegant:(DNE OU DINUM)                    in one place
    annee:2022..2024  ae:>100000  cp:10k..2M  du:2024-01-01       facts
    statut:en_vigueur  programme:214  uo:0214*  nor:MENA2420224X

« OU », « ET » and « SAUF » are read as such in capitals only, and « ET » says nothing: all words are required.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import forms, normalise, terms
from search.champs import CODES, FAITS, NOMS, TEXTES, Champ, read_champ
from search.facts import EXTENTS, read_fact
from search.identify import describe, describe_text_number, find_identifiers, read_identifier
from search.tree import STAR, All, Identifier, Leaf, Node, Phrase, Prefix, Word, all_of, any_of, negate
from search.writing import write_tree

MOST_LEAVES = 30
"""Each costs the engine as much as a whole search; nobody types as many."""

MOST_DEPTH = 10
MOST_DISTANCE = 20
SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The tree of what was typed, what was repaired in it, and the identifiers recognised."""

    tree: All = field(default_factory=All)
    remarques: tuple[str, ...] = ()
    reconnus: tuple[str, ...] = ()


@lru_cache(maxsize=1_000)
def parse_text(text: str) -> ParsedText:
    """The tree of `text`. It never fails; each repair gives a French sentence."""
    reader = _Reader(normalise(text).translate(_QUOTES))
    tree = all_of([reader.read_any("", 0)])
    if not tree.nodes and text.strip():
        reader.note("La recherche ne contient aucun mot : toutes les conventions sont montrées.")
    return ParsedText(tree, tuple(reader.remarques), tuple(reader.reconnus))


def write(tree: All) -> str:
    """The text of a tree: `parse_text` makes the same tree of it."""
    plain = write_tree(tree)
    return plain if parse_text(plain).tree == tree else write_tree(tree, apart=True)


_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
_BLANKS = re.compile(r"\s*")
_TRAILING = ",;.!?-"
_END = r"[,;.!?-]*(?![^\s()\"])"
_OR = re.compile(rf"(?:OU|OR){_END}")
_AND = re.compile(rf"(?:ET|AND){_END}")
_NOT = re.compile(rf"(?:-(?=[^\s)])|(?:SAUF|NOT){_END}\s*)")
_CHAMP = re.compile(r"([^\W\d_]{2,}):(?=[^\s:/)])")
_QUOTED = re.compile(r'"([^"]*)"(?:~(\d{1,4}))?')
_PIECE = re.compile(r'[^\s"()]+')
# « n° » before a number says that it is one: texts write it, or « numéro », or nothing.
_NUMBER_SIGN = re.compile(r"n\s?°s?\s?(?=\d)", re.IGNORECASE)


class _Reader:
    """Reads a text from left to right; each method leaves `position` after what it has read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.leaves = 0
        self.remarques: dict[str, None] = {}
        self.reconnus: dict[str, None] = {}
        self.identifiers = find_identifiers(_blank_quotes(text))

    def note(self, remarque: str) -> None:
        self.remarques[remarque] = None

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.position)

    def read_any(self, champ: str, depth: int) -> Node:
        """What stands up to the end of the group, in which OU parts what ET joins. Nothing is an empty `All`."""
        branches = [self.read_all(champ, depth)]
        while self.take(_OR):
            branches.append(self.read_all(champ, depth))
        kept = [branch for branch in branches if branch.nodes]
        if len(kept) < len(branches) > 1:
            self.note("« OU » n'a rien à relier d'un côté : il est laissé de côté.")
        return any_of(kept) if kept else All()

    def read_all(self, champ: str, depth: int) -> All:
        return all_of(self._find_nodes(champ, depth))

    def _find_nodes(self, champ: str, depth: int) -> Iterator[Node]:
        while self.take(_BLANKS) and self.position < len(self.text):
            if self.sees(")") and not depth:
                self.position += 1
                self.note("Une parenthèse fermante est de trop : elle est laissée de côté.")
            elif self.sees(")") or _OR.match(self.text, self.position):
                return
            elif not self.take(_AND):
                yield from self.read_one(champ, depth)

    def read_one(self, champ: str, depth: int) -> tuple[Node, ...]:
        """One word, phrase, group, fact or identifier, negated where a minus stands before it; or nothing."""
        negated = False
        while self.take(_NOT):
            negated = not negated
            if self._is_over():
                self.note("Il n'y a rien à exclure après « SAUF » ou le signe moins : ils sont laissés de côté.")
                return ()
        nodes = self._read_positive(champ, depth)
        return (negate(all_of(nodes)),) if negated and nodes else nodes

    def _is_over(self) -> bool:
        """Whether no node stands here: the end, that of a group, or a word that joins two."""
        rest = self.text[self.position :]
        return not rest or rest.startswith(")") or bool(_OR.match(rest) or _AND.match(rest))

    def _read_positive(self, champ: str, depth: int) -> tuple[Node, ...]:
        if self.sees("("):
            return self.read_group(champ, depth)
        if self.sees('"'):
            return self.read_quoted(champ)
        named = _CHAMP.match(self.text, self.position)
        if named:
            return self.read_named(named, champ, depth)
        if not champ and self.position in self.identifiers:
            self.position, identifier = self.identifiers[self.position]
            return self.keep_identifier(identifier)
        return self.read_piece(champ)

    def read_group(self, champ: str, depth: int) -> tuple[Node, ...]:
        self.position += 1
        if depth == MOST_DEPTH:
            self.note(f"Plus de {MOST_DEPTH} parenthèses sont ouvertes à la fois : les autres sont laissées de côté.")
            return ()
        node = self.read_any(champ, depth + 1)
        if self.sees(")"):
            self.position += 1
        else:
            self.note("Une parenthèse n'est pas fermée : elle va jusqu'à la fin.")
        return () if node == All() else (node,)

    def read_quoted(self, champ: str) -> tuple[Node, ...]:
        quoted = self.take(_QUOTED)
        if quoted:
            return self.read_phrase(quoted[1].strip(), champ, int(quoted[2] or 0))
        after = self.text[self.position + 1 :].strip()
        self.position = len(self.text)
        if terms(after):
            self.note(f"Un guillemet n'est pas fermé : l'expression « {after} » est cherchée telle quelle.")
        else:
            self.note("Un guillemet n'est pas fermé : il est laissé de côté.")
        return self.read_phrase(after, champ, 0)

    def read_phrase(self, texte: str, champ: str, distance: int) -> tuple[Node, ...]:
        """What stands between quotes, `texte`."""
        if champ in FAITS:
            return self.read_fact(Champ(champ), texte)
        run = tuple(terms(texte))
        if distance > MOST_DISTANCE:
            self.note(f"Les mots d'une expression sont cherchés à {MOST_DISTANCE} mots l'un de l'autre, au plus.")
        return self.keep(Phrase(texte, run, champ, min(distance, MOST_DISTANCE) if len(run) > 1 else 0)) if run else ()

    def read_fact(self, champ: Champ, texte: str) -> tuple[Node, ...]:
        """The fact that the value `texte` of a field is; where it should be a code and is none, its words."""
        fact, remarque = read_fact(champ, texte)
        if remarque:
            self.note(remarque)
        if fact:
            return self.keep(fact)
        return self.read_phrase(texte, "", 0) if champ in CODES else ()

    def read_named(self, named: re.Match[str], around: str, depth: int) -> tuple[Node, ...]:
        """What stands after the name of a field."""
        champ = read_champ(named[1])
        self.position = named.end()
        if champ is None:
            self.note(f"Le champ « {named[1]} » n'existe pas : ses mots sont cherchés partout. Champs : {NOMS}.")
            return self.read_phrase(named[1], around if around in TEXTES else "", 0)
        if self.sees("("):
            return self.read_group(champ, depth)
        return self.read_quoted(champ) if self.sees('"') else self.read_piece(champ)

    def read_piece(self, champ: str) -> tuple[Node, ...]:
        """A word, several that a hyphen joins, the beginning of one, or the value of a field."""
        numbered = self.take(_NUMBER_SIGN)
        if numbered and not champ and self.position in self.identifiers:
            self.position, identifier = self.identifiers[self.position]
            return self.keep_identifier(identifier)
        extent = EXTENTS.get(champ)
        found = (extent and self.take(extent)) or self.take(_PIECE)
        piece = found[0] if found else ""
        if champ in FAITS:
            return self.read_fact(Champ(champ), piece.rstrip(",;!? "))
        piece = piece.rstrip(_TRAILING)
        if piece.endswith(STAR):
            return self.read_prefix(piece.rstrip(STAR + _TRAILING), champ)
        return self.build_words(piece, champ, numbered=bool(numbered))

    def read_prefix(self, debut: str, champ: str) -> tuple[Node, ...]:
        """The word that begins with `debut`."""
        match forms(debut):
            case [forme] if len(forme) >= SHORTEST_PREFIX:
                return self.keep(Prefix(debut, forme, champ))
            case [_] | []:
                self.note(f"Avant l'astérisque il faut {SHORTEST_PREFIX} lettres au moins : elle est laissée de côté.")
            case _:
                self.note("L'astérisque ne vaut que pour un mot seul : elle est laissée de côté.")
        return self.build_words(debut, champ)

    def build_words(self, piece: str, champ: str, *, numbered: bool = False) -> tuple[Node, ...]:
        if not champ and (alone := read_identifier(piece)):
            return self.keep_identifier(alone)
        if (numbered or "-" in piece) and (reconnu := describe_text_number(piece)):
            self.reconnus[reconnu] = None
        match tuple(terms(piece)):
            case ():
                return ()
            case (terme,):
                return self.keep(Word(piece, terme, champ))
            case run:
                return self.keep(Phrase(piece, run, champ, joined=True))

    def keep_identifier(self, identifier: Identifier) -> tuple[Node, ...]:
        self.reconnus[describe(identifier)] = None
        return self.keep(identifier)

    def keep(self, leaf: Leaf) -> tuple[Node, ...]:
        self.leaves += 1
        if self.leaves <= MOST_LEAVES:
            return (leaf,)
        self.note(f"La recherche a trop de mots : seuls les {MOST_LEAVES} premiers sont cherchés.")
        return ()


def _blank_quotes(text: str) -> str:
    """`text` with blanks in the place of what is quoted: no identifier is recognised there."""
    parts = text.split('"')
    return " ".join("\n" * len(part) if rank % 2 else part for rank, part in enumerate(parts))
