"""What the index holds of a convention, whatever the engine: plain texts, keywords, days, cents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from portal.conventions.publiees import Publiee
from portal.domain.convention import LigneEcheancier, Partie
from portal.domain.identifiers import programme_of
from portal.domain.statut import bornes
from search.filters import LAST_DAY
from search.parts import Part, list_codes, list_parts, name_partie
from search.query import LONGEST_VALUE, Tri
from search.values import clean

FORMAT = 2
"""To be raised with any change in what `to_document` gives: every index is then rebuilt."""

TEXTS = ("titre", "objet", "parties", "intitules", "articles", "visas", "autres", "codes")
"""The fields of text; `autres` holds what no reader names: préambule, annexes, avenants, copies."""

LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fiche:
    """What a result shows of a convention besides passages. Amounts are cents, over all years."""

    uid: str
    adresse: str
    titre: str
    objet: str
    nature: str
    delegants: tuple[str, ...]
    delegataires: tuple[str, ...]
    date_signature: date | None = None
    debut: date | None = None
    fin: date | None = None
    date_resiliation: date | None = None
    ae: int | None = None
    cp: int | None = None


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One convention with its avenants, ready for an engine.

    `textes` go by the names of TEXTS, `mots_cles` by those of the filters and `identifiants`
    ("uo:0214-CEN2-INFO"); `jours` are ordinals of days, missing where unknown; `ae` and `cp` are cents by
    year and under "total"; `ordres` are the texts by which each order of results goes up, no two alike.
    """

    fiche: Fiche
    parts: tuple[Part, ...]
    textes: Mapping[str, tuple[str, ...]]
    mots_cles: Mapping[str, tuple[str, ...]]
    jours: Mapping[str, int]
    ae: Mapping[str, int]
    cp: Mapping[str, int]
    ordres: Mapping[Tri, str]

    @property
    def empreinte(self) -> str:
        """Changes with anything that the index holds of the convention."""
        return sha256(repr(self).encode()).hexdigest()


def to_document(publiee: Publiee) -> IndexDocument:
    """What the index holds of `publiee`: every word that its page shows, its avenants' included."""
    convention = publiee.convention
    ae, cp = _sum_by_year(convention.echeancier, "ae"), _sum_by_year(convention.echeancier, "cp")
    fiche = _build_fiche(publiee, ae.get("total"), cp.get("total"))
    parts = tuple(list_parts(publiee))
    return IndexDocument(
        fiche=fiche,
        parts=parts,
        textes=_group_texts(publiee, fiche, parts),
        mots_cles={name: tuple(dict.fromkeys(_clean_all(values))) for name, values in _list_keywords(publiee).items()},
        jours=_list_days(fiche),
        ae=ae,
        cp=cp,
        ordres=_list_orders(publiee),
    )


def _build_fiche(publiee: Publiee, ae: int | None, cp: int | None) -> Fiche:
    convention = publiee.convention
    debut, fin = bornes(convention)
    return Fiche(
        uid=publiee.uid,
        adresse=publiee.adresse,
        titre=clean(convention.titre),
        objet=clean(convention.objet),
        nature=convention.nature.value,
        delegants=tuple(clean(name_partie(partie)) for partie in convention.delegants),
        delegataires=tuple(clean(name_partie(partie)) for partie in convention.delegataires),
        date_signature=convention.date_signature,
        debut=debut,
        fin=fin,
        date_resiliation=publiee.date_resiliation,
        ae=ae,
        cp=cp,
    )


def _group_texts(publiee: Publiee, fiche: Fiche, parts: Iterable[Part]) -> dict[str, tuple[str, ...]]:
    """The parts by the field in which they are searched, and what no part quotes."""
    texts: dict[str, list[str]] = {name: [] for name in TEXTS}
    texts["titre"].append(fiche.titre)
    texts["objet"].append(fiche.objet)
    for part in parts:
        texts[part.champ].append(part.texte)
        texts["intitules"].append(part.intitule)
    texts["parties"] += _clean_all(_list_names(publiee))
    texts["autres"] += _clean_all(_list_other_texts(publiee))
    return {name: tuple(filter(None, found)) for name, found in texts.items()}


def _list_names(publiee: Publiee) -> Iterator[str]:
    """Who is bound, by every name of the text and of the register, and who signs."""
    for partie in publiee.convention.parties:
        yield partie.designation
    for service in publiee.services:
        yield from (service.nom, service.sigle, *service.autres_noms)
    for signataire in publiee.convention.signataires:
        yield f"{signataire.nom} {signataire.fonction} {signataire.pour}"


def _list_other_texts(publiee: Publiee) -> Iterator[str]:
    for act in (publiee, *publiee.avenants):
        yield from act.convention.copies
        yield from (publication.libelle for publication in act.convention.publications_prevues)
    for avenant in publiee.avenants:
        yield from (avenant.convention.titre, avenant.convention.objet, *_list_names(avenant))


def _list_keywords(publiee: Publiee) -> dict[str, Iterable[str]]:
    convention = publiee.convention
    codes = [code for act in (publiee, *publiee.avenants) for code in list_codes(act.convention)]
    return {
        "identifiants": (f"{kind.nom}:{code}" for kind, code in codes),
        "delegant": map(_key_of, convention.delegants),
        "delegataire": map(_key_of, convention.delegataires),
        "service": map(_key_of, convention.parties),
        "ministere": (service.ministere for service in publiee.services if service.ministere),
        "programme": (found for _, code in codes if (found := _programme_of(code))),
        "annee": (str(convention.date_signature.year),) if convention.date_signature else (),
        "nature": (convention.nature.value,),
        "canal": (publication.canal.value for publication in convention.publications_prevues),
    }


_programme_of = lru_cache(maxsize=10_000)(programme_of)


def _key_of(partie: Partie) -> str:
    """The key of the register, or the printed name, as far as an address may hold it."""
    return partie.service or clean(partie.nom)[:LONGEST_VALUE]


def _list_days(fiche: Fiche) -> dict[str, int]:
    """An end that is not set never comes; a beginning or a signature that is not known is left out."""
    days = {"signature": fiche.date_signature, "debut": fiche.debut}
    ends = {"fin": fiche.fin, "resiliation": fiche.date_resiliation}
    known = {name: day.toordinal() for name, day in days.items() if day}
    return known | {name: day.toordinal() if day else LAST_DAY for name, day in ends.items()}


def _sum_by_year(echeancier: Iterable[LigneEcheancier], amount: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in echeancier:
        euros: Decimal | None = getattr(line, amount)
        if euros is not None:
            for year in ("total", *([str(line.annee)] if line.annee else [])):
                sums[year] = sums.get(year, 0) + int(euros * 100)
    return sums


def _list_orders(publiee: Publiee) -> dict[Tri, str]:
    """Undated conventions come last whether the newest or the oldest are first; the uid parts those that tie."""
    signature = publiee.convention.date_signature
    day = signature.toordinal() if signature else None
    ranks = {
        Tri.DATE: LAST_DAY - (day or 0),
        Tri.DATE_CROISSANTE: day or LAST_DAY,
        Tri.PUBLICATION: (LAST_MOMENT - publiee.publiee_le) // timedelta(microseconds=1),
    }
    return {tri: f"{rank:018} {publiee.uid}" for tri, rank in ranks.items()}


def _clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(cleaned for text in texts if (cleaned := clean(text)))
