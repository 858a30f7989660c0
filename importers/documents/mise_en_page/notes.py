"""Notes at the foot of a page: they go to the end of the text, for a clerk would not cut a clause in two by one."""

from dataclasses import replace
from statistics import median

from importers.documents.mise_en_page.mots import Page, find_rangees

PETIT = 0.95
"""A note is printed smaller than the text, by this share at least."""


def split_notes(page: Page) -> tuple[Page, Page]:
    """Cut a page in its text and the notes under it, which start by a raised number at the left of a line."""
    if not any(mot.appel for mot in page.mots):
        return page, replace(page, mots=(), filets=())
    hauteur = median(mot.hauteur for mot in page.mots if not mot.appel or len(page.mots) == 1)
    rangees = find_rangees(page.mots)
    debut = len(rangees)
    for rang in range(len(rangees) - 1, -1, -1):
        corps = [mot.hauteur for mot in rangees[rang] if not mot.appel]
        if corps and max(corps) > PETIT * hauteur:
            break
        if rangees[rang][0].appel:
            debut = rang
    texte = tuple(mot for rangee in rangees[:debut] for mot in rangee)
    notes = tuple(mot for rangee in rangees[debut:] for mot in rangee)
    return replace(page, mots=texte), replace(page, mots=notes, filets=())
