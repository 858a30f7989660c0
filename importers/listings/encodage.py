"""The text that the bytes of a page hold, and text made clean enough to keep."""

import codecs
import re

from importers.listings import PageVue

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_ENTETE = 4096
"""Bytes in which a page declares its encoding: browsers look at 1,024."""
_LATINS = frozenset(("windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
"""What French pages declare and browsers read as windows-1252 (WHATWG, Encoding, 4.2)."""
_COMMANDES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(page: PageVue) -> str:
    """Give the text of a page, by its mark, the encoding that it declares, or UTF-8, then windows-1252."""
    for bom, encodage in _BOMS:
        if page.contenu.startswith(bom):
            return page.contenu[len(bom) :].decode(encodage, "replace")
    debut = page.contenu[:_ENTETE].decode("ascii", "replace")
    declare = _DECLARATION.search(page.entetes.get("content-type", "")) or _DECLARATION.search(debut)
    if declare is not None and declare[1].lower() in _LATINS:
        return page.contenu.decode("cp1252", "replace")
    try:
        return page.contenu.decode("utf-8")
    except UnicodeDecodeError:
        return page.contenu.decode("cp1252", "replace")


def clean(texte: str) -> str:
    """Give a text on one line, without the characters that no page shows."""
    return " ".join(_COMMANDES.sub(" ", texte).split())
