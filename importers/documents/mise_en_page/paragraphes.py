"""Lines of pages made one text: a blank line between paragraphs, words cut at the end of a line joined again.

A line goes on with the next where the first word of the next would not have had room on it: else the break was meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from importers.documents.mise_en_page.cesures import MOU, TIRETS, Cesures, cuts_address
from importers.documents.mise_en_page.lignes_de_page import FLEUR, Ligne
from importers.documents.personnes import is_person

GRAND = 1.3
"""Paragraphs stand further apart than this many times the usual distance of two lines."""
JEU = 2.5
"""Points by which a line may be short of the edge that it fills."""
ESPACE = 0.25
"""The width of a space, as a share of the height of a line."""

RETRAIT = 4.0
"""The lines of a paragraph start this many heights of a line apart at most: its first may be set in, or stand out."""
TITRE_MINIMUM = 12
"""A line in capitals of no fewer characters is a title, apart from lines that are not."""
NOM_MAXIMUM = 60
ALINEA = 0.8
"""A line set in from that above it by this many heights opens a paragraph, unless it hangs under an item of a list."""
ECLAIRCIE = 1.6
"""Two tables stand further apart than this many heights of a line; two rows do not."""
DISTANCE = 1.4
"""The distance of two lines, in their height, where too few lines say it."""
PEU_DE_LIGNES = 2
_RANG_USUEL = 0.2
"""A fifth of the lines, at least, go on with a paragraph: they are as close as lines are."""

_OUVRE = re.compile(
    r"[-–—•▪◦●■✓➢→]\s|(?:\d{1,2}|[a-z]|[IVX]{1,5})[.)°]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|(?:Vu|VU|Considérant)\s|(?i:nor\s?:)"
    r"|(?:Article|ARTICLE|Annexe|ANNEXE|TITRE|Titre)\b|A(?:rt|RT)\.\s|[IVX]{1,5}\s?[-–—.]\s|P(?:réambule|RÉAMBULE)\b|Fait\s|[A-ZÀ-Þ][\w' -]{1,30}, le \d{1,2}\s"
)
"""What opens an item of a list or a part of the act, or is the date of a signature."""
_TIRET = re.compile(r"[-–—]\s")
_OBJET = re.compile(r"objet\s?:\s", re.IGNORECASE)
"""The objet of a letter is a line of its own above what it says."""
_ITEM = re.compile(r"[-–—•▪◦●■✓➢→]\s|[a-z\d]{1,2}[.)]\s")
_ELEMENT = re.compile(r"[-–—•▪◦●■✓➢→]\s|[a-z]\)\s|(?:Vu|VU|Considérant)\s")
_FINALE = ".;:!?"


def write(pages: Sequence[Sequence[Ligne]], notes: Sequence[Ligne] = ()) -> tuple[str, tuple[int, ...]]:
    """Give the text of the lines of all pages, notes last, and the place where each page starts."""
    redacteur = _Redacteur(_usual_distance(pages), Cesures(_list_textes([*pages, notes])))
    debuts = tuple(redacteur.add_page(page) for page in pages)
    redacteur.add_page(notes)
    return redacteur.texte, debuts


def _list_textes(pages: Iterable[Sequence[Ligne]]) -> Iterator[str]:
    return (morceau for page in pages for ligne in page for morceau in re.split(r"[\t\n]", ligne.texte) if morceau)


def _usual_distance(pages: Iterable[Sequence[Ligne]]) -> float:
    """How far apart the lines of a paragraph stand, in heights of a line."""
    ecarts = sorted(
        (suite.bas - ligne.bas) / suite.hauteur
        for page in pages
        for ligne, suite in pairwise(page)
        if _follows(ligne, suite) and suite.bas - ligne.bas < 3 * suite.hauteur
    )
    usuel = ecarts[int(len(ecarts) * _RANG_USUEL)] if ecarts else DISTANCE
    return usuel if len(ecarts) > PEU_DE_LIGNES else min(usuel, DISTANCE)


def _follows(ligne: Ligne, suite: Ligne) -> bool:
    """Say whether a line stands under another of the same column, both plain."""
    plaines = not (ligne.est_rangee or suite.est_rangee)
    return plaines and ligne.colonne == suite.colonne and suite.milieu > ligne.bas


class _Redacteur:
    """Writes lines one after the other."""

    def __init__(self, usuel: float, cesures: Cesures) -> None:
        self._usuel, self._cesures = usuel, cesures
        self._morceaux: list[str] = []
        self._longueur = 0
        self._precedente: Ligne | None = None
        self._est_element = False  # the paragraph is an item of a list, or a visa: one sentence
        self._tete = ""  # the first row of the table that is being written

    @property
    def texte(self) -> str:
        return "".join(self._morceaux)

    @property
    def _end(self) -> str:
        """The end of what is written; a hyphen that a program put there is gone from it, and kept here."""
        fin = "".join(self._morceaux[-6:])
        return fin + MOU if self._precedente and self._precedente.texte.endswith(MOU) else fin

    def add_page(self, lignes: Sequence[Ligne]) -> int:
        """Write the lines of a page; give the place where it starts."""
        debut = None
        for rang, ligne in enumerate(lignes):
            if not rang and self._repeats_head(ligne):
                continue
            if self._separate(ligne, nouvelle_page=not rang) != " ":
                self._est_element = bool(_ELEMENT.match(ligne.texte))
            debut = self._longueur if debut is None else debut
            self._add(self._write(ligne))
            if ligne.est_rangee and not (self._precedente and self._precedente.est_rangee):
                self._tete = ligne.texte
            self._precedente = ligne
        return self._longueur if debut is None else debut

    def _repeats_head(self, ligne: Ligne) -> bool:
        """Say whether the top row of a page is the head, printed again, of the table that goes on."""
        en_cours = self._precedente is not None and self._precedente.est_rangee and ligne.est_rangee
        return en_cours and ligne.texte == self._tete

    def _write(self, ligne: Ligne) -> str:
        """Give the text of a line; in a cell, lines are joined."""
        morceaux = ligne.texte.split("\n")
        texte = morceaux[0]
        for morceau in morceaux[1:]:
            dernier = texte.rpartition("\t")[2]
            gauche, lien = self._cesures.join(dernier, morceau)
            texte = texte[: len(texte) - len(dernier)] + gauche + lien + morceau
        return texte.replace(MOU, "")

    def _separate(self, ligne: Ligne, *, nouvelle_page: bool) -> str:
        """Write what stands before a line; give it as `_link` says it."""
        precedente = self._precedente
        if precedente is None:
            return ""
        lien = self._link(precedente, ligne, nouvelle_page=nouvelle_page)
        separe = lien
        if lien == " ":
            ecrit = self._end
            gauche, separe = self._cesures.join(ecrit, ligne.texte)
            if len(gauche) < len(ecrit.removesuffix(MOU)):
                self._morceaux[-1] = self._morceaux[-1][:-1]
                self._longueur -= 1
        self._add(separe)
        return lien

    def _link(self, ligne: Ligne, suite: Ligne, *, nouvelle_page: bool) -> str:
        """What stands between two lines: a space within a paragraph, a line end, a blank line."""
        if ligne.est_rangee or suite.est_rangee:
            ensemble = ligne.est_rangee and suite.est_rangee
            proches = nouvelle_page or suite.haut - ligne.bas < ECLAIRCIE * max(ligne.hauteur, suite.hauteur)
            return "\n" if ensemble and proches else "\n\n"
        if nouvelle_page or not _follows(ligne, suite):
            inachevee = suite.texte[0].islower() or ligne.texte[-1] not in _FINALE
            if _opens(ligne, suite):
                return "\n" if _ITEM.match(suite.texte) and ligne.texte[-1] in ";:," else "\n\n"
            return " " if inachevee and _fills(ligne, suite) else "\n\n"
        if suite.bas - ligne.bas > GRAND * self._usuel * max(ligne.hauteur, suite.hauteur):
            return "\n\n"
        if _is_cut(ligne, suite) or cuts_address(self._end, suite.texte):
            return " "
        acheve = self._est_element and ligne.texte[-1] in ".;"
        return " " if _fills(ligne, suite) and not acheve and not _opens(ligne, suite) else "\n"

    def _add(self, morceau: str) -> None:
        self._morceaux.append(morceau)
        self._longueur += len(morceau)


def _opens(ligne: Ligne, suite: Ligne) -> bool:
    """Say whether a line starts something of its own: an item, a heading, the name of who signs."""
    if suite.texte.isupper() != ligne.texte.isupper() and min(len(suite.texte), len(ligne.texte)) > TITRE_MINIMUM:
        return True
    if _OBJET.match(ligne.texte) and suite.texte[0].isupper():
        return True
    if _TIRET.match(suite.texte):
        return ligne.texte[-1] in _FINALE or ligne.texte[-1] == ","
    return bool(_OUVRE.match(suite.texte)) or (len(suite.texte) < NOM_MAXIMUM and is_person(suite.texte))


def _is_cut(ligne: Ligne, suite: Ligne) -> bool:
    return ligne.texte[-1] in TIRETS and ligne.texte[-2:-1].isalnum() and suite.texte[0].isalnum()


def _fills(ligne: Ligne, suite: Ligne) -> bool:
    """Say whether the first word of the next line would have had no room at the end of this one."""
    voulu = suite.premier + ESPACE * ligne.hauteur + JEU
    if _is_centred(ligne) and _is_centred(suite):
        return ligne.droite - ligne.gauche - (ligne.x1 - ligne.x0) < voulu
    if _is_flush_right(ligne) and _is_flush_right(suite) and abs(suite.x0 - ligne.x0) > JEU:
        return False
    rentree = suite.x0 - ligne.x0 > ALINEA * ligne.hauteur and not _OUVRE.match(ligne.texte)
    if rentree or abs(suite.x0 - ligne.x0) > RETRAIT * ligne.hauteur:
        return False
    return ligne.droite - ligne.x1 < (FLEUR if ligne.justifiee and ligne.texte[-1] in _FINALE else voulu)


def _is_flush_right(ligne: Ligne) -> bool:
    """Say whether a line ends at the right edge, and starts in the right half: an address, a date, a signature."""
    return ligne.droite - ligne.x1 < FLEUR and ligne.x0 > (ligne.gauche + ligne.droite) / 2


def _is_centred(ligne: Ligne) -> bool:
    a_gauche, a_droite = ligne.x0 - ligne.gauche, ligne.droite - ligne.x1
    return abs(a_gauche - a_droite) < 2 * JEU and a_gauche > 2 * JEU
