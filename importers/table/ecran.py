"""What the screen of one reading shows: facts, constats and text, that lead to each other by number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.forms import BoundField

from importers.documents.passage import Etendue
from importers.table.faits import Fait, Groupe, find_place, groupe_of, list_groupes
from importers.table.formulaire import ConfirmationForm
from importers.table.passages import TEXTE_LIMIT, Morceau, Passage, cut, number_passages
from portal.domain.convention import Constat, Gravite, Lecture
from portal.domain.libelles import libelle

COLONNES = re.compile(r"\S {4,}\S")
CLASSES = {
    Gravite.ERREUR: "help-critical",
    Gravite.AVERTISSEMENT: "help-warning",
    Gravite.INFO: "help-info",
}


@dataclass(frozen=True, slots=True)
class FaitMontre:
    """A fact, its number on the screen, its passage in the text, and the field that goes with it."""

    numero: int
    fait: Fait
    passage: Passage | None
    champ: BoundField | None = None


@dataclass(frozen=True, slots=True)
class ConstatMontre:
    """A constat and its place: a passage of the text, or else the fact that it names, or else the group of that fact.

    What a rule says in the same words of other places is said once: `autres` are these places.
    """

    numero: int
    constat: Constat
    passage: Passage | None
    fait: FaitMontre | None
    groupe: str = ""
    autres: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        return (self.passage, *self.autres) if self.passage else ()

    @property
    def gravite(self) -> str:
        return libelle(self.constat.gravite)

    @property
    def classe(self) -> str:
        return CLASSES[self.constat.gravite]


@dataclass(frozen=True, slots=True)
class GroupeMontre:
    cle: str
    titre: str
    faits: tuple[FaitMontre, ...]


@dataclass(frozen=True, slots=True)
class MorceauMontre:
    """A `Morceau`, the gravity that marks its passage, and the anchor to which the passage leads back."""

    morceau: Morceau
    gravite: str = ""
    retour: str = ""


@dataclass(frozen=True, slots=True)
class Ecran:
    """`omis` is how many characters at the end of the text are not shown, `colonnes` says that spaces align it."""

    groupes: tuple[GroupeMontre, ...]
    constats: tuple[ConstatMontre, ...]
    texte: tuple[MorceauMontre, ...]
    omis: int
    colonnes: bool


def build_ecran(lecture: Lecture, form: ConfirmationForm) -> Ecran:
    asked = {constat.champ for constat in lecture.constats if constat.champ}
    groupes = list_groupes(lecture.convention, lecture.lieux, asked)
    places = [fait.etendue for groupe in groupes for fait in groupe.faits if fait.etendue]
    of_constats = [place for constat in lecture.constats if (place := _place_of(constat))]
    shown = lecture.texte[:TEXTE_LIMIT]
    passages = number_passages(chain(places, of_constats), len(shown), lecture.pages)
    fields = {f"parties[{rang}]": field for rang, field in enumerate(form.parties)}
    montres = _show_groupes(groupes, passages, fields)
    constats = tuple(_show_constats(lecture.constats, passages, montres))
    return Ecran(
        groupes=montres,
        constats=constats,
        texte=tuple(_show_texte(shown, passages, montres, constats)),
        omis=len(lecture.texte) - len(shown),
        colonnes=bool(COLONNES.search(shown)),
    )


def _show_groupes(
    groupes: list[Groupe], passages: dict[Etendue, Passage], fields: dict[str, BoundField]
) -> tuple[GroupeMontre, ...]:
    shown = []
    numero = 0
    for groupe in groupes:
        faits = []
        for fait in groupe.faits:
            numero += 1
            passage = passages.get(fait.etendue) if fait.etendue else None
            faits.append(FaitMontre(numero, fait, passage, fields.get(fait.champ)))
        shown.append(GroupeMontre(groupe.cle, groupe.titre, tuple(faits)))
    return tuple(shown)


def _show_constats(
    constats: tuple[Constat, ...], passages: dict[Etendue, Passage], groupes: tuple[GroupeMontre, ...]
) -> Iterator[ConstatMontre]:
    faits = {montre.fait.champ: montre for groupe in groupes for montre in groupe.faits}
    same: dict[tuple[str, str, str], list[Constat]] = {}
    for constat in constats:
        same.setdefault((constat.gravite, constat.regle, constat.message), []).append(constat)
    for numero, alike in enumerate(same.values(), 1):
        places = [passages[place] for constat in alike if (place := _place_of(constat)) in passages]
        first, *others = dict.fromkeys(places) or [None]
        champ = alike[0].champ or ""
        shown = groupe_of(champ) if champ and groupe_of(champ) in {groupe.cle for groupe in groupes} else ""
        autres = tuple(place for place in others if place)
        yield ConstatMontre(numero, alike[0], first, find_place(champ, faits), shown, autres)


def _show_texte(
    texte: str,
    passages: dict[Etendue, Passage],
    groupes: tuple[GroupeMontre, ...],
    constats: tuple[ConstatMontre, ...],
) -> Iterator[MorceauMontre]:
    told = [(passage.numero, montre) for montre in reversed(constats) for passage in montre.passages]
    faits = [montre for groupe in groupes for montre in groupe.faits]
    retours = {numero: f"constat-{montre.numero}" for numero, montre in told}
    retours |= {montre.passage.numero: f"fait-{montre.numero}" for montre in reversed(faits) if montre.passage}
    gravites = {numero: montre.constat.gravite for numero, montre in told}
    for morceau in cut(texte, passages.values()):
        passage = morceau.ouvre or morceau.ferme
        numero = passage.numero if passage else 0
        yield MorceauMontre(morceau, gravites.get(numero, ""), retours.get(numero, ""))


def _place_of(constat: Constat) -> Etendue | None:
    if constat.debut is None or constat.fin is None or constat.debut >= constat.fin:
        return None
    return Etendue(constat.debut, constat.fin)
