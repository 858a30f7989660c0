"""A part of a LibreOffice document without what is not printed of it: changes, comments, hidden text, names and paths."""

from collections.abc import Iterator

from lxml import etree

from importers.documents.bureautique.libre import DRAW, OFFICE, TABLE, TEXT, XLINK, Element, Styles
from importers.documents.copies.arbre import remove, unwrap
from importers.documents.copies.chemins import is_public_address, names_file

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_RSID = "{http://openoffice.org/2009/office}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"

_OTES = frozenset(
    (
        *(
            f"{TEXT}{nom}"
            for nom in (
                "tracked-changes change change-start change-end script user-field-decls dde-connection-decls "
                "section-source dde-source alphabetical-index-auto-mark-file"
            ).split()
        ),
        *(
            f"{OFFICE}{nom}"
            for nom in "annotation annotation-end scripts event-listeners forms dde-source meta settings".split()
        ),
        *(f"{DRAW}{nom}" for nom in "object object-ole plugin applet floating-frame".split()),
        *(f"{TABLE}{nom}" for nom in "tracked-changes database-ranges dde-links".split()),
    )
)
_CHAMPS = frozenset(
    f"{TEXT}{nom}"
    for nom in (
        "author-name author-initials sender-firstname sender-lastname sender-initials sender-title sender-position "
        "sender-email sender-phone-private sender-fax sender-company sender-phone-work sender-street sender-city "
        "sender-postal-code sender-country sender-state-or-province initial-creator creator printed-by description "
        "user-defined title subject keywords file-name template-name creation-date creation-time modification-date "
        "modification-time print-date print-time editing-cycles editing-duration user-field-get user-field-input "
        "conditional-text database-display database-name database-next database-row-number database-row-select "
        "dde-connection execute-macro meta meta-field placeholder text-input"
    ).split()
)
"""What LibreOffice computes from the properties of the file, or of the computer: it is left as it was last printed."""


class Propre:
    """Cleans the parts of one document. `formulaire` says that one of them draws the controls of a form."""

    def __init__(self, styles: Styles) -> None:
        self.formulaire = False
        self._styles = styles

    def clean(self, racine: Element) -> None:
        self.formulaire = self.formulaire or next(racine.iter(f"{DRAW}control"), None) is not None
        for element in list(racine.iter()):
            if element.tag in _OTES or str(element.tag).startswith((_DC, _META)) or self._is_hidden(element):
                remove(element)
            elif element.tag == f"{TEXT}hidden-paragraph":
                _remove_paragraph(element)
            elif element.tag in _CHAMPS:
                unwrap(element)
            elif element.tag in (f"{_SVG}title", f"{_SVG}desc") and names_file(element.text or ""):
                remove(element)
            else:
                _clean_attributes(element)
        for lien in list(racine.iter(f"{TEXT}a", f"{DRAW}a")):
            if not is_public_address(lien.get(f"{XLINK}href", "")):
                unwrap(lien)

    def liens_of(self, racine: Element) -> Iterator[Element]:
        """What leads to a picture or a font of the archive; what leads out of it is taken out."""
        for element in list(racine.iter()):
            cible = element.get(f"{XLINK}href")
            if cible is None or element.tag in (f"{TEXT}a", f"{DRAW}a"):
                continue
            if cible.removeprefix("./").startswith(("Pictures/", "Fonts/", "ObjectReplacements/", "media/")):
                yield element
            elif not cible.startswith("#"):
                remove(element)

    def _is_hidden(self, element: Element) -> bool:
        if element.tag == f"{TEXT}section":
            return element.get(f"{TEXT}display") == "none"
        if element.tag == f"{TEXT}hidden-text":
            return element.get(f"{TEXT}is-hidden") != "false"
        famille = {f"{TEXT}p": "paragraph", f"{TEXT}h": "paragraph", f"{TEXT}span": "text"}.get(str(element.tag))
        return famille is not None and self._styles.get(famille, element.get(f"{TEXT}style-name")).masque


def _remove_paragraph(champ: Element) -> None:
    """A paragraph that a field hides is not printed; one that it shows is left, without the field."""
    if champ.get(f"{TEXT}is-hidden") == "true":
        paragraphe = next(champ.iterancestors(f"{TEXT}p", f"{TEXT}h"), None)
        if paragraphe is not None:
            remove(paragraphe)
            return
    remove(champ)


def _clean_attributes(element: Element) -> None:
    for nom in map(str, list(element.attrib)):
        session = nom.startswith(_RSID) and etree.QName(nom).localname in ("rsid", "paragraph-rsid")
        if session or nom in (f"{DRAW}name", f"{TEXT}condition", f"{TEXT}formula", f"{OFFICE}string-value"):
            del element.attrib[nom]
