"""What the index holds of a convention, whatever the engine: plain texts, keywords, days, cents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from itertools import chain

import orjson

from portal.conventions.publiees import Publiee, ServiceRef
from portal.domain.convention import Convention, LigneEcheancier, Partie
from portal.domain.identifiers import programme_of
from portal.domain.montants import find_montants, sum_stated
from portal.domain.statut import bornes
from search.analysis import form, words
from search.filters import EXERCICE, LAST_DAY
from search.identify import MONTANT, MONTANT_CITE, write_code
from search.parts import Part, list_codes, list_parts, name_partie
from search.query import LONGEST_VALUE, Tri
from search.values import clean

FORMAT = 4
"""To be raised with any change in what `to_document` gives: every index is then rebuilt."""

TEXTS = (
    "titre",
    "objet",
    "parties",
    "intitules",
    "articles",
    "visas",
    "autres",
    "codes",
    "delegants",
    "delegataires",
)
"""The fields of text.

`autres` holds what no reader names: préambule, annexes, avenants, copies; `delegants` and `delegataires` the names of
one side, which `parties` has too.
"""

PROPOSES = ("titre", "objet", "parties", "intitules")
"""The texts whose words are proposed to who types their beginning."""

SHORTEST_PROPOSE = 4

MOST_CENTS = 10**17
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
    reference: str = ""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One convention with its avenants, ready for an engine.

    `textes` go by the names of TEXTS, `mots_cles` by those of the filters and `identifiants`
    ("uo:0214-CEN2-INFO"); `jours` are ordinals of days, missing where unknown; `ae` and `cp` are cents by
    year and under "total"; `ordres` are the texts by which each order of results goes up, no two alike;
    `propositions` are the words to propose to who types their beginning, each as its form and as it is written.
    """

    fiche: Fiche
    parts: tuple[Part, ...]
    textes: Mapping[str, tuple[str, ...]]
    mots_cles: Mapping[str, tuple[str, ...]]
    jours: Mapping[str, int]
    ae: Mapping[str, int]
    cp: Mapping[str, int]
    ordres: Mapping[Tri, str]
    propositions: tuple[str, ...]

    @property
    def empreinte(self) -> str:
        """Changes with anything that the index holds of the convention."""
        return sha256(orjson.dumps(self, tuple, orjson.OPT_NON_STR_KEYS)).hexdigest()


