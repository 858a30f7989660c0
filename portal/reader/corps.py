"""The text of an article as safe HTML: paragraphs, lists, tables and links, nothing else.

A line is a paragraph, or goes on the one before where the printer broke a sentence; lines that start with a dash or a
bullet are a list; lines of cells, parted by tabs, bars or wide gaps, are a table.
Every character of the source is escaped: no markup of a document ever reaches the page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.domain.rangees import Separateur, find_separateur, split_rangees

_PUCE = re.compile(r"^\s*[-–—•▪◦*·]\s+(?=\S)")
_ENUMERE = re.compile(r"\s*(?:[a-zA-Z]|[ivxIVX]+|\d+)\s?[).°]\s")
_FIN_DE_PHRASE = re.compile(r"[.;:!?…][»”\")]?$|[»”\")]\.$")
_LARGEUR = 60  # characters: where no line of a body is longer, none was broken for want of room
_ANNEE = re.compile(r"\b(?:19|20)\d\d\b")
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
    lignes = _join_broken([ligne.rstrip() for ligne in texte.splitlines()])
    groupes = ((_render(genre, list(groupe)),) for genre, groupe in groupby(lignes, key=_genre))
    return format_html_join("", "{}", groupes)


def _join_broken(lignes: Sequence[str]) -> Iterator[str]:
    """Give the lines that hold something, those that the printer broke in mid-sentence whole again."""
    largeur = max(_LARGEUR, *map(len, lignes), 0)
    entiere = derniere = ""
    for ligne in lignes:
        if _goes_on(derniere, ligne, largeur):
            entiere += ("" if derniere.endswith("-") else " ") + ligne.strip()
        else:
            if entiere:
                yield entiere
            entiere = ligne
        derniere = ligne
    if entiere:
        yield entiere


def _goes_on(derniere: str, ligne: str, largeur: int) -> bool:
    """Say whether a line goes on the sentence of the last one: in lower case, or as the last had no room for more."""
    if not derniere or not ligne or _ENUMERE.match(ligne):
        return False
    if _genre(ligne) != "paragraphe" or isinstance(_genre(derniere), Separateur):
        return False
    full = len(derniere) + 1 + len(ligne.split()[0]) > largeur
    return not _FIN_DE_PHRASE.search(derniere) and (full or ligne.lstrip()[0].islower())


def _render(genre: str | Separateur, lignes: list[str]) -> SafeString:
    if isinstance(genre, Separateur):
        # A wide gap in a single line is a blank of the printer.
        alone = genre is Separateur.ESPACES and len(lignes) == 1
        return _render_paragraphes(lignes) if alone else _render_tableau(split_rangees(lignes, genre))
    return _render_liste(lignes) if genre == "liste" else _render_paragraphes(lignes)


def render_ligne(texte: str) -> SafeString:
    """One line, escaped, its web addresses made links."""
    return format_html_join("", "{}", ((morceau,) for morceau in _morceaux(texte)))


def _genre(ligne: str) -> str | Separateur:
    liste = "liste" if _PUCE.match(ligne) else ""
    return liste or find_separateur(ligne) or "paragraphe"


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


def _render_tableau(rangees: list[list[str]]) -> SafeString:
    rangs = [rang for rang in rangees if rang]
    if not rangs:
        return SafeString("")
    # A first row without a name of its own (« | AE | CP ») names the columns; otherwise the rows name themselves.
    entete = rangs.pop(0) if len(rangs) > 1 and (not rangs[0][0] or _names_columns(rangs)) else []
    corps = format_html_join("", "<tr>{}</tr>", ((_render_rang(rang),) for rang in rangs))
    return format_html(_TABLEAU, _render_entete(entete), corps)


def _names_columns(rangs: list[list[str]]) -> bool:
    """Whether the first row holds no figure but years, and the rows under it do."""
    nombres = [any(map(str.isdigit, _ANNEE.sub("", " ".join(rang)))) for rang in rangs]
    return not nombres[0] and any(nombres[1:])


def _render_entete(entete: list[str]) -> SafeString:
    if not entete:
        return SafeString("")
    colonnes = format_html_join("", "{}", ((_render_tete("col", nom),) for nom in entete))
    return format_html("<thead><tr>{}</tr></thead>", colonnes)


def _render_rang(rang: list[str]) -> SafeString:
    nom, *valeurs = rang
    cellules = format_html_join("", "<td>{}</td>", ((render_ligne(valeur),) for valeur in valeurs))
    return format_html("{}{}", _render_tete("row", nom), cellules)


def _render_tete(portee: str, nom: str) -> SafeString:
    """A heading; a cell left empty heads nothing."""
    return format_html('<th scope="{}">{}</th>', portee, render_ligne(nom)) if nom else SafeString("<td></td>")
