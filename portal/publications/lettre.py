"""The letter that goes with the pieces of an act: what is asked, of which act, and what is joined."""

from collections.abc import Sequence

from django.conf import settings

from portal.conventions.publiees import Publiee
from portal.domain.convention import Convention
from portal.domain.dates import format_date
from portal.domain.libelles import libelle
from portal.publications.dossiers import Piece
from portal.publications.pieces import permalien, write_format
from portal.rendu.composition import name_act

DECRET = (
    "L'article 2 du décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion dans les services de "
    "l'État dispose : « La délégation de gestion est publiée »."
)


def write_lettre(publiee: Publiee, demande: str, pieces: Sequence[Piece], forme: Sequence[str] = ()) -> str:
    """Write the letter as plain text. `demande` is what is asked; `forme`, the lines of the entry as the other side
    shows it.
    """
    paragraphes = ["Madame, Monsieur,", demande, _describe(publiee)]
    if forme:
        paragraphes.append("\n".join(["Entrée proposée :", "", *forme]))
    paragraphes += [_list(pieces), _sign()]
    return "\n\n".join(paragraphes) + "\n"


def write_date(convention: Convention) -> str:
    """The day of its signature in full, or that it is not known."""
    return format_date(convention.date_signature) if convention.date_signature else "non précisée"


def _describe(publiee: Publiee) -> str:
    convention = publiee.convention
    lignes = [
        f"Titre : {name_act(convention)}",
        f"Nature : {libelle(convention.nature)}",
        f"Date de signature : {write_date(convention)}",
        f"NOR : {convention.nor}" if convention.nor else "NOR : l'acte n'en porte pas",
    ]
    for partie in convention.parties:
        nom = f"{partie.nom} ({partie.sigle})" if partie.sigle else partie.nom
        lignes.append(f"{libelle(partie.role) if partie.role else 'Partie'} : {' '.join(nom.split())}")
    lignes.append(f"Adresse permanente : {permalien(publiee)}")
    return "\n".join(lignes)


def _list(pieces: Sequence[Piece]) -> str:
    lignes = [f"- {piece.nom} ({write_format(piece)}) : {piece.libelle}" for piece in pieces]
    signe = any(piece.nom.startswith("document-signe") for piece in pieces)
    if not signe:
        lignes.append("Le document signé n'a pas de copie publique : il n'est pas joint.")
    return "\n".join(["Pièces jointes :", "", *lignes])


def _sign() -> str:
    nom = settings.EDITEUR_NOM or settings.WAGTAIL_SITE_NAME
    joindre = filter(None, (settings.DEFAULT_FROM_EMAIL, settings.EDITEUR_TELEPHONE))
    return f"Contact : {nom}, {', '.join(joindre)}"
