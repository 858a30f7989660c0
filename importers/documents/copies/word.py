"""Word documents written anew: what is printed, as it is set, and nothing of who wrote it (ECMA-376, parts 1 and 2).

Only the parts that are printed are kept, under names of ours: properties, comments, persons, macros, embedded files, custom
data, thumbnails and the settings of printers are not among them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath, splitext
from xml.sax.saxutils import quoteattr

from importers.documents.archives import Archive, parse_xml
from importers.documents.bureautique.word import Element, Styles, W
from importers.documents.copies.chemins import is_public_address
from importers.documents.copies.corps_word import Propre
from importers.documents.copies.images import clean_image
from importers.documents.copies.paquet import write_xml, write_zip
from importers.documents.copies.reglages_word import keep_settings
from importers.documents.illisible import Illisible

_OPC = "http://schemas.openxmlformats.org/package/2006"
_RELATION = f"{{{_OPC}/relationships}}Relationship"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml"
_XML = {
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
    "endnotes": f"{_WORD}.endnotes+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": f"{_DRAWING}.chart+xml",
    "chartUserShapes": f"{_DRAWING}.chartshapes+xml",
    "diagramData": f"{_DRAWING}.diagramData+xml",
    "diagramLayout": f"{_DRAWING}.diagramLayout+xml",
    "diagramQuickStyle": f"{_DRAWING}.diagramStyle+xml",
    "diagramColors": f"{_DRAWING}.diagramColors+xml",
}
"""The parts that are printed, by the last word of their relation, with their types."""
_IMAGES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".emf": "image/x-emf",
    ".wmf": "image/x-wmf",
}
_RELATIONS = f"{_OPC}/relationships"


class Refus(Exception):
    """The document holds something of which there is no clean copy."""


@dataclass(slots=True)
class _Copie:
    """The parts written so far, by their new names, and the new names of the old ones."""

    archive: Archive
    styles: Styles
    parties: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    noms: dict[str, str] = field(default_factory=dict)


def scrub(contenu: bytes) -> bytes | None:
    """A Word document with the same text: tracked insertions are kept, deletions and hidden text are taken out.

    None where it holds a picture of an unknown kind, or the text of another file. Raises `Illisible`.
    """
    archive = Archive(contenu, ".docx")
    corps = next((cible for role, cible in _internal(archive, "") if role == "officeDocument"), "word/document.xml")
    styles = next((cible for role, cible in _internal(archive, corps) if role == "styles"), "word/styles.xml")
    copie = _Copie(archive, Styles(_read(archive, styles)))
    try:
        _copy_xml(copie, corps, "word/document.xml", f"{_WORD}.document.main+xml", "document")
    except Refus:
        return None
    except RecursionError as error:
        raise Illisible("Le fichier imbrique ses éléments à l'excès : copiez son texte dans un autre.") from error
    return write_zip(_members(copie))


def _members(copie: _Copie) -> Iterator[tuple[str, bytes]]:
    types = "".join(
        f"<Override PartName={quoteattr('/' + nom)} ContentType={quoteattr(genre)}/>"
        for nom, genre in copie.types.items()
    )
    defauts = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", _document(f'<Types xmlns="{_OPC}/content-types">{defauts}{types}</Types>')
    yield "_rels/.rels", _write_liens([("rId1", f"{_TRANSITIONAL}/officeDocument", "word/document.xml", False)])
    yield from copie.parties.items()


def _copy_xml(copie: _Copie, ancien: str, nouveau: str, genre: str, role: str) -> None:
    racine = _read(copie.archive, ancien)
    if racine is None:
        raise Illisible("Ce fichier .docx n'est pas complet : ouvrez-le et enregistrez-le de nouveau.")
    copie.noms[ancien] = nouveau
    liens = list(_copy_liens(copie, ancien))
    propre = Propre(copie.styles, frozenset(lien[0] for lien in liens))
    if role == "settings":
        keep_settings(racine)
    propre.clean(racine)
    if propre.etranger:
        raise Refus
    copie.parties[nouveau] = write_xml(racine)
    copie.types[nouveau] = genre
    if liens:
        dossier, _, nom = nouveau.rpartition("/")
        copie.parties[f"{dossier}/_rels/{nom}.rels"] = _write_liens(liens)


def _copy_liens(copie: _Copie, ancien: str) -> Iterator[tuple[str, str, str, bool]]:
    """The relations that are kept, (identifier, type, target, external), what they lead to being copied."""
    for lien in _relations(copie.archive, ancien):
        genre, cible, nom = lien.get("Type") or "", lien.get("Target") or "", lien.get("Id") or ""
        role = genre.rpartition("/")[2]
        if lien.get("TargetMode") == "External":
            if role == "hyperlink" and is_public_address(cible):
                yield nom, f"{_TRANSITIONAL}/hyperlink", cible, True
        elif role == "image" or role in _XML:
            partie = _copy_part(copie, _resolve(ancien, cible), role)
            yield nom, f"{_TRANSITIONAL}/{role}", partie.rpartition("/")[2], False


def _copy_part(copie: _Copie, ancien: str, role: str) -> str:
    """Copy a part once, and give its new name."""
    if ancien in copie.noms:
        return copie.noms[ancien]
    rang = len(copie.noms) + 1
    if role in _XML:
        nouveau = f"word/{role}{rang}.xml"
        _copy_xml(copie, ancien, nouveau, _XML[role], role)
        return nouveau
    extension = splitext(ancien)[1].lower()
    propre = clean_image(copie.archive.read(ancien)) if extension in _IMAGES else None
    if propre is None:
        raise Refus
    nouveau = copie.noms[ancien] = f"word/image{rang}{extension}"
    copie.parties[nouveau], copie.types[nouveau] = propre, _IMAGES[extension]
    return nouveau


def _read(archive: Archive, nom: str) -> Element | None:
    """A part, in the namespaces of transitional documents."""
    contenu = archive.read(nom)
    if not contenu:
        return None
    if _STRICT in contenu:
        for ancien, nouveau in _ESPACES.items():
            contenu = contenu.replace(ancien, nouveau)
    return parse_xml(contenu)


_ESPACES: Mapping[bytes, bytes] = {
    _STRICT + b"wordprocessingml/main": W[1:-1].encode(),
    _STRICT + b"officeDocument/relationships": _TRANSITIONAL.encode(),
    _STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    _STRICT + b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


def _relations(archive: Archive, source: str) -> Iterator[Element]:
    dossier, _, nom = source.rpartition("/")
    racine = archive.xml(f"{dossier}/_rels/{nom}.rels".lstrip("/"))
    if racine is not None:
        yield from racine.iterchildren(_RELATION)


def _internal(archive: Archive, source: str) -> Iterator[tuple[str, str]]:
    for lien in _relations(archive, source):
        if lien.get("TargetMode") != "External":
            yield (lien.get("Type") or "").rpartition("/")[2], _resolve(source, lien.get("Target") or "")


def _resolve(source: str, cible: str) -> str:
    return normpath(join(source.rpartition("/")[0], cible)).lstrip("/")


def _write_liens(liens: list[tuple[str, str, str, bool]]) -> bytes:
    corps = "".join(
        f"<Relationship Id={quoteattr(nom)} Type={quoteattr(genre)} Target={quoteattr(cible)}"
        + (' TargetMode="External"/>' if externe else "/>")
        for nom, genre, cible, externe in liens
    )
    return _document(f'<Relationships xmlns="{_RELATIONS}">{corps}</Relationships>')


def _document(corps: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{corps}'.encode()
