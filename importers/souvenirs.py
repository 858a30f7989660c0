"""What the archive holds of each address: its last good answer, found without keeping any answer in memory."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from importers.archive import Archive, ArchiveAbimee, Trace, read_trace
from importers.listings.page_html import is_web

ADRESSES_MAXIMUM = 20_000
"""Addresses remembered: as many as a listing may have pages. The rest is asked anew."""
ADRESSE_MAXIMUM = 2_000
"""Characters of an address that is remembered."""

_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]{0,200}"')
"""What RFC 9110 (8.8.3) lets an ETag be, and no longer than any is."""
_DATE = re.compile(r"[A-Za-z0-9 ,:+-]{1,40}")


class Souvenirs:
    """The last good answer (200) at each address in some visites of a source, those named first before the others.

    A visite that is not there, or a line that is damaged, is as if it never was: what it told is asked anew.
    """

    def __init__(self, archive: Archive, source: str, visites: Iterable[str]) -> None:
        self._places: dict[str, tuple[Path, int]] = {}
        for visite in visites:
            self._remember(archive.locate_visite(source, visite))

    def find(self, adresse: str) -> Trace | None:
        """The last good answer at an address, if it is still there."""
        if adresse not in self._places:
            return None
        liste, debut = self._places[adresse]
        with suppress(OSError, ArchiveAbimee), liste.open("rb") as fichier:
            fichier.seek(debut)
            trace = read_trace(fichier.readline(), liste.name)
            return trace if trace.demande == adresse else None
        return None

    def _remember(self, liste: Path) -> None:
        # Of several answers in one visite the last stands, as where a page was asked anew after a sudden stop.
        places: dict[str, tuple[Path, int]] = {}
        for debut, trace in _read_good(liste):
            if trace.demande in places or len(self._places) + len(places) < ADRESSES_MAXIMUM:
                places[trace.demande] = (liste, debut)
        self._places = places | self._places


def find_conditions(trace: Trace) -> dict[str, str]:
    """What to send so that a site sends nothing where an answer still stands: the arguments of `Session.fetch`."""
    etag, modifiee = trace.entetes.get("etag", ""), trace.entetes.get("last-modified", "")
    conditions = {
        "etag": etag if _ETAG.fullmatch(etag) else "",
        "modifiee": modifiee if _DATE.fullmatch(modifiee) else "",
    }
    return {nom: valeur for nom, valeur in conditions.items() if valeur}


def _read_good(liste: Path) -> Iterator[tuple[int, Trace]]:
    """The good answers of a visite, each with the place of its line."""
    debut = 0
    with suppress(OSError), liste.open("rb") as fichier:
        for ligne in fichier:
            with suppress(ArchiveAbimee):
                trace = read_trace(ligne, liste.name)
                if trace.statut == 200 and is_web(trace.demande) and len(trace.demande) <= ADRESSE_MAXIMUM:
                    yield debut, trace
            debut += len(ligne)
