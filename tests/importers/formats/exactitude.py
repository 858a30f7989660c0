"""How many facts of the text examples come through a format: what a maker made of each is read and compared."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.documents.fichiers import EXPECTED_RESULT
from importers.documents.formats import FORMATS
from importers.documents.pipeline import read_text
from importers.documents.score import Comparaison, Compte, compare, sum_comptes
from portal.domain.contrat import to_json

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "documents").glob("*.txt"))
"""The text examples; the result of each lies beside it."""

_MISE_EN_PAGE = re.compile(r"(?:^|(?<=\s))[|•*–—-](?=\s|$)")
"""Bars and bullets: how a text shows the cells and the items that a format has by itself."""


@dataclass(frozen=True)
class Exactitude:
    """The sum of what was found and missed, and a line for each fact missed or wrong."""

    compte: Compte
    pertes: str


def measure(make: Callable[[str], bytes], extension: str) -> Exactitude:
    """Make each example, read it through the format of `extension`, compare."""
    comparaisons = {path.stem: _compare(path, make, extension) for path in EXAMPLES}
    pertes = [
        f"{nom} {signe} {famille} {valeur}"
        for nom, comparaison in comparaisons.items()
        for signe, faits in (("-", comparaison.manquants), ("+", comparaison.faux))
        for famille, valeur in faits
    ]
    return Exactitude(sum_comptes(c.total for c in comparaisons.values()), "\n".join(pertes))


def _compare(path: Path, make: Callable[[str], bytes], extension: str) -> Comparaison:
    attendu = json.loads(path.with_suffix(EXPECTED_RESULT).read_text(encoding="utf-8"))
    lecture = read_text(FORMATS[extension](make(path.read_text(encoding="utf-8"))).texte)
    return compare(_flatten(attendu), _flatten(json.loads(json.dumps(to_json(lecture)))))


def _flatten(valeur: Any) -> Any:
    """The same result without bars and bullets in its texts."""
    if isinstance(valeur, dict):
        return {cle: _flatten(dedans) for cle, dedans in valeur.items()}
    if isinstance(valeur, list):
        return [_flatten(dedans) for dedans in valeur]
    return _MISE_EN_PAGE.sub(" ", valeur) if isinstance(valeur, str) else valeur
