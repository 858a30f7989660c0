"""How much of what a document says was read: each fact of an expected result, found or not, and each fact read beside it.

A fact is a pair (family, value): « parties.nom », « echeancier.ae » with its year… Facts that belong to another (an
amount to its year, a role to its party) carry it in their value, so that an amount put in the wrong year is wrong. A key
that the expected result leaves out is not compared: its author says neither that the text gives the fact nor that it
does not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Faits = Counter[tuple[str, str]]
Objet = Mapping[str, Any]

_SIMPLES = ("nature", "titre", "reference", "nor", "objet", "date_signature", "montant_total", "preambule")
_FICHES = ("duree", "avenant")
_TEXTES = ("visas", "copies")
_LISTES = {
    "parties": ("nom",),
    "articles": ("numero",),
    "annexes": (),
    "echeancier": ("annee", "programme", "uo", "partie"),
    "imputations": (),
    "publications_prevues": ("canal",),
    "signataires": (),
}
"""The lists of the contract, with the keys that tell one member from another."""

_MISE_EN_PAGE = re.compile(r"(?:^|(?<=\s))[|•●▪*–—-](?=\s|$)")

_RELATIFS = {"role", "type", "ae", "cp", "url"}
"""Keys whose value means something with its member alone: a role is that of a partie."""


@dataclass(frozen=True, slots=True)
class Compte:
    """Of one family: how many facts were expected, how many were read, and how many of them are the same."""

    attendus: int = 0
    lus: int = 0
    justes: int = 0

    def __add__(self, autre: "Compte") -> "Compte":
        return Compte(self.attendus + autre.attendus, self.lus + autre.lus, self.justes + autre.justes)

    @property
    def rappel(self) -> float:
        """The share of the expected facts that were read, 1 where none was expected."""
        return self.justes / self.attendus if self.attendus else 1.0

    @property
    def precision(self) -> float:
        """The share of the facts read that were expected, 1 where none was read."""
        return self.justes / self.lus if self.lus else 1.0


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What one document gave. `muets` are the wrong facts of which no constat warns."""

    par_famille: Mapping[str, Compte]
    manquants: tuple[tuple[str, str], ...]
    faux: tuple[tuple[str, str], ...]
    muets: tuple[tuple[str, str], ...] = field(default=())

    @property
    def total(self) -> Compte:
        return sum_comptes(self.par_famille.values())


def sum_comptes(comptes: Iterable[Compte]) -> Compte:
    return sum(comptes, Compte())


def compare(attendu: Objet, lu: Objet) -> Comparaison:
    """Compare a reading, as the importer prints it, with the expected result of its document."""
    attendus, lus = list_faits(attendu), list_faits(_restrict(lu, attendu))
    justes = attendus & lus
    faux = tuple((lus - attendus).elements())
    avertis = {str(constat["champ"] or "").partition(".")[0].partition("[")[0] for constat in lu["constats"]}
    return Comparaison(
        par_famille={
            famille: Compte(*(_count(faits, famille) for faits in (attendus, lus, justes)))
            for famille in sorted({famille for famille, _ in (*attendus, *lus)})
        },
        manquants=tuple((attendus - lus).elements()),
        faux=faux,
        muets=tuple(fait for fait in faux if fait[0].partition(".")[0] not in avertis),
    )


def list_faits(objet: Objet) -> Faits:
    """Give the facts of a result, however many times each; what is unknown or empty is no fact."""
    faits = [(cle, _write(objet.get(cle))) for cle in _SIMPLES]
    faits += [(cle, _write(texte)) for cle in _TEXTES for texte in objet.get(cle) or ()]
    faits += [(f"{cle}.{nom}", _write(valeur)) for cle in _FICHES for nom, valeur in (objet.get(cle) or {}).items()]
    faits += [
        fait for cle, rang in _LISTES.items() for membre in objet.get(cle) or () for fait in _list(cle, membre, rang)
    ]
    return Counter((famille, valeur) for famille, valeur in faits if valeur)


def _list(cle: str, membre: Objet, rang: Sequence[str]) -> Iterator[tuple[str, str]]:
    identite = " ".join(_write(membre.get(nom)) or "-" for nom in rang)
    for nom, valeur in membre.items():
        if nom == "representants":
            for representant in valeur or ():
                yield from ((f"representants.{n}", _write(v)) for n, v in representant.items())
        elif cle == "echeancier" and nom not in ("ae", "cp"):
            continue
        elif nom in _RELATIFS:
            yield f"{cle}.{nom}", f"{identite} : {_write(valeur)}" if _write(valeur) else ""
        else:
            yield f"{cle}.{nom}", _write(valeur)


def _write(valeur: object) -> str:
    """Give a value on one line with one kind of apostrophe, no bar and no bullet: the layout of a text is not a fact."""
    return "" if valeur is None else " ".join(_MISE_EN_PAGE.sub(" ", str(valeur).replace("’", "'")).split())


def _count(faits: Faits, famille: str) -> int:
    return sum(fois for (nom, _), fois in faits.items() if nom == famille)


def _restrict(lu: Objet, attendu: Objet) -> dict[str, Any]:
    """Leave out of a reading the keys that the expected result leaves out, at both levels."""
    return {cle: _restrict_value(valeur, attendu[cle]) for cle, valeur in lu.items() if cle in attendu}


def _restrict_value(valeur: Any, attendue: Any) -> Any:
    if isinstance(valeur, Mapping) and isinstance(attendue, Mapping):
        return {cle: v for cle, v in valeur.items() if cle in attendue}
    membres = [membre for membre in attendue or () if isinstance(membre, Mapping)] if isinstance(attendue, list) else []
    if not membres:
        return valeur
    cles = {cle for membre in membres for cle in membre}
    return [{cle: v if cle in cles else None for cle, v in membre.items()} for membre in valeur]
