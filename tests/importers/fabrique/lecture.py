"""How much of the facts of the example texts is read through a format, and what is lost."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from importers.documents.fichiers import EXPECTED_RESULT
from importers.documents.formats import Extrait
from importers.documents.pipeline import read_text
from importers.documents.score import Compte, compare
from portal.domain.contrat import to_json

EXAMPLES = Path(__file__).parents[3] / "examples" / "documents"
TEXTES = sorted(path for path in EXAMPLES.rglob("*.txt") if path.with_suffix(EXPECTED_RESULT).exists())


def score(textes: Iterable[Path], read: Callable[[str], Extrait], *, tirets: bool = False) -> tuple[Compte, str]:
    """Compare what is read of each text through a format with what is expected of it; say what is missing or wrong.

    How a table is drawn is no fact: bars are left out of both sides. So are, with `tirets`, the lengths of dashes.
    """
    total, pertes = Compte(), []
    for path in textes:
        extrait = read(path.read_text(encoding="utf-8"))
        lu = to_json(read_text(extrait.texte, qualite=extrait.qualite))
        attendu = json.loads(path.with_suffix(EXPECTED_RESULT).read_text(encoding="utf-8"))
        comparaison = compare(_flatten(attendu, tirets=tirets), _flatten(lu, tirets=tirets))
        total += sum(comparaison.par_famille.values(), Compte())
        pertes += [f"{path.stem} - {famille} : {valeur}" for famille, valeur in comparaison.manquants]
        pertes += [f"{path.stem} + {famille} : {valeur}" for famille, valeur in comparaison.faux]
    return total, "\n".join(pertes)


def _flatten(objet: Any, *, tirets: bool) -> Any:
    texte = json.dumps(objet, ensure_ascii=False).replace("|", " ")
    return json.loads(texte.replace("–", "-").replace("—", "-") if tirets else texte)
