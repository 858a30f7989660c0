"""An act as a tagged PDF (PDF/UA-1, ISO 14289-1): accessible, and the same bytes for the same facts."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from portal.domain.convention import Convention
from portal.domain.dates import format_date
from portal.rendu.blocs import Tableau
from portal.rendu.composition import compose, name_act
from portal.rendu.glyphes import LARGEUR, write_displayable

LARGEUR_MINIMUM = 12
"""Characters of a word that the cell of a wide table holds, unless it is cut."""
DELAI = 120
"""Seconds; an act of 500 articles takes 3."""
_PRESSE = Path(__file__).with_name("presse.py")
_MENTION = (
    "Mise en forme du portail des délégations de gestion, à jour au {jour} ; le document signé fait foi. "
    "Identifiant : {uid}."
)


class MiseEnPageImpossible(Exception):  # noqa: N818
    """The pages of an act cannot be made; the message says why, in French."""


def write_pdf(convention: Convention, *, uid: str, adresse: str, jour: date) -> bytes:
    """Set the act in pages. `adresse` is its permanent address, absolute; `jour` the day of what it says, which is also
    that of the file. What no font shows is written by its number (see `glyphes`).

    Raises `MiseEnPageImpossible` where that takes more than DELAI, or fails.
    """
    acte = {
        "titre": write_displayable(name_act(convention), len(convention.titre) + 1),
        "jour": [jour.year, jour.month, jour.day],
        "mention": write_displayable(_MENTION.format(jour=format_date(jour), uid=uid)),
        "adresse": adresse,
        "blocs": list(_list_blocs(convention)),
    }
    try:
        presse = subprocess.run(  # noqa: S603 - no shell, no word of the act in the command
            [sys.executable, "-P", str(_PRESSE)],
            input=json.dumps(acte).encode("ascii"),
            capture_output=True,
            timeout=DELAI,
            check=True,
        )
    except subprocess.TimeoutExpired as erreur:
        raise MiseEnPageImpossible(f"La mise en page dure plus de {DELAI} secondes : l'acte est trop long.") from erreur
    except subprocess.CalledProcessError as erreur:
        detail = erreur.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise MiseEnPageImpossible(f"La mise en page a échoué : {detail}") from erreur
    return presse.stdout


def _list_blocs(convention: Convention) -> Iterator[dict[str, Any]]:
    for bloc in compose(convention):
        colonnes = len(bloc.rangees[0]) if isinstance(bloc, Tableau) else 1
        ecrit: dict[str, Any] = _write(asdict(bloc), max(LARGEUR_MINIMUM, LARGEUR // colonnes))
        yield {"genre": type(bloc).__name__, **ecrit}


def _write(valeur: Any, largeur: int) -> Any:
    """Give a value with its texts as they can be shown, line by line."""
    if isinstance(valeur, str):
        return "\n".join(write_displayable(ligne, largeur) for ligne in valeur.splitlines())
    if isinstance(valeur, dict):
        return {cle: _write(contenu, largeur) for cle, contenu in valeur.items()}
    return [_write(element, largeur) for element in valeur] if isinstance(valeur, tuple | list) else valeur
