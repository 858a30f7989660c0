"""An act as plain text that a screen reader says in order: no drawn table, no underlining, a fact a line."""

import re
from collections.abc import Iterator

from portal.domain.convention import Convention
from portal.rendu.blocs import Bloc, Liste, Paragraphe, Tableau, Termes, Titre
from portal.rendu.composition import DEUX_POINTS, compose

_ILLISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def write_texte(convention: Convention) -> str:
    """Write the whole act. A heading stands alone after two blank lines; each row of a table names its cells, which
    are padded so that they stand in columns.
    """
    morceaux = []
    for bloc in compose(convention):
        morceaux.append("\n" if isinstance(bloc, Titre) and bloc.niveau == 2 else "")
        morceaux.append("\n".join(_write(bloc)) + "\n\n")
    # What no text file can hold is replaced, so that nothing is lost unseen.
    return _ILLISIBLE.sub("\ufffd", "".join(morceaux).rstrip() + "\n")


def _write(bloc: Bloc) -> Iterator[str]:
    match bloc:
        case Titre(_, texte) | Paragraphe(texte):
            yield texte
        case Liste(points):
            yield from (f"- {point}" for point in points)
        case Termes(termes):
            parted = "\n" if any("\n" in valeur for _nom, valeur in termes) else ""
            yield from (_name(nom, valeur) + parted for nom, valeur in termes)
        case Tableau():
            yield from _write_tableau(bloc)


def _name(nom: str, valeur: str) -> str:
    return f"{nom}{DEUX_POINTS}{valeur}" if nom and valeur else nom or valeur


def _write_tableau(tableau: Tableau) -> Iterator[str]:
    if tableau.legende:
        yield tableau.legende + DEUX_POINTS.rstrip()
    rangees = [*tableau.rangees, tableau.pied] if tableau.pied else list(tableau.rangees)
    if len(rangees[0]) == 2:
        yield from (_name(*rangee) for rangee in ([tableau.entete] if tableau.entete else []) + rangees)
        return
    noms = tableau.entete or ("",) * len(rangees[0])
    largeurs = [max(map(len, colonne)) for colonne in zip(*rangees, strict=True)]
    for rangee in rangees:
        cellules = []
        for rang, (nom, cellule, largeur) in enumerate(zip(noms, rangee, largeurs, strict=True)):
            # The total of a table is no value of its first column; of an empty cell nothing is said.
            said = "" if rangee is tableau.pied and not rang else nom
            aligned = cellule.rjust(largeur) if rang in tableau.montants else cellule
            large = len(_name(nom, "-" * largeur)) + 1
            cellules.append((f"{_name(said, aligned)}," if cellule else "").ljust(large))
        yield " ".join(cellules).rstrip().removesuffix(",")
