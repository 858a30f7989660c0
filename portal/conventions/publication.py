"""The gate: no page is public while a rule of gravity « erreur » speaks, whatever the path.

The form gives the rule's words at the field (`edition.ActeForm`). `publish()` stops bulk publishing, an
approved workflow, a scheduled date and code; `signal_handlers.hold_gate` stops what writes a live page by
another way. A page that became invalid can still be drafted, locked, moved and withdrawn.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.conventions import mapping
from portal.domain.contrat import constat_from_json
from portal.domain.convention import Constat, Convention, Gravite, Qualite
from portal.domain.regles import REGLES, Examen, examine, texte_integral

LEVABLES = {regle.identifiant: regle for regle in REGLES if regle.levable}


def constats_of(page: Any) -> tuple[Constat, ...]:
    """What the rules say of the page as it is now, then what the reading of its document alone could say."""
    return (*_of_rules(page), *(constat_from_json(item) for item in page.constats_lecture))


def judge(convention: Convention, qualite: str) -> tuple[Constat, ...]:
    """What the rules say of a convention, on the text that its facts make."""
    return examine(Examen(convention, texte_integral(convention), Qualite(qualite)))


def refusals(page: Any, parent: Any = None) -> tuple[Constat, ...]:
    """The constats that stop `page` from being public; `parent` is needed where it has no place yet."""
    of_rules = (constat for constat in _of_rules(page) if constat.gravite is Gravite.ERREUR)
    return (*of_rules, *page.refusals_of_place(mapping.from_page(page), parent or page.get_parent(update=True)))


def verify(page: Any) -> None:
    """Raises `ValidationError`, with the words of each rule that stops the publication of `page`."""
    if refus := refusals(page):
        raise ValidationError([f"{constat.message} ({constat.regle})" for constat in refus])


class ReglesDePublication(models.Model):
    """Mixed into a page, before `Page`: what is refused never becomes public."""

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        verify(revision.as_object())
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]


def _of_rules(page: Any) -> Iterator[Constat]:
    """The constats of the rules; an erreur that a derogation lifts is an avertissement, with the reason."""
    levees = {row.regle: row for row in page.derogations.all()}
    for constat in judge(mapping.from_page(page), page.qualite):
        derogation = levees.get(constat.regle)
        if derogation and constat.regle in LEVABLES and constat.gravite is Gravite.ERREUR:
            message = f"{constat.message} Règle levée par {derogation.auteur} : {derogation.motif}"
            yield replace(constat, gravite=Gravite.AVERTISSEMENT, message=message)
        else:
            yield constat
