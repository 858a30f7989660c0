"""Charts as SVG, drawn here: the browser needs no script, and text in the picture is text.

Lengths along the bars are percentages, so that one drawing fits a phone, a screen and a page without
its text being stretched; heights are pixels. Colours come from the classes `graphique-…` of the style
sheet: there is no style attribute, which the content security policy would refuse.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.domain.montants import format_montant, format_montant_court
from portal.reader.echeances import Exercice

HAUTEUR_BARRE = 18
ECART_BARRES = 4
ECART_GROUPES = 16
DEPART = 22  # % of the width kept for « 2024 AE »
LONGUEUR = 50  # % of the width for the longest bar; the rest is for its amount
MINCE = Decimal("0.4")  # %: an amount, however small, is seen


def draw_exercices(exercices: Sequence[Exercice], identifiant: str) -> SafeString:
    """Grouped bars of AE and CP by year; empty where no amount is stated. `identifiant` is unique in the page."""
    plus_haut = max((abs(montant) for ex in exercices for montant in (ex.ae, ex.cp) if montant), default=Decimal(0))
    if not plus_haut:
        return SafeString("")
    hauteur_groupe = 2 * HAUTEUR_BARRE + ECART_BARRES + ECART_GROUPES
    groupes = (_draw_groupe(exercice, rang * hauteur_groupe, plus_haut) for rang, exercice in enumerate(exercices))
    return format_html(
        '<svg class="graphique" role="img" aria-labelledby="{0}-titre {0}-description" width="100%" height="{1}"'
        ' xmlns="http://www.w3.org/2000/svg"><title id="{0}-titre">{2}</title><desc id="{0}-description">{3}</desc>'
        "{4}</svg>",
        identifiant,
        len(exercices) * hauteur_groupe - ECART_GROUPES,
        "Échéancier\u00a0: AE et CP par année",
        describe(exercices),
        mark_safe("".join(groupes)),  # noqa: S308 - years and amounts, as they are written here
    )


def describe(exercices: Sequence[Exercice]) -> str:
    """The chart in a sentence: « 2024 : AE 120 000 €, CP 10 000 € ; 2025 : AE non précisée, CP 110 000 €. »"""
    phrases = (
        f"{ex.libelle}\u00a0: AE {_write(ex.ae, 'non précisée')}, CP {_write(ex.cp, 'non précisé')}" for ex in exercices
    )
    return "\u00a0; ".join(phrases) + "."


def _write(montant: Decimal | None, inconnu: str) -> str:
    return inconnu if montant is None else format_montant(montant)


def _draw_groupe(exercice: Exercice, haut: int, plus_haut: Decimal) -> str:
    milieu = haut + HAUTEUR_BARRE + ECART_BARRES // 2
    return (
        f'<text class="graphique-annee" x="0" y="{milieu}" dominant-baseline="central">{exercice.libelle}</text>'
        + _draw_barre("ae", exercice.ae, haut, plus_haut)
        + _draw_barre("cp", exercice.cp, haut + HAUTEUR_BARRE + ECART_BARRES, plus_haut)
    )


def _draw_barre(credit: str, montant: Decimal | None, haut: int, plus_haut: Decimal) -> str:
    longueur = Decimal(0) if montant is None else max(abs(montant) / plus_haut * LONGUEUR, MINCE)
    milieu = haut + HAUTEUR_BARRE // 2
    classe, ecrit = ("inconnu", "non précisé") if montant is None else ("montant", _write_court(montant))
    return (
        f'<text class="graphique-credit" x="{DEPART}%" y="{milieu}" dx="-8" text-anchor="end"'
        f' dominant-baseline="central">{credit.upper()}</text>'
        f'<rect class="graphique-{credit}" x="{DEPART}%" y="{haut}" width="{longueur:.2f}%" height="{HAUTEUR_BARRE}">'
        f'</rect><text class="graphique-{classe}" x="{DEPART + longueur:.2f}%" y="{milieu}" dx="8"'
        f' dominant-baseline="central">{ecrit}</text>'
    )


def _write_court(montant: Decimal) -> str:
    """Short from a million up: beside the longest bar of a phone there is room for ten signs."""
    return format_montant_court(montant) if abs(montant) >= 1_000_000 else format_montant(montant)
