"""How a publication changes its state: with a reason, which is kept."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from portal.publications.models import EtatPublication, Mouvement, Publication


def move(
    publication: Publication,
    apres: EtatPublication,
    motif: str,
    moment: datetime,
    *,
    preuve: str = "",
    auteur: Any = None,
) -> None:
    """Moves a publication to a state, or stays in it for a new reason."""
    Mouvement.objects.create(
        publication=publication,
        moment=moment,
        avant=publication.etat,
        apres=apres,
        motif=motif,
        preuve=preuve,
        auteur=auteur,
    )
    publication.etat = apres
    publication.save(update_fields=["etat"])


def check_motif(motif: str, demande: str) -> str:
    """The reason that an editor gave, trimmed. Raises `ValidationError` with what is asked where there is none."""
    if not motif.strip():
        raise ValidationError(demande)
    return motif.strip()
