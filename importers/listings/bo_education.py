"""The Bulletin officiel de l'éducation nationale, and that of higher education: the summary of an issue, or a text.

No class of these pages is known, so they are read by the order of their lines: rubric, title, « NOR : X », « Convention
du 15-7-2024 », issuer. The address of a text ends by its NOR in every generation, which tells a summary from a text.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from importers.listings import PageLue, PageVue
from importers.listings.page_html import BEAUCOUP, Ligne, PageHtml, find_lignes, read_html
from importers.listings.refus import mise_en_page, vide
from importers.listings.titres import (
    clean_titre,
    find_nature,
    find_nor,
    find_signature,
    is_act,
    is_rubric,
    names_act,
    speaks,
)
from importers.listings.vacance import says_nothing
from portal.domain.convention import Canal
from portal.domain.dates import find_dates
from portal.domain.fold import fold
from portal.domain.identifiers import NOR
from portal.publications.entrees import Entree

CANAL = Canal.BULLETIN_OFFICIEL
DEPARTS: tuple[str, ...] = ()

_NOR = re.compile(r"\(?\s?nor\s?:?\s{0,3}(?P<nor>[A-Z]{4}\d{7}[A-Z])\b", re.IGNORECASE)
_TYPE = re.compile(
    r"(?P<type>(?:Convention|Autre texte|Avenant|Charte|Délégation|Protocole|Arrêté|Décision|Décret"
    r"|Circulaire|Instruction|Note de service|Avis)\b[^;:(]{0,60}?)\s+du\s$"
)
_EMETTEUR = re.compile(r"[A-Z]{2}[A-Za-z,/ ]{0,30}\s[–—-]\s\S")
_NUMERO = re.compile(r"(?:bulletin officiel|\bb\.?o\.?)\b.{0,60}?\bn[°o]\s?\w{1,12}.{0,20}?\bdu\s", re.IGNORECASE)
_VU = re.compile(r"vus?\b", re.IGNORECASE)
_FAIT = re.compile(r"fait\s(?:à\s.{1,60}?,?\s)?le\s", re.IGNORECASE)
_TYPE_MAXIMUM = 200
"""Characters at the end of a line in which its kind and its day are."""
_LIGNES_DU_NUMERO = 200
"""Lines at the head of a page in which the issue is named."""
_LIGNES_D_UN_ACTE = 4
"""Lines after a title: NOR, type and date, issuer, and one that a bulletin may add."""


@dataclass(slots=True)
class _Acte:
    """What the lines of a summary say of one text."""

    nor: str
    titre: str
    url: str
    rubrique: str
    lignes: list[str] = field(default_factory=list)


def read_page(page: PageVue) -> PageLue:
    """Reads a summary or a text of an issue. Raises `ListeBloquee`."""
    html = read_html(page)
    lignes = find_lignes(html.racine, tout=True)
    textes = [ligne.texte for ligne in lignes]
    nor = _nor_of_address(html.adresse) or _nor_of_address(page.url)
    rang = _find_rang(textes, nor)
    actes = _find_actes(html, lignes)
    if rang is not None and (nor or find_nor(textes[rang].upper()) not in {acte.nor for acte in actes}):
        return _read_text(html, textes, rang)
    if actes and not nor:
        return _read_summary(actes, _find_publication(textes))
    if says_nothing(textes) or not textes:
        raise vide("Le sommaire n'annonce aucun texte")
    if html.count_liens() < BEAUCOUP and not any(map(speaks, textes)):
        raise vide("La page ne montre ni texte ni sommaire")
    raise mise_en_page("Aucun numéro NOR n'a été trouvé dans cette page du bulletin")


def _nor_of_address(adresse: str) -> str:
    """Give the NOR by which the address of a text ends: « …/bo/20/Hebdo49/MENF2034793X.htm »."""
    try:
        nom = PurePosixPath(unquote(urlsplit(adresse).path)).name
    except ValueError:
        return ""
    code = NOR.normalise(nom.partition(".")[0])
    return code if NOR.accepts(code) else ""


def _find_rang(textes: Sequence[str], nor: str) -> int | None:
    """The rank of the line that prints the NOR of the text: that of the address where it is known."""
    trouves = [(rang, lu["nor"].upper()) for rang, texte in enumerate(textes) if (lu := _NOR.match(texte))]
    return next((rang for rang, code in trouves if not nor or code == nor), None)


def _read_text(html: PageHtml, textes: Sequence[str], rang: int) -> PageLue:
    titre = clean_titre(textes[rang - 1]) if rang else ""
    if not titre:
        raise mise_en_page("Le texte n'a pas de titre avant son numéro NOR")
    genre, jour = _read_type(texte for texte in textes[rang : rang + 3] if not _VU.match(texte))
    rubrique = next((texte for texte in reversed(textes[max(0, rang - 4) : rang - 1]) if is_rubric(texte)), "")
    dit = names_act(titre) or bool(rubrique)
    corps = any(_cites(texte) for texte in textes[rang + 1 :])
    if not dit and not (corps and (is_act(titre) or is_act(genre))):
        return PageLue()
    entree = Entree(
        titre=titre,
        url=html.adresse,
        date=jour or find_signature(titre) or _find_fait(textes[rang:]),
        date_publication=_find_publication(textes[:rang]),
        nor=find_nor(textes[rang].upper()),
        nature=find_nature(titre, genre, rubrique),
    )
    return PageLue((entree,))


def _cites(texte: str) -> bool:
    """Say whether a paragraph speaks of délégation de gestion, the decree of 2004 included: such an act cites it."""
    return "delegation de gestion" in fold(texte)


def _find_actes(html: PageHtml, lignes: Sequence[Ligne]) -> list[_Acte]:
    """The texts that a summary links to, each once, with the lines that follow its title."""
    actes: dict[str, _Acte] = {}
    entete: list[str] = []
    rubrique, courant = "", None
    for ligne in lignes:
        url, nor = _find_lien(html, ligne)
        if nor and nor not in actes:
            nu = ligne.texte if NOR.normalise(ligne.texte) != nor else entete.pop() if entete else ""
            rubrique = entete[-1] if entete else rubrique
            titre = clean_titre(_NOR.sub("", _text_of_lien(ligne, nor) or nu)) or nu
            courant, entete = _Acte(nor, titre, url, rubrique, [ligne.texte.replace(titre, "", 1)]), []
            actes[nor] = courant
        elif courant is not None and (nor == courant.nor or _is_detail(ligne.texte, courant)):
            courant.lignes.append(ligne.texte)
        else:
            entete.append(ligne.texte)
    return list(actes.values())


def _find_lien(html: PageHtml, ligne: Ligne) -> tuple[str, str]:
    for ancre in ligne.ancres:
        nor = _nor_of_address(ancre.get("href", ""))
        if nor:
            return html.join(ancre.get("href")), nor
    return "", ""


def _text_of_lien(ligne: Ligne, nor: str) -> str:
    """The text of the link to a text; "" where it is the NOR itself."""
    for ancre in ligne.ancres:
        texte = " ".join("".join(map(str, ancre.itertext())).split())
        if _nor_of_address(ancre.get("href", "")) == nor and not NOR.accepts(texte):
            return texte
    return ""


def _is_detail(texte: str, acte: _Acte) -> bool:
    if len(acte.lignes) > _LIGNES_D_UN_ACTE or is_rubric(texte):
        return False
    return bool(_NOR.match(texte) or _EMETTEUR.match(texte)) or _read_type([texte])[1] is not None


def _read_summary(actes: Sequence[_Acte], publication: datetime.date | None) -> PageLue:
    entrees, suivantes = [], []
    for acte in actes:
        genre, jour = _read_type(acte.lignes)
        if names_act(acte.titre) or is_rubric(acte.rubrique):
            nature = find_nature(acte.titre, genre, acte.rubrique)
            jour = jour or find_signature(acte.titre)
            entrees.append(Entree(acte.titre, acte.url, jour, publication, acte.nor, nature=nature))
        elif is_act(genre) and acte.url:
            suivantes.append(acte.url)
    return PageLue(tuple(entrees), suivantes=tuple(suivantes))


def _read_type(lignes: Iterable[str]) -> tuple[str, datetime.date | None]:
    """The kind and the day of a text, from « Convention du 15-7-2024 »."""
    for ligne in lignes:
        for trouvee in find_dates(ligne[-_TYPE_MAXIMUM:]):
            lu = _TYPE.search(ligne[-_TYPE_MAXIMUM:][: trouvee.debut])
            if lu:
                return lu["type"], trouvee.date
    return "", None


def _find_publication(lignes: Sequence[str]) -> datetime.date | None:
    """The day of the issue, where the page prints « Bulletin officiel n° 30 du 25 juillet 2024 »."""
    for ligne in lignes[:_LIGNES_DU_NUMERO]:
        lu = _NUMERO.search(ligne[:300])
        date = next(find_dates(ligne[lu.end() : lu.end() + 40]), None) if lu else None
        if date and date.debut == 0:
            return date.date
    return None


def _find_fait(lignes: Sequence[str]) -> datetime.date | None:
    """The day of « Fait à Paris, le 3 mai 2010 », for the generations that print no other."""
    for ligne in reversed(lignes):
        lu = _FAIT.match(ligne)
        date = next(find_dates(ligne[lu.end() : lu.end() + 40]), None) if lu else None
        if date and date.debut == 0:
            return date.date
    return None
