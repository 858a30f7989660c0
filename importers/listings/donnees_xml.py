"""XML that a site answered, read without entities, network or excessive depth."""

import re

from lxml import etree

from importers.listings import PageVue
from importers.listings.encodage import clean
from importers.listings.page_html import Element, is_html, read_html
from importers.listings.refus import check_contenu, check_statut, mise_en_page, tronquee

_RACINE = re.compile(rb"<([A-Za-z_][\w.:-]{0,100})")
_DEBUT = 4096
"""Bytes in which an XML file starts its root."""


def read_xml(page: PageVue) -> Element:
    """Give the root of the document that a page holds. Raises `ListeBloquee`."""
    if is_html(page):
        read_html(page)
        raise mise_en_page("Une page web a été reçue là où du XML est attendu")
    check_statut(page)
    check_contenu(page)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(page.contenu.strip(b"\0 \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _explain(page.contenu) from error


def find_texte(racine: Element, nom: str) -> str:
    """Give the text of the first element of a local name; "" where there is none."""
    element = next(racine.iter(f"{{*}}{nom}"), None)
    return "" if element is None else clean("".join(map(str, element.itertext())))


def local_name(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return etree.QName(element).localname


def _explain(contenu: bytes) -> Exception:
    racine = _RACINE.search(contenu[:_DEBUT])
    if racine and b"</" + racine[1] not in contenu:
        return tronquee("Le XML reçu est coupé avant sa fin")
    return mise_en_page("Ce qui a été reçu n'est pas du XML bien formé")
