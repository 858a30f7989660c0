"""The Bulletin officiel des armées: the page of a text, by the order of its lines.

« Du 04 mai 2018 » stands after the title, then a NOR with a space after each letter, then « Référence de publication :
BOC n°30 du 26/7/2018 ».
"""

import datetime
import re
from collections.abc import Sequence

from importers.listings import PageLue, PageVue
from importers.listings.page_html import find_lignes, read_html
from importers.listings.refus import mise_en_page, vide
from importers.listings.titres import (
    TITRE_MAXIMUM,
    clean_titre,
    find_nature,
    find_nor,
    find_signature,
    is_act,
    names_act,
    speaks,
)
from importers.listings.vacance import says_nothing
from portal.domain.convention import Canal
from portal.domain.dates import find_dates, parse_date
from portal.domain.fold import fold
from portal.publications.entrees import Entree

CANAL = Canal.BULLETIN_OFFICIEL
DEPARTS: tuple[str, ...] = ()

_JOUR = re.compile(r"du\s.{6,30}", re.IGNORECASE)
_NOR = re.compile(r"nor\b", re.IGNORECASE)
_REFERENCE = re.compile(r"r[ée]f[ée]rence de publication\b", re.IGNORECASE)
_TITRE_LIGNES = 6
"""Lines before the date that a title may take."""
_COURTE = 40
"""Characters after a label: its value may stand on the next line."""


def read_page(page: PageVue) -> PageLue:
    """Reads the page of a text. Raises `ListeBloquee`."""
    html = read_html(page)
    textes = [ligne.texte for ligne in find_lignes(html.racine, tout=True)]
    rang, jour = _find_jour(textes)
    reference = next((rang for rang, texte in enumerate(textes) if _REFERENCE.match(texte)), None)
    nor = next(
        (nor for rang, texte in enumerate(textes) if _NOR.match(texte) and (nor := _read_nor(textes, rang))), None
    )
    if rang is None and reference is None and nor is None:
        if not textes or says_nothing(textes):
            raise vide("La page ne montre aucun texte")
        raise mise_en_page("Ni date, ni numéro NOR, ni référence de publication dans cette page du bulletin")
    titre = _find_titre(textes, rang)
    if not (
        titre and (names_act(titre) or (is_act(titre) and any("delegation de gestion" in fold(t) for t in textes)))
    ):
        return PageLue()
    entree = Entree(
        titre=titre,
        url=html.adresse,
        date=jour or find_signature(titre),
        date_publication=None if reference is None else _find_date(textes[reference : reference + 2]),
        nor=nor,
        nature=find_nature(titre),
    )
    return PageLue((entree,))


def _find_jour(textes: Sequence[str]) -> tuple[int | None, datetime.date | None]:
    """The line that is only « Du 04 mai 2018 »."""
    for rang, texte in enumerate(textes):
        jour = parse_date(texte) if len(texte) < _COURTE and _JOUR.fullmatch(texte) else None
        if jour:
            return rang, jour
    return None, None


def _read_nor(textes: Sequence[str], rang: int) -> str | None:
    return find_nor(textes[rang]) or (find_nor(textes[rang + 1]) if rang + 1 < len(textes) else None)


def _find_titre(textes: Sequence[str], rang: int | None) -> str:
    """The title, which may take several lines up to the date; without a date, the first line that is one."""
    if rang is None:
        return clean_titre(next((texte for texte in textes if names_act(texte)), ""))
    for debut in range(rang - 1, max(-1, rang - 1 - _TITRE_LIGNES), -1):
        if is_act(textes[debut]):
            return clean_titre(" ".join(textes[debut:rang]))[:TITRE_MAXIMUM]
    candidats = [texte for texte in textes[max(0, rang - _TITRE_LIGNES) : rang] if speaks(texte)]
    return clean_titre(candidats[-1]) if candidats else ""


def _find_date(lignes: Sequence[str]) -> datetime.date | None:
    return next((trouvee.date for ligne in lignes for trouvee in find_dates(ligne[:TITRE_MAXIMUM])), None)
