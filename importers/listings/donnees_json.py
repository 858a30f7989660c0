"""JSON that a site answered, and its values whatever their shape."""

import json
from collections.abc import Mapping
from typing import Any

from importers.listings import PageVue
from importers.listings.encodage import clean, decode
from importers.listings.page_html import is_html, read_html
from importers.listings.refus import check_contenu, check_statut, mise_en_page, tronquee

TEXTE_MAXIMUM = 2_000
"""Characters of a value: no title or address is longer."""


def read_json(page: PageVue) -> Mapping[str, Any]:
    """Give the object that a page holds. Raises `ListeBloquee`."""
    if is_html(page):
        read_html(page)
        raise mise_en_page("Une page web a été reçue là où des données sont attendues")
    check_statut(page)
    check_contenu(page)
    texte = decode(page).strip()
    try:
        lu = json.loads(texte)
    except RecursionError as error:
        raise mise_en_page("Les données sont imbriquées à l'excès") from error
    except json.JSONDecodeError as error:
        raise _explain(texte, error) from error
    except ValueError as error:
        raise mise_en_page("Les données contiennent un nombre démesuré") from error
    if not isinstance(lu, dict):
        raise mise_en_page("Les données reçues ne sont pas celles d'une liste")
    return lu


def as_text(valeur: object) -> str:
    """Give the text of a value: itself, the first of a list, or the `value` or `url` of an object; "" for no text."""
    if isinstance(valeur, list):
        valeur = valeur[0] if valeur else ""
    if isinstance(valeur, dict):
        valeur = valeur.get("value") or valeur.get("url") or ""
    if isinstance(valeur, bool) or not isinstance(valeur, str | int):
        return ""
    return clean(str(valeur)[:TEXTE_MAXIMUM])


def as_objects(valeur: object) -> list[Mapping[str, Any]]:
    """Give the objects of a list; none where it is no list."""
    return [element for element in valeur if isinstance(element, dict)] if isinstance(valeur, list) else []


def as_object(valeur: object) -> Mapping[str, Any]:
    """Give an object, empty where the value is none."""
    return valeur if isinstance(valeur, dict) else {}


def _explain(texte: str, error: json.JSONDecodeError) -> Exception:
    commence = texte.startswith(("{", "["))
    coupe = error.pos >= len(texte) or not texte.endswith(("}", "]"))
    if commence and coupe:
        return tronquee("Les données reçues sont coupées avant leur fin")
    return mise_en_page("Ce qui a été reçu n'est pas du JSON")
