"""The Journal officiel as its publisher gives it: the XML of one text, in the bulk files of the DILA."""

import datetime
import re

from importers.listings import PageLue, PageVue
from importers.listings.donnees_xml import find_texte, read_xml
from importers.listings.page_html import Element, join_address
from importers.listings.refus import mise_en_page
from importers.listings.titres import clean_titre, find_nature, find_nor, find_signature, is_act, names_act
from portal.domain.convention import Canal
from portal.domain.dates import parse_date
from portal.domain.fold import fold
from portal.publications.entrees import Entree

LEGIFRANCE = "https://www.legifrance.gouv.fr"

CANAL = Canal.JORF
DEPARTS: tuple[str, ...] = ()

_META = ("META_COMMUN", "META_TEXTE_CHRONICLE", "META_TEXTE_VERSION")
_TEXTE = re.compile(r"JORFTEXT\d{12}")
_OUVERTE = 2999
"""The year of a date that is not set."""


def read_page(page: PageVue) -> PageLue:
    """Reads the XML of one text; one that is no délégation de gestion gives no entry. Raises `ListeBloquee`."""
    racine = read_xml(page)
    manque = [nom for nom in _META if next(racine.iter(f"{{*}}{nom}"), None) is None]
    titre = clean_titre(find_texte(racine, "TITREFULL") or find_texte(racine, "TITRE"))
    if manque or not titre:
        raise mise_en_page(
            f"Le XML n'est pas celui d'un texte du Journal officiel ({', '.join(manque) or 'TITREFULL'})"
        )
    if not _is_delegation(racine, titre):
        return PageLue()
    entree = Entree(
        titre=titre,
        url=_find_url(racine),
        date=_read_date(racine, "DATE_TEXTE") or find_signature(titre),
        date_publication=_read_date(racine, "DATE_PUBLI"),
        nor=find_nor(find_texte(racine, "NOR")),
        nature=find_nature(titre),
    )
    return PageLue((entree,))


def _is_delegation(racine: Element, titre: str) -> bool:
    """Say whether a text is one, by its title; « Convention du 24 novembre 2023 » says it in its text."""
    if names_act(titre):
        return True
    return is_act(titre) and "delegation de gestion" in fold(" ".join("".join(map(str, racine.itertext())).split()))


def _find_url(racine: Element) -> str:
    """The address at Légifrance: the ELI, where the text has one, or its number."""
    eli = find_texte(racine, "ID_ELI")
    if eli and (adresse := join_address(LEGIFRANCE, eli)):
        return adresse
    for nom in ("CID", "ID"):
        numero = find_texte(racine, nom)
        if _TEXTE.fullmatch(numero):
            return f"{LEGIFRANCE}/jorf/id/{numero}"
    return ""


def _read_date(racine: Element, nom: str) -> datetime.date | None:
    jour = parse_date(find_texte(racine, nom))
    return jour if jour and jour.year < _OUVERTE else None
