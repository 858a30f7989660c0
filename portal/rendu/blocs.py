"""What an act is set in: headings, paragraphs, lists, terms and tables, whatever the file that shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading; `niveau` is 1 for the title of the act, 2 for its parts, 3 for its articles and annexes."""

    niveau: int
    texte: str


@dataclass(frozen=True, slots=True)
class Paragraphe:
    texte: str


@dataclass(frozen=True, slots=True)
class Liste:
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Termes:
    """Facts, each a name and what it is; a value may have several lines."""

    termes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """Rows of cells, all of one length. `entete` names the columns, or is empty where nothing names them; `pied` is a
    last row that sums up the others; `montants` are the ranks of the columns of amounts, the first being 0.
    """

    rangees: tuple[tuple[str, ...], ...]
    entete: tuple[str, ...] = ()
    pied: tuple[str, ...] = ()
    legende: str = ""
    montants: tuple[int, ...] = ()


Bloc = Titre | Paragraphe | Liste | Termes | Tableau
