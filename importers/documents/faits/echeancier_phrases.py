"""An échéancier said in sentences: « 120 000 € en AE et 10 000 € en CP au titre de 2024 ».

In a sentence an amount goes with the kind of credit, and with the year, that stands next to it on the side where the
sentence puts them all: after the amounts if it opens with an amount, before them otherwise. A sentence that speaks of a
threshold, of a former amount or of a total says no line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from importers.documents.credits import ANNEE, Credit, find_credits
from importers.documents.faits.echeancier_tableau import LigneLue
from importers.documents.passage import Passage
from importers.documents.phrases import find_phrases
from portal.domain.convention import LigneEcheancier
from portal.domain.dates import find_dates
from portal.domain.identifiers import PROGRAMME, UO
from portal.domain.montants import find_montants

T = TypeVar("T")

ANNONCE_MAXIMUM = 12
"""The words that a colon announces stand right before it."""

VOISINES = 60
"""The two halves of a line stand no further apart than so many lines."""

_AUTRE_PROPOS = re.compile(
    r"\b(?:supérieure?s?|inférieure?s?|seuil|excèd|dépass|au-delà|initialement|portée?s? (?:de|à)|au lieu de|remplacé|par rapport|augment|diminu"
    r"|majoré|minoré|unitaire|par agent|par jour|pénalité)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\btotal\b|\bglobal", re.IGNORECASE)
_ELEMENT = re.compile(r"[-–—•]|(?:19|20)\d\d\s?:")
"""What opens an item of a list; OCR may lose its bullet."""
_SOIT_AU_TOTAL = re.compile(r"\s?,?\ssoit\s(?:un\s|au\s)?(?:montant\s)?(?:total|global)\b.*")
"""« 2026 : 80 000 €, soit un montant total de 230 000 € »: what the last line of a list adds is not of it."""
_RESPECTIVEMENT = re.compile(r"\brespectivement\b", re.IGNORECASE)
_OUVRE = re.compile(r":\s?$")


@dataclass(frozen=True, slots=True)
class _Annonce:
    """What a sentence that ends in a colon says of the list under it."""

    annee: int | None = None
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class _Codes:
    """The programme and the UO named last: « imputées sur l'UO 0206-DR49-DP49. Le montant… » says both for the amount.

    A sentence that names another, or several, puts an end to what was said before it.
    """

    programme: str | None = None
    uo: str | None = None

    def following(self, phrase: str) -> "_Codes":
        programmes = {code for _, _, code in PROGRAMME.find(phrase)}
        uos = {code for _, _, code in UO.find(phrase)}
        return _Codes(
            (programmes.pop() if len(programmes) == 1 else None) if programmes else self.programme,
            (uos.pop() if len(uos) == 1 else None) if uos else self.uo,
        )


def read_phrases(passages: Iterable[Passage]) -> list[LigneLue]:
    """Give the lines that sentences say, AE and CP of one year joined."""
    lues: list[LigneLue] = []
    for passage in passages:
        annonce = _Annonce()
        codes = _Codes()
        for debut, fin in find_phrases(passage):
            phrase = passage.texte[debut:fin]
            codes = codes.following(phrase)
            lues += _read_phrase(passage, debut, fin, annonce, codes)
            if _OUVRE.search(phrase):
                annonce = _read_annonce(phrase)
            elif not _ELEMENT.match(phrase):
                annonce = _Annonce()
    return _join_all(lues)


def _read_annonce(phrase: str) -> _Annonce:
    """Read « Crédits de paiement : », « Pour 2024 : » over a list."""
    annees = _find_annees(phrase)
    dernier_montant = max((m.debut for m in find_montants(phrase)), default=-1)
    credits_ = [credit for place, _, credit in find_credits(phrase) if place > dernier_montant]
    return _Annonce(
        annees[0][1] if len(annees) == 1 else None,
        credits_[0] if len(credits_) == 1 and len(phrase) - _last_credit(phrase) < ANNONCE_MAXIMUM else None,
    )


def _last_credit(phrase: str) -> int:
    return max((fin for _, fin, _ in find_credits(phrase)), default=0)


def _read_phrase(passage: Passage, debut: int, fin: int, annonce: _Annonce, codes: _Codes) -> Iterator[LigneLue]:
    phrase = passage.texte[debut:fin]
    liste = _ELEMENT.match(phrase)
    phrase = _SOIT_AU_TOTAL.sub("", phrase) if liste else phrase
    montants = [(m.debut, m.montant) for m in find_montants(phrase)]
    credits_ = [(place, credit) for place, _, credit in find_credits(phrase)]
    if not credits_ and annonce.credit and liste and len(montants) == 1:
        credits_ = [(0, annonce.credit)]
    if not montants or not credits_ or _AUTRE_PROPOS.search(phrase):
        return
    annees = _find_annees(phrase)
    if not annees and annonce.annee is None and _TOTAL.search(phrase):
        return
    lieu = passage.span(debut, fin)
    if _RESPECTIVEMENT.search(phrase) and len(annees) == len(montants) > 1:
        # « 150 000 € et 90 000 € en 2024 et 2025 respectivement »: each amount its year, in order.
        annees = [(place, annee) for (place, _), (_, annee) in zip(montants, annees, strict=True)]
        annees = [(place - 1, annee) for place, annee in annees]
    annees_devant = bool(annees) and annees[0][0] < montants[0][0]
    for (place, _), (credit, montant) in zip(montants, _pair_credits(montants, credits_, phrase), strict=True):
        annee = _pick(place, annees, first=annees_devant) if annees else annonce.annee
        if credit is not None:
            ae = montant if credit is not Credit.CP else None
            cp = montant if credit is not Credit.AE else None
            yield LigneLue(LigneEcheancier(annee, codes.programme, codes.uo, None, ae, cp), lieu)


def _find_annees(phrase: str) -> list[tuple[int, int]]:
    """Give the years of a sentence with their places, those of dates left out, one repeated given once."""
    dates = [(d.debut, d.fin) for d in find_dates(phrase)]
    if len(dates) == 1 and not any(not dates[0][0] <= t.start() < dates[0][1] for t in ANNEE.finditer(phrase)):
        # « au 15 janvier 2022 : 1 200 000 € en AE »: the day on which credits are opened is of their year.
        return [(dates[0][0], next(find_dates(phrase)).date.year)]
    trouvees = [(t.start(), int(t[0])) for t in ANNEE.finditer(phrase) if not any(a <= t.start() < b for a, b in dates)]
    return trouvees[:1] if len({annee for _, annee in trouvees}) == 1 else trouvees


def _pair_credits(
    montants: Sequence[tuple[int, Decimal]], credits_: Sequence[tuple[int, Credit]], phrase: str
) -> list[tuple[Credit | None, Decimal]]:
    """Give each amount its kind of credit."""
    respectivement = _RESPECTIVEMENT.search(phrase)
    if respectivement and len(montants) == 2 and len(credits_) == 1 and credits_[0][1] is Credit.LES_DEUX:
        return [(Credit.AE, montants[0][1]), (Credit.CP, montants[1][1])]
    first = credits_[0][0] < montants[0][0]
    return [(_pick(place, credits_, first=first), montant) for place, montant in montants]


def _pick(place: int, reperes: Sequence[tuple[int, T]], *, first: bool) -> T | None:
    """Give the last repère before a place, or the first after it; the only one where there is one."""
    if len(reperes) == 1:
        return reperes[0][1] if first or reperes[0][0] > place else None
    if first:
        return next((valeur for debut, valeur in reversed(reperes) if debut < place), None)
    return next((valeur for debut, valeur in reperes if debut > place), None)


def _join_all(lues: Sequence[LigneLue]) -> list[LigneLue]:
    jointes: list[LigneLue] = []
    for lue in lues:
        for rang in range(max(0, len(jointes) - VOISINES), len(jointes)):
            jointe = _join(jointes[rang].ligne, lue.ligne)
            if jointe:
                jointes[rang] = LigneLue(jointe, jointes[rang].lieu)
                break
        else:
            jointes.append(lue)
    return jointes


def _join(ligne: LigneEcheancier, autre: LigneEcheancier) -> LigneEcheancier | None:
    """Join two halves of one line, or a line said twice; `None` where they are of two lines."""
    if ligne.annee != autre.annee:
        return None
    programme, uo = ligne.programme or autre.programme, ligne.uo or autre.uo
    if {ligne.programme, autre.programme} - {None, programme} or {ligne.uo, autre.uo} - {None, uo}:
        return None
    for a, b in ((ligne.ae, autre.ae), (ligne.cp, autre.cp)):
        if a is not None and b is not None and a != b:
            return None
    return LigneEcheancier(
        ligne.annee,
        programme,
        uo,
        ligne.partie,
        ligne.ae if ligne.ae is not None else autre.ae,
        ligne.cp if ligne.cp is not None else autre.cp,
    )
