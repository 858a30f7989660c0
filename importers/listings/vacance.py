"""Whether a listing says itself that it has nothing to show."""

import re
from collections.abc import Iterable

from portal.domain.fold import fold

_RIEN = re.compile(
    r"(?:il n'y a |n'existe |desole,? )?(?:actuellement |pour le moment )?"
    r"(?:aucune?s? (?:resultats?|publications?|documents?|conventions?|delegations?|textes?|actes?|contenus?"
    r"|elements?|fichiers?)\b"
    r"|0 (?:resultat|publication|document|convention|delegation|texte)s?\b"
    r"|(?:la|votre) recherche n'a (?:donne|retourne) aucun resultat)"
)
_PHRASE = 200
"""Characters of the sentence that says it: a longer line is text."""


def says_nothing(lignes: Iterable[str]) -> bool:
    """Say whether one of the lines announces an empty listing: « Aucun résultat. »."""
    return any(len(ligne) <= _PHRASE and _RIEN.match(fold(ligne)) for ligne in lignes)