def to_document(publiee: Publiee) -> IndexDocument:
    """What the index holds of `publiee`: every word that its page shows, its avenants' included."""
    convention = publiee.convention
    ae, cp = _sum_by_year(convention.echeancier, "ae"), _sum_by_year(convention.echeancier, "cp")
    fiche = _build_fiche(publiee, ae.get("total"), cp.get("total"))
    parts = tuple(list_parts(publiee))
    textes = _group_texts(publiee, fiche, parts)
    return IndexDocument(
        fiche=fiche,
        parts=parts,
        textes=textes,
        mots_cles=_clean_keywords(_list_keywords(publiee, textes)),
        jours=_list_days(fiche),
        ae=ae,
        cp=cp,
        ordres=_list_orders(publiee, ae.get("total"), cp.get("total")),
        propositions=tuple(_propose(text for name in PROPOSES for text in textes[name])),
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
        reference=clean(convention.reference or ""),
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
    texts["delegants"] += _clean_all(_list_side(publiee, publiee.convention.delegants))
    texts["delegataires"] += _clean_all(_list_side(publiee, publiee.convention.delegataires))
    texts["autres"] += _clean_all(_list_other_texts(publiee))
    return {name: tuple(filter(None, found)) for name, found in texts.items()}


def _list_names(publiee: Publiee) -> Iterator[str]:
    """Who is bound, by every name of the text and of the register, and who signs."""
    for partie in publiee.convention.parties:
        yield partie.designation
    for service in publiee.services:
        yield from _list_service_names(service)
    for signataire in publiee.convention.signataires:
        yield f"{signataire.nom} {signataire.fonction} {signataire.pour}"


def _list_side(publiee: Publiee, parties: Iterable[Partie]) -> Iterator[str]:
    """The names of the parties of one side, those of their ministères included."""
    services = {service.cle: service for service in publiee.services}
    for partie in parties:
        yield name_partie(partie)
        service = services.get(partie.service or "")
        ministere = service and services.get(service.ministere or "")
        for one in dict.fromkeys(filter(None, (service, ministere))):
            yield from _list_service_names(one)


def _list_service_names(service: ServiceRef) -> tuple[str, ...]:
    return service.nom, service.sigle, *service.autres_noms


def _propose(texts: Iterable[str]) -> Iterator[str]:
    """« visioconferences visioconférences » for each word long enough that holds letters."""
    found = dict.fromkeys(word for text in texts for word in words(text))
    return (f"{form(word)} {word}" for word in found if len(word) >= SHORTEST_PROPOSE and not word.isdecimal())


def _list_other_texts(publiee: Publiee) -> Iterator[str]:
    for act in (publiee, *publiee.avenants):
        yield from act.convention.copies
        yield from (publication.libelle for publication in act.convention.publications_prevues)
    for avenant in publiee.avenants:
        yield from (avenant.convention.titre, avenant.convention.objet, *_list_names(avenant))


def _list_keywords(publiee: Publiee, textes: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    convention = publiee.convention
    codes = [code for act in (publiee, *publiee.avenants) for code in list_codes(act.convention)]
    return {
        "identifiants": (*(f"{kind.nom}:{code}" for kind, code in codes), *_list_montants(convention, textes)),
        "delegant": map(_key_of, convention.delegants),
        "delegataire": map(_key_of, convention.delegataires),
        "service": map(_key_of, convention.parties),
        "ministere": (service.ministere for service in publiee.services if service.ministere),
        "programme": (found for _, code in codes if (found := _programme_of(code))),
        "annee": (str(convention.date_signature.year),) if convention.date_signature else (),
        "nature": (convention.nature.value,),
        EXERCICE: (str(line.annee) for line in convention.echeancier if line.annee),
        "canal": (publication.canal.value for publication in convention.publications_prevues),
    }


def _clean_keywords(keywords: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(_clean_all(values))) for name, values in keywords.items()}


def _list_montants(convention: Convention, textes: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The amounts of the échéancier, their sums, and those of the texts, as identifiers that may be typed."""
    lines = convention.echeancier
    stated = [getattr(line, amount) for line in lines for amount in ("ae", "cp")]
    sums = (sum_stated(line.ae for line in lines), sum_stated(line.cp for line in lines), convention.montant_total)
    yield from (f"{MONTANT}:{write_code(montant)}" for montant in (*stated, *sums) if montant)
    for texte in chain.from_iterable(textes.values()):
        yield from (f"{MONTANT_CITE}:{write_code(found.montant)}" for found in find_montants(texte))


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


def _list_orders(publiee: Publiee, ae: int | None, cp: int | None) -> dict[Tri, str]:
    """What is not known comes last, whether the highest or the lowest are first; the uid parts those that tie.

    The amount is that of the AE, of the CP where the act states no AE.
    """
    signature = publiee.convention.date_signature
    day = signature.toordinal() if signature else None
    unstated = ae is None and cp is None
    amount = max(0, (ae if ae is not None else cp) or 0)
    ranks = {
        Tri.DATE: LAST_DAY - (day or 0),
        Tri.DATE_CROISSANTE: day or LAST_DAY,
        Tri.MONTANT: MOST_CENTS + unstated - min(amount, MOST_CENTS),
        Tri.MONTANT_CROISSANT: min(amount, MOST_CENTS) + unstated * (MOST_CENTS + 1),
        Tri.PUBLICATION: (LAST_MOMENT - publiee.publiee_le) // timedelta(microseconds=1),
    }
    return {tri: f"{rank:018} {publiee.uid}" for tri, rank in ranks.items()}


def _clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(cleaned for text in texts if (cleaned := clean(text)))
