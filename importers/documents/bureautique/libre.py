"""What LibreOffice's styles and lists say of a paragraph: its automatic number, whether it is seen (OpenDocument 1.3, 19 and 20)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from importers.documents.bureautique.numeros import Compteur, Niveau

Element = etree._Element

OFFICE, STYLE, TEXT, TABLE, DRAW, FO, XLINK, LO = (
    f"{{{nom}}}"
    for nom in (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "http://www.w3.org/1999/xlink",
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    )
)

_FORMES = {"I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter", "1": "decimal", "": "none"}
_NIVEAUX = 10
_HERITAGE = 30
"""Styles one on another; more are a circle."""

_ENTIER = re.compile(r"\d{1,9}")
_RENVOI = re.compile(r"%(\d{1,2})%")
_BORDS = tuple(f"{FO}border{cote}" for cote in ("", "-top", "-bottom", "-left", "-right"))


@dataclass(frozen=True, slots=True)
class Style:
    """What a style, and those that it comes from, say: its list, whether it hides or strikes, whether it draws borders."""

    liste: str | None = None
    masque: bool = False
    barre: bool = False
    filets: bool | None = None


AUCUN = Style()


def read_int(element: Element, attribut: str, defaut: int) -> int:
    """The whole number of an attribute, the default where there is none."""
    texte = element.get(attribut, "")
    return int(texte) if _ENTIER.fullmatch(texte) else defaut


class Styles:
    """The styles of a document, by family and name, and its lists, by name; the outline's list is named "outline"."""

    def __init__(self, *racines: Element | None) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self.listes: dict[str, tuple[Niveau, ...]] = {}
        for racine in racines:
            for groupe in () if racine is None else racine:
                if groupe.tag in (f"{OFFICE}styles", f"{OFFICE}automatic-styles"):
                    self._register(groupe)

    def get(self, famille: str, nom: str | None) -> Style:
        """The style of this name, of no effect where there is none."""
        if nom is None:
            return AUCUN
        cle = (famille, nom)
        if cle not in self._styles:
            self._styles[cle] = _resolve(list(self._lineage(famille, nom)))
        return self._styles[cle]

    def _register(self, groupe: Element) -> None:
        for element in groupe:
            nom = element.get(f"{STYLE}name", "")
            if element.tag == f"{STYLE}style":
                self._elements[element.get(f"{STYLE}family", ""), nom] = element
            elif element.tag == f"{TEXT}list-style":
                self.listes[nom] = _read_niveaux(element)
            elif element.tag == f"{TEXT}outline-style":
                self.listes["outline"] = _read_niveaux(element)

    def _lineage(self, famille: str, nom: str) -> Iterator[Element]:
        for _ in range(_HERITAGE):
            element = self._elements.get((famille, nom))
            if element is None:
                return
            yield element
            nom = element.get(f"{STYLE}parent-style-name", "")


def _resolve(lignee: list[Element]) -> Style:
    listes = [liste for style in lignee if (liste := style.get(f"{STYLE}list-style-name")) is not None]
    textes = [textes for style in lignee if (textes := style.find(f"{STYLE}text-properties")) is not None]
    affichages = [affichage for texte in textes if (affichage := texte.get(f"{TEXT}display")) is not None]
    barres = [barre for texte in textes if (barre := texte.get(f"{STYLE}text-line-through-style")) is not None]
    cellules = [cellule for style in lignee if (cellule := style.find(f"{STYLE}table-cell-properties")) is not None]
    bords = [bord for cellule in cellules for nom in _BORDS if (bord := cellule.get(nom)) is not None]
    return Style(
        liste=next(iter(listes), None),
        masque=affichages[:1] == ["none"],
        barre=barres[:1] not in ([], ["none"]),
        filets=any(bord != "none" for bord in bords) if bords else None,
    )


def _read_niveaux(liste: Element) -> tuple[Niveau, ...]:
    niveaux = [Niveau(forme="none")] * _NIVEAUX
    for element in liste:
        rang = read_int(element, f"{TEXT}level", 0) - 1
        if 0 <= rang < _NIVEAUX:
            niveaux[rang] = _read_niveau(element, rang)
    return tuple(niveaux)


def _read_niveau(element: Element, rang: int) -> Niveau:
    if element.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"):
        return Niveau(forme="bullet")
    forme = _FORMES.get(element.get(f"{STYLE}num-format", ""), "decimal")
    motif = element.get(f"{LO}num-list-format")
    if motif is None:
        montres = min(max(read_int(element, f"{TEXT}display-levels", 1), 1), rang + 1)
        nombres = ".".join(f"%{niveau}" for niveau in range(rang + 2 - montres, rang + 2)) if forme != "none" else ""
        motif = element.get(f"{STYLE}num-prefix", "") + nombres + element.get(f"{STYLE}num-suffix", "")
    else:
        motif = _RENVOI.sub(r"%\1", motif)
    return Niveau(forme=forme, motif=motif, depart=read_int(element, f"{TEXT}start-value", 1))


class Numeros:
    """Counts the items of lists: one counter for each list, gone on with where the text says so, one for the outline."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._par_style: dict[str, Compteur] = {}
        self._par_identifiant: dict[str, Compteur] = {}

    def open(self, liste: Element, style: str) -> Compteur:
        """The counter of a list of the first level: a new one, unless the list goes on with another."""
        suite = self._par_identifiant.get(liste.get(f"{TEXT}continue-list", ""))
        if suite is None and liste.get(f"{TEXT}continue-numbering") == "true":
            suite = self._par_style.get(style)
        compteur = Compteur() if suite is None else suite
        self._par_style[style] = compteur
        self._par_identifiant[liste.get("{http://www.w3.org/XML/1998/namespace}id", "")] = compteur
        return compteur

    def label(self, compteur: Compteur, style: str, rang: int, depart: int | None = None) -> str:
        """Count an item and give the number or the bullet that is printed before it, "" for none."""
        niveaux = self._styles.listes.get(style, ())
        if not 0 <= rang < len(niveaux):
            return ""
        if depart is not None:
            compteur.set(rang, depart - 1)
        return compteur.advance(niveaux, rang)

    def label_outline(self, titre: Element) -> str:
        """Count a heading and give the number that the outline prints before it."""
        compteur = self._par_style.setdefault("outline", Compteur())
        depart = read_int(titre, f"{TEXT}start-value", 1) if titre.get(f"{TEXT}restart-numbering") == "true" else None
        return self.label(compteur, "outline", read_int(titre, f"{TEXT}outline-level", 1) - 1, depart)
