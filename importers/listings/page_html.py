"""A web page of a listing: parsed within bounds, its address, its links, and its lines of text in order."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from importers.documents.page_web import Element, find_silence, is_left_out, protect
from importers.listings import PageVue
from importers.listings.encodage import clean, decode
from importers.listings.refus import (
    check_contenu,
    check_interdit,
    check_longueur,
    check_statut,
    interdit,
    mise_en_page,
    tronquee,
)
from portal.domain.fold import any_of, fold

__all__ = ["Element", "Ligne", "PageHtml", "find_lignes", "is_html", "is_web", "join_address", "read_html"]

BEAUCOUP = 10
"""Links: a page that has as many shows something."""

_BALISES_MAXIMUM = 300_000
_ATTRIBUTS_MAXIMUM = 500
_BALISE = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_PROFONDEUR = "Excessive depth"
_ADRESSE_MAXIMUM = 2_000
_DEBUT = 4096
"""Bytes in which a page says that it is one, and where it was saved from."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_OUVERTE = re.compile(r"<html[\s>]", re.IGNORECASE)
_FERMEE = re.compile(r"</html\s*>", re.IGNORECASE)
_ENREGISTREE = re.compile(r"(?:saved from url=\(\d{1,5}\)|\burl:\s{0,3})(https?://[^\s<>\"]{1,1500})")

_CONTROLE_TITRE = re.compile(r"just a moment|un instant|attention required|access denied|acces (?:refuse|interdit)")
_CONTROLE_VU = any_of(
    "just a moment",
    "checking your browser",
    "access denied",
    "acces (?:refuse|interdit)",
    "(?:re)?captcha",
    r"verif\w{1,8} (?:that |que )?(?:you|vous) (?:are|etes) (?:a |un )?hum",
    "are you a robot",
    "(?:please )?enable (?:js|javascript) and",
)
_CONTROLE_ECRIT = re.compile(r"cf-challenge|cf_chl_|challenge-form|captcha-delivery|_Incapsula_Resource", re.IGNORECASE)
_COURTE = 1_500
"""Characters that people see of a page of control: a page of a bulletin that has a captcha elsewhere shows more."""

_MUETS = frozenset(re.findall("[a-z]+", "script style noscript template head svg select datalist iframe object"))
_EN_LIGNE = frozenset(
    re.findall(
        "[a-z]+",
        "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q s samp small span strong "
        "sub sup time tt u var wbr",
    )
)


