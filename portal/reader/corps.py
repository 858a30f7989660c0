"""The text of an article as safe HTML: paragraphs, lists, tables and links, nothing else.

Every character of the source is escaped: no markup of a document ever reaches the page.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.rendu.blocs import Bloc, Liste, Paragraphe, Tableau, Termes
from portal.rendu.corps import find_blocs

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
    return format_html_join("", "{}", ((_render(bloc),) for bloc in find_blocs(texte)))


def _render(bloc: Bloc) -> SafeString:
    match bloc:
        case Liste(points):
            lignes = format_html_join("", "<li>{}</li>", ((render_ligne(point),) for point in points))
            return format_html("<ul>{}</ul>", lignes)
        case Termes(termes):
            return _render_tableau(termes, ())
        case Tableau(rangees, entete):
            return _render_tableau(rangees, entete)
        case Paragraphe(texte):
            return format_html("<p>{}</p>", render_ligne(texte))
    raise TypeError(f"{type(bloc).__name__} does not stand in a body")


def render_ligne(texte: str) -> SafeString:
    """One line, escaped, its web addresses made links."""
    return format_html_join("", "{}", ((morceau,) for morceau in _morceaux(texte)))


def _morceaux(texte: str) -> Iterator[SafeString]:
    debut = 0
    for trouvee in _ADRESSE.finditer(texte):
        yield escape(texte[debut : trouvee.start()])
        yield format_html('<a href="{0}" rel="nofollow noopener external">{0}</a>', trouvee[1])
        debut = trouvee.end()
    yield escape(texte[debut:])


def _render_tableau(rangees: Sequence[Sequence[str]], entete: Sequence[str]) -> SafeString:
    corps = format_html_join("", "<tr>{}</tr>", ((_render_rang(rang),) for rang in rangees))
    return format_html(_TABLEAU, _render_entete(entete), corps)


def _render_entete(entete: Sequence[str]) -> SafeString:
    if not entete:
        return SafeString("")
    colonnes = format_html_join("", "{}", ((_render_tete("col", nom),) for nom in entete))
    return format_html("<thead><tr>{}</tr></thead>", colonnes)


def _render_rang(rang: Sequence[str]) -> SafeString:
    nom, *valeurs = rang
    cellules = format_html_join("", "<td>{}</td>", ((render_ligne(valeur),) for valeur in valeurs))
    return format_html("{}{}", _render_tete("row", nom), cellules)


def _render_tete(portee: str, nom: str) -> SafeString:
    """A heading; a cell left empty heads nothing."""
    return format_html('<th scope="{}">{}</th>', portee, render_ligne(nom)) if nom else SafeString("<td></td>")
