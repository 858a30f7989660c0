"""What Word's styles and lists say of a paragraph: its automatic number, and whether it is seen (ECMA-376, part 1, 17.7 and 17.9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from importers.documents.bureautique.numeros import Compteur, Niveau

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"

_NIVEAUX = 9
_HERITAGE = 30
"""Styles one on another; more are a circle."""

_NON = ("0", "false", "off", "none")
_ENTIER = re.compile(r"-?\d{1,9}")
_SOMMAIRE = re.compile(r"toc (?:\d|heading)|table of (?:figures|authorities)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style, and those that it is based on, say of a paragraph, a run or a table."""

    liste: str | None = None
    rang: int | None = None
    masque: bool = False
    sommaire: bool = False
    filets: bool | None = None


AUCUN = Style()


def read_int(element: Element | None, defaut: int, attribut: str = VAL) -> int:
    """The whole number that an element says, the default where it says none."""
    texte = "" if element is None else (element.get(attribut) or "").strip()
    return int(texte) if _ENTIER.fullmatch(texte) else defaut


def is_on(proprietes: Element | None, nom: str) -> bool | None:
    """Say whether a property is set, None where it is not spoken of."""
    trouve = None if proprietes is None else proprietes.find(W + nom)
    return None if trouve is None else (trouve.get(VAL) or "1").lower() not in _NON


def read_filets(bordures: Element | None) -> bool | None:
    """Say whether borders are drawn, None where they are not spoken of."""
    if bordures is None:
        return None
    return any((bord.get(VAL) or "nil") not in ("nil", "none") for bord in bordures)


class Styles:
    """The styles of a document, by their identifier."""

    def __init__(self, racine: Element | None) -> None:
        elements = () if racine is None else racine.iterchildren(f"{W}style")
        self._elements = {element.get(f"{W}styleId") or "": element for element in elements}
        self._styles: dict[str, Style] = {}

    def get(self, nom: str | None) -> Style:
        """The style of this identifier, of no effect where there is none."""
        if not nom:
            return AUCUN
        if nom not in self._styles:
            self._styles[nom] = self._resolve(nom)
        return self._styles[nom]

    def liste_of(self, nom: str) -> str | None:
        """The list that a style of numbering stands for."""
        return self.get(nom).liste

    def _resolve(self, nom: str) -> Style:
        lignee = list(self._lineage(nom))
        nums = [num for style in lignee if (num := style.find(f"{W}pPr/{W}numPr")) is not None]
        listes = [liste.get(VAL) for num in nums if (liste := num.find(f"{W}numId")) is not None]
        rangs = [rang for num in nums if (rang := num.find(f"{W}ilvl")) is not None]
        masques = [oui for style in lignee if (oui := is_on(style.find(f"{W}rPr"), "vanish")) is not None]
        filets = [f for style in lignee if (f := read_filets(style.find(f"{W}tblPr/{W}tblBorders"))) is not None]
        noms = [titre.get(VAL) or "" for style in lignee if (titre := style.find(f"{W}name")) is not None]
        return Style(
            liste=next(iter(listes), None),
            rang=read_int(rangs[0], 0) if rangs else None,
            masque=next(iter(masques), False),
            sommaire=any(_SOMMAIRE.fullmatch(titre) for titre in noms[:1]),
            filets=next(iter(filets), None),
        )

    def _lineage(self, nom: str) -> Iterator[Element]:
        for _ in range(_HERITAGE):
            element = self._elements.get(nom)
            if element is None:
                return
            yield element
            base = element.find(f"{W}basedOn")
            nom = "" if base is None else base.get(VAL) or ""


@dataclass(slots=True)
class _Liste:
    """A list (w:num): the counter that it shares with those of the same definition, and where it starts anew."""

    niveaux: tuple[Niveau, ...]
    compteur: Compteur
    styles: dict[str, int]
    a_reprendre: set[int]


