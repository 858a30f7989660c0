"""The fields of the query language: the French names that stand before a colon, and where each is looked for."""

from enum import StrEnum

from portal.domain.fold import fold
from portal.domain.identifiers import NOR, PROGRAMME, UO


class Champ(StrEnum):
    """The names, as they are written back; `read_champ` knows them whatever their accents and capitals."""

    TITRE = "titre"
    OBJET = "objet"
    ARTICLE = "article"
    PARTIE = "partie"
    DELEGANT = "delegant"
    DELEGATAIRE = "delegataire"
    VISA = "visa"
    PROGRAMME = "programme"
    UO = "uo"
    NOR = "nor"
    ANNEE = "annee"
    AE = "ae"
    CP = "cp"
    STATUT = "statut"
    DU = "du"
    AU = "au"


TEXTES: dict[str, tuple[str, ...]] = {
    Champ.TITRE: ("titre",),
    Champ.OBJET: ("titre", "objet"),
    Champ.ARTICLE: ("intitules", "articles"),
    Champ.PARTIE: ("parties",),
    Champ.DELEGANT: ("delegants",),
    Champ.DELEGATAIRE: ("delegataires",),
    Champ.VISA: ("visas",),
}
"""The fields in which words are looked for, each with the texts of the index that it stands for."""

CODES = {Champ.PROGRAMME: PROGRAMME, Champ.UO: UO, Champ.NOR: NOR}
"""The fields of identifiers."""

FAITS = frozenset(Champ) - TEXTES.keys()
"""The fields that hold facts, of which a value is read."""

MONTANTS = (Champ.AE, Champ.CP)

NOMS = ", ".join(Champ)


def read_champ(nom: str) -> Champ | None:
    """The field that a reader names: « Délégant » is `delegant`; `None` where there is no such field."""
    folded = fold(nom)
    return Champ(folded) if folded in set(Champ) else None
