"""Matches the parties of a document to the register of services."""

import re
import unicodedata
from dataclasses import replace

from portal.conventions.models import Service
from portal.domain.convention import Convention, Partie

LEADING_WORDS = re.compile(r"^(?:l'|le |la |les |l’)")
NOT_WORDS = re.compile(r"[^a-z0-9]+")


def normalise(nom: str) -> str:
    """A name without case, accents, punctuation and leading article."""
    folded = unicodedata.normalize("NFKD", nom.replace("œ", "oe").replace("Œ", "OE").casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return NOT_WORDS.sub(" ", LEADING_WORDS.sub("", plain.strip())).strip()


class Registre:
    """The register in memory, by every name of each service."""

    def __init__(self) -> None:
        self.services = {service.slug: service for service in Service.objects.select_related("ministere")}
        self._by_name: dict[str, set[str]] = {}
        for service in self.services.values():
            for nom in service.noms:
                self._by_name.setdefault(normalise(nom), set()).add(service.slug)

    def match(self, partie: Partie) -> str | None:
        """The key of the one service that the printed name or sigle names; `None` when none or several do."""
        for nom in (partie.nom, partie.sigle):
            found = self._by_name.get(normalise(nom), set()) if nom else set()
            if len(found) == 1:
                return next(iter(found))
        return None

    def match_parties(self, convention: Convention) -> Convention:
        """The convention with each partie matched that was not."""
        return replace(
            convention,
            parties=tuple(
                partie if partie.service else replace(partie, service=self.match(partie))
                for partie in convention.parties
            ),
        )
