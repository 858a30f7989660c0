"""From the axes of a PDF (origin at the bottom, y upwards) to those of a page as it is read (origin at its top left)."""

from dataclasses import dataclass

from importers.documents.mise_en_page import Filet

Boite = tuple[float, float, float, float]
"""left, bottom, right, top in a PDF; left, top, right, bottom on the page as read. Points."""


@dataclass(frozen=True, slots=True)
class Repere:
    """`cadre` is the box of the page that is shown; `quart` the quarter turns, counter-clockwise, of what is written."""

    cadre: Boite
    quart: int

    @property
    def taille(self) -> tuple[float, float]:
        """The width and the height of the page as read."""
        largeur, hauteur = self.cadre[2] - self.cadre[0], self.cadre[3] - self.cadre[1]
        return (hauteur, largeur) if self.quart % 2 else (largeur, hauteur)

    def turn(self, boite: Boite) -> Boite:
        gauche, bas, droite, haut = boite
        x0, y0, x1, y1 = self.cadre
        if self.quart == 1:
            return bas - y0, gauche - x0, haut - y0, droite - x0
        if self.quart == 2:
            return x1 - droite, bas - y0, x1 - gauche, haut - y0
        if self.quart == 3:
            return y1 - haut, x1 - droite, y1 - bas, x1 - gauche
        return gauche - x0, y1 - haut, droite - x0, y1 - bas

    def turn_filet(self, boite: Boite) -> Filet:
        return Filet(*self.turn(boite))
