"""What a file is in truth, by its first bytes: a name can lie."""

import re

from importers.documents.illisible import Illisible

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_CHIFFRE = "EncryptedPackage".encode("utf-16-le")
_MOT_DE_PASSE = (
    "Ce fichier est protégé par un mot de passe : enregistrez-le sans mot de passe, puis importez-le de nouveau."
)
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_FIN_DE_ZIP = b"PK\x05\x06"
_DEBUT = 2048
"""Bytes read to tell a web page from a text."""

_PAGE_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1|table)[\s>/]", re.IGNORECASE)
_MIME = re.compile(rb"(?:from:|mime-version:|content-type:\s*multipart/related)", re.IGNORECASE)


def recognise(contenu: bytes) -> str | None:
    """Give the French name of what the bytes are, with its article and extension; None where they say nothing."""
    debut = contenu[:_DEBUT].lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n")
    if debut.startswith(ZIP):
        return _recognise_zip(contenu)
    if debut.startswith(OLE):
        return "un ancien document Word (.doc)"
    if debut.startswith(b"%PDF"):
        return "un PDF (.pdf)"
    if debut.startswith(b"{\\rtf"):
        return "un document RTF (.rtf)"
    if debut.startswith(_IMAGES):
        return "une image"
    if _MIME.match(debut):
        return "une archive web (.mht)"
    return "une page web (.html)" if _PAGE_WEB.search(debut.replace(b"\0", b"")) else None


def _recognise_zip(contenu: bytes) -> str | None:
    if _ODT in contenu[:200]:
        return "un document LibreOffice (.odt)"
    if b"word/" in contenu:
        return "un document Word (.docx)"
    if b"xl/workbook" in contenu or b"opendocument.spreadsheet" in contenu[:200]:
        return "un classeur"
    if b"ppt/" in contenu or b"opendocument.presentation" in contenu[:200]:
        return "un diaporama"
    if b"content.xml" in contenu and b"META-INF/manifest.xml" in contenu:
        return "un document LibreOffice (.odt)"
    return "une archive ZIP (.zip)" if _FIN_DE_ZIP in contenu else None


def check_label(contenu: bytes, extension: str) -> None:
    """Refuse an empty file, one under a password, and one that is of another kind than its extension says.

    Raises `Illisible`.
    """
    if not contenu.strip(b"\0 \t\r\n"):
        raise Illisible("Le fichier est vide : vérifiez-le, ou importez-en un autre.")
    if contenu.startswith(OLE) and _CHIFFRE in contenu:
        raise Illisible(_MOT_DE_PASSE)
    nom = recognise(contenu)
    if nom is not None and f"({extension})" not in nom:
        raise Illisible(
            f"Ce fichier nommé {extension} est en fait {nom} : donnez-lui sa vraie extension, "
            "ou enregistrez-le dans un format lu."
        )


def refuse_password() -> Illisible:
    """The refusal of a file that its author encrypted."""
    return Illisible(_MOT_DE_PASSE)
