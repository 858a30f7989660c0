"""LibreOffice documents written anew: what is printed, as it is set, and nothing of who wrote it (ISO/IEC 26300).

Of the archive, the text, the styles, the settings that change a page, the pictures and the fonts that these show are kept.
"""

from collections.abc import Iterator
from posixpath import normpath, splitext
from xml.sax.saxutils import quoteattr

from importers.documents.archives import Archive
from importers.documents.bureautique.libre import XLINK, Element, Styles
from importers.documents.copies.corps_libre import Propre
from importers.documents.copies.images import clean_image
from importers.documents.copies.paquet import write_xml, write_zip
from importers.documents.etiquettes import refuse_password
from importers.documents.illisible import Illisible

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_MANIFESTE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_CHIFFRE = b"encryption-data"
_NOMBRES = frozenset({"boolean", "short", "int", "long", "double"})
_SESSIONS = frozenset({"Rsid", "RsidRoot"})
_PARTIES = ("content.xml", "styles.xml")


def scrub(contenu: bytes) -> bytes | None:
    """A LibreOffice document with the same text; deletions, comments and hidden text are taken out.

    None where it holds a picture of an unknown kind, or a form. Raises `Illisible`.
    """
    archive = Archive(contenu, ".odt")
    if _CHIFFRE in archive.read("META-INF/manifest.xml"):
        raise refuse_password()
    racines = {nom: racine for nom in _PARTIES if (racine := archive.xml(nom)) is not None}
    if "content.xml" not in racines:
        raise Illisible("Ce fichier .odt ne contient pas de texte : ouvrez-le et enregistrez-le de nouveau.")
    propre = Propre(Styles(racines.get("styles.xml"), racines["content.xml"]))
    fichiers: dict[str, tuple[str, bytes]] = {}
    for racine in racines.values():
        propre.clean(racine)
        if propre.formulaire or not all([_copy_file(archive, lien, fichiers) for lien in propre.liens_of(racine)]):
            return None
    membres = {nom: write_xml(racine) for nom, racine in racines.items()} | dict(_keep_settings(archive))
    membres |= dict(fichiers.values())
    debut = [("mimetype", _MIMETYPE.encode()), ("META-INF/manifest.xml", _write_manifest(membres))]
    return write_zip([*debut, *membres.items()], stored=frozenset({"mimetype"}))


def _copy_file(archive: Archive, lien: Element, fichiers: dict[str, tuple[str, bytes]]) -> bool:
    """Copy a picture or a font under a name of ours, and lead its link there; False where it cannot be cleaned."""
    nom = normpath(lien.get(f"{XLINK}href", ""))
    if nom not in fichiers:
        octets = archive.read(nom)
        propre = octets if nom.startswith("Fonts/") else clean_image(octets)
        if not propre:
            return False
        dossier = "Fonts/police" if nom.startswith("Fonts/") else "Pictures/image"
        fichiers[nom] = f"{dossier}{len(fichiers) + 1}{splitext(nom)[1].lower()}", propre
    lien.set(f"{XLINK}href", fichiers[nom][0])
    return True


def _keep_settings(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """The settings that are numbers or yes and no: no name of a printer, no address, no session of work."""
    racine = archive.xml("settings.xml")
    if racine is None:
        return
    for groupe in list(racine.iter(f"{_CONFIG}config-item-set")):
        parent = groupe.getparent()
        if parent is not None and groupe.get(f"{_CONFIG}name") != "ooo:configuration-settings":
            parent.remove(groupe)
    for element in list(racine.iter(f"{_CONFIG}config-item", f"{_CONFIG}config-item-map-indexed")):
        parent = element.getparent()
        garde = element.get(f"{_CONFIG}type") in _NOMBRES and element.get(f"{_CONFIG}name") not in _SESSIONS
        if parent is not None and not garde:
            parent.remove(element)
    yield "settings.xml", write_xml(racine)


def _write_manifest(membres: dict[str, bytes]) -> bytes:
    entrees = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(nom)} "
        f"manifest:media-type={quoteattr('text/xml' if nom.endswith('.xml') else '')}/>"
        for nom in membres
    )
    racine = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_MANIFESTE}" '
        f'manifest:version="1.3">{racine}{entrees}</manifest:manifest>'
    ).encode()
