from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee
from portal.domain.convention import Canal, PublicationPrevue
from portal.publications import canaux
from portal.publications.dossiers import Dossier, Envoi, Piece, Recu
from tests.factories import ConventionFactory

BULLETIN = PublicationPrevue(Canal.BULLETIN_OFFICIEL, "bulletin officiel du ministère")
GOUVERNEMENT = PublicationPrevue(Canal.GOUVERNEMENT, "site du Gouvernement")
DATA_GOUV = PublicationPrevue(Canal.DATA_GOUV, "plateforme data.gouv.fr", "data.gouv.fr")


@dataclass
class Site:
    """The other side of a channel: it answers what a test tells it, and counts what it was sent."""

    recus: list[tuple[Dossier, Envoi]] = field(default_factory=list)
    retraits: list[Envoi] = field(default_factory=list)
    answer: Callable[[], None] = lambda: None
    obstacle: str = ""
    automatique: bool = False

    def prepare(self, publiee: Publiee, destinataire: str) -> Dossier:
        titre = publiee.convention.titre
        return Dossier("dossier", titre, f"Pour {destinataire}", (Piece("a.txt", "text/plain", titre.encode(), "A"),))

    def send(self, dossier: Dossier, envoi: Envoi) -> Recu:
        self.recus.append((dossier, envoi))
        self.answer()
        return Recu("Reçu par le site.", "jeu-1", "https://exemple.fr/jeu-1")

    def withdraw(self, envoi: Envoi) -> Recu:
        self.retraits.append(envoi)
        self.answer()
        return Recu("Retiré du site.")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """The channel of gouvernement.fr, played."""
    site = Site()
    voie = canaux.Voie(
        "gouvernement",
        site.prepare,
        lambda _publiee, _destinataire: site.obstacle,
        site.send,
        site.withdraw,
        lambda: site.automatique,
    )
    monkeypatch.setitem(canaux.CANAUX, "gouvernement", voie)
    return site


@pytest.fixture
def acte(portail: None) -> ActePage:
    """A public act that promises three publications."""
    return publish_acte()


def publish_acte(**facts: object) -> ActePage:
    prevues = (BULLETIN, GOUVERNEMENT, DATA_GOUV)
    faits = {"nor": "MENA2600001X", "publications_prevues": prevues, **facts}
    page = pages.create_draft(ConventionFactory(**faits))
    pages.publish_page(page)
    followers.catch_up_all()
    return page
