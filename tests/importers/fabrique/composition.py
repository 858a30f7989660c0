"""An example text as a typist would set it: paragraphs, lists, tables, signatures side by side.

What belongs to the page of the original (numbers of pages, running headers) is left out: each maker puts its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.documents.lignes import Ligne, split_lignes, without_noise
from importers.documents.tableaux import find_tableaux

_OUVRE = re.compile(r"(?:[-–—•*]\s|\d{1,2}[.)°]|[a-z]\)|Vu\b|VU\b|Article\b|ARTICLE\b)")
_LARGE = re.compile(r"[^ \t]+(?: {1,2}[^ \t]+)*")
_FAIT = re.compile(r"(?:fait|signé)\b|à \w+, le\b", re.IGNORECASE)
_COLLEE = re.compile(r"\w-$|(?:http|www)\S*[/.]$")
_MILLIERS = re.compile(r"(?<=\d) (?=\d{3}\b)|(?<=\d) (?=[€kM])")
ENROULE = 120
"""A text whose lines are no longer was broken by hand at the edge of its page."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """`genre` is "texte", "centre", "droite", "tableau" or "cotes"; `lignes` are its lines, `rangees` its cells."""

    genre: str
    lignes: tuple[str, ...] = ()
    rangees: tuple[tuple[str, ...], ...] = ()


def find_blocs(texte: str) -> list[Bloc]:
    """Cut a text in blocks, the lines broken at the edge of a page made whole."""
    texte = texte.replace("\r\n", "\n")
    lignes = without_noise(split_lignes(texte))
    longueurs = [len(ligne) for ligne in texte.split("\n")]
    largeur = max(longueurs) if max(longueurs) <= ENROULE and sum(n > 70 for n in longueurs) > 5 else 0
    return [bloc for genre, dedans in _group(texte, lignes) for bloc in _build(texte, genre, dedans, largeur)]


def _group(texte: str, lignes: Sequence[Ligne]) -> Iterator[tuple[str, list[Ligne] | tuple[tuple[str, ...], ...]]]:
    """Group the lines: the rows of a table, the lines side by side, the lines of a paragraph."""
    tableaux = {tableau.rang: tableau for tableau in find_tableaux(texte, lignes)}
    rang, libres = 0, []
    while rang < len(lignes):
        tableau = tableaux.get(rang)
        if tableau is None or not _is_table([rangee.cellules for rangee in tableau.rangees]):
            libres.append(lignes[rang])
            rang += 1
            continue
        yield from _group_libres(texte, libres)
        yield "tableau", tuple(rangee.cellules for rangee in tableau.rangees)
        rang, libres = rang + tableau.lignes, []
    yield from _group_libres(texte, libres)


def _is_table(rangees: Sequence[Sequence[str]]) -> bool:
    cellules = [cellule for rangee in rangees for cellule in rangee if cellule]
    return sum(bool(re.search(r"\d", cellule)) for cellule in cellules) > len(cellules) / 4


def _group_libres(texte: str, lignes: Sequence[Ligne]) -> Iterator[tuple[str, list[Ligne]]]:
    groupes: list[tuple[str, list[Ligne]]] = []
    for ligne in lignes:
        genre = _genre(texte, ligne)
        a_cote = bool(groupes) and groupes[-1][0] == "cotes"
        if a_cote and (genre in ("cotes", "centre", "droite") or not ligne.apres_vide):
            groupes[-1][1].append(ligne)
        elif not groupes or genre != groupes[-1][0] or ligne.apres_vide or genre == "cotes":
            groupes.append((genre, [ligne]))
        else:
            groupes[-1][1].append(ligne)
    yield from groupes


def _genre(texte: str, ligne: Ligne) -> str:
    brut = texte[ligne.debut : ligne.fin]
    if not _FAIT.match(brut) and ("\t" in brut or len(_LARGE.findall(brut)) > 1):
        return "cotes"
    retrait = ligne.debut - ligne.depart
    return "droite" if retrait > 45 else "centre" if retrait > 8 else "texte"


def _build(texte: str, genre: str, dedans: Sequence[Ligne] | Sequence[Sequence[str]], largeur: int) -> Iterator[Bloc]:
    if genre == "tableau":
        yield Bloc(genre, rangees=tuple(tuple(_MILLIERS.sub("\u00a0", str(c)) for c in rangee) for rangee in dedans))
        return
    lignes = [ligne for ligne in dedans if isinstance(ligne, Ligne)]
    textes = [" ".join(texte[ligne.debut : ligne.fin].split()) for ligne in lignes]
    if genre == "cotes":
        yield Bloc(genre, rangees=_split_cotes(texte, lignes))
    elif genre == "texte" and largeur:
        bruts = [texte[ligne.debut : ligne.fin] for ligne in lignes]
        yield Bloc(genre, tuple(_unwrap(bruts, largeur)))
    else:
        yield Bloc(genre, tuple(textes))


def _split_cotes(texte: str, lignes: Sequence[Ligne]) -> tuple[tuple[str, ...], ...]:
    """What stands on each side of lines, by where it stands; a blank line parts what one parts in the text."""
    bruts = [texte[ligne.depart : ligne.fin].replace("\t", " " * 40) for ligne in lignes]
    morceaux = [list(_LARGE.finditer(brut)) for brut in bruts]
    milieux = [(trouve.start() + trouve.end()) / 2 for trouve in max(morceaux, key=len)]
    rangees: list[tuple[str, ...]] = []
    for ligne, trouves in zip(lignes, morceaux, strict=True):
        cellules = [""] * len(milieux)
        for trouve in trouves:
            milieu = (trouve.start() + trouve.end()) / 2
            place = min(range(len(milieux)), key=lambda rang, ici=milieu: abs(milieux[rang] - ici))
            cellules[place] = f"{cellules[place]} {trouve[0]}".strip()
        rangees += [("",) * len(milieux)] if rangees and ligne.apres_vide else []
        rangees.append(tuple(cellules))
    return tuple(rangees)


def _unwrap(lignes: Sequence[str], largeur: int) -> list[str]:
    entieres: list[str] = []
    precedente = ""
    for ligne in lignes:
        manque = len(precedente) + 1 + len(ligne.split()[0]) > largeur - 8
        if entieres and manque and not _OUVRE.match(ligne):
            entieres[-1] += ligne if _COLLEE.search(precedente) else f" {ligne}"
        else:
            entieres.append(ligne)
        precedente = ligne
    return [" ".join(ligne.split()) for ligne in entieres]
