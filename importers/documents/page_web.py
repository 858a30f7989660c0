"""What of a web page belongs to the act: the navigation, the banners, the buttons and the footer of the site do not.

A saved page tells by its elements, its roles, and the words of its classes; where it tells nothing, by the phrases that
all sites print around a text. What holds the main title is never left out.
"""

import re
from collections.abc import Iterator

from lxml import etree

Element = etree._Element

_ELEMENTS = frozenset(
    "script style noscript template nav aside button select textarea input dialog svg iframe object embed audio video "
    "canvas map head link meta datalist optgroup progress meter rp rt".split()
)
_HORS_DU_TEXTE = ("header", "footer")
"""Elements that belong to the site, unless the title of the act is inside."""

_PROGRAMMES = ("script", "style", "noscript", "template")
_FORMULAIRE = 300
"""A form with fewer characters asks for something; one with more wraps the page."""

_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar tablist button alert".split()
)
_MOTS = frozenset(
    "breadcrumb breadcrumbs ariane cookie cookies tarteaucitron consent consentement rgpd gdpr axeptio didomi share "
    "sharing partage partager addtoany skiplink skiplinks skip evitement sidemenu sidebar pagination pager footer navbar "
    "nav navigation menu toolbar newsletter abonnement follow modal modale tooltip screenreader noprint "
    "toc pied bandeau reseaux".split()
)
_PREFIXES_DSFR = ("fr-header", "fr-footer", "fr-nav", "fr-summary", "fr-notice", "fr-transcription")
_MOT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BARRE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_POUR_LECTEURS = frozenset(("fr-sr-only", "sr-only", "visually-hidden"))
"""Classes of what is only said aloud."""
_PHRASES = re.compile(
    r"(?:aller|accéder|passer) (?:au|à la|directement au) (?:contenu|menu|recherche|navigation|pied de page)(?: principale?)?"
    r"|(?:retour |revenir )?(?:en |au )?haut de (?:la )?page|retour (?:au sommaire|à l'accueil|à la liste|en haut)|partager(?: (?:la page|cette page|sur \w+|cet article|par \w+))?"
    r"|imprimer(?: (?:la page|cette page|ce texte))?|(?:copier|télécharger) (?:le lien|le texte|l'extrait|la page|dans le presse-papiers?)"
    r"|(?:replier|déplier)(?: (?:tout|le sommaire))?|naviguer dans le sommaire|liens relatifs|versions?|texte (?:précédent|suivant)"
    r"|article (?:précédent|suivant)|vous êtes ici ?:?|envoyer (?:par (?:courriel|e-?mail)|à un ami)|s'abonner(?: .{0,40})?|lien permanent"
    r"|accéder à la version (?:initiale|consolidée|en vigueur)|(?:extrait du )?journal officiel électronique authentifié.{0,60}",
    re.IGNORECASE,
)


def find_text(page: Element) -> Element:
    """The element that holds the act: the main one where the page names it and it holds most of the text."""
    corps = page.find(".//body")
    corps = page if corps is None else corps
    mains = [element for element in corps.iter() if element.tag == "main" or element.get("role") == "main"]
    articles = list(corps.iter("article"))
    longueurs = _measure(corps)
    for candidat in mains or (articles if len(articles) == 1 else []):
        if 2 * longueurs[candidat] > longueurs[corps]:
            return candidat
    return corps


def protect(racine: Element) -> frozenset[Element]:
    """The elements that hold the title, the main part or half of the text: they are left out for no reason."""
    tenus = [element for element in racine.iter("h1", "main")]
    ancetres = {ancetre for element in tenus for ancetre in (element, *element.iterancestors())}
    longueurs = _measure(racine)
    return frozenset(
        ancetres | {element for element, longueur in longueurs.items() if 2 * longueur > longueurs[racine]}
    )


def is_left_out(element: Element, proteges: frozenset[Element]) -> bool:
    """Say whether an element belongs to the site."""
    if not isinstance(element.tag, str) or element.tag in _ELEMENTS:
        return True
    if not _POUR_LECTEURS.isdisjoint(element.get("class", "").split()):
        return True
    if element.get("role", "").lower() in _ROLES or _is_of_site(element):
        return True
    if element in proteges:
        return False
    if element.tag == "form":
        return len("".join(map(str, element.itertext()))) < _FORMULAIRE
    return element.tag in _HORS_DU_TEXTE or any(mot in _MOTS for mot in _words(element))


def find_silence(element: Element) -> str:
    """Why nobody is to read an element, hidden (« masque ») or struck (« barre »); "" where all are."""
    style = element.get("style", "")
    if element.get("hidden") is not None or _INVISIBLE.search(style):
        return "masque"
    return "barre" if element.tag in ("del", "s", "strike") or _BARRE.search(style) else ""


def is_phrase_of_site(texte: str) -> bool:
    """Say whether a paragraph is one of those that sites print around a text."""
    return bool(_PHRASES.fullmatch(" ".join(texte.replace("’", "'").split()).rstrip(" .:")))


def _is_of_site(element: Element) -> bool:
    return element.get("class", "").lower().startswith(_PREFIXES_DSFR)


def _words(element: Element) -> Iterator[str]:
    for valeur in (element.get("class", ""), element.get("id", "")):
        yield from map(str.lower, _MOT.findall(valeur))


def _measure(racine: Element) -> dict[Element, int]:
    """The characters of text in each element, without those of programs and styles."""
    longueurs: dict[Element, int] = {}
    for _, element in etree.iterwalk(racine, events=("end",)):
        dedans = 0 if element.tag in _PROGRAMMES else len((element.text or "").strip())
        longueurs[element] = dedans + sum(longueurs[child] + len((child.tail or "").strip()) for child in element)
    return longueurs
