"""The facts of an act as JSON, for those who compute with them."""

import json

from portal.domain.contrat import convention_to_json
from portal.domain.convention import Convention


def write_json(convention: Convention, *, uid: str, adresse: str) -> bytes:
    """Write the permanent identifier of an act, its address, and its facts: `convention_from_json` reads those back."""
    objet = {"identifiant": uid, "adresse": adresse, **convention_to_json(convention)}
    texte = json.dumps(objet, ensure_ascii=False, indent=1)
    # A lone surrogate, which UTF-8 does not know, is written as JSON escapes it.
    return f"{texte}\n".encode("utf-8", "backslashreplace")
