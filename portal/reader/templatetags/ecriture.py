"""How facts are written in French: dates, amounts, counts, weights."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.domain.dates import format_date
from portal.domain.montants import format_montant, format_montant_court
from portal.rendu.poids import write_poids

register = template.Library()
ESPACE_FINE = "\u202f"
COURT_DES = Decimal(1_000_000)


@register.filter
def datee(jour: date | None) -> SafeString | str:
    """A `<time>` with the date in full, or nothing where it is unknown."""
    if jour is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', jour.isoformat(), format_date(jour))


@register.filter
def montant(euros: Decimal | None) -> str:
    """« 120 000 € »; nothing where the amount is unknown."""
    return "" if euros is None else format_montant(euros)


@register.filter
def montant_court(euros: Decimal | None) -> str:
    """« 1,2 M€ » from a million up, in full below."""
    if euros is None:
        return ""
    return format_montant_court(euros) if abs(euros) >= COURT_DES else format_montant(euros)


@register.filter
def nombre(valeur: int) -> str:
    """« 12 345 » with a narrow no-break space."""
    return f"{valeur:,}".replace(",", ESPACE_FINE)


@register.filter
def pluriel(valeur: int | list[object]) -> str:
    """The « s » of a French plural, which begins at two."""
    return "s" if (valeur if isinstance(valeur, int) else len(valeur)) >= 2 else ""


register.filter("poids", write_poids)
