"""Which act an entry is, by the proofs that it gives, the surest first: its address, NOR, reference, day, title."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from portal.domain.dates import format_date
from portal.publications.reconciliation.autour import Autour
from portal.publications.reconciliation.modele import CERTITUDE, DOUTE, has_other_date
from portal.publications.reconciliation.rayon import COMPARES, Note, Voisin, Voisinage
from portal.publications.reconciliation.titres import (
    PROCHE,
    TRES_PROCHE,
    Titre,
    has_other_numbers,
    measure_likeness,
    words_beside_day,
)

ADRESSE = "même adresse que la dernière fois"
COMMUN = "Ni NOR ni date qui le distinguent, et un titre fait de mots trop communs : cherchez l'acte."
CONTREDITE = 60
"""The confidence in a proof that another contradicts, or that is that of several acts."""


@dataclass(frozen=True, slots=True)
class Trouve:
    """The act that an entry is, or may be, with the proof. `rang` is None where it may be one of several, or another
    act, and nothing says which; `vague` says that not all that it may be could be told.
    """

    rang: int | None
    motif: str
    confiance: int
    vague: bool = False

    @property
    def certain(self) -> bool:
        return self.confiance >= CERTITUDE


def find_acte(autour: Autour) -> Trouve | None:
    """The act that an entry is; None where it is none of those that are known."""
    ici = autour.ici
    if not ici:
        return _find_elsewhere(autour)
    return _by_address(autour, ici[0]) if len(ici) == 1 and autour.seule else _among(autour)


def list_possible(autour: Autour) -> Iterator[Sequence[int]]:
    """All the acts that an entry may be where it is certainly none, by whatever proof."""
    yield autour.ici
    yield from _list_of_nor(autour)
    yield from (rangs for _, rangs in autour.de_meme_reference)
    yield from autour.du_jour.tous if autour.muette else _list_near(autour.du_jour)
    yield from _list_seen(autour.du_titre)


def _by_address(autour: Autour, rang: int) -> Trouve:
    """The one act of an address is what is shown there, unless its NOR and its day say that it is another."""
    entree, connue = autour.entree, autour.actes.connues[rang]
    nors = {connue.nor, connue.nor_vu} - {None}
    if entree.nor is None or entree.nor in nors:
        return Trouve(rang, ADRESSE, 100)
    if nors and has_other_date(entree, connue):
        autre = _find_elsewhere(autour)
        if autre and autre.certain:
            return autre
        return Trouve(rang, f"{ADRESSE}, mais un autre NOR et un autre jour de signature", CONTREDITE)
    if autour.du_meme_nor:
        return Trouve(rang, f"{ADRESSE}, mais le NOR {entree.nor} d'un autre acte", CONTREDITE)
    return Trouve(rang, ADRESSE, 100)


def _among(autour: Autour) -> Trouve:
    """Several acts, or several entries, are at one address: what else the entry says tells which it is; its NOR, which
    of all acts, where none of that address has it.
    """
    sur_place = autour.narrow()
    recherches = (autour,) if autour.du_meme_nor and not sur_place.du_meme_nor else (sur_place, autour)
    trouves = [trouve for recherche in recherches if (trouve := _find_elsewhere(recherche))]
    surs = {trouve.rang: trouve for trouve in reversed(trouves) if trouve.certain}
    if len(surs) == 1:
        return surs.popitem()[1]
    retenu = next((trouve for trouve in trouves if trouve.rang is not None), None)
    if retenu:
        return replace(retenu, confiance=min(retenu.confiance, CONTREDITE))
    motif = f"L'adresse est celle de {_count(len(autour.ici), 'acte')} du portail : dites si c'en est un."
    return Trouve(None, motif, DOUTE)


def _find_elsewhere(autour: Autour) -> Trouve | None:
    return _by_nor(autour) or _by_reference(autour) or _by_date(autour) or _by_title(autour)


def _by_nor(autour: Autour) -> Trouve | None:
    """A NOR is that of several acts where one instruction carries them: the date, then the title, tell them apart."""
    entree, memes, motif = autour.entree, autour.du_meme_nor, f"même NOR {autour.entree.nor}"
    if not memes:
        return None
    meilleur = _find_nearest(autour.du_nor.voisins)
    if meilleur is None:
        return Trouve(memes[0][0], f"{motif}, comme {_count(sum(map(len, memes)) - 1, 'autre acte')}", CONTREDITE)
    rang = meilleur.rangs[0]
    connue = autour.actes.connues[rang]
    if entree.date and connue.date and entree.date != connue.date:
        motif = f"{motif}, mais signé le {format_date(entree.date)} là et le {format_date(connue.date)} ici"
        return Trouve(rang, motif, CONTREDITE)
    seul = sum(map(len, _list_of_nor(autour))) == 1
    sur = seul or (meilleur.note.proche >= TRES_PROCHE and not _count_rivals(meilleur, autour.du_nor))
    return Trouve(rang, motif, 100 if sur else CONTREDITE)


def _list_of_nor(autour: Autour) -> Sequence[Sequence[int]]:
    """The acts of the NOR of an entry: those of its day, where there are."""
    if not autour.du_meme_nor:
        return ()
    designes = [voisin.rangs for voisin in autour.du_nor.voisins if voisin.note.designe]
    ignores = any(note.designe for note in autour.du_nor.ignores)
    return designes if designes and not ignores else autour.du_meme_nor


def _by_reference(autour: Autour) -> Trouve | None:
    """The number that the services gave to the act, where its title prints it, and is not that of another act, as where
    this one applies or renews the first.
    """
    trouve = _find_of_reference(autour)
    if trouve is None or trouve.rang is None:
        return trouve
    titres, du_jour = autour.actes.titres, _by_date(autour)
    if du_jour and du_jour.certain and du_jour.rang is not None:
        if not trouve.certain or autour.titre.suite == titres[du_jour.rang].suite:
            return du_jour
        dispute = du_jour.rang != trouve.rang
    else:
        dispute = _has_same_words(autour.du_titre) and measure_likeness(autour.titre, titres[trouve.rang]) < 1
    if not dispute:
        return trouve
    return replace(trouve, motif=f"{trouve.motif}, mais un autre acte est plus proche", confiance=CONTREDITE)


def _find_of_reference(autour: Autour) -> Trouve | None:
    entree, connues = autour.entree, autour.actes.connues
    for reference, rangs in autour.de_meme_reference:
        motif = f"même référence {reference.upper()}"
        trop = len(rangs) > COMPARES
        du_jour = rangs if trop else [rang for rang in rangs if not has_other_date(entree, connues[rang])]
        if len(du_jour) == 1:
            return Trouve(du_jour[0], motif, 92)
        if du_jour:
            return Trouve(du_jour[0], f"{motif}, comme {_count(len(du_jour) - 1, 'autre acte')}", CONTREDITE)
        return Trouve(rangs[0], f"{motif}, mais un autre jour de signature", CONTREDITE)
    return None


def _by_date(autour: Autour) -> Trouve | None:
    """The same day and the same parties; of several, the one whose title is the nearest."""
    jour, entree = autour.du_jour, autour.entree
    if entree.date is None:
        return None
    motif = f"même date de signature ({format_date(entree.date)})"
    meilleur = _find_nearest(voisin for voisin in jour.voisins if _is_possible(voisin.note))
    if meilleur is None:
        nombre = sum(map(len, jour.tous)) if jour.ignores or autour.muette else 0
        motif = f"{motif} que {_count(nombre, 'acte')} du portail : dites si c'en est un."
        return Trouve(None, motif, DOUTE) if nombre else None
    rang = meilleur.rangs[0]
    suite, confiance = _judge_day(autour, autour.actes.titres[rang], meilleur)
    return Trouve(rang, f"{motif}{suite}", confiance)


def _judge_day(autour: Autour, titre: Titre, meilleur: Voisin) -> tuple[str, int]:
    """What the nearest act of a day shares with an entry, and how sure it makes it."""
    note = meilleur.note
    if rivaux := _count_rivals(meilleur, autour.du_jour):
        return f", comme {_count(rivaux, 'autre acte')} aussi proche{'s' if rivaux > 1 else ''}", CONTREDITE
    notes = [voisin.note for voisin in autour.du_jour.voisins if voisin is not meilleur] + [*autour.du_jour.ignores]
    if any(TRES_PROCHE <= autre.proche > note.proche for autre in notes):
        return " et mêmes parties, mais un autre acte a ce titre", CONTREDITE
    if note.nomme and _has_other_numbers(autour, titre):
        return " et mêmes parties, mais un autre numéro", CONTREDITE
    if note.proche >= TRES_PROCHE and (note.nomme or words_beside_day(titre)):
        return " et même titre", 95
    if note.nomme and (note.proche >= PROCHE or not any(autre.nomme for autre in notes)):
        return " et mêmes parties", 92
    suite = " et mêmes parties peut-être," if note.designe else " et"
    return f"{suite} titre proche à {note.proche:.0%}", 70


def _by_title(autour: Autour) -> Trouve | None:
    """A likely title, where no date contradicts it: for the editor to say."""
    voisinage = autour.du_titre
    meilleur = _find_nearest(voisin for voisin in voisinage.voisins if _is_possible(voisin.note))
    if meilleur is None:
        return Trouve(None, COMMUN, DOUTE, vague=True) if voisinage.ignores or autour.sans_preuve else None
    proche = meilleur.note.proche
    vague = bool(voisinage.ignores) and not _has_same_words(voisinage)
    return Trouve(meilleur.rangs[0], f"titre proche à {proche:.0%}", min(80, round(80 * proche)), vague)


def _is_possible(note: Note) -> bool:
    return note.designe > 0 or note.proche >= PROCHE


def _list_near(voisinage: Voisinage) -> Sequence[Sequence[int]]:
    """The acts that an entry may be; all, where some of those that were not compared may be nearer than all others."""
    if any(note.designe or not _has_same_words(voisinage) for note in voisinage.ignores):
        return voisinage.tous
    return _list_seen(voisinage)


def _list_seen(voisinage: Voisinage) -> Sequence[Sequence[int]]:
    """Those that were compared: where some have the very words of its title, others are not it for a near one."""
    seuil = 1 if _has_same_words(voisinage) else PROCHE
    return [voisin.rangs for voisin in voisinage.voisins if voisin.note.designe or voisin.note.proche >= seuil]


def _has_same_words(voisinage: Voisinage) -> bool:
    return any(voisin.note.proche == 1 for voisin in voisinage.voisins)


def _find_nearest(voisins: Iterable[Voisin]) -> Voisin | None:
    return max(voisins, key=lambda voisin: (voisin.note, -voisin.rangs[0]), default=None)


def _count_rivals(meilleur: Voisin, voisinage: Voisinage) -> int:
    """How many other acts are as near; at least one, where it was not compared and may be."""
    seuil = meilleur.note[:3]  # that it may be designated does not tell an act from another
    semblables = sum(len(voisin.rangs) for voisin in voisinage.voisins if voisin.note[:3] >= seuil)
    return semblables - 1 + sum(note[:3] >= seuil for note in voisinage.ignores)


def _has_other_numbers(autour: Autour, titre: Titre) -> bool:
    """Say whether each title has a number that the other has not, that of the day apart."""
    jour = autour.entree.date
    communs = {str(jour.day), str(jour.month), str(jour.year)} if jour else set()
    return has_other_numbers(set(autour.titre.reperes) - communs, set(titre.reperes) - communs)


def _count(nombre: int, nom: str) -> str:
    """« 1 autre acte », « 2 autres actes »."""
    return f"{nombre} {nom if nombre == 1 else nom.replace(' ', 's ') + 's'}"
