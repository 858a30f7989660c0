"""A part of a Word document without what is not printed of it: changes, comments, hidden text, names and paths."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.bureautique.word import VAL, Element, Styles, W, is_on
from importers.documents.copies.arbre import remove, unwrap
from importers.documents.copies.chemins import names_file

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_O = "{urn:schemas-microsoft-com:office:office}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_OTES = frozenset(
    f"{W}{nom}"
    for nom in (
        "del moveFrom rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange tcPrChange "
        "numberingChange cellIns cellMerge moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
        "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
        "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd "
        "commentRangeStart commentRangeEnd commentReference annotationRef permStart permEnd proofErr "
        "dataBinding placeholder docPartObj tag alias smartTagPr customXmlPr fldData entryMacro exitMacro helpText "
        "statusText control movie subDoc printerSettings rsid"
    ).split()
) | {f"{_O}OLEObject", f"{_O}signatureline"}
_DEPLIES = frozenset(f"{W}{nom}" for nom in ("ins", "moveTo", "smartTag", "customXml"))
_CHAMPS = frozenset(
    "PAGE NUMPAGES SECTIONPAGES SECTION REF PAGEREF NOTEREF TOC INDEX HYPERLINK SEQ STYLEREF LISTNUM AUTONUM AUTONUMLGL "
    "AUTONUMOUT FORMTEXT FORMCHECKBOX FORMDROPDOWN SYMBOL EQ ADVANCE QUOTE =".split()
)
"""What is computed from the document itself; any other field is left as it was last printed."""
_TITRES = frozenset({"descr", "title", "alt", f"{_O}title"})


class Propre:
    """Cleans the parts of one document. `etranger` says that a part takes in the text of another file."""

    def __init__(self, styles: Styles, liens: frozenset[str]) -> None:
        self.etranger = False
        self._styles = styles
        self._liens = liens

    def clean(self, racine: Element) -> None:
        self.etranger = next(racine.iter(f"{W}altChunk"), None) is not None
        _take_out_rows(racine)
        _join_paragraphs(racine)
        _freeze_fields(racine)
        for run in list(racine.iter(f"{W}r")):
            self._clean_run(run)
        for element in list(_all(racine)):
            if element.tag in _OTES or etree.QName(element).localname == "extLst":
                remove(element)
            elif element.tag in _DEPLIES:
                unwrap(element)
            else:
                self._clean_attributes(element)

    def _clean_run(self, run: Element) -> None:
        if not self._is_hidden(run):
            return
        for child in list(run):
            if child.tag not in (f"{W}rPr", f"{W}fldChar"):
                remove(child)
        if run.find(f"{W}fldChar") is None:
            remove(run)

    def _is_hidden(self, run: Element) -> bool:
        proprietes = run.find(f"{W}rPr")
        masque = is_on(proprietes, "vanish")
        if masque is not None:
            return masque
        paragraphe = next(run.iterancestors(f"{W}p"), None)
        style_du_paragraphe = None if paragraphe is None else paragraphe.find(f"{W}pPr")
        return (
            self._styles.get(_value(proprietes, "rStyle")).masque
            or self._styles.get(_value(style_du_paragraphe, "pStyle")).masque
        )

    def _clean_attributes(self, element: Element) -> None:
        for nom, valeur in [(str(nom), str(valeur)) for nom, valeur in element.attrib.items()]:
            if nom.startswith(_R):
                self._clean_lien(element, nom, valeur)
            elif _tells(nom, valeur):
                del element.attrib[nom]
            elif nom == "name" and etree.QName(element).localname in ("docPr", "cNvPr"):
                element.set(nom, "Objet")

    def _clean_lien(self, element: Element, nom: str, valeur: str) -> None:
        """Take out what leads to a part that is not kept: the link of a text or of a picture, or the whole element."""
        if valeur in self._liens:
            return
        if element.tag in (f"{W}hyperlink", f"{_A}blip", f"{_V}imagedata", f"{_V}fill", f"{_V}stroke"):
            del element.attrib[nom]
        else:
            remove(element)


def _tells(nom: str, valeur: str) -> bool:
    """Say whether an attribute tells who wrote, when, in which session of work or from which file."""
    court = etree.QName(nom).localname
    if court.startswith("rsid") or (nom.startswith(W) and court in ("author", "date", "initials")):
        return True
    return nom == f"{_O}href" or (nom in _TITRES and names_file(valeur))


def _all(racine: Element) -> Iterator[Element]:
    return (element for element in racine.iter() if isinstance(element.tag, str))


def _value(proprietes: Element | None, nom: str) -> str | None:
    trouve = None if proprietes is None else proprietes.find(W + nom)
    return None if trouve is None else trouve.get(VAL)


def _take_out_rows(racine: Element) -> None:
    """The rows and the cells that were deleted; a table of which nothing is left goes too."""
    for marque in list(racine.iter(f"{W}del", f"{W}cellDel")):
        proprietes = marque.getparent()
        if proprietes is not None and proprietes.tag in (f"{W}trPr", f"{W}tcPr"):
            rangee = proprietes.getparent()
            if rangee is not None:
                remove(rangee)
    for table in list(racine.iter(f"{W}tbl")):
        if table.find(f".//{W}tc") is None:
            remove(table)


def _join_paragraphs(racine: Element) -> None:
    """A paragraph whose mark was deleted goes on with the next; it keeps the setting of the last, as Word does."""
    for paragraphe in reversed(list(racine.iter(f"{W}p"))):
        marque = paragraphe.find(f"{W}pPr/{W}rPr")
        if is_on(marque, "del") is None and is_on(marque, "moveFrom") is None:
            continue
        suivant = paragraphe.getnext()
        if suivant is None or suivant.tag != f"{W}p":
            continue
        rang = 0 if suivant.find(f"{W}pPr") is None else 1
        suivant[rang:rang] = [child for child in paragraphe if child.tag != f"{W}pPr"]
        remove(paragraphe)


@dataclass(slots=True)
class _Champ:
    """A field that is open: the elements that say it, and its code."""

    signes: list[Element] = field(default_factory=list)
    code: str = ""
    dit: bool = False


def _freeze_fields(racine: Element) -> None:
    """Leave of a field only what it printed, where its code may tell of a person or a folder."""
    for simple in list(racine.iter(f"{W}fldSimple")):
        if not _may_stay(simple.get(f"{W}instr") or ""):
            unwrap(simple)
    ouverts: list[_Champ] = []
    for signe in list(racine.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")):
        _follow(signe, ouverts)


def _follow(signe: Element, ouverts: list[_Champ]) -> None:
    moment = signe.get(f"{W}fldCharType")
    if moment == "begin":
        ouverts.append(_Champ())
    if not ouverts:
        remove(signe)
        return
    champ = ouverts[-1]
    champ.signes.append(signe)
    if signe.tag == f"{W}instrText" and not champ.dit:
        champ.code += signe.text or ""
    champ.dit = champ.dit or moment == "separate"
    if moment == "end" and not _may_stay(ouverts.pop().code):
        for element in champ.signes:
            remove(element)


def _may_stay(code: str) -> bool:
    mots = code.split()
    return bool(mots) and (mots[0].upper() in _CHAMPS or mots[0].startswith("=")) and not names_file(code)
