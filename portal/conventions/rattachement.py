"""Matches the parties of a document to the register of services."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from math import log

from portal.conventions.models import Service
from portal.domain.convention import Convention, Partie

LEADING_WORDS = re.compile(r"^(?:l'|le |la |les |l’)")
NOT_WORDS = re.compile(r"[^a-z0-9]+")
SMALL_WORDS = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"])
STEM = 7  # letters: « interministériel » and « interministérielle » are one word
SUGGESTION_FLOOR = 0.35
SAME_SIGLE = 0.9
NEVER_SURE = 0.99  # of what is not one of the very names
MISREAD = 0.85  # the share of letters from which a name is another one misread


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service that a partie may be; `ressemblance` goes from 0 to 1, which is one of its very names."""

    service: Service
    ressemblance: float


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

    def suggest(self, partie: Partie, limit: int = 5) -> list[Suggestion]:
        """The services that the printed name is like, the likest first; those that only their sigle names too."""
        found = [Suggestion(service, self._likeness(partie, service)) for service in self.services.values()]
        found = [suggestion for suggestion in found if suggestion.ressemblance >= SUGGESTION_FLOOR]
        return sorted(found, key=lambda suggestion: (-suggestion.ressemblance, suggestion.service.nom))[:limit]

    def _likeness(self, partie: Partie, service: Service) -> float:
        names = self._names[service.slug]
        printed = normalise(partie.nom)
        if printed in names:
            return 1.0
        likest = max((min(self._compare(printed, name), NEVER_SURE) for name in names), default=0.0)
        return max(likest, SAME_SIGLE) if partie.sigle and normalise(partie.sigle) in names else likest

    def _compare(self, printed: str, name: str) -> float:
        """The share of words that both have, a rare word weighing more; or of letters, for a word misread."""
        ours, theirs = _stems(printed), _stems(name)
        whole = self._weigh(ours) + self._weigh(theirs)
        words = 2 * self._weigh(ours & theirs) / whole if whole else 0.0
        return max(words, _misreading(printed, name))

    def _weigh(self, stems: Iterable[str]) -> float:
        return sum(log(1 + len(self.services) / (1 + self._frequencies[stem])) for stem in stems)

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        return {slug: {normalise(nom) for nom in service.noms} for slug, service in self.services.items()}

    @cached_property
    def _frequencies(self) -> Counter[str]:
        """In how many services' names each word stands."""
        return Counter(stem for names in self._names.values() for stem in _stems(" ".join(names)))

    def match_parties(self, convention: Convention) -> Convention:
        """The convention with each partie matched that was not."""
        return replace(
            convention,
            parties=tuple(
                partie if partie.service else replace(partie, service=self.match(partie))
                for partie in convention.parties
            ),
        )


def _stems(name: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in name.split() if word not in SMALL_WORDS)


def _misreading(printed: str, name: str) -> float:
    matcher = SequenceMatcher(None, printed, name, autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= MISREAD else 0.0  # the quick one is never below
    return ratio if ratio >= MISREAD else 0.0
