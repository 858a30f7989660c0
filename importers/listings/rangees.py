"""The rows of a listing in HTML, whatever its layout: cards, items of a list, paragraphs, headings, rows of a table.

No class is known. A row is an item, a row of a table, an article, or an element that stands beside others of its kind
that have links as it has; the outermost of these whose own text is the title of an act is the entry. Where there is
none, a heading that is such a title holds all up to the next heading, and a line that begins as one and has a link is
an entry by itself: nothing that the page shows is to be taken for absent.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from importers.listings.colonnes import CASES_MAXIMUM, Case, find_colonnes, is_file, read_rangee
from importers.listings.page_html import Element, Ligne, PageHtml, find_lignes
from importers.listings.titres import clean_titre, find_jours, find_nature, find_nor, find_signature, is_act, names_act
from portal.domain.dates import find_dates, parse_date
from portal.publications.entrees import Entree

LIGNES_MAXIMUM = 100
TEXTE_MAXIMUM = 5_000
"""Lines and characters of a row that are read: its title and its dates stand first."""

_TITRES = ("h1", "h2", "h3", "h4", "h5", "h6")
_RANGEES = ("li", "tr", "article")
_PARTIE = re.compile(r"(?:service )?(?:délégant|délégataire)e?s?\s?:\s?(.{2,300})", re.IGNORECASE)
_FICHIER = re.compile(r"\bpdf\b|télécharger", re.IGNORECASE)


def find_entrees(html: PageHtml, racine: Element) -> list[Entree]:
    """Give the entries that the rows of a page are, each once, in order."""
    autour = {ancetre for table in racine.iter("table") for ancetre in table.iterancestors("table")}
    simples = [table for table in racine.iter("table") if table not in autour]
    tables = {table: entrees for table in simples if (entrees := _read_table(table, html)) is not None}
    lecteur = _Rangees(racine)
    lignes = [ligne for ligne in find_lignes(racine) if not tables or _table_of(ligne.bloc) not in tables]
    groupes = lecteur.group(lignes)
    entrees = [entree for entrees in tables.values() for entree in entrees]
    entrees += [_read_groupe(groupe, html) for groupe in groupes]
    return list(dict.fromkeys(entrees))


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors("table"), None) if element.tag != "table" else element


class _Rangees:
    """Puts the lines of a page with the row that they are of."""

    def __init__(self, racine: Element) -> None:
        tenus = [element for element in racine.iter("h1", "main", "body")]
        self._site = {ancetre for element in tenus for ancetre in (element, *element.iterancestors())} | {racine}
        self._avec_lien = self._find_with_links(racine)
        self._rangees: dict[Element, Element | None] = {}
        self._titrees: dict[Element, Element | None] = {}
        self._semblables: dict[Element, dict[tuple[str, str], int]] = {}

    def group(self, lignes: Sequence[Ligne]) -> list[list[Ligne]]:
        """The lines of each entry, in order of their first."""
        rangees = [self._find_rangee(ligne.bloc) for ligne in lignes]
        nommees = [names_act(ligne.texte) for ligne in lignes]
        titrees = {rangee for rangee, nommee in zip(rangees, nommees, strict=True) if nommee and rangee is not None}
        groupes: defaultdict[Element | Ligne, list[Ligne]] = defaultdict(list)
        ouverte: Element | None = None
        for ligne, rangee, nommee in zip(lignes, rangees, nommees, strict=True):
            if self._is_heading(ligne):
                ouverte = ligne.bloc if nommee and rangee is None else None
            tenue = ouverte if ouverte is not None else self._find_outermost(rangee, titrees)
            if tenue is not None:
                groupes[tenue].append(ligne)
            elif nommee and ligne.ancres and is_act(clean_titre(ligne.texte)):
                groupes[ligne].append(ligne)
        return list(groupes.values())

    def _find_rangee(self, element: Element | None) -> Element | None:
        """The innermost row that holds an element, which may be itself."""
        chemin: list[Element] = []
        while element is not None and element not in self._rangees and not self._is_row(element):
            chemin.append(element)
            element = element.getparent()
        rangee = element if element is None else self._rangees.get(element, element)
        self._rangees.update(dict.fromkeys((*chemin, *([] if element is None else [element])), rangee))
        return rangee

    def _find_outermost(self, rangee: Element | None, titrees: set[Element]) -> Element | None:
        """The outermost row with a title of those that hold a row, which may be itself."""
        chemin: list[Element] = []
        while rangee is not None and rangee not in self._titrees:
            chemin.append(rangee)
            rangee = self._find_rangee(rangee.getparent())
        tenue = None if rangee is None else self._titrees[rangee]
        for autre in reversed(chemin):
            tenue = tenue if tenue is not None else autre if autre in titrees else None
            self._titrees[autre] = tenue
        return tenue

    def _is_heading(self, ligne: Ligne) -> bool:
        return ligne.bloc.tag in _TITRES

    def _is_row(self, element: Element) -> bool:
        if element in self._site or element.tag in _TITRES:
            return False
        return element.tag in _RANGEES or element.get("about") is not None or self._is_repeated(element)

    def _is_repeated(self, element: Element) -> bool:
        parent = element.getparent()
        if parent is None or element not in self._avec_lien or element.tag in ("a", "td", "th", "ul", "ol"):
            return False
        if parent not in self._semblables:
            compte: defaultdict[tuple[str, str], int] = defaultdict(int)
            for child in parent:
                if child in self._avec_lien:
                    compte[_kind(child)] += 1
            self._semblables[parent] = compte
        return self._semblables[parent].get(_kind(element), 0) > 1

    def _find_with_links(self, racine: Element) -> set[Element]:
        trouves: set[Element] = set()
        for lien in racine.iter("a"):
            for ancetre in lien.iterancestors():
                if ancetre in trouves:
                    break
                trouves.add(ancetre)
        return trouves


def _kind(element: Element) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")


def _read_groupe(lignes: Sequence[Ligne], html: PageHtml) -> Entree:
    ligne = next((ligne for ligne in lignes if ligne.ancres and names_act(ligne.texte)), None) or next(
        ligne for ligne in lignes if names_act(ligne.texte)
    )
    titre = _find_titre(ligne)
    lignes = lignes[:LIGNES_MAXIMUM]
    texte = "\n".join(ligne.texte for ligne in lignes)[:TEXTE_MAXIMUM]
    jours = find_jours(texte)
    page, document = _find_liens(lignes, html)
    return Entree(
        titre=titre,
        url=page or document,
        date=find_signature(titre) or jours.signature,
        date_publication=jours.publication or _find_jour_seul(lignes),
        nor=find_nor(texte),
        parties=tuple(lu[1] for ligne in lignes if (lu := _PARTIE.fullmatch(ligne.texte))),
        nature=find_nature(titre),
        document=document,
    )


def _find_titre(ligne: Ligne) -> str:
    """The text of the link that is a title, or of the whole line."""
    textes = (" ".join("".join(map(str, ancre.itertext())).split()) for ancre in ligne.ancres)
    return clean_titre(next((texte for texte in textes if names_act(texte) and texte in ligne.texte), ligne.texte))


def _find_liens(lignes: Sequence[Ligne], html: PageHtml) -> tuple[str, str]:
    """The addresses of the page of an act and of its file."""
    page = document = ""
    for ancre in dict.fromkeys(ancre for ligne in lignes for ancre in ligne.ancres):
        adresse = html.join(ancre.get("href"))
        if not adresse:
            continue
        texte = "".join(map(str, ancre.itertext()))[:TEXTE_MAXIMUM]
        if is_file(adresse) or ancre.get("download") is not None or _FICHIER.search(texte):
            document = document or adresse
        else:
            page = page or adresse
    return page, document


def _find_jour_seul(lignes: Sequence[Ligne]) -> datetime.date | None:
    """The day of a row that stands alone on its line, or in a `time`: that of the listing, not of the act."""
    for ligne in lignes:
        temps = ligne.bloc if ligne.bloc.tag == "time" else ligne.bloc.find("./time[@datetime]")
        if temps is not None and (jour := next(find_dates(temps.get("datetime", "")[:10]), None)):
            return jour.date
        seul = parse_date(ligne.texte) if len(ligne.texte) < 40 else None
        if seul:
            return seul
    return None


def _read_table(table: Element, html: PageHtml) -> list[Entree] | None:
    """The entries of a table of acts; None where its headers are not those of one."""
    rangees = list(_rows(table))
    rang, colonnes = 0, None
    while rang < len(rangees) and colonnes is None:
        if not any(case.tag == "th" for case in rangees[rang]):
            return None
        colonnes = find_colonnes([case.texte for case in _read_cases(rangees[rang], html)])
        rang += 1
    if colonnes is None:
        return None
    lues = (read_rangee(_read_cases(rangee, html), colonnes) for rangee in rangees[rang:])
    return [entree for entree in lues if entree]


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def _read_cases(rangee: Element, html: PageHtml) -> list[Case]:
    cases = [case for case in rangee if case.tag in ("td", "th")][:CASES_MAXIMUM]
    return [_read_case(case, html) for case in cases]


def _read_case(case: Element, html: PageHtml) -> Case:
    liens = (html.join(lien.get("href")) for lien in case.iter("a"))
    texte = " ".join(ligne.texte for ligne in find_lignes(case, tout=True))
    return Case(texte, tuple(lien for lien in liens if lien))
