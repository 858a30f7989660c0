"""The rows of tables, with borders and without."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from importers.documents.mise_en_page.bandes import CHIFFRE, COTE, SERRE, find_niveaux, has_figures, is_close
from importers.documents.mise_en_page.colonnes import Bande
from importers.documents.mise_en_page.grilles import Grille, merge_filets
from importers.documents.mise_en_page.lignes_de_page import Ligne, set_in_column, to_ligne, to_rangee, write_mots
from importers.documents.mise_en_page.mots import Bout, Filet, Mot, find_rangees, is_level

Rangee = list[list[Bout]]
"""A row of a table without borders: the pieces of lines of each cell."""


def read_table(bande: Bande, filets: Sequence[Filet]) -> list[Ligne]:
    """The rows of a table without upright rules; what goes on under one cell belongs to it."""
    colonnes = bande.list_colonnes(bande.gouttieres)
    place = {id(bout): rang for rang, colonne in enumerate(colonnes) for bout in colonne}
    rangees: list[Rangee] = []
    entre_filets: list[int] = []
    hauteurs = _list_rules(bande, filets)
    for niveau in find_niveaux(bande.bouts):
        cellules: Rangee = [[] for _ in colonnes]
        for bout in niveau:
            cellules[place[id(bout)]].append(bout)
        intervalle = bisect_right(hauteurs, niveau[0].milieu)
        regle = len(hauteurs) > 2 and entre_filets and entre_filets[-1] == intervalle
        if rangees and (_is_part(rangees[-1], cellules) if regle else _goes_on(rangees[-1], cellules)):
            rangees[-1] = [[*haut, *bas] for haut, bas in zip(rangees[-1], cellules, strict=True)]
        else:
            rangees.append(cellules)
            entre_filets.append(intervalle)
    return [to_rangee([[bout.mots for bout in cellule] for cellule in rangee]) for rangee in rangees]


def extend_table(bande: Bande, bouts: Sequence[Bout], filets: Sequence[Filet]) -> None:
    """Take in the last lines of the cells of the last row, which no cell beside them goes along."""
    pris = {id(bout) for bout in bande.bouts}
    regles = [haut for haut in _list_rules(bande, filets, marge=60) if haut > bande.bas - 2]
    for bout in bouts:
        if id(bout) in pris or bout.haut < bande.haut:
            continue
        colonne = next(colonne for colonne in bande.list_colonnes(bande.gouttieres, bout) if bout in colonne)
        traverse = any(bout.x0 < g.x1 - 1 and bout.x1 > g.x0 + 1 for g in bande.gouttieres)
        if traverse or not is_close(colonne[:-1], bout):
            break
        dans_la_regle = bool(regles) and bout.milieu < regles[0]
        if not bout.texte or not (dans_la_regle or bout.texte[0].islower() or colonne[-2].texte[-1] in "-/,("):
            break
        bande.bouts.append(bout)
        bande.bas = max(bande.bas, bout.bas)


def _list_rules(bande: Bande, filets: Sequence[Filet], marge: float = 12) -> list[float]:
    """Where flat rules part the rows of a band, from top to bottom, and up to `marge` points beyond it."""
    gauche, droite = min(bout.x0 for bout in bande.bouts), max(bout.x1 for bout in bande.bouts)
    largeur = (droite - gauche) / 3
    couches = merge_filets([filet for filet in filets if filet.couche])
    hauteurs = sorted(f.haut for f in couches if min(f.x1, droite) - max(f.x0, gauche) > largeur)
    return [haut for haut in hauteurs if bande.haut - marge < haut < bande.bas + marge]


def _is_part(rangee: Rangee, cellules: Rangee) -> bool:
    """Say whether a line under a row, with no rule between, belongs to it: not where it is filled as the row is."""
    return [bool(cellule) for cellule in rangee] != [bool(cellule) for cellule in cellules]


def _goes_on(rangee: Rangee, cellules: Rangee) -> bool:
    """Say whether a line goes on with the cells of the row above it: close under them, in words, some cells empty."""
    suites = [(haut, bas) for haut, bas in zip(rangee, cellules, strict=True) if bas]
    if len(suites) == len(cellules) or not all(haut for haut, _ in suites):
        return False
    serre = all(bas[0].bas - haut[-1].bas < SERRE * bas[0].hauteur for haut, bas in suites)
    return serre and all(bas[0].texte[0].islower() or haut[-1].texte[-1] in "-/,(" for haut, bas in suites)


def read_grille(grille: Grille, mots: Sequence[Mot]) -> Iterator[Ligne]:
    """The rows of a table with borders; a frame around signatures is read column by column, as if it had none."""
    cases: dict[tuple[int, int], list[Mot]] = {}
    for mot in mots:
        case = grille.find(mot)
        if case is not None:
            cases.setdefault(case, []).append(mot)
    colonnes = sorted({colonne for _, colonne in cases})
    if len(colonnes) < 2:
        return
    if _frames_signatures(cases):
        for rang, colonne in enumerate(colonnes, start=1):
            dedans = [mot for (_, autre), groupe in cases.items() if autre == colonne for mot in groupe]
            lignes = [to_ligne(rangee) for rangee in find_rangees(dedans)]
            yield from set_in_column(lignes, rang, grille.xs[colonne + 1])
        return
    for rang in sorted({ligne for ligne, _ in cases}):
        yield from _read_row([cases.get((rang, colonne), []) for colonne in range(len(grille.xs) - 1)])


def _frames_signatures(cases: dict[tuple[int, int], list[Mot]]) -> bool:
    """Say whether the cells hold sides that sign, or are one row of several lines without figures."""
    textes = [write_mots(find_rangees(groupe)[0]) for groupe in cases.values()]
    if len({ligne for ligne, _ in cases}) == 1 and all(len(find_rangees(groupe)) > 1 for groupe in cases.values()):
        return not has_figures(textes)
    cotes = sum(bool(COTE.fullmatch(texte)) for texte in textes)
    return cotes > 1 and cotes >= len(textes) / 3 and not has_figures(textes)


def _read_row(cellules: Sequence[Sequence[Mot]]) -> Iterator[Ligne]:
    """A row of a grid; several, where no rule parts rows whose cells are level all along."""
    lignes = [find_rangees(cellule) for cellule in cellules]
    pleines = [rangees for rangees in lignes if rangees]
    if len(pleines) > 1 and len(pleines[0]) > 1 and _are_level(pleines):
        for rang in range(len(pleines[0])):
            yield to_rangee([[rangees[rang]] if rangees else [] for rangees in lignes])
    else:
        yield to_rangee(lignes)


def _are_level(colonnes: Sequence[Sequence[Sequence[Mot]]]) -> bool:
    """Say whether columns have as many lines, level with each other, each of the last columns a figure."""
    if len({len(rangees) for rangees in colonnes}) > 1:
        return False
    niveaux = all(
        is_level(un[0], autre[0]) for rangees in colonnes[1:] for un, autre in zip(colonnes[0], rangees, strict=True)
    )
    return niveaux and all(CHIFFRE.search(write_mots(rangee)) for rangee in colonnes[-1])
