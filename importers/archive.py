"""Every page that was fetched, kept as it came: what a listing said one day can be read again, and proved.

Bytes are kept once, by their SHA-256, in `contenus/`; each run of a source lists its answers in
`visites/SOURCE/VISITE.jsonl`, an answer a line, which is on the disk before `keep` returns.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from portal.http.session import Reponse

_SOURCE = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")
_VISITE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_EMPREINTE = re.compile(r"[0-9a-f]{64}")


class ArchiveAbimee(Exception):  # noqa: N818
    """What was kept is not there, or is not what was kept. The message is a French sentence."""


class Marque(StrEnum):
    """What is said of an answer that is kept: it is the file of an act and no page of the listing; the site sent no
    bytes, since those of an earlier answer still stand; it was had once its visite had been cut short.
    """

    DOCUMENT = "document"
    INCHANGEE = "inchangee"
    REPRISE = "reprise"


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer that is kept, without its bytes, which are those of `empreinte`.

    `demande` is the address that was asked, `url` that which answered, after redirects.
    """

    demande: str
    url: str
    statut: int
    entetes: dict[str, str]
    moment: datetime
    empreinte: str
    marques: frozenset[str] = frozenset()


class Archive:
    """The pages kept in a folder, made where there is none.

    A source is named by small letters, digits and `_`; a visite, one run of it by one process at a time, by when it
    started in UTC: `20261124T093000Z`. Any other name raises `ValueError`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self,
        reponse: Reponse,
        source: str,
        visite: str,
        *,
        demande: str = "",
        marques: Iterable[Marque] = (),
    ) -> str:
        """Keeps an answer, after those of its visite; gives the SHA-256 of its bytes. Raises `OSError`.

        `demande` is the address that was asked, where it is not that which answered.
        """
        liste = self.locate_visite(source, visite)
        empreinte = sha256(reponse.contenu).hexdigest()
        contenu = self._locate(empreinte)
        if not contenu.exists() or contenu.read_bytes() != reponse.contenu:
            _write(contenu, reponse.contenu)
        ligne: dict[str, Any] = {
            "moment": reponse.moment.isoformat(),
            "url": reponse.url,
            "statut": reponse.statut,
            "entetes": dict(reponse.entetes),
            "sha256": empreinte,
        }
        if demande and demande != reponse.url:
            ligne["demande"] = demande
        if dites := sorted(marques):
            ligne["marques"] = dites
        _append(liste, json.dumps(ligne, ensure_ascii=False).encode() + b"\n")
        return empreinte

    def replay(self, source: str, visite: str) -> Iterator[Reponse]:
        """The answers of a visite, in order. Raises `ArchiveAbimee`, on the way too."""
        return map(self.open, self.list_traces(source, visite))

    def list_traces(self, source: str, visite: str) -> Iterator[Trace]:
        """The answers of a visite without their bytes, in order. Raises `ArchiveAbimee`, on the way too."""
        liste = self.locate_visite(source, visite)
        try:
            lignes = liste.read_bytes().split(b"\n")
        except FileNotFoundError as error:
            message = f"L'archive n'a pas de visite « {visite} » de « {source} » : choisissez-en une autre."
            raise ArchiveAbimee(message) from error
        # What follows the last line end is nothing, or a line that a sudden stop cut short.
        return (read_trace(ligne, f"{liste.name}, ligne {numero}") for numero, ligne in enumerate(lignes[:-1], 1))

    def open(self, trace: Trace) -> Reponse:
        """The answer itself. Raises `ArchiveAbimee` where its bytes are lost, or are not those that were kept."""
        contenu = self.read_contenu(trace.empreinte)
        return Reponse(trace.url, trace.statut, trace.entetes, contenu, trace.moment)

    def list_visites(self, source: str) -> list[str]:
        """The visites of a source, the oldest first."""
        noms = (path.stem for path in self._locate_source(source).glob("*.jsonl"))
        return sorted(nom for nom in noms if _VISITE.fullmatch(nom))

    def locate_visite(self, source: str, visite: str) -> Path:
        """The file that lists the answers of a visite, be there one or not."""
        _check(visite, _VISITE)
        return self._locate_source(source) / f"{visite}.jsonl"

    def read_contenu(self, empreinte: str) -> bytes:
        """The bytes that were kept under a SHA-256. Raises `ArchiveAbimee` where they are lost, or not those."""
        try:
            contenu = self._locate(empreinte).read_bytes()
        except FileNotFoundError as error:
            message = f"L'archive n'a plus la page {empreinte} : rétablissez-la depuis une sauvegarde."
            raise ArchiveAbimee(message) from error
        if sha256(contenu).hexdigest() != empreinte:
            message = f"La page {empreinte} de l'archive est abîmée : rétablissez-la depuis une sauvegarde."
            raise ArchiveAbimee(message)
        return contenu

    def _locate(self, empreinte: str) -> Path:
        _check(empreinte, _EMPREINTE)
        return self._folder / "contenus" / empreinte[:2] / empreinte

    def _locate_source(self, source: str) -> Path:
        _check(source, _SOURCE)
        return self._folder / "visites" / source


def read_trace(ligne: bytes, lieu: str) -> Trace:
    """What a line of a visite says. Raises `ArchiveAbimee`, which tells of the place `lieu`."""
    try:
        lue: dict[str, Any] = json.loads(ligne)
        _check(lue["sha256"], _EMPREINTE)
        return Trace(
            demande=str(lue.get("demande", lue["url"])),
            url=str(lue["url"]),
            statut=int(lue["statut"]),
            entetes={str(nom): str(valeur) for nom, valeur in lue["entetes"].items()},
            moment=datetime.fromisoformat(lue["moment"]),
            empreinte=lue["sha256"],
            marques=frozenset(map(str, lue.get("marques", ()))),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"L'archive est abîmée ({lieu}) : rétablissez ce fichier depuis une sauvegarde."
        raise ArchiveAbimee(message) from error


def _check(nom: str, forme: re.Pattern[str]) -> None:
    """A name is a part of a path: raises `ValueError` where it could be anything else."""
    if not forme.fullmatch(nom):
        raise ValueError(f"« {nom} » n'est pas un nom de l'archive.")


def _write(path: Path, contenu: bytes) -> None:
    """Whole or not at all, whenever the process or the machine stops."""
    _make_folder(path.parent)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as provisoire:
        try:
            provisoire.write(contenu)
            provisoire.flush()
            os.fsync(provisoire.fileno())
            Path(provisoire.name).replace(path)
        except BaseException:
            Path(provisoire.name).unlink()
            raise
    _sync_folder(path.parent)


def _append(path: Path, ligne: bytes) -> None:
    """One more line, on the disk; a last one that a sudden stop cut short is taken away first."""
    nouveau = not path.exists()
    _make_folder(path.parent)
    with path.open("ab+") as fichier:
        fichier.seek(max(0, fichier.tell() - 1))
        if fichier.read() != b"\n":
            fichier.seek(0)
            fichier.truncate(fichier.read().rfind(b"\n") + 1)
        fichier.write(ligne)
        fichier.flush()
        os.fsync(fichier.fileno())
    if nouveau:
        _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """A folder, and those above it, that a stop of the machine does not take away."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descripteur = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
