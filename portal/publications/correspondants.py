"""Who receives the dossiers of an act by e-mail."""

from portal.conventions.publiees import Publiee, ServiceRef
from portal.domain.convention import Role
from portal.domain.fold import fold
from portal.publications.models import COPIE, Correspondant


def find_courriels(canal: str, publiee: Publiee, destinataire: str = "") -> tuple[str, ...]:
    """Give the addresses for an act on a channel, each once; none where nobody is known.

    Those of the ministère of the act go before those that hold for all. For copies, `destinataire` is who the act
    prints: only those who bear that name, but for accents, capitals and blanks, are meant.
    """
    possibles = [
        possible
        for possible in Correspondant.objects.filter(canal=canal).select_related("ministere")
        if canal != COPIE or _bears(possible, destinataire)
    ]
    ministere = find_ministere(publiee)
    cles = [ministere.cle, None] if ministere else [None]
    for cle in cles:
        if courriels := [possible.courriel for possible in possibles if _cle(possible) == cle]:
            return tuple(dict.fromkeys(courriels))
    return ()


def find_ministere(publiee: Publiee) -> ServiceRef | None:
    """The ministère of the act: that of its délégant, or of another partie; None where none is known."""
    services = {service.cle: service for service in publiee.services}
    for partie in sorted(publiee.convention.parties, key=lambda partie: partie.role is not Role.DELEGANT):
        service = services.get(partie.service or "")
        if service and service.ministere in services:
            return services[service.ministere]
    return None


def _cle(possible: Correspondant) -> str | None:
    return possible.ministere.slug if possible.ministere else None


def _bears(possible: Correspondant, destinataire: str) -> bool:
    return _fold(destinataire) in {_fold(nom) for nom in possible.noms.splitlines() if nom.strip()}


def _fold(nom: str) -> str:
    return " ".join(fold(nom).split())
