"""A CSV file of acts, whatever its delimiter and encoding."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from importers.listings import PageVue
from importers.listings.colonnes import CASES_MAXIMUM, Case, Colonnes, find_colonnes, read_rangee
from importers.listings.encodage import clean, decode
from importers.listings.page_html import is_web, join_address
from importers.listings.refus import check_contenu, check_statut, mise_en_page, tronquee, vide
from portal.publications.entrees import Entree

RANGEES_MAXIMUM = 100_000
_AVANT_ENTETE = 20
"""Rows in which the headers stand: a title or a notice may come before."""
_FIN = "unexpected end of data"
"""What the reader of CSV says of a quotation mark that nothing closes."""
_SEPARATEURS = (";", ",", "\t", "|")

Rangee = list[str]


def read_csv(page: PageVue) -> tuple[Entree, ...]:
    """Give the entries of a CSV file. Raises `ListeBloquee`."""
    check_statut(page)
    check_contenu(page)
    texte = decode(page).replace("\0", "")
    trouve = next(filter(None, (_try(texte, separateur) for separateur in _SEPARATEURS)), None)
    if trouve is None:
        raise mise_en_page(
            "Ni page web, ni tableau CSV dont une colonne donne les titres et une autre les dates ou liens"
        )
    rangees, entete, colonnes = trouve
    lignes = [rangee for rangee in rangees[entete + 1 :] if any(map(str.strip, rangee))]
    if _is_cut(texte, rangees[entete], lignes):
        raise tronquee("Le fichier CSV est coupé avant sa fin")
    base = page.url if is_web(page.url) else ""
    entrees = (read_rangee(_read_cases(rangee, base), colonnes) for rangee in lignes)
    lues = tuple(dict.fromkeys(entree for entree in entrees if entree))
    if not lignes:
        raise vide("Le tableau n'a aucune ligne")
    if not lues:
        raise vide("Aucune ligne du tableau ne parle d'une délégation de gestion")
    return lues


def _try(texte: str, separateur: str) -> tuple[list[Rangee], int, Colonnes] | None:
    """The rows, the rank of the headers and the columns, where this separator makes a table of acts."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    debut: list[Rangee] = []
    try:
        for rangee in islice(lecteur, _AVANT_ENTETE):
            debut.append(rangee)
            colonnes = find_colonnes(rangee)
            if colonnes:
                return [*debut, *_read_rest(lecteur)], len(debut) - 1, colonnes
    except csv.Error:  # another separator may be the right one
        return None
    return None


def _read_rest(lecteur: Iterator[Rangee]) -> Iterator[Rangee]:
    """The rows after the headers, which show the separator to be the right one. Raises `ListeBloquee`."""
    try:
        for rang, rangee in enumerate(lecteur):
            if rang == RANGEES_MAXIMUM:
                raise mise_en_page(f"Le tableau a plus de {RANGEES_MAXIMUM} lignes")
            yield rangee
    except csv.Error as error:
        if _FIN in str(error):
            raise tronquee("Le fichier CSV est coupé au milieu d'une case") from error
        raise mise_en_page("Le fichier CSV est mal formé") from error


def _is_cut(texte: str, entetes: Rangee, lignes: Sequence[Rangee]) -> bool:
    """Say whether the last row, not ended by a line end, lacks cells."""
    return bool(lignes) and not texte.endswith(("\n", "\r")) and len(lignes[-1]) < len(entetes)


def _read_cases(rangee: Rangee, base: str) -> list[Case]:
    return [_read_case(clean(valeur), base) for valeur in rangee[:CASES_MAXIMUM]]


def _read_case(texte: str, base: str) -> Case:
    """A cell that is an address, absolute or from the root of the site, is a link."""
    lien = join_address(base, texte) if is_web(texte) or texte.startswith("/") else ""
    return Case("" if lien else texte, (lien,) if lien else ())
