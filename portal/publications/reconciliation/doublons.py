"""Of several entries that are one act, the one that it is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from portal.publications.entrees import Entree
from portal.publications.reconciliation.index import Actes
from portal.publications.reconciliation.modele import DOUTE, Connue, Ecart
from portal.publications.reconciliation.titres import (
    PROCHE,
    Titre,
    measure_likeness,
    read_titre,
    split_words,
    words_of,
)


class _Surete(NamedTuple):
    """How surely an entry is an act, the greater the surer. `a_sa_place` says that it is at the address where the act
    was; `exact` that the titles are word for word the same.
    """

    certain: bool
    a_sa_place: bool
    confiance: int
    proche: float
    exact: bool


@dataclass(frozen=True, slots=True)
class _Pretendante:
    """An entry that is, or may be, an act, by its place in the listing."""

    place: int
    entree: Entree
    surete: _Surete


def keep_one_of_each(entrees: Sequence[Entree], ecarts: Sequence[Ecart], actes: Actes) -> Iterator[Ecart]:
    """Gives the écarts of entries with one entry an act, the surest, that of the address where it was before first;
    none, where nothing tells which. The others are doubtful.
    """
    nombres = Counter(ecart.uid for ecart in ecarts if ecart.uid is not None)
    gardees = _choose(entrees, ecarts, actes, {uid for uid, nombre in nombres.items() if nombre > 1})
    for place, ecart in enumerate(ecarts):
        if ecart.uid in gardees and gardees[ecart.uid] != place:
            motif = f"{ecart.motif} ; une autre entrée de la liste l'est aussi"
            yield replace(ecart, confiance=DOUTE, motif=motif, divergences=())
        else:
            yield ecart


def _choose(
    entrees: Sequence[Entree], ecarts: Sequence[Ecart], actes: Actes, disputes: set[str]
) -> dict[str | None, int | None]:
    """The place of the entry that each of the acts in dispute is."""
    rangs = {connue.uid: rang for rang, connue in enumerate(actes.connues) if connue.uid in disputes}
    pretendantes: defaultdict[str, list[_Pretendante]] = defaultdict(list)
    for place, (entree, ecart) in enumerate(zip(entrees, ecarts, strict=True)):
        if ecart.uid in rangs:
            rang = rangs[ecart.uid]
            surete = _measure(entree, ecart, actes.connues[rang], actes.titres[rang])
            pretendantes[ecart.uid].append(_Pretendante(place, entree, surete))
    return {uid: _find_surest(siennes) for uid, siennes in pretendantes.items()}


def _measure(entree: Entree, ecart: Ecart, connue: Connue, sien: Titre) -> _Surete:
    titre = read_titre(entree.titre)
    return _Surete(
        certain=ecart.certain,
        a_sa_place=connue.url != "" and connue.url == entree.url,
        confiance=ecart.confiance,
        proche=measure_likeness(titre, sien),
        exact=titre.suite == sien.suite,
    )


def _find_surest(siennes: Sequence[_Pretendante]) -> int | None:
    """The place of the entry that an act is; None where several claim it and nothing tells which it is."""
    surete = max(sienne.surete for sienne in siennes)
    premieres = [sienne for sienne in siennes if sienne.surete == surete]
    if not surete.certain:
        return premieres[0].place
    if len(premieres) > 1:
        semblables = _say_the_same([sienne.entree for sienne in premieres])
        return min(premieres, key=lambda sienne: sienne.entree.url).place if semblables else None
    par_le_titre = sum(sienne.surete[:3] == surete[:3] for sienne in siennes) > 1
    return None if par_le_titre and surete.proche < PROCHE else premieres[0].place


def _say_the_same(entrees: Sequence[Entree]) -> bool:
    """Say whether entries are one act shown at several addresses: a title that says something, and no other party."""
    titres = {tuple(split_words(entree.titre)) for entree in entrees}
    parties = {entree.parties for entree in entrees} - {()}
    return len(titres) == 1 and len(parties) <= 1 and bool(words_of(entrees[0].titre))
