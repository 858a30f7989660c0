"""The body of a Word document: what is printed of it, in order, as paragraphs and tables.

Insertions and text moved here are read, deletions and text moved away are not, nor is hidden or struck text, a table of contents,
a field's code or the prompt of a field left empty; `Remarquable` counts what was met.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import cast

from lxml import etree

from importers.documents.bureautique.numeros import put_label
from importers.documents.bureautique.word import VAL, Element, Numeros, Style, Styles, W, is_on, read_filets, read_int
from importers.documents.copie import SPAN_LIMIT, Bloc, Case, Grille, Paragraphe

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NS = {"w": W[1:-1], "a": "http://schemas.openxmlformats.org/drawingml/2006/main", "v": "urn:schemas-microsoft-com:vml"}

_IMAGES = etree.XPath("count(.//a:blip|.//v:imagedata)", namespaces=_NS)
_BOITES = etree.XPath(".//w:txbxContent", namespaces=_NS)

_TUS = frozenset(
    f"{W}{nom}"
    for nom in (
        "pPr",
        "rPr",
        "sectPr",
        "sdtPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "instrText",
        "delText",
        "rt",
        "fldData",
    )
)
_SIGNES = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SYMBOLES = {
    "F0B7": "•",
    "F0A7": "•",
    "F0B0": "°",
    "F0A8": "☐",
    "F06F": "☐",
    "F0FE": "☒",
    "F0FD": "☒",
    "F0FC": "✓",
    "F0E0": "→",
}


class Corps:
    """Walks a part of the document; the numbers of its lists go on from one call to the next.

    `remarques` counts: « insertion », « suppression », « masque », « barre », « image », « invite », « incorpore ».
    """

    def __init__(self, styles: Styles, numeros: Numeros) -> None:
        self.remarques: Counter[str] = Counter()
        self.notes: list[str] = []
        self._styles = styles
        self._numeros = numeros
        self._en_suspens = ""

    def read(self, parent: Element) -> Iterator[Bloc]:
        """Yield the blocks of an element."""
        for child in self._visible(parent):
            if child.tag == f"{W}p":
                yield from self._read_paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._read_table(child)
            elif child.tag == f"{W}altChunk":
                self.remarques["incorpore"] += 1
            elif child.tag not in _TUS:
                yield from self.read(child)

    def _visible(self, parent: Element) -> Iterator[Element]:
        """The children that are printed."""
        for child in parent:
            if child.tag in (f"{W}del", f"{W}moveFrom"):
                self.remarques["suppression"] += 1
            elif child.tag == f"{W}sdt" and self._is_left_out(child.find(f"{W}sdtPr")):
                continue
            elif child.tag == f"{_MC}AlternateContent":
                yield from _alternative(child)
            else:
                if child.tag in (f"{W}ins", f"{W}moveTo"):
                    self.remarques["insertion"] += 1
                yield child

    def _is_left_out(self, proprietes: Element | None) -> bool:
        """Say whether a control is a table of contents, or shows the prompt that asks to fill it."""
        if proprietes is None:
            return False
        galerie = proprietes.find(f"{W}docPartObj/{W}docPartGallery")
        if galerie is not None and galerie.get(VAL) == "Table of Contents":
            return True
        invite = bool(is_on(proprietes, "showingPlcHdr"))
        self.remarques["invite"] += invite
        return invite

    def _read_paragraph(self, element: Element) -> Iterator[Bloc]:
        proprietes = element.find(f"{W}pPr")
        nom = _value(proprietes, "pStyle")
        style = self._styles.get(nom)
        if style.sommaire:
            return
        morceaux: list[str] = []
        boites: list[Element] = []
        self._read_runs(element, style, morceaux.append, boites)
        texte = self._en_suspens + "".join(morceaux)
        marque = None if proprietes is None else proprietes.find(f"{W}rPr")
        if is_on(marque, "del") is not None or is_on(marque, "moveFrom") is not None:
            self._en_suspens = texte
        else:
            self._en_suspens = ""
            cache = bool(is_on(marque, "vanish")) or style.masque
            label = "" if cache and not texte.strip() else self._numeros.label(proprietes, style, nom)
            yield Paragraphe(put_label(label, texte))
        for boite in boites:
            yield from self.read(boite)

    def _read_runs(self, parent: Element, style: Style, write: Callable[[str], None], boites: list[Element]) -> None:
        for child in self._visible(parent):
            tag = child.tag
            if tag in (f"{W}t", f"{_M}t"):
                write(child.text or "")
            elif tag in _SIGNES:
                write(_SIGNES[tag])
            elif tag == f"{W}br":
                write("\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else "\n\n")
            elif tag == f"{W}sym":
                write(_SYMBOLES.get((child.get(f"{W}char") or "").upper(), ""))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.notes.append(f"{etree.QName(child).localname.removesuffix('Reference')} {child.get(f'{W}id')}")
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self.remarques["image"] += int(cast("float", _IMAGES(child)))
                boites += _outermost(child)
            elif tag == f"{W}r" and (raison := self._silence(child, style)):
                self.remarques[raison] += 1
            elif tag not in _TUS:
                self._read_runs(child, style, write, boites)

    def _silence(self, run: Element, style: Style) -> str:
        """Why the text of a run is not read, "" where it is."""
        if run.find(f"{W}t") is None:
            return ""
        proprietes = run.find(f"{W}rPr")
        masque = is_on(proprietes, "vanish")
        if masque is None:
            masque = self._styles.get(_value(proprietes, "rStyle")).masque or style.masque
        if masque:
            return "masque"
        return "barre" if is_on(proprietes, "strike") or is_on(proprietes, "dstrike") else ""

    def _read_table(self, element: Element) -> Grille:
        proprietes = element.find(f"{W}tblPr")
        filets = read_filets(None if proprietes is None else proprietes.find(f"{W}tblBorders"))
        if filets is None:
            filets = self._styles.get(_value(proprietes, "tblStyle")).filets
        if not filets:
            filets = any(read_filets(bords) for bords in element.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"))
        return Grille([self._read_row(rangee) for rangee in self._inside(element, f"{W}tr")], filets)

    def _inside(self, parent: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, be they in a control or in a tracked change."""
        for child in self._visible(parent):
            if child.tag == tag:
                if not self._is_deleted(child):
                    yield child
            elif child.tag not in _TUS:
                yield from self._inside(child, tag)

    def _is_deleted(self, element: Element) -> bool:
        change = element.find(f"{W}trPr/{W}del")
        change = element.find(f"{W}tcPr/{W}cellDel") if change is None else change
        self.remarques["suppression"] += change is not None
        return change is not None

    def _read_row(self, rangee: Element) -> list[Case]:
        marges = [_span(rangee.find(f"{W}trPr/{W}{nom}"), 0) for nom in ("gridBefore", "gridAfter")]
        cases = [self._read_cell(cellule) for cellule in self._inside(rangee, f"{W}tc")]
        return [Case()] * marges[0] + cases + [Case()] * marges[1]

    def _read_cell(self, cellule: Element) -> Case:
        proprietes = cellule.find(f"{W}tcPr")
        colonnes = _span(None if proprietes is None else proprietes.find(f"{W}gridSpan"), 1)
        blocs = list(self.read(cellule))
        suite = any(_is_continued(proprietes, nom) for nom in ("vMerge", "hMerge"))
        return Case((), colonnes) if suite else Case(blocs, colonnes)


