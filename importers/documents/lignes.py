"""The lines of the text, those of no meaning set apart: page numbers, running headers, tables of contents, boilerplate."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from importers.documents.passage import PLAT, Etendue


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line without its outer blanks: `texte` is flat (one kind of apostrophe, quotes, space) and of the length of
    the span [debut, fin) of the extracted text; `depart` is where the line starts, blanks included; `bruit` says that
    the line belongs to the page and not to the act; `apres_vide` that a blank line, or nothing, stands before it.
    """

    texte: str
    depart: int
    debut: int
    fin: int
    bruit: bool = False
    apres_vide: bool = False

    @property
    def etendue(self) -> Etendue:
        return Etendue(self.debut, self.fin)


_ALINEA = re.compile(r"[^\n]+")
_NUMERO_DE_PAGE = re.compile(r"(?:[-–—]\s?)?(?:page\s)?\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3})?(?:\s?[-–—])?", re.IGNORECASE)
_PAGE = re.compile(r"page\s\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3})?|[-–—]\s?\d{1,3}\s?[-–—]", re.IGNORECASE)
_ENTETE_NUMEROTEE = re.compile(
    r"(?P<entete>.{3,200}?)(?:\s{3,}|\t\s*)(?:(?:page|p\.)\s?\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3})?|\d{1,3}\s?(?:/|sur)\s?\d{1,3}|[-–—]\s?\d{1,3}\s?[-–—])",
    re.IGNORECASE,
)
_ENTETE_DE_BULLETIN = re.compile(
    r"(?:le )?(?:bulletin officiel|b\.?o\.?[a-z]{0,4})\b.{0,160}\s(?:page|p\.)\s?\d{1,3}(?:\s?/\s?\d{1,3})?|(?:le )?(?:bulletin officiel|b\.?o\.?|recueil|convention|délégation|journal officiel)\b.{0,120}?\s{10,}\d{1,3}|.{0,60}[-–—]\s?page\s\d{1,3}",
    re.IGNORECASE,
)
_BULLETIN = re.compile(
    r"(?:le )?(?:bulletin officiel|b\.?o\.?[a-z]{0,4})\b.{0,160}\s(?:page|p\.)\s?\d{1,3}(?:\s?/\s?\d{1,3})?|(?:le )?(?:bulletin officiel|b\.?o\.?|recueil des actes|journal officiel)\b.{0,150}\b\d{1,4}\b.{0,60}",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:\(\d{1,2}\)|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹])\s?[A-ZÀ-Þ].{3,300}|\d{1,2}\s[A-ZÀ-Þ][a-zà-ÿ].{30,300}")
_FRACTION = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")
_SOMMAIRE = re.compile(r".{1,200}?(?:\.{4,}|…{2,}|(?:\. ){4,})[.… ]{0,300}\d{1,4}")
_PIED_DE_RECUEIL = re.compile(r"(?:.{0,200} - )?(?:R\d{2}|\d{2,3}|2[AB])-\d{4}-\d{2}-\d{2}-\d{5} - .{0,200}")
_PASSE_PARTOUT = re.compile(
    r"(?:bo )?le bulletin officiel de\b.{0,400}|bo bulletin officiel\b.{0,200}|édité par le .{0,500}"
    r"|publication hebdomadaire .{0,80}|> ?télécharger .{0,80}|la mise en place de mesures ministérielles .{0,400}",
    re.IGNORECASE,
)
_DE_LA_PAGE = re.compile(
    "|".join(
        f"(?i:{motif.pattern})" if motif.flags & re.IGNORECASE else f"(?:{motif.pattern})"
        for motif in (_SOMMAIRE, _PIED_DE_RECUEIL, _PASSE_PARTOUT, _ENTETE_NUMEROTEE, _ENTETE_DE_BULLETIN)
    )
)
_REPETITIONS = 3
"""A line that stands by the edge of a page this often is a running header."""


