"""An act as a dataset of data.gouv.fr: its title, its description, its dates, the keys by which it is known again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from portal.conventions.publiees import Publiee
from portal.domain.convention import Convention, Partie
from portal.domain.dates import format_date
from portal.domain.montants import format_montant, sum_stated
from portal.publications.datagouv.client import extras_of
from portal.publications.dossiers import Dossier, Piece
from portal.publications.lettre import DECRET, write_date
from portal.publications.pieces import permalien
from portal.rendu.composition import name_act

TITRE = 350
"""Characters of a title, at most."""
OBJET = 10_000
"""Characters of the object that the description repeats, at most."""
CLE_ACTE, CLE_NOR = "delegation:uid", "delegation:nor"
CLE_EMPREINTE, CLE_ADRESSE = "delegation:empreinte", "delegation:adresse"
CLE_PIECE = "delegation:piece"
"""Keys of `extras`: of a dataset, and of a resource."""
LICENCE = "lov2"
FREQUENCE = "punctual"
TAGS = ("delegation-de-gestion", "convention")


def write_titre(convention: Convention) -> str:
    titre = name_act(convention)
    return titre if len(titre) <= TITRE else f"{titre[: TITRE - 1]}…"


def write_description(publiee: Publiee, pieces: Sequence[Piece]) -> str:
    """The description, in Markdown; nothing of the act is markup in it."""
    return "\n\n".join(_list_paragraphes(publiee, pieces))


def make_jeu(dossier: Dossier, tenu: Mapping[str, Any]) -> dict[str, Any]:
    """The dataset of a dossier, whole but for `private`: what is left out of an update may be emptied. Extras that
    others put in the dataset that stands there, `tenu`, are kept.
    """
    autres = {cle: valeur for cle, valeur in extras_of(tenu).items() if not cle.startswith("delegation:")}
    return {
        "title": dossier.titre,
        "description": dossier.message,
        "license": LICENCE,
        "frequency": FREQUENCE,
        "tags": list(TAGS),
        "temporal_coverage": dossier.faits["periode"],
        "organization": settings.DATAGOUV_ORGANISATION,
        "extras": {**autres, **dossier.faits["extras"], CLE_EMPREINTE: dossier.empreinte},
    }


def make_private(tenu: Mapping[str, Any]) -> dict[str, Any]:
    """The dataset that stands there, whole, for nobody to see."""
    faits = ("title", "description", "license", "frequency", "tags", "temporal_coverage", "extras")
    return {
        **{nom: tenu.get(nom) for nom in faits},
        "organization": settings.DATAGOUV_ORGANISATION,
        "private": True,
    }


def find_periode(convention: Convention) -> dict[str, str | None] | None:
    """The time that an act covers, None where it does not say when it begins."""
    debut, fin = convention.duree.date_effet or convention.date_signature, convention.duree.date_fin
    if debut is None:
        return None
    return {"start": debut.isoformat(), "end": fin.isoformat() if fin and fin >= debut else None}


def _list_paragraphes(publiee: Publiee, pieces: Sequence[Piece]) -> Iterator[str]:
    convention = publiee.convention
    yield "Un service de l'État, le délégant, en charge un autre, le délégataire, d'actes ou de prestations."
    if convention.objet:
        yield f"Objet : {_escape(convention.objet[:OBJET])}"
    fin = convention.duree.date_fin
    yield "\n".join(
        (
            f"- Délégant : {_name(convention.delegants)}",
            f"- Délégataire : {_name(convention.delegataires)}",
            f"- Date de signature : {write_date(convention)}",
            f"- Fin : {format_date(fin) if fin else 'non précisée'}",
            f"- NOR : {_escape(convention.nor or 'non précisé')}",
            *_list_montants(convention),
        )
    )
    yield f"Page de l'acte, à son adresse permanente : <{permalien(publiee)}>"
    yield "Fichiers :"
    yield "\n".join(f"- {_escape(piece.nom)} : {piece.libelle}" for piece in pieces)
    if not any(piece.nom.startswith("document-signe") for piece in pieces):
        yield "Le document signé, qui seul fait foi, n'a pas de copie publique."
    yield DECRET


def _name(parties: Sequence[Partie]) -> str:
    noms = (f"{partie.nom} ({partie.sigle})" if partie.sigle else partie.nom for partie in parties)
    return ", ".join(_escape(nom) for nom in noms) or "non précisé"


def _list_montants(convention: Convention) -> Iterator[str]:
    sommes = {
        "Autorisations d'engagement": sum_stated(ligne.ae for ligne in convention.echeancier),
        "Crédits de paiement": sum_stated(ligne.cp for ligne in convention.echeancier),
        "Montant déclaré": convention.montant_total,
    }
    stated = [f"- {nom} : {format_montant(somme)}" for nom, somme in sommes.items() if somme is not None]
    yield from stated or ["- Montant : non précisé"]


def _escape(texte: str) -> str:
    """A text on one line whose signs are none of Markdown."""
    return "".join(f"\\{signe}" if signe in _SIGNES else signe for signe in " ".join(texte.split()))


_SIGNES = frozenset("\\`*_{}[]<>()#+!|~")
