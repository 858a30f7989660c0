"""The printed text of an article, an annexe or the préambule: paragraphs separated by blank lines, no word changed.

One repair only: a word broken by a hyphen at the end of a line is joined again. The hyphen goes where the text writes
the whole word elsewhere without one; else it stays, for it may belong to the word (« visio-agents »). Rule Q2 shows
every such place to the editor.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from importers.documents.lignes import Ligne

_COLONNES = re.compile(r"\t|\S {3,}\S|\|")
_CESURE = re.compile(r"([^\W\d_]{1,40})-$")
_MOT = re.compile(r"[^\W\d_]{2,80}")
_SUITE = re.compile(r"[^\W\d_]{2,40}")


def print_corps(texte: str, lignes: Sequence[Ligne]) -> str:
    """Give the lines as printed, runs of blank lines made one."""
    morceaux: list[str] = []
    for rang, ligne in enumerate(lignes):
        if rang and is_broken(lignes[rang - 1], ligne):
            if _spells_a_word(texte, morceaux[-1], ligne):
                morceaux[-1] = morceaux[-1][:-1]
        elif rang:
            morceaux.append(_separator(ligne))
        morceaux.append(_print_ligne(texte, ligne))
    return "".join(morceaux)


def is_broken(precedente: Ligne, ligne: Ligne) -> bool:
    """Say whether the last word of a line goes on at the start of the next."""
    return ligne.texte[0].islower() and bool(_CESURE.search(precedente.texte[-42:]))


def _spells_a_word(texte: str, precedente: str, ligne: Ligne) -> bool:
    """Say whether the text writes elsewhere, without a hyphen, the word broken between two lines."""
    debut, suite = _CESURE.search(precedente[-42:]), _SUITE.match(ligne.texte)
    return debut is not None and suite is not None and f"{debut[1]}{suite[0]}".lower() in _words(texte)


@lru_cache(maxsize=1)
def _words(texte: str) -> frozenset[str]:
    return frozenset(mot.lower() for mot in _MOT.findall(texte))


def _separator(ligne: Ligne) -> str:
    return "\n\n" if ligne.apres_vide else "\n"


def _print_ligne(texte: str, ligne: Ligne) -> str:
    """Give a line without its indent, but a table row from its first column, which may be empty."""
    complete = texte[ligne.depart : ligne.fin]
    return complete if _COLONNES.search(complete) else texte[ligne.debut : ligne.fin]
