"""What distinguishes two states of an act, fact by fact and row by row, in words that a reader understands.

Rows are matched by what identifies them before they are compared, so that an inserted article or year does not make
all that follows differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portal.domain.alignement import align
from portal.domain.comparaison import SECTIONS, Fait, Rangees
from portal.domain.convention import Convention
from portal.domain.libelles import write

NatureDifference = Literal["ajout", "retrait", "modification"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact, or one whole row, that differs: its values are written in French, "" where there is none.

    `champ` is its path in the later state, or in the earlier one for a row that has gone.
    """

    champ: str
    libelle: str
    avant: str
    apres: str
    nature: NatureDifference


def difference(avant: Convention, apres: Convention) -> tuple[Difference, ...]:
    """Give what differs from one state to the next, in the order of the act; nothing for equal states."""
    return tuple(trouvee for section in SECTIONS for trouvee in _compare_section(section, avant, apres))


def _compare_section(section: Fait | Rangees, avant: Convention, apres: Convention) -> Iterator[Difference]:
    if isinstance(section, Fait):
        yield from _compare(section.champ, section.libelle, _read(avant, section.champ), _read(apres, section.champ))
    else:
        yield from _compare_rangees(section, avant, apres, "", "")


def _compare_rangees(rangees: Rangees, avant: Any, apres: Any, chemin: str, parent: str) -> Iterator[Difference]:
    """Compare the same list of two matched owners; `chemin` and `parent` are the path and the label of the owner."""
    anciennes, nouvelles = getattr(avant, rangees.champ), getattr(apres, rangees.champ)
    paires = align(anciennes, nouvelles, rangees.cles)
    champ = f"{chemin}{rangees.champ}"
    for rang, rangee in enumerate(nouvelles):
        nom = parent + rangees.nom(rangee, rang)
        if rang in paires:
            yield from _compare_rangee(rangees, anciennes[paires[rang]], rangee, f"{champ}[{rang}]", nom)
        else:
            yield Difference(f"{champ}[{rang}]", nom, "", _summarise(rangees, rangee), "ajout")
    for rang in sorted(set(range(len(anciennes))) - set(paires.values())):
        nom = parent + rangees.nom(anciennes[rang], rang)
        yield Difference(f"{champ}[{rang}]", nom, _summarise(rangees, anciennes[rang]), "", "retrait")
    yield from _compare_order(rangees, nouvelles, paires, champ, parent)


def _compare_order(
    rangees: Rangees, nouvelles: Sequence[Any], paires: dict[int, int], champ: str, parent: str
) -> Iterator[Difference]:
    """Say where the rows of both states do not follow in the same order."""
    apres, avant = sorted(paires), sorted(paires, key=lambda rang: paires[rang])
    if avant != apres:
        noms = [rangees.nom(rangee, rang) if rangees.faits else rangee for rang, rangee in enumerate(nouvelles)]
        ecrit_avant, ecrit_apres = (" ; ".join(noms[rang] for rang in rangs) for rangs in (avant, apres))
        yield Difference(champ, f"{parent}{rangees.libelle}, ordre", ecrit_avant, ecrit_apres, "modification")


def _compare_rangee(rangees: Rangees, avant: Any, apres: Any, champ: str, nom: str) -> Iterator[Difference]:
    if not rangees.faits:
        yield from _compare(champ, nom, avant, apres)
    for fait, mot in rangees.faits.items():
        yield from _compare(f"{champ}.{fait}", f"{nom}, {mot}", getattr(avant, fait), getattr(apres, fait))
    if rangees.enfants:
        yield from _compare_rangees(rangees.enfants, avant, apres, f"{champ}.", f"{nom}, ")


def _compare(champ: str, libelle_du_fait: str, avant: object, apres: object) -> Iterator[Difference]:
    # Not by truth: an amount of 0 is known.
    if avant == apres or all(valeur in (None, "") for valeur in (avant, apres)):
        return
    nature: NatureDifference = "modification"
    ecrit_avant, ecrit_apres = write(avant), write(apres)
    if not ecrit_avant or not ecrit_apres:
        nature = "ajout" if ecrit_apres else "retrait"
    yield Difference(champ, libelle_du_fait, ecrit_avant, ecrit_apres, nature)


def _read(convention: Convention, champ: str) -> Any:
    """Follow a path of names; `None` where a name on the way is unknown (a convention has no avenant)."""
    valeur: Any = convention
    for nom in champ.split("."):
        valeur = None if valeur is None else getattr(valeur, nom)
    return valeur


def _summarise(rangees: Rangees, rangee: Any) -> str:
    """Write a whole row, one known fact a line."""
    if not rangees.faits:
        return write(rangee)
    lignes = [(mot, write(getattr(rangee, fait))) for fait, mot in rangees.faits.items()]
    if rangees.enfants:
        lignes += [(rangees.enfants.libelle, enfant) for enfant in rangees.list_enfants(rangee)]
    return "\n".join(f"{mot} : {valeur}" for mot, valeur in lignes if valeur)
