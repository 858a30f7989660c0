"""The listing of délégations de gestion of the Government's site, saved by someone: a page, or a table in CSV.

Its layout is not known, and nothing of it is supposed: rows are read by what they say.
"""

import re
from collections.abc import Sequence
from typing import NoReturn

from importers.documents.page_web import find_text
from importers.listings import PageLue, PageVue
from importers.listings.liste_csv import read_csv
from importers.listings.page_html import BEAUCOUP, PageHtml, find_lignes, is_html, read_html
from importers.listings.pagination import find_suivante, is_alone
from importers.listings.rangees import find_entrees
from importers.listings.refus import mise_en_page, tronquee, vide
from importers.listings.titres import names_act
from importers.listings.vacance import says_nothing
from portal.domain.convention import Canal
from portal.domain.fold import fold

CANAL = Canal.GOUVERNEMENT
DEPARTS: tuple[str, ...] = ()
ENTIERE = True

_TOTAL_MAXIMUM = 80
"""Characters of the line that announces a number of acts."""
_TOTAL = re.compile(
    r"(?:\d{1,5} ?[-–a] ?\d{1,5} (?:sur|/) )?(?P<total>\d{1,5}) (?:conventions?|delegations?|actes?|resultats?)"
    r"(?: de delegation de gestion| de gestion| trouve(?:e?s)?)?[ .:]*"
)


def read_page(page: PageVue) -> PageLue:
    """Reads a page of the listing, or a table of it in CSV. Raises `ListeBloquee`."""
    if not is_html(page) and not page.contenu.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"<"):
        return PageLue(read_csv(page))
    html = read_html(page)
    entrees = find_entrees(html, find_text(html.racine))
    textes = [ligne.texte for ligne in find_lignes(html.racine, tout=True)]
    if not entrees:
        _explain(html, textes)
    suivantes, total = find_suivante(html), _find_total(textes, len(entrees))
    if total is not None and total > len(entrees) and is_alone(html):
        raise tronquee(f"La page annonce {total} actes, en montre {len(entrees)}, et ne mène à aucune autre")
    return PageLue(tuple(entrees), total, suivantes)


def _find_total(textes: Sequence[str], ici: int) -> int | None:
    """The number of acts that a line announces: « 12 conventions ». Several lines count parts of the listing, and a
    number that this page alone goes beyond counts something else.
    """
    lus = [lu for texte in textes if len(texte) < _TOTAL_MAXIMUM and (lu := _TOTAL.fullmatch(fold(texte)))]
    totaux = {int(lu["total"]) for lu in lus}
    total = totaux.pop() if len(totaux) == 1 else None
    return total if total is not None and total >= ici else None


def _explain(html: PageHtml, textes: Sequence[str]) -> NoReturn:
    if says_nothing(textes) or not textes:
        raise vide("La liste ne montre aucun acte")
    if html.count_liens() >= BEAUCOUP or any(map(names_act, textes)):
        raise mise_en_page("Aucune ligne de la page ne se lit comme une délégation de gestion")
    raise vide("La page ne montre aucun acte")
