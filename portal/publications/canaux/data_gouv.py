"""data.gouv.fr: each act is one dataset there, made and kept in step by the API.

A dataset is known again by its identifier, or else by the key of its act in its `extras`, looked for among all those of
the organisation before any is made: an answer that was lost makes no second one. One that is made is private until its
files are there.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha1, sha256
from typing import Any

from django.conf import settings

from portal.conventions.publiees import Publiee
from portal.publications.datagouv import jeu
from portal.publications.datagouv.client import Client, Objet, find_page
from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Piece, Recu
from portal.publications.pieces import list_pieces, permalien

SANS_CLE = (
    "Le portail n'a pas de clé de data.gouv.fr : réglez DATAGOUV_API_KEY et DATAGOUV_ORGANISATION, ou téléchargez le "
    "dossier et déposez-le par vos moyens."
)
AUTRE = (
    "Le jeu de données connu n'est plus à l'organisation du portail : rendez-le-lui sur data.gouv.fr, ou corrigez "
    "DATAGOUV_ORGANISATION, puis redemandez l'envoi."
)
SOMMES = {"sha1": sha1, "sha256": sha256}


def prepare(publiee: Publiee, _destinataire: str) -> Dossier:
    """The dataset of an act: its facts as `faits`, its files as pieces."""
    convention = publiee.convention
    return Dossier(
        nom=f"data-gouv-{publiee.uid}",
        titre=jeu.write_titre(convention),
        message=jeu.write_description(publiee),
        pieces=list_pieces(publiee),
        faits={
            "extras": {
                jeu.CLE_ACTE: publiee.uid,
                jeu.CLE_NOR: convention.nor or "",
                jeu.CLE_ADRESSE: permalien(publiee),
            },
            "periode": jeu.find_periode(convention),
        },
    )


def find_obstacle(_publiee: Publiee, _destinataire: str) -> str:
    """Say that there is no key, where that is so."""
    return "" if is_automatic() else SANS_CLE


def is_automatic() -> bool:
    """With a key, the portal keeps data.gouv.fr in step by itself."""
    return bool(settings.DATAGOUV_API_KEY and settings.DATAGOUV_ORGANISATION)


def send(dossier: Dossier, envoi: Envoi) -> Recu:
    """Makes the dataset of an act, or brings it up to date. Raises `EchecTransmission`: another try goes on from it."""
    extras = {**dossier.faits["extras"], jeu.CLE_EMPREINTE: dossier.empreinte}
    with Client() as client:
        tenu = _find(client, envoi)
        if tenu is None:
            tenu = client.create_dataset(_write(dossier, extras, private=True))
        elif tenu.get("deleted"):
            tenu = client.update_dataset(_id_of(tenu), {**_write(dossier, extras, private=True), "deleted": None})
        identifiant = _id_of(tenu)
        _send_pieces(client, identifiant, tenu, dossier.pieces)
        autres = {cle: valeur for cle, valeur in _extras_of(tenu).items() if not cle.startswith("delegation:")}
        fait = client.update_dataset(identifiant, _write(dossier, {**autres, **extras}, private=False))
    return Recu("Publié sur data.gouv.fr.", identifiant, find_page(fait))


def withdraw(envoi: Envoi) -> Recu:
    """Makes the dataset of an act private: it keeps its key, and may come back."""
    with Client() as client:
        tenu = _find(client, envoi)
        if tenu is None or tenu.get("deleted"):
            return Recu("Il n'y a plus rien à retirer de data.gouv.fr.")
        faits = ("title", "description", "tags", "license", "frequency", "temporal_coverage", "extras")
        garde = {nom: tenu.get(nom) for nom in faits}
        notre = {"organization": settings.DATAGOUV_ORGANISATION, "private": True}
        client.update_dataset(_id_of(tenu), {**garde, **notre})
    return Recu("Retiré de data.gouv.fr : le jeu de données y est privé.", _id_of(tenu))


def _write(dossier: Dossier, extras: dict[str, Any], *, private: bool) -> dict[str, Any]:
    return jeu.make_jeu(dossier.titre, dossier.message, extras, dossier.faits["periode"], private=private)


def _find(client: Client, envoi: Envoi) -> Objet | None:
    """The dataset of an act, of our organisation alone: another may bear our key."""
    if envoi.identifiant and (tenu := client.read_dataset(envoi.identifiant)):
        if not _is_ours(tenu):
            raise EchecTransmission(AUTRE, definitif=True)
        return tenu
    trouves = [
        tenu for tenu in client.list_datasets() if _is_ours(tenu) and _extras_of(tenu).get(jeu.CLE_ACTE) == envoi.uid
    ]
    vivants = [tenu for tenu in trouves if not tenu.get("deleted")]
    return next(iter(vivants or trouves), None)


def _is_ours(tenu: Mapping[str, Any]) -> bool:
    tenant = tenu.get("organization")
    return isinstance(tenant, dict) and tenant.get("id") == settings.DATAGOUV_ORGANISATION


def _extras_of(objet: Mapping[str, Any]) -> dict[str, Any]:
    extras = objet.get("extras")
    return extras if isinstance(extras, dict) else {}


def _id_of(objet: Mapping[str, Any]) -> str:
    identifiant = objet.get("id")
    if not isinstance(identifiant, str) or not identifiant:
        raise EchecTransmission("data.gouv.fr ne dit pas l'identifiant du jeu de données : l'envoi sera réessayé.")
    return identifiant


def _send_pieces(client: Client, identifiant: str, tenu: Mapping[str, Any], pieces: Sequence[Piece]) -> None:
    """Makes the resources those of the dossier: a file takes the place of the one of its name; those of others stay.

    A new resource is put before the others there: the first piece is sent last.
    """
    restent = [ressource for ressource in tenu.get("resources") or () if isinstance(ressource, dict)]
    for piece in reversed(pieces):
        memes = [ressource for ressource in restent if _names(ressource, piece.nom)]
        restent = [ressource for ressource in restent if ressource not in memes]
        tenue = memes[0] if memes else None
        if tenue is None or not _holds(tenue, piece.contenu):
            tenue = client.upload_resource(identifiant, piece, _id_of(tenue) if tenue else "")
        client.update_resource(identifiant, _id_of(tenue), _describe(piece))
        for jumelle in memes[1:]:
            client.delete_resource(identifiant, _id_of(jumelle))
    for ressource in restent:
        if jeu.CLE_PIECE in _extras_of(ressource):
            client.delete_resource(identifiant, _id_of(ressource))


def _describe(piece: Piece) -> dict[str, Any]:
    premiere = piece.mime == "application/pdf" and not piece.nom.startswith("document-signe")
    return {
        "title": piece.libelle[:1].upper() + piece.libelle[1:],
        "description": f"Fichier {piece.nom}.",
        "type": "main" if premiere else "other",
        "filetype": "file",
        "extras": {jeu.CLE_PIECE: piece.nom},
    }


def _names(ressource: Mapping[str, Any], nom: str) -> bool:
    """Say whether a resource is that of a piece: by its key, or, where its upload had no answer, by its file."""
    cle = _extras_of(ressource).get(jeu.CLE_PIECE)
    if cle is not None:
        return bool(cle == nom)
    return ressource.get("title") == nom and ressource.get("filetype") == "file"


def _holds(ressource: Mapping[str, Any], contenu: bytes) -> bool:
    """Say whether a resource holds a file already, as far as its checksum says."""
    somme = ressource.get("checksum")
    if not isinstance(somme, dict) or somme.get("type") not in SOMMES:
        return False
    return bool(SOMMES[somme["type"]](contenu).hexdigest() == somme.get("value"))
