"""From pages of words to one text: each page cut in blocks, each block in lines, the lines of all pages made paragraphs."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from importers.documents.mise_en_page.blocs import Lecteur
from importers.documents.mise_en_page.lignes_de_page import Ligne, set_edges
from importers.documents.mise_en_page.marges import without_margins
from importers.documents.mise_en_page.mots import Page
from importers.documents.mise_en_page.notes import split_notes
from importers.documents.mise_en_page.paragraphes import write


def compose(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """Give the text of the pages, and the place in it where each page starts."""
    nues = without_margins(pages)
    coupees = [split_notes(page) for page in nues]
    lecteur = Lecteur()
    lignes = [lecteur.list_lignes(corps) for corps, _ in coupees]
    notes = [ligne for _, au_pied in coupees for ligne in Lecteur().list_lignes(au_pied)]
    return write(_set_edges(nues, lignes), notes)


def _set_edges(pages: Sequence[Page], lignes: Sequence[Sequence[Ligne]]) -> list[list[Ligne]]:
    """Give plain lines their edges, which pages of one width share."""
    par_largeur: dict[int, list[int]] = defaultdict(list)
    for rang, page in enumerate(pages):
        par_largeur[round(page.largeur)].append(rang)
    placees: list[list[Ligne]] = [[] for _ in pages]
    for rangs in par_largeur.values():
        toutes = iter(set_edges([ligne for rang in rangs for ligne in lignes[rang]], pages[rangs[0]].largeur))
        for rang in rangs:
            placees[rang] = list(islice(toutes, len(lignes[rang])))
    return placees
