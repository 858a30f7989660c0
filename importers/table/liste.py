"""The list of what lies on the table."""

from collections import Counter
from typing import Any

from importers.table.droits import depots_seen_by
from importers.table.models import Etat, to_confirm

DEPOTS_SHOWN = 200
CONFIRMED_SHOWN = 20


def list_depots(user: Any) -> dict[str, Any]:
    """What the list shows: what lies on the table, what was confirmed last, and how far the readings are."""
    seen = depots_seen_by(user).defer("lecture").select_related("auteur", "page", "doublon")
    on_table = seen.filter(page=None).order_by("-moment", "-pk")
    counts = Counter(Etat(etat) for etat in on_table.values_list("etat", flat=True))
    return {
        "depots": on_table[:DEPOTS_SHOWN],
        "omis": max(0, counts.total() - DEPOTS_SHOWN),
        "confirmes": seen.exclude(page=None).order_by("-moment", "-pk")[:CONFIRMED_SHOWN],
        "bilan": _say_progress(counts),
        "en_cours": counts[Etat.EN_ATTENTE] + counts[Etat.EN_LECTURE] > 0,
        "premier": to_confirm(on_table).first(),
    }


def _say_progress(counts: Counter[Etat]) -> str:
    """How far the readings are, in one sentence for who does not see the list."""
    total = counts.total()
    if not total:
        return "La table est vide."
    fichiers = "1 fichier" if total == 1 else f"{total} fichiers"
    return f"{fichiers} : {', '.join(f'{counts[etat]} {_agree(etat, counts[etat])}' for etat in Etat if counts[etat])}."


def _agree(etat: Etat, count: int) -> str:
    varies = etat in (Etat.LU, Etat.REFUSE)
    return etat.label.lower() + ("s" if varies and count > 1 else "")