@dataclass(frozen=True, slots=True)
class PageHtml:
    """A parsed page. `adresse` is where it stands on its site, `base` what its links start from, "" where nothing says
    it: a saved page may not.
    """

    racine: Element
    adresse: str
    base: str

    def join(self, lien: str | None) -> str:
        """Give the absolute web address of a link; "" where it is none, or where the page's own is not known."""
        return join_address(self.base, lien)

    def count_liens(self) -> int:
        """How many links the page has."""
        return sum(1 for lien in self.racine.iter("a") if lien.get("href"))


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line of text: the block that holds it, and the links in it, or around it."""

    texte: str
    bloc: Element
    ancres: tuple[Element, ...] = ()


def join_address(base: str, lien: str | None) -> str:
    """Give the absolute web address of a link of the page at `base`; "" where it is none."""
    lien = clean(lien or "")
    if not lien or lien.startswith("#") or len(lien) > _ADRESSE_MAXIMUM:
        return ""
    try:
        adresse = urljoin(base, lien)
        parties = urlsplit(adresse)
    except ValueError:
        return ""
    if parties.scheme not in ("http", "https") or not parties.netloc or len(adresse) > _ADRESSE_MAXIMUM:
        return ""
    return adresse


def is_web(url: str) -> bool:
    """Say whether an address is one of the web, and no path of a file."""
    return url.lower().startswith(("http://", "https://"))


def is_html(page: PageVue) -> bool:
    """Say whether the bytes of an answer are a web page."""
    return _HTML.search(page.contenu[:_DEBUT].replace(b"\0", b"")) is not None


def read_html(page: PageVue) -> PageHtml:
    """Parse a page that shows what it is asked for. Raises `ListeBloquee`."""
    check_interdit(page)
    check_longueur(page)
    source = decode(page).replace("\0", "")
    racine = _parse(source)
    if racine is not None and is_html(page) and _is_control(source, racine):
        raise interdit("page de contrôle")
    check_statut(page)
    check_contenu(page)
    if _OUVERTE.search(source) and not _FERMEE.search(source):
        raise tronquee("La page web est coupée avant sa fin")
    if racine is None:
        raise mise_en_page("Ce qui a été reçu n'est pas une page web")
    adresse = _find_address(page, source, racine)
    base = racine.find(".//base[@href]")
    return PageHtml(racine, adresse, adresse if base is None else join_address(adresse, base.get("href")) or adresse)


def find_lignes(racine: Element, *, tout: bool = False) -> list[Ligne]:
    """Give the lines of text of a page in order, without those of the site around it, unless `tout` is asked for."""
    lecteur = _Lignes(racine)
    proteges = frozenset() if tout else protect(racine)
    parcours = etree.iterwalk(racine, events=("start", "end"))
    for moment, element in parcours:
        if moment == "end":
            lecteur.end(element)
        elif _is_silent(element) or not (tout or not is_left_out(element, proteges)):
            lecteur.silence(element)
            parcours.skip_subtree()
        else:
            lecteur.start(element)
    lecteur.flush()
    return lecteur.lignes


class _Lignes:
    """Gathers the lines of a walk; a link may hold several lines, as that of a card does."""

    def __init__(self, racine: Element) -> None:
        self.lignes: list[Ligne] = []
        self._blocs = [racine]
        self._ouvertes: list[Element] = []
        self._ancres: list[Element] = []
        self._morceaux: list[str] = []
        self._muet: Element | None = None

    def start(self, element: Element) -> None:
        if element.tag == "a":
            self._ouvertes.append(element)
            self._ancres.append(element)
        elif element.tag not in _EN_LIGNE:
            self.flush()
            self._blocs.append(element)
        self._morceaux.append(element.text or "")

    def silence(self, element: Element) -> None:
        self._muet = element

    def end(self, element: Element) -> None:
        if element is self._muet:
            self._muet = None
            if element.tag not in _EN_LIGNE:
                self.flush()
        elif element.tag == "a":
            self._ouvertes.remove(element)
        elif element.tag not in _EN_LIGNE:
            self.flush()
            self._blocs.pop()
        self._morceaux.append(element.tail or "")

    def flush(self) -> None:
        texte = clean("".join(self._morceaux))
        if texte:
            self.lignes.append(Ligne(texte, self._blocs[-1], tuple(self._ancres)))
        self._morceaux, self._ancres = [], list(self._ouvertes)


def _is_silent(element: Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in _MUETS or bool(find_silence(element))


def _parse(source: str) -> Element | None:
    if source.count("<") > _BALISES_MAXIMUM:
        raise mise_en_page("La page est plus longue qu'aucune liste ne l'est")
    if any(len(balise.split()) > _ATTRIBUTS_MAXIMUM for balise in _BALISE.findall(source)):
        raise mise_en_page("La page contient une balise démesurée")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        racine: Element | None = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any(_PROFONDEUR in erreur.message for erreur in parser.error_log):
        raise mise_en_page("La page imbrique ses éléments à l'excès")
    return racine


def _is_control(source: str, racine: Element) -> bool:
    """Say whether a page is one that asks its reader to prove to be human, or shuts the door."""
    intitule = racine.find(".//title")
    titre = "" if intitule is None else fold(clean("".join(map(str, intitule.itertext()))))
    vu = fold(" ".join(ligne.texte for ligne in find_lignes(racine, tout=True)))
    if len(vu) > _COURTE:
        return False
    return bool(_CONTROLE_TITRE.match(titre) or _CONTROLE_VU.search(vu) or _CONTROLE_ECRIT.search(source))


def _find_address(page: PageVue, source: str, racine: Element) -> str:
    """The address of a page; of a saved one, what the page says of itself."""
    if is_web(page.url):
        return page.url
    enregistree = _ENREGISTREE.search(source[:_DEBUT])
    candidats = [lien.get("href") for lien in racine.iter("link") if lien.get("rel", "").lower() == "canonical"]
    candidats += [enregistree[1]] if enregistree else []
    candidats += [meta.get("content") for meta in racine.iter("meta") if meta.get("property") == "og:url"]
    candidats += [base.get("href") for base in racine.iter("base")]
    return next((adresse for candidat in candidats if (adresse := join_address("", candidat))), "")
