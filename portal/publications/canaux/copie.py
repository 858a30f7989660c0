"""The copies that an act promises: each recipient that it prints gets it by e-mail."""

from portal.conventions.publiees import Publiee
from portal.publications import courriel
from portal.publications.correspondants import OU_L_AJOUTER, find_courriels
from portal.publications.dossiers import Dossier
from portal.publications.lettre import write_lettre, write_titre
from portal.publications.models import COPIE
from portal.publications.pieces import list_pieces

CANAL = COPIE


def prepare(publiee: Publiee, destinataire: str) -> Dossier:
    """The letter to `destinataire`, as the act prints it, and the pieces."""
    pieces = list_pieces(publiee)
    demande = (
        f"À l'attention de : {' '.join(destinataire.split())}\n\n"
        "L'acte ci-après prévoit qu'un exemplaire vous en est communiqué. Vous le trouverez joint."
    )
    return Dossier(
        nom=f"exemplaire-{publiee.uid}",
        titre=f"Exemplaire communiqué : {write_titre(publiee.convention)}",
        message=write_lettre(publiee, demande, pieces),
        pieces=pieces,
        destinataires=find_courriels(CANAL, publiee, destinataire),
    )


def find_obstacle(publiee: Publiee, destinataire: str) -> str:
    """Say that the address of `destinataire` is not known, where that is so."""
    if find_courriels(CANAL, publiee, destinataire):
        return ""
    return f"Aucun correspondant ne porte le nom « {' '.join(destinataire.split())} » : {OU_L_AJOUTER}"


send = courriel.send
