"""What is compared in two states of an act, in the order of the act: its single facts and its lists of rows.

For each list: how its rows are named, which facts they have, and the keys that match them, the surest first.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.domain.convention import LigneEcheancier, Partie, PublicationPrevue, Representant, Signataire
from portal.domain.fold import fold
from portal.domain.libelles import libelle, write

Cle = Callable[[Any], Hashable | None]
_NUMERO_DE_TEXTE = re.compile(r"\b\d{2,4}-\d{2,5}\b")


@dataclass(frozen=True, slots=True)
class Fait:
    """A single fact, by its path from the convention."""

    champ: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Rangees:
    """A list of rows; without `faits`, each row is a text. `enfants` is the list that each row holds."""

    champ: str
    libelle: str
    nom: Callable[[Any, int], str]
    cles: tuple[Cle, ...]
    faits: Mapping[str, str] = field(default_factory=dict)
    enfants: "Rangees | None" = None

    def list_enfants(self, rangee: Any) -> list[str]:
        """Write each row that a row holds, its known facts parted by commas."""
        if self.enfants is None:
            return []
        enfants = getattr(rangee, self.enfants.champ)
        ecrits = ([write(getattr(enfant, fait)) for fait in self.enfants.faits] for enfant in enfants)
        return [", ".join(filter(None, faits)) for faits in ecrits]


def _whole(rangee: Hashable) -> Hashable:
    return rangee


def _same(*champs: str) -> Cle:
    """Match the rows of which these facts are equal and not all unknown."""

    def read(rangee: Any) -> Hashable | None:
        valeurs = tuple(getattr(rangee, champ) for champ in champs)
        return valeurs if any(valeurs) else None

    return read


def _name(partie: Partie) -> Hashable | None:
    return fold(partie.nom) or None


def _role_and_name(partie: Partie) -> Hashable | None:
    return (partie.role, _name(partie)) if partie.nom else None


def _legal_number(visa: str) -> Hashable | None:
    numero = _NUMERO_DE_TEXTE.search(visa)
    return numero[0] if numero else None


def _rank(_: object) -> Hashable:
    """Match what is left in order."""
    return True


def _name_partie(partie: Partie, _: int) -> str:
    return f"{libelle(partie.role) if partie.role else 'Partie'} {partie.sigle or partie.nom}"


def _name_person(personne: Representant | Signataire) -> str:
    return personne.nom or personne.fonction


def _name_ligne(ligne: LigneEcheancier, _: int) -> str:
    return f"Échéancier {ligne.annee}" if ligne.annee is not None else "Échéancier, sans année"


def _name_publication(publication: PublicationPrevue, _: int) -> str:
    return f"Publication prévue, {libelle(publication.canal)}"


_REPRESENTANTS = Rangees(
    "representants",
    "représentants",
    lambda representant, _: f"représentant {_name_person(representant)}",
    (_whole, _same("nom"), _same("fonction")),
    {"nom": "nom", "fonction": "fonction"},
)

SECTIONS: tuple[Fait | Rangees, ...] = (
    Fait("nature", "Nature de l'acte"),
    Fait("titre", "Titre"),
    Fait("reference", "Référence"),
    Fait("nor", "NOR"),
    Fait("objet", "Objet"),
    Fait("date_signature", "Date de signature"),
    Rangees(
        "parties",
        "Parties",
        _name_partie,
        (_whole, _role_and_name, _name, _same("role", "sigle"), _same("sigle")),
        {
            "role": "rôle",
            "nom": "nom",
            "sigle": "sigle",
            "adresse": "adresse",
            "designation": "désignation",
            "service": "service du registre",
        },
        _REPRESENTANTS,
    ),
    Rangees("visas", "Visas", lambda _, rang: f"Visa {rang + 1}", (_whole, _legal_number)),
    Fait("preambule", "Préambule"),
    Rangees(
        "articles",
        "Articles",
        lambda article, _: f"Article {article.numero}",
        (_whole, _same("numero", "intitule"), _same("intitule"), _same("corps"), _same("numero")),
        {"numero": "numéro", "intitule": "intitulé", "corps": "corps", "type": "type"},
    ),
    Rangees(
        "annexes",
        "Annexes",
        lambda _, rang: f"Annexe {rang + 1}",
        (_whole, _same("intitule"), _same("corps")),
        {"intitule": "intitulé", "corps": "corps"},
    ),
    Rangees(
        "echeancier",
        "Échéancier",
        _name_ligne,
        (_whole, _same("annee", "programme", "uo", "partie"), _same("annee", "programme", "uo"), _same("annee")),
        {"annee": "année", "programme": "programme", "uo": "UO", "partie": "partie", "ae": "AE", "cp": "CP"},
    ),
    Rangees(
        "imputations",
        "Imputations",
        lambda _, rang: f"Imputation {rang + 1}",
        (_whole, _same("programme", "centre_financier"), _same("programme"), _same("centre_financier"), _rank),
        {
            "programme": "programme",
            "comptable": "comptable",
            "domaine_fonctionnel": "domaine fonctionnel",
            "centre_financier": "centre financier",
            "activite": "activité",
            "centre_cout": "centre de coût",
        },
    ),
    Fait("montant_total", "Montant total"),
    Fait("duree.regle_effet", "Prise d'effet"),
    Fait("duree.date_effet", "Date d'effet"),
    Fait("duree.date_fin", "Date de fin"),
    Fait("duree.reconduction", "Reconduction"),
    Fait("duree.preavis_mois", "Préavis, en mois"),
    Fait("avenant.numero", "Numéro de l'avenant"),
    Fait("avenant.convention_date", "Date de la convention modifiée"),
    Fait("avenant.convention_reference", "Référence de la convention modifiée"),
    Rangees(
        "publications_prevues",
        "Publications prévues",
        _name_publication,
        (_whole, _same("canal", "libelle"), _same("canal")),
        {"canal": "canal", "libelle": "libellé", "url": "adresse"},
    ),
    Rangees("copies", "Copies", lambda _, rang: f"Copie {rang + 1}", (_whole,)),
    Rangees(
        "signataires",
        "Signataires",
        lambda signataire, _: f"Signataire {_name_person(signataire)}",
        (_whole, _same("nom"), _same("pour"), _same("fonction")),
        {"nom": "nom", "fonction": "fonction", "pour": "pour"},
    ),
)
