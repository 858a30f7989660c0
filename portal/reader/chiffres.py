"""The figures of the accueil, read where they are kept."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from portal.conventions.models import ConventionPage, LigneEcheancier, Partie


@dataclass(frozen=True, slots=True)
class Chiffres:
    """AE in euros, `None` where no public convention states any for that year.

    `fictives` counts the invented conventions among the public ones: all the figures count them too.
    """

    exercice: int
    ae: Decimal | None
    services: int
    fictives: int


def read_chiffres(exercice: int) -> Chiffres:
    """What public conventions add up to. Avenants are left out of AE: they restate their convention's."""
    lignes = LigneEcheancier.objects.filter(annee=exercice, acte__live=True, acte__conventionpage__isnull=False)
    parties = Partie.objects.filter(acte__live=True).aggregate(
        registre=Count("service", distinct=True),
        autres=Count("nom", distinct=True, filter=Q(service=None)),
    )
    return Chiffres(
        exercice,
        ae=lignes.aggregate(ae=Sum("ae"))["ae"],
        services=parties["registre"] + parties["autres"],
        fictives=ConventionPage.objects.live().filter(fictif=True).count(),
    )