class Numeros:
    """Counts the paragraphs of each list, in the order of the text."""

    def __init__(self, racine: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._listes: dict[str, _Liste] = {}
        if racine is None:
            return
        definitions = {e.get(f"{W}abstractNumId") or "": e for e in racine.iterchildren(f"{W}abstractNum")}
        self._nums = {e.get(f"{W}numId") or "": e for e in racine.iterchildren(f"{W}num")}
        compteurs = {nom: Compteur() for nom in definitions}
        for nom, num in self._nums.items():
            cible = self._target(num, definitions)
            if cible in definitions:
                self._listes[nom] = _read_liste(num, definitions[cible], compteurs[cible])

    def label(self, proprietes: Element | None, style: Style, nom_du_style: str | None) -> str:
        """Count a paragraph and give the number or the bullet that Word prints before it, "" for none."""
        direct = None if proprietes is None else proprietes.find(f"{W}numPr")
        identifiant = None if direct is None else direct.find(f"{W}numId")
        nom = style.liste if identifiant is None else identifiant.get(VAL)
        liste = self._listes.get(nom or "")
        if liste is None:
            return ""
        defaut = style.rang if style.rang is not None else liste.styles.get(nom_du_style or "", 0)
        rang = defaut if direct is None else read_int(direct.find(f"{W}ilvl"), defaut)
        if not 0 <= rang < len(liste.niveaux):
            return ""
        for repris in liste.a_reprendre:
            liste.compteur.restart(repris)
        liste.a_reprendre = set()
        return liste.compteur.advance(liste.niveaux, rang)

    def _target(self, num: Element, definitions: dict[str, Element]) -> str:
        """The definition of a list, through the style of numbering that it may name."""
        for _ in range(_HERITAGE):
            reference = num.find(f"{W}abstractNumId")
            cible = "" if reference is None else reference.get(VAL) or ""
            lien = definitions[cible].find(f"{W}numStyleLink") if cible in definitions else None
            suivant = self._nums.get(self._styles.liste_of(lien.get(VAL) or "") or "") if lien is not None else None
            if suivant is None:
                return cible
            num = suivant
        return ""


def _read_liste(num: Element, definition: Element, compteur: Compteur) -> _Liste:
    niveaux = [Niveau(forme="none")] * _NIVEAUX
    styles: dict[str, int] = {}
    for element in definition.iterchildren(f"{W}lvl"):
        _put(niveaux, element)
        lie = element.find(f"{W}pStyle")
        if lie is not None:
            styles[lie.get(VAL) or ""] = read_int(element, 0, f"{W}ilvl")
    a_reprendre: set[int] = set()
    for ecart in num.iterchildren(f"{W}lvlOverride"):
        rang = read_int(ecart, -1, f"{W}ilvl")
        remplacant, depart = ecart.find(f"{W}lvl"), ecart.find(f"{W}startOverride")
        if remplacant is not None:
            _put(niveaux, remplacant, rang)
        if depart is not None and 0 <= rang < _NIVEAUX:
            ancien = niveaux[rang]
            niveaux[rang] = Niveau(
                ancien.forme, ancien.motif, read_int(depart, 1), ancien.reprise, ancien.chiffres, ancien.colle
            )
            a_reprendre.add(rang)
    return _Liste(tuple(niveaux), compteur, styles, a_reprendre)


def _put(niveaux: list[Niveau], element: Element, rang: int | None = None) -> None:
    place = read_int(element, -1, f"{W}ilvl") if rang is None else rang
    if not 0 <= place < _NIVEAUX:
        return
    motif, suite, forme = (element.find(f"{W}{nom}") for nom in ("lvlText", "suff", "numFmt"))
    reprise = element.find(f"{W}lvlRestart")
    niveaux[place] = Niveau(
        forme="decimal" if forme is None else forme.get(VAL) or "decimal",
        motif="" if motif is None else motif.get(VAL) or "",
        depart=read_int(element.find(f"{W}start"), 0),
        reprise=None if reprise is None else read_int(reprise, 0),
        chiffres=bool(is_on(element, "isLgl")),
        colle=suite is not None and suite.get(VAL) == "nothing",
    )
