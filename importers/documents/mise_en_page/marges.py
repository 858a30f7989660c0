"""Running headers, running footers and page numbers: what stands at one place of several pages, and belongs to none."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from importers.documents.mise_en_page.mots import Mot, Page, find_rangees

ZONE = 0.14
"""The share of the height of a page, at its top and at its bottom, where headers and footers stand."""
PROFONDEUR = 4
"""The lines looked at from each edge."""
PAS = 6.0
"""Points within which two lines of two pages stand at one place."""

_NOMBRE = re.compile(r"\d+")
_NUMERO = re.compile(
    r"(?:[-–—|]\s?)?(?:page\s?|p\.\s?)?(?P<numero>\d{1,4})(?:\s?(?:/|sur|de)\s?\d{1,4})?(?:\s?[-–—|])?", re.IGNORECASE
)
_TOTAL = re.compile(r"\d\s?(?:/|sur)\s?\d|page|[-–—]\s?\d+\s?[-–—]", re.IGNORECASE)

Rangee = list[Mot]
Cle = tuple[str, int]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """Give the pages without their running headers and footers, and without the numbers of pages."""
    bords = [_list_edges(page) for page in pages]
    courantes = _find_running(bords)
    return [_strip(page, bord, courantes) for page, bord in zip(pages, bords, strict=True)]


def _list_edges(page: Page) -> list[list[Rangee]]:
    """The first lines of a page that stand in its zone, from the edge inwards, then the last."""
    rangees = find_rangees(page.mots)
    haut, bas = ZONE * page.hauteur, (1 - ZONE) * page.hauteur
    return [
        [rangee for rangee in rangees[:PROFONDEUR] if rangee[0].milieu < haut and not _is_in_table(rangee, page)],
        [
            rangee
            for rangee in rangees[: -PROFONDEUR - 1 : -1]
            if rangee[0].milieu > bas and not _is_in_table(rangee, page)
        ],
    ]


def _is_in_table(rangee: Rangee, page: Page) -> bool:
    """Say whether an upright rule passes along a line: the head of a table is printed again at the top of each page."""
    milieu = rangee[0].milieu
    return any(not filet.couche and filet.haut < milieu < filet.bas for filet in page.filets)


def _key(rangee: Rangee, decalage: int = 0) -> Cle:
    """What makes two lines of two pages one header: their words, whatever the numbers, and about where they stand."""
    return _NOMBRE.sub("#", _write(rangee)).lower(), round(rangee[0].milieu / PAS) + decalage


def _write(rangee: Rangee) -> str:
    return " ".join(mot.texte for mot in rangee)


def _find_running(bords: Sequence[list[list[Rangee]]]) -> set[Cle]:
    """The lines that stand at the edge of two pages or more, a step of place apart at most."""
    fois = Counter(
        cle
        for page in bords
        for cle in {_key(rangee, decalage) for bord in page for rangee in bord for decalage in (-1, 0, 1)}
    )
    return {cle for cle, nombre in fois.items() if nombre > 1}


def _strip(page: Page, bords: list[list[Rangee]], courantes: set[Cle]) -> Page:
    otes: set[int] = set()
    for bord in bords:
        for rangee in bord:
            if _key(rangee) not in courantes and not _is_page_number(rangee):
                break
            otes |= {id(mot) for mot in rangee}
    return replace(page, mots=tuple(mot for mot in page.mots if id(mot) not in otes))


def _is_page_number(rangee: Rangee) -> bool:
    """A number alone at the edge of a page; one of four figures is a year, unless it says that it is a page."""
    texte = _write(rangee)
    if len(texte) > 25 or not _NUMERO.fullmatch(texte):
        return False
    return bool(_TOTAL.search(texte)) or (len(rangee) == 1 and len(texte) < 4)