def split_lignes(texte: str) -> tuple[Ligne, ...]:
    """Give the lines that hold something, in order, noise marked."""
    lignes = list(_read_lignes(texte))
    entetes, notes = _find_running_headers(lignes), _find_footnotes(lignes)
    return tuple(
        replace(ligne, bruit=True) if rang in notes or _is_noise(lignes, rang, entetes) else ligne
        for rang, ligne in enumerate(lignes)
    )


def without_noise(lignes: Iterable[Ligne]) -> list[Ligne]:
    return [ligne for ligne in lignes if not ligne.bruit]


def _read_lignes(texte: str) -> Iterable[Ligne]:
    fin_precedente = -2
    for alinea in _ALINEA.finditer(texte):
        brut = alinea[0].translate(PLAT)
        net = brut.strip()
        if not net:
            continue
        debut = alinea.start() + len(brut) - len(brut.lstrip())
        yield Ligne(net, alinea.start(), debut, debut + len(net), apres_vide=alinea.start() != fin_precedente + 1)
        fin_precedente = alinea.end()


def _is_page_number(lignes: Sequence[Ligne], rang: int) -> bool:
    texte = lignes[rang].texte
    if len(texte) > 20 or not _NUMERO_DE_PAGE.fullmatch(texte):
        return False
    seule = lignes[rang].apres_vide and (rang + 1 == len(lignes) or lignes[rang + 1].apres_vide)
    return seule or bool(_PAGE.fullmatch(texte) or _FRACTION.fullmatch(texte))


def _find_running_headers(lignes: Sequence[Ligne]) -> set[str]:
    bords = [
        lignes[voisin].texte
        for rang in range(len(lignes))
        if _is_page_number(lignes, rang)
        for voisin in (rang - 1, rang + 1)
        if 0 <= voisin < len(lignes) and not _is_page_number(lignes, voisin)
    ]
    bulletins = Counter(ligne.texte for ligne in lignes if _BULLETIN.fullmatch(ligne.texte))
    return {texte for texte, fois in Counter(bords).items() if fois >= _REPETITIONS} | {
        texte for texte, fois in bulletins.items() if fois > 1
    }


def _is_noise(lignes: Sequence[Ligne], rang: int, entetes: set[str]) -> bool:
    return _belongs_to_page(lignes, rang, entetes) or _is_number_by_foot(lignes, rang)


def _belongs_to_page(lignes: Sequence[Ligne], rang: int, entetes: set[str]) -> bool:
    texte = lignes[rang].texte
    return texte in entetes or _is_page_number(lignes, rang) or bool(_DE_LA_PAGE.fullmatch(texte))


def _find_footnotes(lignes: Sequence[Ligne]) -> set[int]:
    """Give the ranks of the notes at the foot of a page: the number of the page comes right after the last."""
    notes = [rang for rang, ligne in enumerate(lignes) if _NOTE.fullmatch(ligne.texte)]
    connues, au_pied = set(notes), set[int]()
    for rang in reversed(notes):
        apres = rang + 1
        if apres in au_pied or (apres < len(lignes) and apres not in connues and _ends_page(lignes, apres)):
            au_pied.add(rang)
    return au_pied


def _ends_page(lignes: Sequence[Ligne], rang: int) -> bool:
    return _is_page_number(lignes, rang) or bool(_ENTETE_NUMEROTEE.fullmatch(lignes[rang].texte))


def _is_number_by_foot(lignes: Sequence[Ligne], rang: int) -> bool:
    """Say whether a bare number stands right under or above the foot of a page of a recueil."""
    if not _NUMERO_DE_PAGE.fullmatch(lignes[rang].texte):
        return False
    voisines = [lignes[voisin].texte for voisin in (rang - 1, rang + 1) if 0 <= voisin < len(lignes)]
    return any(_PIED_DE_RECUEIL.fullmatch(texte) for texte in voisines)
