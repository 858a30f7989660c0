"""The body of a LibreOffice document: what is printed of it, in order, as paragraphs and tables.

Tracked deletions lie apart in the file and are not read, nor are comments, hidden or struck text, tables of contents and forms.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.documents.bureautique.libre import (
    DRAW,
    OFFICE,
    TABLE,
    TEXT,
    XLINK,
    Element,
    Numeros,
    Style,
    Styles,
    read_int,
)
from importers.documents.bureautique.numeros import Compteur, put_label
from importers.documents.copie import SPAN_LIMIT, Bloc, Case, Grille, Paragraphe

RANGEES_REPETEES = 100
"""A row is written so many times at most where the file says that it is repeated."""
ESPACES_MAXIMUM = 200

_INDEX = (
    "table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography"
).split()
_TUS = frozenset(
    (
        *(
            f"{TEXT}{nom}"
            for nom in (*_INDEX, "note-citation", "number", "ruby-text", "page-number", "list-header-text")
        ),
        *(f"{OFFICE}{nom}" for nom in ("annotation", "annotation-end", "forms", "event-listeners")),
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
        f"{TABLE}title",
        f"{TABLE}desc",
    )
)


@dataclass(slots=True)
class _Item:
    """The list item that a paragraph opens: its number is printed once."""

    compteur: Compteur
    style: str
    rang: int
    depart: int | None
    muet: bool = False


class Corps:
    """Walks the text. `remarques` counts: « insertion », « suppression », « masque », « barre », « image », « commentaire »."""

    def __init__(self, styles: Styles, numeros: Numeros) -> None:
        self.remarques: Counter[str] = Counter()
        self._notes: list[Element] = []
        self._styles = styles
        self._numeros = numeros

    def read(self, parent: Element, item: _Item | None = None) -> Iterator[Bloc]:
        """Yield the blocks of an element."""
        for child in parent:
            tag = child.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._read_paragraph(child, item)
                item = None if item is None else _Item(item.compteur, item.style, item.rang, None, muet=True)
            elif tag == f"{TEXT}list":
                yield from self._read_list(child, item)
            elif tag == f"{TABLE}table":
                yield self._read_table(child)
            elif tag == f"{TEXT}tracked-changes":
                self._count_changes(child)
            elif self._is_hidden(child):
                self.remarques["masque"] += 1
            elif tag == f"{DRAW}frame":
                yield from self._read_frames([child])
            elif tag not in _TUS:
                yield from self.read(child)

    def read_notes(self) -> Iterator[Bloc]:
        """The footnotes and the endnotes met, in the order of their calls."""
        for rang, note in enumerate(self._notes, start=1):
            textes = (bloc.texte.strip() for bloc in self.read(note) if isinstance(bloc, Paragraphe))
            yield Paragraphe(f"[{rang}] {' '.join(textes)}")

    def _count_changes(self, changes: Element) -> None:
        for genre, cle in (("insertion", "insertion"), ("deletion", "suppression")):
            self.remarques[cle] += sum(1 for _ in changes.iterdescendants(f"{TEXT}{genre}"))

    def _is_hidden(self, element: Element) -> bool:
        if element.tag == f"{TEXT}section":
            return element.get(f"{TEXT}display") == "none"
        return element.get(f"{TEXT}is-hidden") == "true"

    def _read_paragraph(self, element: Element, item: _Item | None) -> Iterator[Bloc]:
        style = self._styles.get("paragraph", element.get(f"{TEXT}style-name"))
        morceaux: list[str] = []
        cadres: list[Element] = []
        self._read_inline(element, _silence(style), morceaux, cadres)
        texte = "".join(morceaux)
        label = "" if style.masque and not texte else self._label(element, item)
        yield Paragraphe(put_label(label, texte))
        yield from self._read_frames(cadres)

    def _label(self, element: Element, item: _Item | None) -> str:
        if item is None:
            numerote = element.tag == f"{TEXT}h" and element.get(f"{TEXT}is-list-header") != "true"
            return self._numeros.label_outline(element) if numerote else ""
        if item.muet:
            return ""
        style = item.style or self._styles.get("paragraph", element.get(f"{TEXT}style-name")).liste or ""
        return self._numeros.label(item.compteur, style, item.rang, item.depart)

    def _read_inline(self, element: Element, tu: str, morceaux: list[str], cadres: list[Element]) -> None:
        """Write what is printed of a paragraph or of a part of it, blanks squeezed as OpenDocument says (6.1.2).

        `tu` says why the text is not read, "" where it is.
        """
        self._write(element.text, tu, morceaux)
        for child in element:
            self._read_child(child, tu, morceaux, cadres)
            self._write(child.tail, tu, morceaux)

    def _read_child(self, child: Element, tu: str, morceaux: list[str], cadres: list[Element]) -> None:
        tag = child.tag
        if tag == f"{TEXT}s" and not tu:
            morceaux.append(" " * min(read_int(child, f"{TEXT}c", 1), ESPACES_MAXIMUM))
        elif tag == f"{TEXT}tab" and not tu:
            morceaux.append("\t")
        elif tag == f"{TEXT}line-break" and not tu:
            morceaux.append("\n")
        elif tag == f"{TEXT}note":
            self._notes += child.findall(f"{TEXT}note-body")
        elif tag == f"{OFFICE}annotation":
            self.remarques["commentaire"] += 1
        elif tag.startswith(DRAW):
            cadres.append(child)
        elif tag == f"{TEXT}hidden-paragraph" or self._is_hidden(child):
            self.remarques["masque"] += 1
        elif tag not in _TUS:
            dedans = tu or _silence(self._styles.get("text", child.get(f"{TEXT}style-name")))
            self._read_inline(child, dedans, morceaux, cadres)

    def _write(self, texte: str | None, tu: str, morceaux: list[str]) -> None:
        if not texte:
            return
        if tu:
            self.remarques[tu] += bool(texte.strip())
            return
        mots = " ".join(texte.replace("\u00a0", "\0").split()).replace("\0", "\u00a0")
        blanc = " \t\r\n"
        avant = " " if texte[0] in blanc and not (morceaux and morceaux[-1].endswith(" ")) else ""
        apres = " " if texte[-1] in blanc and mots else ""
        morceaux.append(avant + mots + apres)

    def _read_frames(self, cadres: Sequence[Element]) -> Iterator[Bloc]:
        """The text of boxes and shapes; an image is counted."""
        for cadre in cadres:
            self.remarques["image"] += sum(bool(image.get(f"{XLINK}href")) for image in cadre.iter(f"{DRAW}image"))
            yield from self._read_shape(cadre)

    def _read_shape(self, cadre: Element) -> Iterator[Bloc]:
        if any(child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table") for child in cadre):
            yield from self.read(cadre)
            return
        for child in cadre:
            if child.tag.startswith(DRAW):
                yield from self._read_shape(child)

    def _read_list(self, liste: Element, parent: _Item | None) -> Iterator[Bloc]:
        herite = "" if parent is None else parent.style
        style = liste.get(f"{TEXT}style-name") or herite
        rang = 0 if parent is None else parent.rang + 1
        compteur = self._numeros.open(liste, style) if parent is None else parent.compteur
        for element in liste:
            if element.tag == f"{TEXT}list-item":
                depart = read_int(element, f"{TEXT}start-value", -1)
                yield from self.read(element, _Item(compteur, style, rang, None if depart < 0 else depart))
            elif element.tag == f"{TEXT}list-header":
                yield from self.read(element, _Item(compteur, style, rang, None, muet=True))

    def _read_table(self, table: Element) -> Grille:
        rangees: list[Sequence[Case]] = []
        for element in _rows(table):
            fois = min(read_int(element, f"{TABLE}number-rows-repeated", 1), RANGEES_REPETEES)
            rangee = self._read_row(element)
            rangees += [rangee] * (fois if any(case.blocs for case in rangee) else 1)
        return Grille(rangees, self._has_borders(table))

    def _has_borders(self, table: Element) -> bool:
        cellules = (cellule for rangee in _rows(table) for cellule in rangee.iterchildren(f"{TABLE}table-cell"))
        return any(self._styles.get("table-cell", cellule.get(f"{TABLE}style-name")).filets for cellule in cellules)

    def _read_row(self, rangee: Element) -> list[Case]:
        cases: list[Case] = []
        for cellule in rangee:
            if cellule.tag == f"{TABLE}table-cell":
                fois = min(read_int(cellule, f"{TABLE}number-columns-repeated", 1), SPAN_LIMIT)
                cases += [Case(list(self.read(cellule)))] * fois
            elif cellule.tag == f"{TABLE}covered-table-cell":
                cases += [Case()] * min(read_int(cellule, f"{TABLE}number-columns-repeated", 1), SPAN_LIMIT)
        return cases


def _silence(style: Style) -> str:
    """Why the text of a style is not read, "" where it is."""
    return "masque" if style.masque else "barre" if style.barre else ""


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its header and of its groups included."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-{nom}" for nom in ("header-rows", "rows", "row-group")):
            yield from _rows(child)
