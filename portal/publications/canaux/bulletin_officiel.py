"""The bulletin officiel of the ministère of an act: its editors are asked by e-mail to publish it."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.conventions.publiees import Publiee
from portal.domain.convention import Canal, Convention
from portal.domain.dates import format_date
from portal.publications import courriel
from portal.publications.correspondants import find_courriels, find_ministere
from portal.publications.dossiers import Dossier
from portal.publications.lettre import DECRET, write_lettre
from portal.publications.pieces import list_pieces
from portal.rendu.composition import name_act

CANAL = Canal.BULLETIN_OFFICIEL.value


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin: its name, and the lines of an entry as it prints them."""

    nom: str
    write_forme: Callable[[Convention], list[str]]


def prepare(publiee: Publiee, _destinataire: str) -> Dossier:
    """The letter to the bulletin of the ministère, and the pieces."""
    bulletin = find_bulletin(publiee)
    pieces = list_pieces(publiee)
    demande = f"Nous vous demandons de publier au {bulletin.nom} l'acte ci-après. {DECRET}"
    return Dossier(
        nom=f"bulletin-officiel-{publiee.uid}",
        titre=f"Publication au {bulletin.nom} : {name_act(publiee.convention)}",
        message=write_lettre(publiee, demande, pieces, bulletin.write_forme(publiee.convention)),
        pieces=pieces,
        destinataires=find_courriels(CANAL, publiee),
    )


def find_obstacle(publiee: Publiee, _destinataire: str) -> str:
    """Say why the letter cannot leave, where that is so."""
    inconnu = f"Aucun correspondant n'est connu au {find_bulletin(publiee).nom}"
    return courriel.find_obstacle(find_courriels(CANAL, publiee), inconnu)


send = courriel.send


def find_bulletin(publiee: Publiee) -> Bulletin:
    """The bulletin of the ministère of the act, named after it where its own name is not known."""
    ministere = find_ministere(publiee)
    if ministere is None:
        return Bulletin("bulletin officiel de son ministère", _write_plain)
    inconnu = Bulletin(f"bulletin officiel de son ministère ({ministere.nom})", _write_plain)
    return BULLETINS.get(ministere.cle, inconnu)


def _write_plain(_convention: Convention) -> list[str]:
    return []


def _write_education(convention: Convention) -> list[str]:
    """« NOR : MENA2420224X », « Convention du 15-7-2024 »."""
    jour = convention.date_signature
    nature = convention.nature.capitalize() if convention.nature in NATURES_EDUCATION else "Autre texte"
    return [
        name_act(convention),
        *([f"NOR : {convention.nor}"] if convention.nor else []),
        f"{nature} du {jour.day}-{jour.month}-{jour.year}" if jour else nature,
    ]


def _write_social(convention: Convention) -> list[str]:
    """The title, the NOR above it, the day of signature."""
    jour = convention.date_signature
    return [
        *([f"NOR : {convention.nor}"] if convention.nor else []),
        name_act(convention),
        *([f"Date de signature : {format_date(jour)}"] if jour else []),
    ]


def _write_armees(convention: Convention) -> list[str]:
    """« Du 04 mai 2018 », « NOR A R M E 1 8 5 1 1 1 6 X »."""
    jour = convention.date_signature
    return [
        name_act(convention),
        *([f"Du {jour.day:02} {format_date(jour).partition(' ')[2]}"] if jour else []),
        *([f"NOR {' '.join(convention.nor)}"] if convention.nor else []),
    ]


NATURES_EDUCATION = ("convention", "avenant")
BULLETINS = {
    "ministere-education-nationale": Bulletin("Bulletin officiel de l'éducation nationale", _write_education),
    "ministere-sante-solidarites": Bulletin("Bulletin officiel Santé, protection sociale, solidarités", _write_social),
    "ministere-travail": Bulletin("Bulletin officiel Travail, emploi, formation professionnelle", _write_social),
    "ministere-armees": Bulletin("Bulletin officiel des armées", _write_armees),
}
"""By the key of the ministère in the register."""
