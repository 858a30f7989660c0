"""data.gouv.fr: the pages of `datasets/` of its API, version 1.

A dataset may be one act, or hold one act a resource: where the title of a resource says that it is one, each such
resource is an entry, else the dataset is. The extras `delegation:nor` and `delegation:empreinte` (the SHA-256 of what
the portal transmitted) are those of the resource, or of the dataset.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from importers.listings import PageLue, PageVue
from importers.listings.donnees_json import as_object, as_objects, as_text, read_json
from importers.listings.page_html import is_web, join_address
from importers.listings.refus import mise_en_page, tronquee, vide
from importers.listings.titres import clean_titre, find_nature, find_nor, find_signature, names_act
from portal.domain.convention import Canal
from portal.domain.dates import find_dates
from portal.publications.entrees import Entree

API = "https://www.data.gouv.fr/api/1/"

CANAL = Canal.DATA_GOUV
DEPARTS: tuple[str, ...] = (f"{API}datasets/?q=d%C3%A9l%C3%A9gation+de+gestion&page_size=100",)

Objet = Mapping[str, Any]

_EMPREINTE = re.compile(r"[0-9a-f]{64}")


def read_page(page: PageVue) -> PageLue:
    """Reads a page of datasets. Raises `ListeBloquee`."""
    lu = read_json(page)
    total, donnees = lu.get("total"), lu.get("data")
    if not isinstance(donnees, list) or not isinstance(total, int) or "next_page" not in lu:
        raise mise_en_page("La réponse n'a pas les clés attendues (data, next_page, total)")
    jeux = as_objects(donnees)
    if len(jeux) != len(donnees) or not all("title" in jeu for jeu in jeux):
        raise mise_en_page("La réponse contient autre chose que des jeux de données")
    suivante = _find_suivante(page, as_text(lu["next_page"]))
    if not suivante and _count_lus(lu, len(jeux)) < total:
        raise tronquee(f"La réponse annonce {total} jeux de données et s'arrête avant")
    if not jeux:
        raise vide("La recherche ne donne aucun jeu de données")
    return PageLue(tuple(entree for jeu in jeux for entree in _read_jeu(jeu)), suivantes=suivante)


def _count_lus(lu: Objet, ici: int) -> int:
    """How many datasets were shown up to the end of this page."""
    numero, taille = lu.get("page"), lu.get("page_size")
    if isinstance(numero, int) and isinstance(taille, int):
        return max(0, numero - 1) * max(0, taille) + ici
    return ici


def _find_suivante(page: PageVue, adresse: str) -> tuple[str, ...]:
    """The address of the next page, on the same host only."""
    base = page.url if is_web(page.url) else API
    suivante = join_address(base, adresse)
    return (suivante,) if suivante and urlsplit(suivante).netloc == urlsplit(base).netloc else ()


def _read_jeu(jeu: Objet) -> Iterator[Entree]:
    if jeu.get("deleted"):
        return
    actes = [ressource for ressource in as_objects(jeu.get("resources")) if names_act(as_text(ressource.get("title")))]
    titre = as_text(jeu.get("title"))
    for ressource in actes:
        extras = (ressource, jeu) if len(actes) == 1 else (ressource,)
        yield _make_entree(ressource, ressource, _url_of_ressource(ressource, jeu), extras)
    if not actes and names_act(titre):
        fichier = next(iter(as_objects(jeu.get("resources"))), {})
        yield _make_entree(jeu, fichier, _url_of_jeu(jeu), (jeu,))


def _read_nor(porteurs: Sequence[Objet]) -> str | None:
    nors = (find_nor(_read_extra(porteur, "delegation:nor").upper()) for porteur in porteurs)
    return next(filter(None, nors), None)


def _read_empreinte(porteurs: Sequence[Objet]) -> str:
    empreintes = (_read_extra(porteur, "delegation:empreinte").lower() for porteur in porteurs)
    return next(filter(_EMPREINTE.fullmatch, empreintes), "")


def _read_extra(objet: Objet, nom: str) -> str:
    return as_text(as_object(objet.get("extras")).get(nom))


def _make_entree(objet: Objet, fichier: Objet, url: str, porteurs: Sequence[Objet]) -> Entree:
    """The entry of an object; its extras are those of the first of `porteurs` that has them."""
    titre = clean_titre(as_text(objet.get("title")))
    return Entree(
        titre=titre,
        url=url,
        date=find_signature(titre),
        date_publication=_find_date(objet.get("published") or objet.get("created_at")),
        nor=_read_nor(porteurs) or find_nor(titre),
        nature=find_nature(titre),
        document=join_address("", as_text(fichier.get("url"))),
        empreinte=_read_empreinte(porteurs),
    )


def _url_of_jeu(jeu: Objet) -> str:
    """The page of a dataset; where the answer does not give it, its address in the API."""
    page = join_address("", as_text(jeu.get("page")))
    numero = as_text(jeu.get("id")) or as_text(jeu.get("slug"))
    return page or (join_address(API, f"datasets/{numero}/") if numero else "")


def _url_of_ressource(ressource: Objet, jeu: Objet) -> str:
    """The lasting address of a resource; where the answer does not give it, its place in the page of the dataset."""
    lien, numero, page = as_text(ressource.get("latest")), as_text(ressource.get("id")), _url_of_jeu(jeu)
    return join_address("", lien) or (f"{page}#/resources/{numero}" if page and numero else page)


def _find_date(valeur: object) -> datetime.date | None:
    return next((trouvee.date for trouvee in find_dates(as_text(valeur).partition("T")[0])), None)
