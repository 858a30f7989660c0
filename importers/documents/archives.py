"""The parts of a zipped document (.docx, .odt), read as a stranger's: bounded, in memory, without entity or network.

Nothing is written and no other file is opened: a part is bytes, or an XML tree of bounded size, and of 256 levels at
most (a limit of libxml2; a table in a text box in a table has 60), so that the walks of it may be recursive.
"""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from importers.documents.etiquettes import ZIP, check_label, refuse_password
from importers.documents.illisible import Illisible

PART_LIMIT = 30 << 20  # bytes of one part: 1,000 pages of Word have 20 million
TOTAL_LIMIT = 60 << 20  # bytes of all the parts read
TAG_LIMIT = 1_000_000  # tags of one part: 1,000 pages have as many
MEMBER_LIMIT = 10_000
RATIO_LIMIT = 250  # a Word table repeated over 100 pages shrinks 100 times
RATIO_FLOOR = 2 << 20  # bytes under which a part may shrink as it likes

_ABIME = "Le fichier est abîmé ou tronqué : ouvrez-le dans son logiciel, enregistrez-le de nouveau, puis réessayez."
_ENCRYPTED = 0x1


class Archive:
    """A zipped document, its parts known by name. Raises `Illisible` where it is no such thing, or too large."""

    def __init__(self, contenu: bytes, extension: str) -> None:
        check_label(contenu, extension)
        if not contenu.startswith(ZIP):
            raise Illisible(
                f"Ce fichier nommé {extension} n'en est pas un : importez le document dans son vrai format."
            )
        try:
            self._zip = ZipFile(BytesIO(contenu))
            self._members: dict[str, ZipInfo] = {info.filename: info for info in self._zip.infolist()}
        except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise Illisible(_ABIME) from error
        if len(self._members) > MEMBER_LIMIT:
            raise Illisible(f"Le fichier contient plus de {MEMBER_LIMIT} éléments : vérifiez-le ou découpez-le.")
        self._read = 0

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a part, b"" where there is none."""
        info = self._members.get(name)
        if info is None:
            return b""
        self._check(info)
        try:
            with self._zip.open(info) as part:
                contenu = part.read(PART_LIMIT + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise Illisible(_ABIME) from error
        self._read += len(contenu)
        if len(contenu) > PART_LIMIT or self._read > TOTAL_LIMIT:
            raise _too_large()
        return contenu

    def xml(self, name: str) -> etree._Element | None:
        """The tree of a part, None where there is no such part."""
        contenu = self.read(name)
        return parse_xml(contenu) if contenu else None

    def _check(self, info: ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise refuse_password()
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Illisible(_ABIME)
        if info.file_size > max(RATIO_FLOOR, RATIO_LIMIT * info.compress_size) or info.file_size > PART_LIMIT:
            raise _too_large()


def parse_xml(contenu: bytes) -> etree._Element:
    """Parse without entities, document types or network. Raises `Illisible`."""
    if contenu.count(b"<") > TAG_LIMIT:
        raise _too_large()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        racine = etree.fromstring(contenu, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Illisible(_ABIME) from error
    if racine.getroottree().docinfo.internalDTD is not None:
        raise Illisible(
            "Le fichier déclare des entités XML, ce qu'aucun traitement de texte n'écrit : vérifiez sa source."
        )
    return racine


def _too_large() -> Illisible:
    return Illisible(
        "Le fichier se déplie en plus de données qu'un acte n'en a : copiez son texte dans un document neuf."
    )
