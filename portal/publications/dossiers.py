"""What a channel is sent, and what it answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a dossier: `nom` is that of the file, `mime` its media type, `libelle` what it is, in French."""

    nom: str
    mime: str
    contenu: bytes
    libelle: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is sent of one act by one channel. `nom` is that of its ZIP, without suffix; `titre` that of the entry, or
    of the letter; `message` its plain text; `destinataires` the e-mail addresses that it goes to, where it goes so;
    `faits` what else an API is told, as JSON holds it.
    """

    nom: str
    titre: str
    message: str
    pieces: tuple[Piece, ...]
    destinataires: tuple[str, ...] = ()
    faits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def empreinte(self) -> str:
        """The SHA-256 of all that is sent, whoever receives it: another one says that the act has changed."""
        somme = sha256()
        faits = json.dumps(self.faits, sort_keys=True).encode()
        for partie in (self.titre.encode(), self.message.encode(), faits, *self._contenus()):
            somme.update(len(partie).to_bytes(8, "big") + partie)
        return somme.hexdigest()

    def write_zip(self) -> bytes:
        """The pieces and the message as one file; the same dossier gives the same bytes."""
        zone = BytesIO()
        with ZipFile(zone, "w", ZIP_DEFLATED) as archive:
            for piece in (Piece("lisez-moi.txt", "text/plain", self.message.encode(), ""), *self.pieces):
                info = ZipInfo(f"{self.nom}/{piece.nom}")
                info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, piece.contenu)
        return zone.getvalue()

    def _contenus(self) -> list[bytes]:
        return [partie for piece in self.pieces for partie in (piece.nom.encode(), piece.contenu)]


@dataclass(frozen=True, slots=True)
class Envoi:
    """One sending: of which act, under which key (the same for all its tries), and what is known of it there."""

    uid: str
    cle: str
    identifiant: str = ""


@dataclass(frozen=True, slots=True)
class Recu:
    """What the other side gave back: `identifiant` is the key of the act there, `adresse` its public page, "" where
    there is none; `message` a French sentence.
    """

    message: str
    identifiant: str = ""
    adresse: str = ""


class EchecTransmission(Exception):  # noqa: N818
    """A try failed. The message is a French sentence for the editor, that says what to do.

    `definitif`: another try would fail too, until someone does it. `attente`: seconds that the other side asks to wait.
    """

    def __init__(self, message: str, *, definitif: bool = False, attente: float = 0.0) -> None:
        super().__init__(message)
        self.definitif = definitif
        self.attente = attente
