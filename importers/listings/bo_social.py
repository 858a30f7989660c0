"""The bulletins officiels of the social ministries: the sitemap, the JSON of a page, and the listing pages.

The locations of the sitemap carry an internal host: only their paths are kept. The JSON of a page gives its NOR, its
day of signature and its day of publication.

The sitemap names every page that the site shows, so a reading that starts from it is whole. It tells acts by their
address alone, which an editor of the site may change: an act is held absent only where its own page is gone too.
"""

import datetime
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from importers.listings import PageLue, PageVue
from importers.listings.donnees_json import as_text, read_json
from importers.listings.donnees_xml import local_name, read_xml
from importers.listings.encodage import clean
from importers.listings.page_html import Element, PageHtml, find_lignes, is_html, is_web, read_html
from importers.listings.pagination import find_suivante
from importers.listings.refus import is_gone, mise_en_page, vide
from importers.listings.titres import clean_titre, find_jours, find_nature, find_nor, find_signature, names_act
from importers.listings.vacance import says_nothing
from portal.domain.convention import Canal
from portal.domain.dates import find_dates
from portal.publications.entrees import Entree

SITE = "https://bulletins-officiels.social.gouv.fr"

CANAL = Canal.BULLETIN_OFFICIEL
DEPARTS: tuple[str, ...] = (f"{SITE}/sitemap.xml",)
ENTIERE = True

_TEXTE = re.compile(r"[?&]_format=json(?:[&#]|$)")
"""The address of the JSON of one text."""
_CHEMINS = ("delegation-de-gestion", "delegations-de-gestion", "delegation-gestion")
_CLES = ("nid", "field_toptitle", "field_additional_date", "field_publication_date", "field_institutional")


def read_page(page: PageVue) -> PageLue:
    """Reads the sitemap, the JSON of a text, or a page of a listing. Raises `ListeBloquee`."""
    if _TEXTE.search(page.url) and is_gone(page):
        return PageLue(disparue=True)
    if is_html(page):
        return _read_listing(read_html(page))
    debut = page.contenu.lstrip(b"\xef\xbb\xbf\0 \t\r\n")[:1]
    return _read_sitemap(page) if debut == b"<" else _read_text(page)


def locate_page(url: str) -> str:
    """The address of the JSON of a text that was seen at `url`; "" for one that is not of this site."""
    return _json_of(url) if url.startswith(f"{SITE}/") else ""


def _read_sitemap(page: PageVue) -> PageLue:
    racine = read_xml(page)
    genre = local_name(racine)
    if genre not in ("urlset", "sitemapindex"):
        raise mise_en_page("Le XML reçu n'est pas un plan de site")
    adresses = [clean(loc.text or "") for loc in racine.iterfind("{*}*/{*}loc")]
    if not adresses:
        raise vide("Le plan du site ne nomme aucune page")
    if genre == "sitemapindex":
        return PageLue(suivantes=_unique(_on_site(adresse) for adresse in adresses))
    return PageLue(suivantes=_unique(_json_of(adresse) for adresse in adresses if _is_about(adresse)))


def _is_about(adresse: str) -> bool:
    return any(chemin in _path(adresse).lower() for chemin in _CHEMINS)


def _path(adresse: str) -> str:
    try:
        return urlsplit(adresse).path
    except ValueError:
        return ""


def _on_site(adresse: str) -> str:
    """The address on the public host."""
    chemin = _path(adresse)
    requete = urlsplit(adresse).query if chemin else ""
    return f"{SITE}{chemin}" + (f"?{requete}" if requete else "") if chemin.startswith("/") else ""


def _json_of(adresse: str) -> str:
    chemin = _path(adresse)
    return f"{SITE}{chemin}?_format=json" if chemin.startswith("/") else ""


def _unique(adresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, adresses)))


def _read_text(page: PageVue) -> PageLue:
    donnees = read_json(page)
    titre = clean_titre(as_text(donnees.get("title")))
    if not titre or not any(cle in donnees for cle in _CLES):
        raise mise_en_page("Les données de la page n'ont pas les clés attendues (title, nid, field_toptitle)")
    genre = as_text(donnees.get("field_institutional")).strip("/")
    if not names_act(titre):
        return PageLue()
    entree = Entree(
        titre=titre,
        url=_find_url(page.url, as_text(donnees.get("nid"))),
        date=_find_date(as_text(donnees.get("field_additional_date"))) or find_signature(titre),
        date_publication=_find_date(as_text(donnees.get("field_publication_date"))),
        nor=find_nor(as_text(donnees.get("field_toptitle"))),
        nature=find_nature(titre, genre),
    )
    return PageLue((entree,))


def _find_url(adresse: str, nid: str) -> str:
    """The address of the text: that of its JSON without its format; of a saved JSON, by its number."""
    if is_web(adresse):
        parties = urlsplit(adresse)
        requete = urlencode([paire for paire in parse_qsl(parties.query) if paire[0] != "_format"])
        return parties._replace(query=requete, fragment="").geturl()
    return f"{SITE}/node/{nid}" if nid.isdecimal() else ""


def _find_date(texte: str) -> datetime.date | None:
    """The day of « 2025-06-24 » or « 2025-06-24T10:00:00+02:00 »."""
    return next((trouvee.date for trouvee in find_dates(texte.partition("T")[0])), None)


def _read_listing(html: PageHtml) -> PageLue:
    """Reads the cards of a listing, which shows texts of every kind."""
    cartes = _find_cartes(html.racine)
    if not cartes:
        lignes = [ligne.texte for ligne in find_lignes(html.racine, tout=True)]
        if says_nothing(lignes) or not lignes:
            raise vide("La liste ne montre aucun texte")
        raise mise_en_page("La page ne montre aucune des cartes attendues")
    entrees = [entree for carte in cartes if (entree := _read_carte(carte, html))]
    return PageLue(tuple(dict.fromkeys(entrees)), suivantes=find_suivante(html))


def _find_cartes(racine: Element) -> list[Element]:
    """The innermost elements that say what they are about."""
    trouvees = [element for element in racine.iter() if element.get("about")]
    autour = {ancetre for element in trouvees for ancetre in element.iterancestors()}
    return [element for element in trouvees if element not in autour]


def _read_carte(carte: Element, html: PageHtml) -> Entree | None:
    lignes = [ligne.texte for ligne in find_lignes(carte, tout=True)]
    titre = next((clean_titre(ligne) for ligne in lignes if names_act(ligne)), "")
    if not titre:
        return None
    temps = carte.find(".//time[@datetime]")
    texte = "\n".join(lignes)
    return Entree(
        titre=titre,
        url=html.join(carte.get("about")) or urljoin(SITE, _path(carte.get("about", ""))),
        date=find_signature(titre) or find_jours(texte).signature,
        date_publication=None if temps is None else _find_date(temps.get("datetime", "")),
        nor=find_nor(texte),
        nature=find_nature(titre),
    )
