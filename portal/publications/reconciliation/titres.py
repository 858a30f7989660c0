"""The words of a title, and how near two titles are."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from sys import intern

from portal.domain.dates import MOIS
from portal.domain.fold import fold

PROCHE, TRES_PROCHE = 0.6, 0.85
"""Shares of the words of two titles that are in both: enough to ask the editor, and, on one date, to be sure."""

_MOT = re.compile(r"[^\W_]+")
_REPERE = re.compile(r"\b(?:\d+|[A-Z]|[IVX]{2,5})\b(?!['’])")
"""A number, or a capital alone (« lot n° 2 », « lot B »)."""
_VIDES = frozenset(
    re.findall(
        r"\w+",
        "au aux avec ce ces dans de des du en entre et la le les leur ou par pour sur un une relatif relative relatifs "
        "portant convention conventions delegation delegations gestion charte",
    )
)
_MOTS_DU_JOUR = frozenset(fold(mois) for mois in MOIS) | {"1er"}


@dataclass(frozen=True, slots=True, eq=False)
class Titre:
    """A title made ready to compare: all its words in order, those that tell it from another, and its numbers, both
    without repeats and in alphabetical order.
    """

    suite: str
    mots: tuple[str, ...]
    reperes: tuple[str, ...]


def read_titre(titre: str) -> Titre:
    """Make a title ready to compare."""
    mots = split_words(titre)
    reperes = {repere.lstrip("0") for repere in _REPERE.findall(titre)}
    return Titre(" ".join(mots), tuple(sorted(set(map(intern, filter(_tells, mots))))), tuple(sorted(reperes)))


def words_of(titre: str) -> frozenset[str]:
    """The words of a title that tell it from another, folded."""
    return frozenset(filter(_tells, split_words(titre)))


def _tells(mot: str) -> bool:
    return len(mot) > 1 and mot not in _VIDES


def split_words(texte: str) -> list[str]:
    """All the words of a text, folded, in order."""
    return _MOT.findall(fold(texte))


def words_beside_day(titre: Titre) -> frozenset[str]:
    """The words of a title that are no part of a date."""
    return frozenset(mot for mot in titre.mots if mot not in _MOTS_DU_JOUR and not mot.isdecimal())


def measure_likeness(un: Titre, autre: Titre, mots: frozenset[str] | None = None) -> float:
    """The share of the words of both titles that they have in common, 0 to 1; `mots` are those of the first.

    Where each has a number that the other has not (« lot 1 », « lot 2 »), they are near and no more.
    """
    part = share_of(mots or frozenset(un.mots), autre.mots)
    return PROCHE if part > PROCHE and has_other_numbers(un.reperes, autre.reperes) else part


def share_of(mots: frozenset[str], autres: Collection[str]) -> float:
    """The share of all words that are in both, 0 to 1; neither has a word twice."""
    communs = len(mots.intersection(autres))
    return communs / (len(mots) + len(autres) - communs) if communs else 0.0


def has_other_numbers(reperes: Collection[str], autres: Collection[str]) -> bool:
    """Say whether each has a number that the other has not."""
    return not (set(reperes) <= set(autres) or set(autres) <= set(reperes))
