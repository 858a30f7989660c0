"""The gate: no page is public while a rule of gravity « erreur » speaks, whatever the path.

The form gives the rule's words at the field (`edition.ActeForm`). `publish()` stops bulk publishing, an
approved workflow, a scheduled date and code; `save()` stops what writes a live page by another way.
A page that became invalid can still be drafted, locked, moved and withdrawn.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.conventions import mapping
from portal.domain.contrat import constat_from_json
from portal.domain.convention import Constat, Convention, Gravite, Qualite
from portal.domain.regles import Examen, examine, texte_integral


def constats_of(page: Any) -> tuple[Constat, ...]:
    """What the rules say of the page as it is now, then what the reading of its document alone could say."""
    return (*judge(mapping.from_page(page), page.qualite), *(constat_from_json(item) for item in page.constats_lecture))


def judge(convention: Convention, qualite: str) -> tuple[Constat, ...]:
    """What the rules say of a convention, on the text that its facts make."""
    return examine(Examen(convention, texte_integral(convention), Qualite(qualite)))


def verify(page: Any) -> None:
    """Raises `ValidationError`, with the words of each rule that stops the publication of `page`."""
    if refus := page.refusals(mapping.from_page(page)):
        raise ValidationError([f"{constat.message} ({constat.regle})" for constat in refus])


class ReglesDePublication(models.Model):
    """Mixed into a page, before `Page`: what is refused never becomes public."""

    class Meta:
        abstract = True

    def refusals(self, convention: Convention) -> tuple[Constat, ...]:
        """The constats that stop this page from being public with the facts of `convention`."""
        return tuple(constat for constat in judge(convention, self.qualite) if constat.gravite is Gravite.ERREUR)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        verify(revision.as_object())
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        if self.live and not kwargs.get("update_fields"):  # type: ignore[attr-defined]
            verify(self)
        return super().save(clean=clean, **kwargs)  # type: ignore[call-arg]
