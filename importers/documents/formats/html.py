"""Saved pages of a bulletin (.html, .htm): the act, without the site around it."""

import codecs
import re
from collections import Counter

from lxml import etree

from importers.documents.bureautique.remarques import Auteurs, write_remarques
from importers.documents.copie import render
from importers.documents.etiquettes import check_label, recognise
from importers.documents.formats import Extrait
from importers.documents.illisible import Illisible
from importers.documents.page_web import Element, find_text
from importers.documents.page_web_blocs import Lecteur
from portal.domain.convention import Qualite

EXTENSIONS = (".html", ".htm")

_DECLARATION = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_ENTETE = 8192
"""Bytes in which a page declares its encoding: browsers look at 1,024."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENCODAGES = {
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le"), "utf-8"),
    **dict.fromkeys(
        ("windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-15", "iso8859-15", "latin9"), "iso-8859-15"),
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac-roman"),
}
"""The encodings that French pages declare, as browsers read them (WHATWG, Encoding, 4.2); Python knows others, unsafe."""

_BALISE = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_BALISES_MAXIMUM = 500_000  # the page of a long act has 20,000
_ATTRIBUTS_MAXIMUM = 500
_LOCAL = re.compile(r"(?:file:/{2,3}|[A-Za-z]:\\)\S.{0,200}")
_PROFONDEUR = "Excessive depth"


def extract(contenu: bytes) -> Extrait:
    """What a browser shows of the act in a page. Raises `Illisible`."""
    check_label(contenu, ".html")
    if recognise(contenu) is None:
        raise Illisible("Ce fichier nommé .html n'est pas une page web : importez le document dans son vrai format.")
    page = _parse(_decode(contenu))
    lecteur = Lecteur()
    try:
        texte = render(lecteur.read(find_text(page)))
    except RecursionError as error:
        raise Illisible("La page imbrique ses éléments à l'excès : copiez son texte dans un document.") from error
    return Extrait(texte, Qualite.NATIF, remarques=_remark(page, lecteur.remarques))


def _decode(contenu: bytes) -> str:
    for bom, encodage in _BOMS:
        if contenu.startswith(bom):
            return contenu[len(bom) :].decode(encodage, "replace")
    declare = _DECLARATION.search(contenu[:_ENTETE])
    nom = "" if declare is None else declare[1].decode("ascii").lower()
    for encodage in dict.fromkeys((_ENCODAGES.get(nom, "utf-8"), "utf-8")):
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    return contenu.decode("cp1252", "replace")


def _parse(source: str) -> Element:
    if source.count("<") > _BALISES_MAXIMUM:
        raise Illisible("La page est plus longue qu'aucun acte ne l'est : découpez-la, ou vérifiez-la.")
    if any(len(balise.split()) > _ATTRIBUTS_MAXIMUM for balise in _BALISE.findall(source)):
        raise Illisible("La page contient une balise démesurée : copiez son texte dans un document.")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        page = etree.fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Illisible("La page web est vide ou abîmée : enregistrez-la de nouveau depuis le navigateur.") from error
    if page is None:
        raise Illisible("La page web est vide : enregistrez-la de nouveau depuis le navigateur.")
    if any(_PROFONDEUR in erreur.message for erreur in parser.error_log):
        raise Illisible("La page imbrique ses éléments à l'excès : copiez son texte dans un document.")
    return page


def _remark(page: Element, compte: Counter[str]) -> tuple[str, ...]:
    metas = ((meta.get("name", "").lower(), meta.get("content", "").strip()) for meta in page.iter("meta"))
    liens = (
        lien for element in page.iter("a", "img", "link") for lien in (element.get("href"), element.get("src")) if lien
    )
    auteurs = Auteurs(
        noms=tuple(valeur for nom, valeur in metas if valeur and nom in ("author", "dc.creator")),
        chemins=tuple(lien for lien in liens if _LOCAL.fullmatch(lien)),
    )
    return write_remarques(compte, auteurs)