def _value(proprietes: Element | None, nom: str) -> str | None:
    trouve = None if proprietes is None else proprietes.find(W + nom)
    return None if trouve is None else trouve.get(VAL)


def _is_continued(proprietes: Element | None, nom: str) -> bool:
    fusion = None if proprietes is None else proprietes.find(W + nom)
    return fusion is not None and fusion.get(VAL, "continue") == "continue"


def _span(element: Element | None, defaut: int) -> int:
    return min(max(read_int(element, defaut), defaut), SPAN_LIMIT)


def _alternative(element: Element) -> Iterator[Element]:
    """One of the ways to draw the same thing: the first, or the one kept for older software where that is empty."""
    choix = [child for child in element if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    lu = next((child for child in choix if len(child)), None)
    if lu is not None:
        yield from lu


def _outermost(dessin: Element) -> list[Element]:
    """The text boxes of a drawing that lie in no other, those of its fallback left out where it has one."""
    boites = cast("list[Element]", _BOITES(dessin))
    dedans = {boite for externe in boites for boite in externe.iterdescendants(f"{W}txbxContent")}
    doublons = {
        boite
        for choix in dessin.iterdescendants(f"{_MC}AlternateContent")
        for rang, child in enumerate(choix)
        if rang
        for boite in child.iterdescendants(f"{W}txbxContent")
    }
    return [boite for boite in boites if boite not in dedans and boite not in doublons]
