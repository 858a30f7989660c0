"""The text of an article as safe HTML: paragraphs, lists, tables and links, nothing else.

A line is a paragraph; lines that start with a dash or a bullet are a list; lines with tabs are a table.
Every character of the source is escaped: no markup of a document ever reaches the page.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

_PUCE = re.compile(r"^\s*[-–—•▪◦*·]\s+(?=\S)")
# The closing signs of a sentence are not part of the address before them.
_ADRESSE = re.compile(r"<?(https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]'’])>?")

# A table wider than a phone scrolls in its frame, which the keyboard can reach.
_TABLEAU = (
    '<div class="fr-table fr-table--sm"><div class="fr-table__wrapper">'
    '<div class="fr-table__container" tabindex="0" role="group" aria-label="Tableau"><div class="fr-table__content">'
    "<table>{}<tbody>{}</tbody></table></div></div></div></div>"
)


def render_corps(texte: str) -> SafeString:
    """The HTML of a body; empty for an empty text."""
    lignes = [ligne.rstrip() for ligne in texte.splitlines() if ligne.strip()]
    groupes = ((_RENDUS[genre](list(groupe)),) for genre, groupe in groupby(lignes, key=_genre))
    return format_html_join("", "{}", groupes)


def render_ligne(texte: str) -> SafeString:
    """One line, escaped, its web addresses made links."""
    return format_html_join("", "{}", ((morceau,) for morceau in _morceaux(texte)))


def _genre(ligne: str) -> str:
    if "\t" in ligne:
        return "tableau"
    return "liste" if _PUCE.match(ligne) else "paragraphe"


def _morceaux(texte: str) -> Iterator[SafeString]:
    debut = 0
    for trouvee in _ADRESSE.finditer(texte):
        yield escape(texte[debut : trouvee.start()])
        yield format_html('<a href="{0}" rel="nofollow noopener external">{0}</a>', trouvee[1])
        debut = trouvee.end()
    yield escape(texte[debut:])


def _render_paragraphes(lignes: list[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((render_ligne(ligne.strip()),) for ligne in lignes))


def _render_liste(lignes: list[str]) -> SafeString:
    points = ((render_ligne(_PUCE.sub("", ligne)),) for ligne in lignes)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", points))


def _render_tableau(lignes: list[str]) -> SafeString:
    rangs = [[cellule.strip() for cellule in ligne.split("\t")] for ligne in lignes]
    largeur = max(len(rang) for rang in rangs)
    rangs = [rang + [""] * (largeur - len(rang)) for rang in rangs]
    # A first row without a name of its own (« | AE | CP ») names the columns; otherwise the rows name themselves.
    entete = rangs.pop(0) if not rangs[0][0] and len(rangs) > 1 else []
    corps = format_html_join("", "<tr>{}</tr>", ((_render_rang(rang),) for rang in rangs))
    return format_html(_TABLEAU, _render_entete(entete), corps)


def _render_entete(entete: list[str]) -> SafeString:
    if not entete:
        return SafeString("")
    colonnes = format_html_join("", '<th scope="col">{}</th>', ((nom,) for nom in entete[1:]))
    return format_html("<thead><tr><td></td>{}</tr></thead>", colonnes)


def _render_rang(rang: list[str]) -> SafeString:
    nom, *valeurs = rang
    cellules = format_html_join("", "<td>{}</td>", ((render_ligne(valeur),) for valeur in valeurs))
    return format_html('<th scope="row">{}</th>{}', render_ligne(nom), cellules)


_RENDUS = {"paragraphe": _render_paragraphes, "liste": _render_liste, "tableau": _render_tableau}
