"""The copies that an act promises: each recipient that it prints gets it by e-mail."""

from portal.conventions.publiees import Publiee
from portal.publications import courriel
from portal.publications.correspondants import find_courriels
from portal.publications.dossiers import Dossier
from portal.publications.lettre import write_lettre
from portal.publications.models import COPIE
from portal.publications.pieces import list_pieces
from portal.rendu.composition import name_act

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
        titre=f"Exemplaire communiqué : {name_act(publiee.convention)}",
        message=write_lettre(publiee, demande, pieces),
        pieces=pieces,
        destinataires=find_courriels(CANAL, publiee, destinataire),
    )


def find_obstacle(publiee: Publiee, destinataire: str) -> str:
    """Say why the letter to `destinataire` cannot leave, where that is so."""
    inconnu = f"Aucun correspondant ne porte le nom « {' '.join(destinataire.split())} »"
    return courriel.find_obstacle(find_courriels(CANAL, publiee, destinataire), inconnu)


send = courriel.send
