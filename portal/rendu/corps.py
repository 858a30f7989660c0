"""The blocs of the body of an article: paragraphs, lists and tables.

A line is a paragraph, or goes on the one before where the printer broke a sentence; lines that start with a dash or a
bullet are a list; lines of cells, parted by tabs, bars or wide gaps, are a table, or terms where each names its value.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from portal.domain.montants import parse_montant
from portal.domain.rangees import Separateur, find_separateur, split_rangees
from portal.rendu.blocs import Bloc, Liste, Paragraphe, Tableau, Termes

_PUCE = re.compile(r"^\s*[-–—•▪◦*·]\s+(?=\S)")
_ENUMERE = re.compile(r"\s*(?:[a-zA-Z]|[ivxIVX]+|\d+)\s?[).°]\s")
_FIN_DE_PHRASE = re.compile(r"[.;:!?…][»”\")]?$|[»”\")]\.$")
_LARGEUR = 60  # characters: where no line of a body is longer, none was broken for want of room
_ANNEE = re.compile(r"\b(?:19|20)\d\d\b")


def find_blocs(texte: str) -> Iterator[Bloc]:
    """Yield the blocs of a body in order; none for an empty text."""
    lignes = _join_broken([ligne.rstrip() for ligne in texte.splitlines()])
    for genre, groupe in groupby(lignes, key=_genre):
        yield from _make(genre, list(groupe))


def _join_broken(lignes: Sequence[str]) -> Iterator[str]:
    """Give the lines that hold something, those that the printer broke in mid-sentence whole again."""
    largeur = max(_LARGEUR, *map(len, lignes), 0)
    entiere: list[str] = []
    derniere = ""
    for ligne in lignes:
        if _goes_on(derniere, ligne, largeur):
            entiere += ["" if derniere.endswith("-") else " ", ligne.strip()]
        else:
            if any(entiere):
                yield "".join(entiere)
            entiere = [ligne]
        derniere = ligne
    if any(entiere):
        yield "".join(entiere)


def _goes_on(derniere: str, ligne: str, largeur: int) -> bool:
    """Say whether a line goes on the sentence of the last one: in lower case, or as the last had no room for more."""
    if not derniere or not ligne or _ENUMERE.match(ligne):
        return False
    if _genre(ligne) != "paragraphe" or isinstance(_genre(derniere), Separateur):
        return False
    full = len(derniere) + 1 + len(ligne.split()[0]) > largeur
    return not _FIN_DE_PHRASE.search(derniere) and (full or ligne.lstrip()[0].islower())


def _genre(ligne: str) -> str | Separateur:
    liste = "liste" if _PUCE.match(ligne) else ""
    return liste or find_separateur(ligne) or "paragraphe"


def _make(genre: str | Separateur, lignes: list[str]) -> Iterator[Bloc]:
    # A wide gap in a single line is a blank of the printer.
    alone = genre is Separateur.ESPACES and len(lignes) == 1
    if isinstance(genre, Separateur) and not alone:
        yield from _make_tableau([rangee for rangee in split_rangees(lignes, genre) if rangee])
    elif genre == "liste":
        yield Liste(tuple(_PUCE.sub("", ligne) for ligne in lignes))
    else:
        yield from (Paragraphe(ligne.strip()) for ligne in lignes)


def _make_tableau(rangees: list[list[str]]) -> Iterator[Tableau | Termes]:
    if not rangees:
        return
    # A first row without a name of its own (« | AE | CP ») names the columns; otherwise the rows name themselves.
    named = len(rangees) > 1 and (not rangees[0][0] or _names_columns(rangees))
    entete = rangees[0] if named else []
    corps = rangees[1:] if named else rangees
    if not named and len(corps[0]) == 2 and all(nom for nom, _valeur in corps):
        yield Termes(tuple((nom.rstrip(" \u00a0\u202f:"), valeur) for nom, valeur in corps))
        return
    montants = (rang for rang in range(1, len(corps[0])) if _holds_montants([rangee[rang] for rangee in corps]))
    yield Tableau(tuple(map(tuple, corps)), tuple(entete), montants=tuple(montants))


def _names_columns(rangees: list[list[str]]) -> bool:
    """Whether the first row holds no figure but years, and the rows under it do."""
    nombres = [any(map(str.isdigit, _ANNEE.sub("", " ".join(rangee)))) for rangee in rangees]
    return not nombres[0] and any(nombres[1:])


def _holds_montants(cellules: list[str]) -> bool:
    stated = [cellule for cellule in cellules if cellule]
    return bool(stated) and all("€" in cellule and parse_montant(cellule) is not None for cellule in stated)
