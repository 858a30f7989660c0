"""What a listing shows, set against what is known: `reconcile` says of each entry which convention it is, and of each
publication whether it still stands there.

Pure, and linear in the number of entries and of publications: an entry is compared with those that share its NOR, its
date, or a rare word of its title, and with no other. A listing that cannot be believed (`guard`) never reaches it, so
that nothing is found absent from a page that was blocked, emptied, cut short or laid out anew.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.domain.convention import Nature
from portal.domain.dates import format_date
from portal.domain.fold import fold
from portal.publications.entrees import Blocage, Entree, ListeBloquee

CHUTE = 0.7
"""A listing that holds less than this share of what it held last time has lost most of its rows, or was cut."""
CHUTE_MINIMUM = 4
"""Of so few entries, one that goes away is no fall."""
PROCHE, TRES_PROCHE = 0.6, 0.85
"""Shares of the words of two titles that are in both: enough to ask the editor, and, on one date, to be sure."""
CANDIDATES = 64
"""Publications compared with an entry by a word of their title: a word of more is no rare one."""
MEME_JOUR = 1_000
"""Publications of one day, or of one NOR, compared with an entry."""
RARES = 4
"""Words of a title that are looked up, the rarest first."""

_REFERENCE = re.compile(r"(?=[a-z0-9/.-]*\d)(?=[a-z0-9/.-]*[a-z])[a-z0-9]+(?:[-/.][a-z0-9]+)+")
"""A number of letters and figures in several parts (« FTAP-2022-031 »): no date, and no number of a decree."""
_MOT = re.compile(r"[^\W_]+")
_VIDES = frozenset(
    re.findall(
        r"\w+",
        "au aux avec ce ces dans de des du en entre et la le les leur ou par pour sur un une relatif relative relatifs "
        "portant convention conventions delegation delegations gestion charte",
    )
)


class Etat(StrEnum):
    """What an entry, or a publication that no entry shows, is to us."""

    NOUVEAU = "nouveau"
    RAPPROCHE = "rapproche"
    MODIFIE = "modifie"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Connue:
    """A convention that this listing may show. `parties` are names and sigles; `url`, `date_publication` and `nor` are
    what was last seen of it there, nothing where `vue` is false: it was never seen.
    """

    uid: str
    titre: str
    nature: Nature = Nature.CONVENTION
    nor: str | None = None
    reference: str | None = None
    date: datetime.date | None = None
    parties: tuple[str, ...] = ()
    vue: bool = False
    url: str = ""
    date_publication: datetime.date | None = None
    nor_vu: str | None = None


@dataclass(frozen=True, slots=True)
class Ecart:
    """What was concluded of one entry, or of a publication without one (`entree` is None then). `motif` is the proof,
    in French; `confiance` goes from 0 to 100; only a `certain` one is applied without an editor. `divergences` are
    French sentences that say what the entry shows otherwise than the act.
    """

    etat: Etat
    motif: str
    confiance: int
    entree: Entree | None = None
    uid: str | None = None
    divergences: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        return self.confiance >= CERTITUDE


CERTITUDE = 90
DOUTE = 50


def guard(lues: int, total: int | None = None, precedentes: int | None = None) -> None:
    """Raises `ListeBloquee` where a listing of `lues` entries cannot be believed: none, fewer than the `total` that it
    declares, or far fewer than the `precedentes` of the last time that it was believed.
    """
    if not lues:
        raise ListeBloquee(
            Blocage.VIDE, "La liste ne montre aucun acte : vérifiez la page, rien n'est tenu pour absent."
        )
    if total is not None and lues != total:
        message = (
            f"La liste annonce {total} actes et en montre {lues} : lisez-la jusqu'au bout, rien n'est tenu pour absent."
        )
        raise ListeBloquee(Blocage.TRONQUEE, message)
    if precedentes is not None and precedentes >= CHUTE_MINIMUM and lues < CHUTE * precedentes:
        message = (
            f"La liste montre {lues} actes, contre {precedentes} la fois précédente : vérifiez la page, rien n'est "
            "tenu pour absent."
        )
        raise ListeBloquee(Blocage.CHUTE, message)


def reconcile(entrees: Iterable[Entree], connues: Iterable[Connue]) -> Iterator[Ecart]:
    """Yields an écart for each entry, in order, then one for each publication seen before that no entry shows.

    A publication that a doubtful entry may be is not absent; where an entry could not be told from many, no absence is
    certain. Of several entries of one act, the surest is it, that of the address where it was seen before first; the
    rest are for the editor.
    """
    index = _Index(connues)
    ecarts, possibles = [], set[int]()
    for entree in entrees:
        ecart, rangs = _match(entree, index)
        ecarts.append(ecart)
        possibles.update(rangs)
    yield from _keep_one_of_each(ecarts)
    vague = any(ecart.etat is Etat.NOUVEAU and not ecart.certain for ecart in ecarts)
    motif = "La liste, lue en entier, ne montre plus cet acte."
    for rang, connue in enumerate(index.connues):
        if connue.vue and rang not in possibles:
            yield Ecart(Etat.ABSENT, motif, DOUTE if vague else 100, uid=connue.uid)


def _keep_one_of_each(ecarts: Sequence[Ecart]) -> Iterator[Ecart]:
    meilleurs: dict[str, int] = {}
    for rang, ecart in enumerate(ecarts):
        if ecart.uid is not None and _rank(ecart) > _rank(ecarts[meilleurs.setdefault(ecart.uid, rang)]):
            meilleurs[ecart.uid] = rang
    for rang, ecart in enumerate(ecarts):
        if ecart.uid is None or meilleurs[ecart.uid] == rang:
            yield ecart
        else:
            motif = f"{ecart.motif} ; une autre entrée de la liste l'est aussi"
            yield replace(ecart, confiance=DOUTE, motif=motif)


def _rank(ecart: Ecart) -> tuple[bool, int]:
    return ecart.etat is Etat.RAPPROCHE, ecart.confiance


@dataclass(frozen=True, slots=True)
class _Lue:
    """An entry made ready to compare: the words of its title, and all that it prints, as ` mot mot `."""

    entree: Entree
    mots: frozenset[str]
    texte: str


@dataclass(frozen=True, slots=True)
class _Trouve:
    """The publication that an entry is, or may be, with the proof; `possibles` are all those that it may be."""

    rang: int
    motif: str
    confiance: int
    possibles: tuple[int, ...] = ()


class _Index:
    """The publications by what an entry can share with them."""

    def __init__(self, connues: Iterable[Connue]) -> None:
        self.connues = list(connues)
        self.titres = [words_of(connue.titre) for connue in self.connues]
        self.formes = [[_spell(partie) for partie in connue.parties] for connue in self.connues]
        self.nors: defaultdict[str, list[int]] = defaultdict(list)
        self.references: defaultdict[str, list[int]] = defaultdict(list)
        self.dates: defaultdict[datetime.date, list[int]] = defaultdict(list)
        self.mots: defaultdict[str, list[int]] = defaultdict(list)
        self.memes_titres: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for rang, connue in enumerate(self.connues):
            for nor in {connue.nor, connue.nor_vu} - {None}:
                self.nors[str(nor)].append(rang)
            for reference in _find_references(connue.reference or ""):
                self.references[reference].append(rang)
            if connue.date:
                self.dates[connue.date].append(rang)
            self.memes_titres[self.titres[rang]].append(rang)
            for mot in self.titres[rang]:
                if len(self.mots[mot]) <= CANDIDATES:
                    self.mots[mot].append(rang)

    def find_by_words(self, mots: frozenset[str]) -> list[int]:
        """The publications of the same title, and those that share one of the rarest words."""
        rares = sorted((mot for mot in mots if mot in self.mots), key=lambda mot: (len(self.mots[mot]), mot))[:RARES]
        proches = [rang for mot in rares if len(self.mots[mot]) <= CANDIDATES for rang in self.mots[mot]]
        return list(dict.fromkeys((*self.memes_titres.get(mots, [])[:CANDIDATES], *proches)))

    def is_common(self, mots: frozenset[str]) -> bool:
        """Say whether no word tells a title from many others."""
        return not any(len(self.mots[mot]) <= CANDIDATES for mot in mots if mot in self.mots)

    def count_named(self, rang: int, texte: str) -> int:
        """How many of the parties of a publication a text names, each by its name or its sigle."""
        return sum(any(forme in texte for forme in formes) for formes in self.formes[rang])


def words_of(titre: str) -> frozenset[str]:
    """The words of a title that tell it from another, folded."""
    return frozenset(mot for mot in _split(titre) if mot not in _VIDES and len(mot) > 1)


def _split(texte: str) -> list[str]:
    return _MOT.findall(fold(texte))


def _spell(partie: str) -> list[str]:
    """The forms of a party: « Direction du numérique|DNUM » is found by either."""
    formes = (_split(nom) for nom in partie.split("|"))
    return [f" {' '.join(forme)} " for forme in formes if forme]


def _match(entree: Entree, index: _Index) -> tuple[Ecart, tuple[int, ...]]:
    """Give what an entry is, and the ranks of all the publications that it may be."""
    lue = _Lue(entree, words_of(entree.titre), f" {' '.join(_split(' '.join((entree.titre, *entree.parties))))} ")
    for find in (_by_nor, _by_reference, _by_date, _by_title):
        trouve = find(lue, index)
        if trouve:
            ecart = _compare(entree, index.connues[trouve.rang], trouve.motif, trouve.confiance)
            return ecart, trouve.possibles or (trouve.rang,)
    if entree.nor is None and entree.date is None and index.is_common(lue.mots):
        return Ecart(
            Etat.NOUVEAU, "Ni NOR, ni date, et un titre fait de mots trop communs : cherchez l'acte.", 50, entree
        ), ()
    return Ecart(
        Etat.NOUVEAU, "Aucun acte du portail n'a ce NOR, cette date et ces parties, ni ce titre.", 100, entree
    ), ()


def _by_nor(lue: _Lue, index: _Index) -> _Trouve | None:
    """A NOR is that of several acts where one instruction carries them: the date, then the title, tell them apart."""
    entree = lue.entree
    tous = index.nors.get(entree.nor or "", [])[:MEME_JOUR]
    rangs = [rang for rang in tous if not _other_nature(entree, index.connues[rang])]
    if not rangs:
        return None
    memes = [rang for rang in rangs if entree.date and index.connues[rang].date == entree.date] or rangs
    rang = max(memes, key=lambda rang: _likeness(lue.mots, index.titres[rang]))
    connue, motif = index.connues[rang], f"même NOR {entree.nor}"
    if entree.date and connue.date and entree.date != connue.date:
        motif = f"{motif}, mais signé le {format_date(entree.date)} là et le {format_date(connue.date)} ici"
        return _Trouve(rang, motif, 60, tuple(memes))
    seul = len(memes) == 1 or _likeness(lue.mots, index.titres[rang]) >= TRES_PROCHE
    return _Trouve(rang, motif, 100) if seul else _Trouve(rang, motif, 60, tuple(memes))


def _by_reference(lue: _Lue, index: _Index) -> _Trouve | None:
    """The number that the services gave to the act, where its title prints it and no other act has it."""
    for reference in _find_references(lue.entree.titre):
        rangs = [r for r in index.references.get(reference, ()) if not _contradicts(lue.entree, index.connues[r])]
        if len(rangs) == 1:
            contredit = _other_date(lue.entree, index.connues[rangs[0]])
            motif = f"même référence {reference.upper()}{', mais un autre jour de signature' if contredit else ''}"
            return _Trouve(rangs[0], motif, 60 if contredit else 92)
    return None


def _find_references(texte: str) -> list[str]:
    return _REFERENCE.findall(fold(texte))


def _by_date(lue: _Lue, index: _Index) -> _Trouve | None:
    """The same day and the same parties; of several, the one whose title is the nearest."""
    jour = lue.entree.date
    if jour is None:
        return None
    rangs = [
        rang for rang in index.dates.get(jour, [])[:MEME_JOUR] if not _contradicts(lue.entree, index.connues[rang])
    ]
    notes = {rang: (index.count_named(rang, lue.texte) >= 2, _likeness(lue.mots, index.titres[rang])) for rang in rangs}
    possibles = tuple(rang for rang, (nommees, proche) in notes.items() if nommees or proche >= PROCHE)
    if not possibles:
        return None
    rang = max(possibles, key=lambda rang: notes[rang])
    nommees, proche = notes[rang]
    motif = f"même date de signature ({format_date(jour)})"
    rivales = sum(note >= (nommees, proche) for note in notes.values())
    if rivales > 1:
        return _Trouve(rang, f"{motif}, comme {rivales - 1} autre acte aussi proche", 60, possibles)
    if proche >= TRES_PROCHE:
        return _Trouve(rang, f"{motif} et même titre", 95)
    if nommees:
        return _Trouve(rang, f"{motif} et mêmes parties", 92)
    return _Trouve(rang, f"{motif} et titre proche à {proche:.0%}", 70, possibles)


def _by_title(lue: _Lue, index: _Index) -> _Trouve | None:
    """A likely title, where no date contradicts it: for the editor to say."""
    notes = {
        rang: _likeness(lue.mots, index.titres[rang])
        for rang in index.find_by_words(lue.mots)
        if not _contradicts(lue.entree, index.connues[rang]) and not _other_date(lue.entree, index.connues[rang])
    }
    possibles = tuple(rang for rang, proche in notes.items() if proche >= PROCHE)
    if not possibles:
        return None
    rang = max(possibles, key=lambda rang: notes[rang])
    return _Trouve(rang, f"titre proche à {notes[rang]:.0%}", min(80, round(80 * notes[rang])), possibles)


def _contradicts(entree: Entree, connue: Connue) -> bool:
    """Say whether a NOR or a nature shows that the entry is another act."""
    autre_nor = entree.nor and connue.nor and entree.nor != connue.nor
    return bool(autre_nor) or _other_nature(entree, connue)


def _other_nature(entree: Entree, connue: Connue) -> bool:
    return entree.nature is not None and (entree.nature is Nature.AVENANT) != (connue.nature is Nature.AVENANT)


def _other_date(entree: Entree, connue: Connue) -> bool:
    return bool(entree.date and connue.date and entree.date != connue.date)


def _likeness(mots: frozenset[str], autres: frozenset[str]) -> float:
    """The share of the words of both titles that they have in common, 0 to 1."""
    ensemble = len(mots | autres)
    return len(mots & autres) / ensemble if ensemble else 0.0


def _compare(entree: Entree, connue: Connue, motif: str, confiance: int) -> Ecart:
    """Say whether the entry changes what was last seen."""
    vue = (connue.url, connue.date_publication, connue.nor_vu)
    montre = (entree.url, entree.date_publication or connue.date_publication, entree.nor or connue.nor_vu)
    etat = Etat.RAPPROCHE if connue.vue and vue == montre else Etat.MODIFIE
    return Ecart(etat, motif, confiance, entree, connue.uid)
