"""The listing of the delegations on the Government's site: its editors are asked by e-mail to add an act to it."""

from portal.conventions.publiees import Publiee
from portal.domain.convention import Canal
from portal.publications import courriel
from portal.publications.correspondants import OU_L_AJOUTER, find_courriels
from portal.publications.dossiers import Dossier
from portal.publications.lettre import DECRET, write_date, write_lettre, write_titre
from portal.publications.pieces import list_pieces, write_poids

CANAL = Canal.GOUVERNEMENT.value


def prepare(publiee: Publiee, _destinataire: str) -> Dossier:
    """The letter, with the entry as the listing shows it, and the pieces."""
    pieces = list_pieces(publiee)
    titre = write_titre(publiee.convention)
    forme = [titre, f"Date : {write_date(publiee.convention)}", f"{pieces[0].nom} ({write_poids(pieces[0])})"]
    demande = (
        "Nous vous demandons de publier l'acte ci-après dans la liste des délégations de gestion du site du "
        f"Gouvernement. {DECRET}"
    )
    return Dossier(
        nom=f"gouvernement-{publiee.uid}",
        titre=f"Publication sur le site du Gouvernement : {titre}",
        message=write_lettre(publiee, demande, pieces, forme),
        pieces=pieces,
        destinataires=find_courriels(CANAL, publiee),
    )


def find_obstacle(publiee: Publiee, _destinataire: str) -> str:
    """Say that nobody is known to write to, where that is so."""
    if find_courriels(CANAL, publiee):
        return ""
    return f"Aucun correspondant n'est connu pour le site du Gouvernement : {OU_L_AJOUTER}"


send = courriel.send
