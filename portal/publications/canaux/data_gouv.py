"""data.gouv.fr: each act is one dataset there, made and kept in step by the API.

A dataset is known again by its identifier, or else by the key of its act in its `extras`, looked for among all those of
the organisation before any is made: an answer that was lost makes no second one. One that is made is private until its
files are there.
"""

from dataclasses import replace

from django.conf import settings

from portal.conventions.publiees import Publiee
from portal.publications.datagouv import jeu
from portal.publications.datagouv.client import Client, Objet, find_page, id_of
from portal.publications.datagouv.recherche import find_all, find_one
from portal.publications.datagouv.ressources import remove_others, send_pieces
from portal.publications.dossiers import Dossier, Envoi, Recu
from portal.publications.pieces import list_pieces, permalien

SANS_CLE = (
    "Le portail n'a pas de clé de data.gouv.fr : réglez DATAGOUV_API_KEY et DATAGOUV_ORGANISATION, ou téléchargez le "
    "dossier et déposez-le par vos moyens."
)


def prepare(publiee: Publiee, _destinataire: str) -> Dossier:
    """The dataset of an act: its facts as `faits`, its files as pieces."""
    convention, pieces = publiee.convention, list_pieces(publiee)
    return Dossier(
        nom=f"data-gouv-{publiee.uid}",
        titre=jeu.write_titre(convention),
        message=jeu.write_description(publiee, pieces),
        pieces=pieces,
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
    with Client() as client:
        tenu = find_one(client, envoi) or _create(client, dossier, envoi)
        identifiant, entier = id_of(tenu), jeu.make_jeu(dossier, tenu)
        if tenu.get("deleted"):
            tenu = client.update_dataset(identifiant, {**entier, "private": True, "deleted": None})
        send_pieces(client, tenu, dossier.pieces)
        fait = client.update_dataset(identifiant, {**entier, "private": False, "archived": None})
        remove_others(client, fait, envoi.uid, dossier.pieces)
    return Recu("Publié sur data.gouv.fr.", identifiant, find_page(fait))


def withdraw(envoi: Envoi) -> Recu:
    """Makes the dataset of an act private: it keeps its key, and may come back."""
    with Client() as client:
        vivants = [tenu for tenu in find_all(client, envoi) if not tenu.get("deleted")]
        for tenu in vivants:
            client.update_dataset(id_of(tenu), jeu.make_private(tenu))
    if not vivants:
        return Recu("Il n'y a plus rien à retirer de data.gouv.fr.")
    return Recu("Retiré de data.gouv.fr : le jeu de données y est privé.", id_of(vivants[0]))


def _create(client: Client, dossier: Dossier, envoi: Envoi) -> Objet:
    """Makes a dataset, and looks again: two sendings at the same time take the same one."""
    fait = client.create_dataset({**jeu.make_jeu(dossier, {}), "private": True})
    return find_one(client, replace(envoi, identifiant="")) or fait
