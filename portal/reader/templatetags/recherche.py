"""What a search page has by the hundred, written in Python: a template looks up eight variables for each box.

What comes from an act or a reader is escaped here, by the `html.escape` that Django calls too, once it has seen that a
text is not to be translated: that takes as long again.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.reader.filtres import Case
from portal.reader.templatetags.ecriture import nombre, pluriel
from search.results import Fragment

register = template.Library()


@register.simple_tag
def cases(nom: str, montrees: Iterable[Case]) -> SafeString:
    """The boxes to tick for values of the filter `nom`."""
    return mark_safe("".join(_write_case(nom, case) for case in montrees))  # noqa: S308 - escaped below


def _write_case(nom: str, case: Case) -> str:
    """One box; its number is read out with what is counted."""
    valeur, identifiant = case.valeur, case.identifiant
    compte = f'{nombre(valeur.nombre)}<span class="fr-sr-only"> convention{pluriel(valeur.nombre)}</span>'
    return (
        '<div class="fr-checkbox-group fr-checkbox-group--sm">\n'
        f'  <input type="checkbox" id="{identifiant}" name="{nom}" value="{escape(valeur.valeur)}"'
        f"{' checked' if valeur.choisie else ''}>\n"
        f'  <label class="fr-label" for="{identifiant}"><span>{escape(valeur.libelle)}</span>'
        f' <span class="case__nombre">{compte}</span></label>\n'
        "</div>\n"
    )


@register.filter
def marque(fragments: Iterable[Fragment]) -> SafeString:
    """A text with the reader's words in `<mark>`, everything escaped."""
    return mark_safe("".join(map(_write_fragment, fragments)))  # noqa: S308 - escaped below


def _write_fragment(fragment: Fragment) -> str:
    texte = escape(fragment.texte)
    return f"<mark>{texte}</mark>" if fragment.marque else texte
