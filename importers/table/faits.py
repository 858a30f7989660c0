"""The facts of a reading as the table shows them: in words, each with the place where it was read."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from importers.documents.passage import Etendue
from portal.domain.comparaison import SECTIONS, Rangees
from portal.domain.comparaison import Fait as Section
from portal.domain.convention import Convention, Lieu
from portal.domain.libelles import write

T = TypeVar("T")

UNKNOWN_IS_SAID = {"titre", "nor", "reference", "objet", "date_signature", "montant_total"}
GROUPES = {
    "acte": "L'acte",
    "parties": "Parties",
    "duree": "Durée",
    "avenant": "Convention modifiée",
    "montant_total": "Montant",
    "echeancier": "Échéancier",
    "imputations": "Imputations",
    "articles": "Articles",
    "visas": "Visas",
    "annexes": "Annexes",
    "publications_prevues": "Publications prévues",
    "copies": "Copies",
    "signataires": "Signataires",
}
"""What an editor verifies first comes first; a fact that is in no other group is of the act."""
EN_TETE = {"parties": "nom", "articles": "intitule", "annexes": "intitule", "signataires": "nom"}
"""The fact of a row that is said first, without its name."""
NOT_SHOWN = {
    "parties": {"service", "role", "sigle"},
    "articles": {"numero", "corps"},
    "annexes": {"corps"},
    "echeancier": {"annee"},
}
"""The service is chosen in a field of its own; bodies are beside, in the text; the rest is in the name of the row."""


@dataclass(frozen=True, slots=True)
class Fait:
    """One fact: the path of it in the convention, its name and value in French, the span where it was read.

    `valeur` is "" for a fact that an editor expects and that was not read.
    """

    champ: str
    libelle: str
    valeur: str
    etendue: Etendue | None


@dataclass(frozen=True, slots=True)
class Groupe:
    """Facts shown under one heading; `cle` is that of `GROUPES`."""

    cle: str
    titre: str
    faits: tuple[Fait, ...]


def list_groupes(convention: Convention, lieux: tuple[Lieu, ...], asked: Collection[str] = ()) -> list[Groupe]:
    """The groups that have a fact to show, in the order of `GROUPES`.

    A fact at a path that is `asked` for is shown though it is unknown: a constat speaks of it.
    """
    said = {*UNKNOWN_IS_SAID, *asked}
    places = {lieu.champ: Etendue(lieu.debut, lieu.fin) for lieu in lieux}
    by_groupe: dict[str, list[Fait]] = {cle: [] for cle in GROUPES}
    for section in SECTIONS:
        facts = _rows(section, convention, said) if isinstance(section, Rangees) else _single(section, convention, said)
        by_groupe[groupe_of(section.champ)] += [_placed(*fact, places) for fact in facts]
    return [Groupe(cle, GROUPES[cle], tuple(faits)) for cle, faits in by_groupe.items() if faits]


def groupe_of(champ: str) -> str:
    """The key of the group that holds the fact at a path."""
    racine = re.split(r"[.\[]", champ, maxsplit=1)[0]
    return racine if racine in GROUPES else "acte"


def find_place(champ: str, places: Mapping[str, T]) -> T | None:
    """What stands at the path of a fact, or else of the row or fact that holds it (« parties[0] » for its sigle)."""
    while champ:
        if champ in places:
            return places[champ]
        champ = champ.rpartition(".")[0]
    return None


def _placed(champ: str, nom: str, valeur: str, places: Mapping[str, Etendue]) -> Fait:
    return Fait(champ, nom, valeur, find_place(champ, places) if valeur else None)


def _single(section: Section, convention: Convention, said: Collection[str]) -> Iterator[tuple[str, str, str]]:
    valeur: Any = convention
    for nom in section.champ.split("."):
        valeur = getattr(valeur, nom, None)
    if (written := write(valeur)) or section.champ in said:
        yield section.champ, section.libelle, written


def _rows(rangees: Rangees, convention: Convention, said: Collection[str]) -> Iterator[tuple[str, str, str]]:
    rows = getattr(convention, rangees.champ)
    if not rows and rangees.champ in said:
        yield rangees.champ, GROUPES[rangees.champ], ""
    for rang, rangee in enumerate(rows):
        champ = f"{rangees.champ}[{rang}]"
        yield champ, rangees.nom(rangee, rang), _summarise(rangees, rangee)


def _summarise(rangees: Rangees, rangee: Any) -> str:
    """A whole row in words, its known facts parted by semicolons."""
    if not rangees.faits:
        return write(rangee)
    en_tete = EN_TETE.get(rangees.champ)
    hidden = {en_tete, *NOT_SHOWN.get(rangees.champ, ())}
    parts = [(mot, write(getattr(rangee, fait))) for fait, mot in rangees.faits.items() if fait not in hidden]
    if rangees.enfants:
        parts.append((rangees.enfants.libelle, " / ".join(rangees.list_enfants(rangee))))
    first = [write(getattr(rangee, en_tete))] if en_tete else []
    return " ; ".join([*filter(None, first), *(f"{mot} : {valeur}" for mot, valeur in parts if valeur)])
