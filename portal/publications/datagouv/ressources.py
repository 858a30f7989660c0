"""The files of an act as the resources of its dataset: one each, and those of others left as they are."""

from collections.abc import Mapping, Sequence
from hashlib import sha1, sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from portal.publications.datagouv.client import Client, Objet, extras_of, id_of
from portal.publications.datagouv.jeu import CLE_PIECE
from portal.publications.dossiers import Piece

SOMMES = {"sha1": sha1, "sha256": sha256}


def send_pieces(client: Client, jeu: Objet, pieces: Sequence[Piece]) -> None:
    """Sends the files that are not there yet, each in the place of the one of its name.

    A new resource is put before the others there: the first piece is sent last.
    """
    identifiant, tenues = id_of(jeu), _list_ours(jeu)
    for piece in reversed(pieces):
        tenue = next((ressource for ressource in tenues if name_of(ressource) == piece.nom), None)
        if tenue is None or not _holds(tenue, piece.contenu):
            tenue = client.upload_resource(identifiant, piece, id_of(tenue) if tenue else "")
        faits = _describe(piece, tenue)
        if any(tenue.get(nom) != fait for nom, fait in faits.items()):
            client.update_resource(identifiant, id_of(tenue), faits)


def remove_others(client: Client, jeu: Objet, uid: str, pieces: Sequence[Piece]) -> None:
    """Takes away the files of an act that are sent no more, or stand there twice: a cut sending, or another at the same
    time, may have left them.
    """
    attendus = {piece.nom for piece in pieces}
    for ressource in _list_ours(jeu):
        nom = name_of(ressource)
        if nom in attendus:
            attendus.remove(nom)
        elif CLE_PIECE in extras_of(ressource) or f"-{uid}." in nom:
            client.delete_resource(id_of(jeu), id_of(ressource))


def name_of(ressource: Mapping[str, Any]) -> str:
    """The name of the file of a resource: the one that we gave it or, where its upload had no answer, that of its
    address.
    """
    cle = extras_of(ressource).get(CLE_PIECE)
    return cle if isinstance(cle, str) else PurePosixPath(urlsplit(str(ressource.get("url"))).path).name


def _list_ours(jeu: Objet) -> list[Objet]:
    """The resources that are files, the oldest first: whoever looks takes the same one for that of a piece."""
    ressources = jeu.get("resources")
    fichiers = [
        ressource
        for ressource in (ressources if isinstance(ressources, list) else ())
        if isinstance(ressource, dict) and ressource.get("filetype") == "file"
    ]
    return sorted(fichiers, key=lambda ressource: (str(ressource.get("created_at")), str(ressource.get("id"))))


def _describe(piece: Piece, tenue: Mapping[str, Any]) -> dict[str, Any]:
    premiere = piece.mime == "application/pdf" and not piece.nom.startswith("document-signe")
    return {
        "title": piece.libelle[:1].upper() + piece.libelle[1:],
        "description": f"Fichier {piece.nom}.",
        "type": "main" if premiere else "other",
        "filetype": "file",
        "extras": {**extras_of(tenue), CLE_PIECE: piece.nom},
    }


def _holds(ressource: Mapping[str, Any], contenu: bytes) -> bool:
    """Say whether a resource holds a file already, as far as its checksum says."""
    somme = ressource.get("checksum")
    if not isinstance(somme, dict) or somme.get("type") not in SOMMES:
        return False
    return bool(SOMMES[somme["type"]](contenu).hexdigest() == somme.get("value"))
