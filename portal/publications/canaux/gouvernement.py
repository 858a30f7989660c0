"""The listing of the delegations on the Government's site: its editors are asked by e-mail to add an act to it."""

from portal.conventions.publiees import Publiee
from portal.domain.convention import Canal
from portal.publications import courriel
from portal.publications.correspondants import find_courriels
from portal.publications.dossiers import Dossier
from portal.publications.lettre import DECRET, write_date, write_lettre
from portal.publications.pieces import list_pieces, write_format
from portal.rendu.composition import name_act

CANAL = Canal.GOUVERNEMENT.value


def prepare(publiee: Publiee, _destinataire: str) -> Dossier:
    """The letter, with the entry as the listing shows it, and the pieces."""
    pieces = list_pieces(publiee)
    titre = name_act(publiee.convention)
    forme = [titre, f"Date : {write_date(publiee.convention)}", f"{pieces[0].nom} ({write_format(pieces[0])})"]
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
    """Say why the letter cannot leave, where that is so."""
    inconnu = "Aucun correspondant n'est connu pour le site du Gouvernement"
    return courriel.find_obstacle(find_courriels(CANAL, publiee), inconnu)


send = courriel.send
