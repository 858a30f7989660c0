"""Matching of the rows of two lists, from what surely identifies a row to what may."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Rangee = TypeVar("Rangee")


def align(
    avant: Sequence[Rangee], apres: Sequence[Rangee], cles: Sequence[Callable[[Rangee], Hashable | None]]
) -> dict[int, int]:
    """Give, for each index of `apres` that is matched, its index in `avant`.

    Each key in turn pairs the rows still alone that have it equal, first with first; a key that is `None` pairs
    nothing.
    """
    restants = dict(enumerate(avant))
    paires: dict[int, int] = {}
    for cle in cles:
        attente: dict[Hashable, deque[int]] = defaultdict(deque)
        for rang, rangee in restants.items():
            attente[cle(rangee)].append(rang)
        for rang, rangee in enumerate(apres):
            valeur = cle(rangee) if rang not in paires else None
            if valeur is not None and attente[valeur]:
                paires[rang] = attente[valeur].popleft()
                del restants[paires[rang]]
    return paires
