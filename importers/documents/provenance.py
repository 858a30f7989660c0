"""Where the documents of a folder come from: its `provenance.json` says which of them are invented.

It maps names of files to « reel » or « fictif »; a file that it does not name, or a folder without it, holds real acts.
"""

import json
from enum import StrEnum
from pathlib import Path

from importers.documents.illisible import Illisible

NAME = "provenance.json"


class Provenance(StrEnum):
    """`FICTIF` for an example: there is no such act, and its page says so."""

    REEL = "reel"
    FICTIF = "fictif"


def read_provenance(document: Path) -> Provenance:
    """What the folder of `document` says of it; raises `Illisible` where that cannot be read."""
    path = document.parent / NAME
    try:
        declared = json.loads(path.read_text(encoding="utf-8"))
        return Provenance(declared.get(document.name, Provenance.REEL))
    except FileNotFoundError:
        return Provenance.REEL
    except (OSError, ValueError, AttributeError) as error:
        raise Illisible(
            f"Le fichier {NAME} du même dossier n'est pas lisible : écrivez-y, en JSON, le nom de chaque fichier et"
            ' « reel » ou « fictif », par exemple {"essai.txt": "fictif"}.'
        ) from error
