"""The blocks of a web page: paragraphs, tables, lists with the numbers that a browser prints."""

import re
from collections import Counter
from collections.abc import Iterator

from importers.documents.bureautique.numeros import PUCE, write_number
from importers.documents.copie import SPAN_LIMIT, Bloc, Case, Grille, Paragraphe
from importers.documents.illisible import Illisible
from importers.documents.page_web import Element, find_silence, is_left_out, is_phrase_of_site, protect

COLONNES_MAXIMUM = 300
"""A wider table is no table of an act, and its cells that go on in the rows below cost time."""

_EN_LIGNE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q ruby samp small span strong sub "
    "sup time tt u var wbr o:p nobr".split()
)
_CASES = ("td", "th")
_GROUPES = ("tbody", "thead", "tfoot")
_BLANCS = re.compile(r"[ \t\n\r\f]+")
_FORMES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ENTIER = re.compile(r"-?\d{1,9}")
_APPEL = re.compile(r"[\[(]?\d{1,3}[\])]?|\*{1,3}")
_SANS_PUCE = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_BORDURE = re.compile(r"border[a-z-]*\s*:[^;]*(?:solid|double|dotted|dashed|groove|ridge)", re.IGNORECASE)


class Lecteur:
    """Reads an element into blocks. `remarques` counts « image », « masque » and « barre »."""

    def __init__(self) -> None:
        self.remarques: Counter[str] = Counter()
        self._proteges: frozenset[Element] = frozenset()
        self._blocs: list[Bloc] = []
        self._morceaux: list[str] = []
        self._label = ""

    def read(self, racine: Element) -> Iterator[Bloc]:
        """Yield the blocks of the part of a page that holds the act, the phrases of the site left out."""
        self._proteges = protect(racine)
        for bloc in self._collect(racine):
            if not (isinstance(bloc, Paragraphe) and is_phrase_of_site(bloc.texte)):
                yield bloc

    def _collect(self, element: Element) -> list[Bloc]:
        """The blocks of one element, apart from those that surround it."""
        dehors = self._blocs, self._morceaux, self._label
        self._blocs, self._morceaux, self._label = [], [], ""
        self._read_children(element, pre=False)
        self._end()
        blocs = self._blocs
        self._blocs, self._morceaux, self._label = dehors
        return blocs

    def _end(self) -> None:
        """End a paragraph; the label of a list item goes with the first that holds something."""
        texte = "\n".join(ligne.strip(" ") for ligne in "".join(self._morceaux).split("\n"))
        if texte.strip():
            self._blocs.append(Paragraphe(self._label + texte.lstrip() if self._label else texte))
            self._label = ""
        self._morceaux = []

    def _write(self, texte: str | None, pre: bool) -> None:
        if texte:
            self._morceaux.append(texte.replace("\r\n", "\n") if pre else _BLANCS.sub(" ", texte))

    def _read_children(self, element: Element, pre: bool) -> None:
        self._write(element.text, pre)
        for child in element:
            if self._is_seen(child):
                self._read_element(child, pre or child.tag == "pre")
            self._write(child.tail, pre)

    def _is_seen(self, element: Element) -> bool:
        if is_left_out(element, self._proteges) or _is_call(element):
            return False
        silence = find_silence(element)
        if silence:
            self.remarques[silence] += bool("".join(map(str, element.itertext())).strip())
        return not silence

    def _read_element(self, element: Element, pre: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._morceaux.append("\n")
        elif tag == "img":
            self.remarques["image"] += 1
        elif tag in _EN_LIGNE:
            self._read_children(element, pre)
        else:
            self._end()
            self._read_block(element, pre)
            self._end()

    def _read_block(self, element: Element, pre: bool) -> None:
        if element.tag == "table":
            for legende in element.iterchildren("caption"):
                self._blocs += self._collect(legende)
            self._blocs.append(self._read_table(element))
        elif element.tag in ("ul", "ol", "menu", "dir"):
            self._read_list(element)
        else:
            self._read_children(element, pre)

    def _read_list(self, liste: Element) -> None:
        items = [child for child in liste if child.tag == "li"]
        pas = -1 if liste.get("reversed") is not None else 1
        rang = _read_int(liste.get("start"), 1 if pas > 0 else len(items))
        for child in liste:
            if not isinstance(child.tag, str) or not self._is_seen(child):
                continue
            if child.tag == "li":
                rang = _read_int(child.get("value"), rang)
                self._label = _label(liste, rang)
                rang += pas
                self._read_children(child, pre=False)
                self._end()
                self._label = ""
            else:
                self._read_element(child, pre=False)

    def _read_table(self, table: Element) -> Grille:
        prises: dict[int, int] = {}
        rangees = [self._read_row(rangee, prises) for rangee in _rows(table) if self._is_seen(rangee)]
        return Grille([rangee for rangee in rangees if rangee], _has_borders(table))

    def _read_row(self, rangee: Element, prises: dict[int, int]) -> list[Case]:
        """One row; `prises` holds, by column, for how many rows more a cell above goes on."""
        cases: list[Case] = []
        colonne = 0
        for cellule in rangee:
            if cellule.tag not in _CASES or not self._is_seen(cellule):
                continue
            colonne = _skip(cases, prises, colonne)
            largeur = min(max(_read_int(cellule.get("colspan"), 1), 1), SPAN_LIMIT)
            hauteur = _read_int(cellule.get("rowspan"), 1)
            cases.append(Case(self._collect(cellule), largeur))
            if hauteur > 1:
                prises |= dict.fromkeys(range(colonne, colonne + largeur), hauteur)
            colonne += largeur
            if colonne > COLONNES_MAXIMUM:
                raise Illisible("La page contient un tableau démesuré : copiez son texte dans un document.")
        _skip(cases, prises, colonne)
        for prise in list(prises):
            prises[prise] -= 1
            if prises[prise] <= 0:
                del prises[prise]
        return cases


def _skip(cases: list[Case], prises: dict[int, int], colonne: int) -> int:
    """Leave empty the columns where a cell of a row above goes on; give the next free one."""
    while colonne in prises:
        cases.append(Case())
        colonne += 1
    return colonne


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPES:
            yield from child.iterchildren("tr")


def _has_borders(table: Element) -> bool | None:
    """Say whether a table has borders; a page keeps most of its styles elsewhere, and a table with headings is one."""
    if table.get("role") in ("presentation", "none") or table.get("border") == "0":
        return False
    if table.get("border") or _BORDURE.search(table.get("style", "")) or next(table.iter("th"), None) is not None:
        return True
    return None


def _label(liste: Element, rang: int) -> str:
    if _SANS_PUCE.search(liste.get("style", "")):
        return ""
    if liste.tag != "ol":
        return f"{PUCE} "
    return f"{write_number(rang, _FORMES.get(liste.get('type', '1'), 'decimal'))}. "


def _is_call(element: Element) -> bool:
    """Say whether an element calls a footnote: a number that leads to a place of the page."""
    if element.tag not in ("sup", "a"):
        return False
    lien = element if element.tag == "a" else element.find(".//a")
    if lien is None or not lien.get("href", "").startswith("#"):
        return False
    return bool(_APPEL.fullmatch("".join(map(str, element.itertext())).strip()))


def _read_int(texte: str | None, defaut: int) -> int:
    return int(texte) if texte and _ENTIER.fullmatch(texte.strip()) else defaut
