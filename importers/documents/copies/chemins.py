"""The paths of a workplace, by which a file tells where it lay and of whom."""

import re

_CHEMIN = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:|/(?:home|users|tmp|mnt|media|private|volumes)/", re.IGNORECASE)
_NOM_DE_FICHIER = re.compile(r"\S.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|docx?|odt|pdf)\s*", re.IGNORECASE)
_ADRESSE = re.compile(r"(?:https?://|mailto:|#)\S*", re.IGNORECASE)


def names_file(texte: str) -> bool:
    """Say whether a text holds a path, or is the name of a file: no description of a picture for who does not see it."""
    return bool(_CHEMIN.search(texte) or _NOM_DE_FICHIER.fullmatch(texte.strip()))


def is_public_address(cible: str) -> bool:
    """Say whether a link leads to the web, to a mailbox or inside the document, not to a folder of a workplace."""
    return bool(_ADRESSE.fullmatch(cible.strip()))
