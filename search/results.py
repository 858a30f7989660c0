"""What a search answers, ready for every rendering."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from search.query import SearchQuery


class IndexIndisponible(Exception):  # noqa: N818 - the French name says that it is an error
    """The index cannot answer: absent, damaged, or of another format. The message is French."""


class MoteurIndisponible(IndexIndisponible):
    """The engine itself does not answer, or has no room or time: nothing is known of its index."""


class Fragment(NamedTuple):
    """A piece of text; `marque` where the reader's words stand."""

    texte: str
    marque: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words were found: « Article 6, Exécution financière », anchor `article-6`.

    `adresse` is that of the page with the anchor: the convention's own, or one of its avenants'.
    """

    libelle: str
    ancre: str
    fragments: tuple[Fragment, ...]
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One convention found. Amounts are euros, `None` where the convention states none.

    `statut` is a `portal.domain.statut.Statut`, or empty where the known dates do not say.
    """

    uid: str
    adresse: str
    titre: tuple[Fragment, ...]
    objet: str
    nature: str
    delegants: tuple[str, ...]
    delegataires: tuple[str, ...]
    statut: str
    date_signature: date | None
    ae: Decimal | None
    cp: Decimal | None
    passages: tuple[Passage, ...] = ()


class FacetValue(NamedTuple):
    """A value to filter by; `nombre` is the count were it chosen, its own filter left out."""

    valeur: str
    libelle: str
    nombre: int
    choisie: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    nom: str
    libelle: str
    valeurs: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts all that is found; `hits` is the page asked for.

    `query` is the search that was run (a page beyond the last one is brought back to it);
    `remarques` says in French what was repaired in it, and `cherchee` is then the text that was looked for;
    `reconnus` what was understood: « Reconnu : numéro NOR MENA2420224X. » `corrigee` is a search near this one, which
    finds more, where a word seems to be misspelt; `reduite` one that finds something, without some of the words, where
    this one finds nothing. `sommes` are the AE and CP of all that is found, where they were
    asked for. `degradee` says that another engine has answered: the last changes may be missing.
    """

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    pages: int
    remarques: tuple[str, ...] = field(default=())
    reconnus: tuple[str, ...] = field(default=())
    cherchee: str = ""
    corrigee: "Corrigee | None" = None
    reduite: "Reduite | None" = None
    sommes: "Sommes | None" = None
    degradee: bool = False


@dataclass(frozen=True, slots=True)
class Corrigee:
    """A search with other spellings; `texte` is what it looks for, `total` what it finds."""

    query: SearchQuery
    texte: str
    total: int


@dataclass(frozen=True, slots=True)
class Reduite:
    """A search for fewer words, without those of `sans`; `texte` is what it looks for, `total` what it finds."""

    query: SearchQuery
    texte: str
    sans: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Somme:
    """The AE and CP of one year, in euros."""

    annee: int
    ae: Decimal
    cp: Decimal


@dataclass(frozen=True, slots=True)
class Sommes:
    """The AE and CP of all conventions found, in euros: of all lines, and of each year that has any."""

    ae: Decimal
    cp: Decimal
    exercices: tuple[Somme, ...]
