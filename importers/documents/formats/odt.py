"""LibreOffice documents (.odt): OpenDocument text (ISO/IEC 26300)."""

import re
from itertools import chain

from lxml import etree

from importers.documents.archives import Archive
from importers.documents.bureautique.corps_libre import Corps
from importers.documents.bureautique.libre import OFFICE, XLINK, Element, Numeros, Styles
from importers.documents.bureautique.remarques import Auteurs, write_remarques
from importers.documents.copie import render
from importers.documents.etiquettes import refuse_password
from importers.documents.formats import Extrait
from importers.documents.illisible import Illisible
from portal.domain.convention import Qualite

EXTENSIONS = (".odt",)

_CHIFFRE = b"encryption-data"
_LOCAL = re.compile(r"(?:file:/*|(?:\.\./)+(?:home|Users|[A-Za-z]:)/|[A-Za-z]:[\\/]|\\\\)\S.*")
_NOMS = ("initial-creator", "creator", "printed-by", "user-defined")
_MACROS = ("Basic/", "Scripts/")


def extract(contenu: bytes) -> Extrait:
    """What LibreOffice prints of the body of a document. Raises `Illisible`."""
    archive = Archive(contenu, ".odt")
    if _CHIFFRE in archive.read("META-INF/manifest.xml"):
        raise refuse_password()
    racine = archive.xml("content.xml")
    texte = None if racine is None else racine.find(f"{OFFICE}body/{OFFICE}text")
    if texte is None:
        raise Illisible(
            "Ce fichier .odt ne contient pas de texte : ouvrez-le dans LibreOffice et enregistrez-le de nouveau."
        )
    styles = Styles(archive.xml("styles.xml"), racine)
    corps = Corps(styles, Numeros(styles))
    try:
        copie = render(chain(corps.read(texte), corps.read_notes()))
    except RecursionError as error:
        raise Illisible("Le fichier imbrique ses éléments à l'excès : copiez son texte dans un autre.") from error
    return Extrait(copie, Qualite.NATIF, remarques=_remark(archive, corps))


def _remark(archive: Archive, corps: Corps) -> tuple[str, ...]:
    compte = corps.remarques.copy()
    compte["macro"] = sum(
        nom.startswith(_MACROS) and nom.endswith((".xml", ".py", ".bsh", ".js")) for nom in archive.names
    )
    compte["incorpore"] = sum(nom.startswith("Object ") and nom.endswith("content.xml") for nom in archive.names)
    return write_remarques(compte, _read_auteurs(archive.xml("meta.xml")))


def _read_auteurs(racine: Element | None) -> Auteurs:
    if racine is None:
        return Auteurs()
    valeurs = [(etree.QName(e).localname, (e.text or "").strip()) for e in racine.iter() if e.text]
    liens = [element.get(f"{XLINK}href", "") for element in racine.iter()]
    return Auteurs(
        noms=tuple(valeur for nom, valeur in valeurs if valeur and nom in _NOMS),
        chemins=tuple(lien for lien in liens if _LOCAL.fullmatch(lien)),
    )
