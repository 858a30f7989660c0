"""Plain text, in any of the encodings that French services write."""

import codecs
import re

from importers.documents.formats import Extrait
from importers.documents.illisible import Illisible
from portal.domain.convention import Qualite

EXTENSIONS = (".txt",)
LINE_LIMIT = 1_000_000  # characters: the longest real paragraph has a few thousand

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "un PDF"),
    (b"PK\x03\x04", "un document Word, LibreOffice ou ZIP"),
    (b"\xd0\xcf\x11\xe0", "un Word"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def extract(contenu: bytes) -> Extrait:
    """The text of a file; raises `Illisible` where it is empty, binary, or one endless line."""
    if not contenu.strip():
        raise Illisible("Le fichier est vide : vérifiez-le, ou importez-en un autre.")
    for signature, nom in _SIGNATURES:
        if contenu.startswith(signature):
            raise Illisible(f"Ce fichier nommé .txt est en fait {nom} : donnez-lui sa vraie extension, ou son texte.")
    texte = _decode(contenu).replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROLS.findall(texte[:100_000])) > len(texte[:100_000]) // 1000:
        raise Illisible("Ce fichier nommé .txt n'est pas un texte : importez le document dans son vrai format.")
    if any(len(ligne) > LINE_LIMIT for ligne in texte.split("\n")):
        raise Illisible("Une ligne de plus d'un million de caractères n'est pas celle d'un acte : vérifiez le fichier.")
    return Extrait(_CONTROLS.sub(" ", texte), Qualite.NATIF)


def _decode(contenu: bytes) -> str:
    for bom, encoding in _BOMS:
        if contenu.startswith(bom):
            return contenu[len(bom) :].decode(encoding, "replace")
    try:
        return contenu.decode("utf-8")
    except UnicodeDecodeError:
        # What is not UTF-8 was written under Windows; the five bytes that its table lacks are control characters.
        return "".join(_WINDOWS[byte] for byte in contenu)


_WINDOWS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
