"""The next page of a listing in HTML, by what its link says."""

import re
from urllib.parse import urlsplit

from importers.listings.page_html import Element, PageHtml
from portal.domain.fold import fold

_SUIVANTE = re.compile(r"(?:page |aller a la page )?suivante?s?(?: page)?[ ›»>]*|next(?: page)?[ ›»>]*")
_AUTRE = re.compile(r"(?:page |aller a la page )?precedente?s?(?: page)?|(?:premiere|derniere) page|page \d{1,5}")


def find_suivante(html: PageHtml) -> tuple[str, ...]:
    """Give the address of the next page, on the same site, in a tuple; an empty one where none follows.

    A saved page that does not say where it comes from still says that one follows, by the link as it is written.
    """
    for lien in html.racine.iter("a", "link"):
        if not _is_next(lien):
            continue
        if not html.base:
            return (lien.get("href", ""),)
        adresse = html.join(lien.get("href"))
        if adresse and adresse != html.adresse and urlsplit(adresse).netloc == urlsplit(html.base).netloc:
            return (adresse,)
    return ()


def is_alone(html: PageHtml) -> bool:
    """Say whether the listing is on this page alone: no link leads to another of its pages."""
    return not any(_is_next(lien) or any(map(_AUTRE.fullmatch, _names(lien))) for lien in html.racine.iter("a", "link"))


def _is_next(lien: Element) -> bool:
    if not lien.get("href"):
        return False
    return "next" in lien.get("rel", "").lower().split() or any(map(_SUIVANTE.fullmatch, _names(lien)))


def _names(lien: Element) -> list[str]:
    """What a link is called: its text, its title, and what is read aloud."""
    noms = ("".join(map(str, lien.itertext()))[:200], lien.get("title", ""), lien.get("aria-label", ""))
    return [fold(" ".join(nom.split())) for nom in noms if nom]
