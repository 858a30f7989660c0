"""The tables: register of services, pages and their rows, journal."""

from portal.conventions.models.journal import Changement, Tete
from portal.conventions.models.lignes import (
    Copie,
    Derogation,
    Imputation,
    LigneEcheancier,
    Partie,
    PublicationPrevue,
    Representant,
    Signataire,
)
from portal.conventions.models.originaux import Original
from portal.conventions.models.pages import (
    AccueilPage,
    ActePage,
    AvenantPage,
    ConventionPage,
    ConventionsIndexPage,
    MinisterePage,
)
from portal.conventions.models.services import Service

__all__ = [
    "AccueilPage",
    "ActePage",
    "AvenantPage",
    "Changement",
    "ConventionPage",
    "ConventionsIndexPage",
    "Copie",
    "Derogation",
    "Imputation",
    "LigneEcheancier",
    "MinisterePage",
    "Original",
    "Partie",
    "PublicationPrevue",
    "Representant",
    "Service",
    "Signataire",
    "Tete",
]
