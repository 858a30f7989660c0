"""What a band of columns is (a table, prose, signatures side by side), and how far below it goes."""

import re
from collections.abc import Sequence

from importers.documents.mise_en_page.colonnes import Bande
from importers.documents.mise_en_page.mots import Bout, is_level
from importers.documents.personnes import is_person

COTE = re.compile(
    r"(?:p/|pour\s(?:l[ea]s?\b|l['’]|monsieur|madame|m\.|mme)|l[ea]s?\s(?:co-?)?délég|fait\b|signé|visa\b"
    r"|l[ea]s?\s(?:\w+\s)?(?:direct|préf|secrétaire|chef|ministre|président|responsable|recteur|commissaire|général)).*",
    re.IGNORECASE,
)
"""What stands over a signature: the side that signs, or its function."""
CHIFFRE = re.compile(r"\d")
PROSE = 3
"""A column of prose has this many lines or more that fill it."""
SUITE_DE_COLONNE = 8
"""Lines that go on under a band, in its first column only, and make it one of prose."""
SERRE = 1.45
"""Lines of one cell stand closer than this many heights of a line, baseline to baseline."""


def is_table(bande: Bande) -> bool:
    """Say whether a band is a table: neither signatures side by side nor prose in columns."""
    colonnes = bande.list_colonnes(bande.principales)
    textes = [bout.texte for colonne in colonnes for bout in colonne]
    if any(_is_side(colonne) for colonne in colonnes[1:]) and not has_figures(textes):
        return False
    return not all(is_prose(colonne) for colonne in colonnes)


def find_rest(bande: Bande, bouts: Sequence[Bout]) -> list[Bout]:
    """Give what goes on under a band that is the top of a page in two columns, of which the right one ends first.

    Under a table lines go over its blank strips; under such a band none does, and nothing is given for another.
    """
    dessous = [bout for bout in bouts if bout.haut > bande.bas]
    gouttieres = bande.principales
    seule = len(gouttieres) == 1 and all(bout.x1 < gouttieres[0].x1 for bout in dessous)
    return dessous if seule and len(dessous) >= SUITE_DE_COLONNE else []


def _is_side(colonne: Sequence[Bout]) -> bool:
    return any(COTE.fullmatch(bout.texte) or is_person(bout.texte) for bout in colonne[:2])


def has_figures(textes: Sequence[str]) -> bool:
    return sum(bool(CHIFFRE.search(texte)) for texte in textes) > len(textes) / 3


def is_prose(colonne: Sequence[Bout]) -> bool:
    """Say whether lines of words fill a column, whatever else it holds."""
    niveaux = find_niveaux(colonne)
    if len(niveaux) < PROSE:
        return False
    largeur = max(bout.x1 for bout in colonne) - min(bout.x0 for bout in colonne)
    pleines = sum(bout.x1 - bout.x0 > 0.7 * largeur and len(bout.mots) > 3 for bout in colonne)
    return pleines >= max(PROSE, len(niveaux) / 4)


def extend(bande: Bande, bouts: Sequence[Bout]) -> None:
    """Take in what goes on below the band in one of its columns only.

    Under prose, whatever crosses no blank strip; under signatures, what stands to the right, or close under its column.
    """
    gouttieres = bande.principales
    prose = all(is_prose(colonne) for colonne in bande.list_colonnes(gouttieres))
    pris = {id(bout) for bout in bande.bouts}
    for bout in bouts:
        if id(bout) in pris or bout.haut < bande.haut:
            continue
        if bout.haut - bande.bas > 2 * bout.hauteur or any(
            bout.x0 < g.x1 - 1 and bout.x1 > g.x0 + 1 for g in gouttieres
        ):
            break
        if not prose and bout.x0 < gouttieres[0].x0 and not is_close(bande.list_colonnes(gouttieres)[0], bout):
            break
        bande.bouts.append(bout)
        bande.bas = max(bande.bas, bout.bas)


def is_close(colonne: Sequence[Bout], bout: Bout) -> bool:
    return bool(colonne) and bout.bas - colonne[-1].bas < SERRE * bout.hauteur


def find_niveaux(bouts: Sequence[Bout]) -> list[list[Bout]]:
    niveaux: list[list[Bout]] = []
    for bout in bouts:
        if niveaux and is_level(niveaux[-1][0], bout):
            niveaux[-1].append(bout)
        else:
            niveaux.append([bout])
    return niveaux
