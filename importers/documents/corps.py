"""The printed text of an article, an annexe or the préambule: paragraphs separated by blank lines, no word changed.

One repair only: a word broken by a hyphen at the end of a line is joined again. The hyphen goes where the text writes
the whole word elsewhere without one; else it stays, for it may belong to the word (« visio-agents »). Rule Q2 shows
every such place to the editor.
"""

import re
from collections.abc import Sequence

from importers.documents.lignes import Ligne

_COLONNES = re.compile(r"\t|\S {3,}\S|\|")
_CESURE = re.compile(r"([^\W\d_]{2,40})-$")
_SUITE = re.compile(r"[^\W\d_]{2,40}")


def print_corps(texte: str, lignes: Sequence[Ligne]) -> str:
    """Give the lines as printed, runs of blank lines made one."""
    corps = ""
    for rang, ligne in enumerate(lignes):
        imprimee = _print_ligne(texte, ligne)
        if rang and is_broken(lignes[rang - 1], ligne):
            corps = f"{_join_cesure(texte, corps, ligne)}{imprimee}"
        else:
            corps += f"{_separator(ligne) if rang else ''}{imprimee}"
    return corps


def is_broken(precedente: Ligne, ligne: Ligne) -> bool:
    """Say whether the last word of a line goes on at the start of the next."""
    return ligne.texte[0].islower() and bool(_CESURE.search(precedente.texte[-42:]))


def _join_cesure(texte: str, corps: str, ligne: Ligne) -> str:
    """Give what is printed so far, its last hyphen dropped where the text writes the word without it."""
    debut, suite = _CESURE.search(corps[-42:]), _SUITE.match(ligne.texte)
    if debut and suite and re.search(rf"\b{re.escape(debut[1] + suite[0])}\b", texte, re.IGNORECASE):
        return corps[:-1]
    return corps


def _separator(ligne: Ligne) -> str:
    return "\n\n" if ligne.apres_vide else "\n"


def _print_ligne(texte: str, ligne: Ligne) -> str:
    """Give a line without its indent, but a table row from its first column, which may be empty."""
    complete = texte[ligne.depart : ligne.fin]
    return complete if _COLONNES.search(complete) else texte[ligne.debut : ligne.fin]
