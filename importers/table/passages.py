"""The text of a source cut at the spans of its facts and constats, so that a template can mark them.

Spans nest (a date in an article) and may cross. A template writes elements, which cannot cross: a passage that another
one cuts is closed and opened again, and every part bears the number of the passage.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from importers.documents.passage import Etendue

TEXTE_LIMIT = 300_000  # characters shown: a browser writes no more in the blink of an eye


@dataclass(frozen=True, slots=True)
class Passage:
    """A span that is marked, its `numero` on the screen, the `page` of the source where it starts (0: no pages).

    `feuille` says that no other passage is, or cuts, inside.
    """

    numero: int
    etendue: Etendue
    feuille: bool = True
    page: int = 0


@dataclass(frozen=True, slots=True)
class Morceau:
    """One step of writing the text: opens a passage (`premier` for its first part), closes one, or says `texte`."""

    ouvre: Passage | None = None
    ferme: Passage | None = None
    premier: bool = False
    texte: str = ""


def number_passages(etendues: Iterable[Etendue], longueur: int, pages: Sequence[int] = ()) -> dict[Etendue, Passage]:
    """Gives each distinct span of the first `longueur` characters its number, in the order of the text.

    `pages` are the places where the pages of the source start.
    """
    inside = {Etendue(*etendue) for etendue in etendues if 0 <= etendue.debut < etendue.fin <= longueur}
    ordered = sorted(inside, key=lambda etendue: (etendue.debut, -etendue.fin))
    holders = _holders(ordered)
    return {
        etendue: Passage(numero, etendue, etendue not in holders, bisect_right(pages, etendue.debut))
        for numero, etendue in enumerate(ordered, 1)
    }


def _holders(ordered: list[Etendue]) -> set[Etendue]:
    """The spans, of those ordered by their start, in which another one starts, and those which another one cuts."""
    holders: set[Etendue] = set()
    opened: list[Etendue] = []
    for etendue in ordered:
        opened = [other for other in opened if other.fin > etendue.debut]
        holders.update(opened)
        holders.update(etendue for other in opened if other.fin < etendue.fin)
        opened.append(etendue)
    return holders


def cut(texte: str, passages: Iterable[Passage]) -> Iterator[Morceau]:
    """Cuts a text at its passages: what is opened is closed, in order, and all the text is said once."""
    waiting = sorted(passages, key=lambda passage: passage.numero, reverse=True)
    opened: list[Passage] = []
    place = 0
    while waiting or opened:
        stop = min([waiting[-1].etendue.debut] if waiting else [], default=len(texte))
        stop = min([stop, *(passage.etendue.fin for passage in opened)])
        if stop > place:
            yield Morceau(texte=texte[place:stop])
            place = stop
        yield from _close_ended(opened, place)
        while waiting and waiting[-1].etendue.debut == place:
            opened.append(waiting.pop())
            yield Morceau(ouvre=opened[-1], premier=True)
    if texte[place:]:
        yield Morceau(texte=texte[place:])


def _close_ended(opened: list[Passage], place: int) -> Iterator[Morceau]:
    """Closes what ends at `place`; what was opened since and does not end is closed with it, and opened again."""
    ended = [rang for rang, passage in enumerate(opened) if passage.etendue.fin <= place]
    if not ended:
        return
    inside = opened[ended[0] :]
    for passage in reversed(inside):
        yield Morceau(ferme=passage)
    opened[ended[0] :] = [passage for passage in inside if passage.etendue.fin > place]
    for passage in opened[ended[0] :]:
        yield Morceau(ouvre=passage)
