"""What the listing of a site shows: its entries, or why it cannot be believed."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.convention import Nature


class Blocage(StrEnum):
    """Why a listing says nothing of what it does not show."""

    INTERDIT = "403"
    MISE_EN_PAGE = "mise_en_page"
    VIDE = "vide"
    CHUTE = "chute"
    TRONQUEE = "tronquee"
    RESEAU = "reseau"


@dataclass(frozen=True, slots=True)
class Entree:
    """One act as a listing shows it. `url` is the absolute address of its page, `document` that of its file, "" where
    there is none; `date` is the day of signature; `nor` is normalised; `parties` are names as printed; `empreinte` is
    the SHA-256 of the dossier that the portal transmitted, where the site gives it back, else "".
    """

    titre: str
    url: str
    date: datetime.date | None = None
    date_publication: datetime.date | None = None
    nor: str | None = None
    parties: tuple[str, ...] = ()
    nature: Nature | None = None
    document: str = ""
    empreinte: str = ""


class ListeBloquee(Exception):  # noqa: N818 (the French name says that it is an error)
    """The listing cannot be believed; the message is a French sentence that says what was seen and what to do."""

    def __init__(self, blocage: Blocage, message: str) -> None:
        super().__init__(message)
        self.blocage = blocage
