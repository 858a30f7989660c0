"""What a site answered, or why there is no answer, and the limits of asking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why there is no answer: the network or the site, the guard, its robots.txt, a limit of size, a limit of time."""

    RESEAU = "reseau"
    INTERDITE = "interdite"
    ROBOTS = "robots"
    TROP_GROS = "trop_gros"
    TROP_LONG = "trop_long"


class Inaccessible(Exception):  # noqa: N818
    """No answer was had. The message is a French sentence that says what happened and what to do."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Limites:
    """The limits of one fetch: `connexion` and `lecture` are the seconds that a connection, then each read, may take
    without a sign of life; `total` the seconds that all its exchanges may take by the clock, waits apart; `taille` the
    bytes of a body, decompressed.
    """

    connexion: float = 5.0
    lecture: float = 20.0
    total: float = 60.0
    taille: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a site answered: `url` is the address after redirects, names of `entetes` are in lower case, `contenu` is
    decompressed, `moment` is in UTC. An answer may be a refusal: `statut` tells.
    """

    url: str
    statut: int
    entetes: Mapping[str, str]
    contenu: bytes
    moment: datetime

    @property
    def inchangee(self) -> bool:
        """The site says that the page is the one already had: `contenu` is empty."""
        return self.statut == 304

    @property
    def attente(self) -> float:
        """The seconds that the site asks to wait (RFC 9110, 10.2.3), 0 where it asks for nothing that can be read."""
        texte = self.entetes.get("retry-after", "").strip()
        if re.fullmatch(r"[0-9]{1,9}", texte):
            return float(texte)
        try:
            moment = parsedate_to_datetime(texte)
        except ValueError:
            return 0.0
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
