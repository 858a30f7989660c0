"""What a listing was found to say, told to a person or written in the JSON of the contract."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from importers.brouillons import Bilan
from importers.collecte import Comptes
from importers.sync import Confrontation
from portal.domain.dates import format_date
from portal.publications.entrees import Entree
from portal.publications.reconciliation import Ecart, Etat


def write_json(source: str, confrontation: Confrontation) -> Iterator[str]:
    """One object an entry, and a last one that counts them: the contract of the listing importer."""
    for ecart in confrontation.ecarts:
        yield json.dumps(_to_json(source, ecart), ensure_ascii=False)
    comptes, lues = _count(confrontation)
    blocage = confrontation.blocage.blocage.value if confrontation.blocage else None
    bilan = {"lues": lues, **{etat.value: comptes[etat] for etat in Etat}}
    yield json.dumps({"bilan": bilan, "blocage": blocage}, ensure_ascii=False)


def tell(source: str, confrontation: Confrontation) -> Iterator[str]:
    """One line an entry, and a last one that counts them."""
    for ecart in confrontation.ecarts:
        yield _tell_ecart(ecart)
    if confrontation.blocage:
        yield f"« {source} » est bloquée ({confrontation.blocage.blocage}). {confrontation.blocage}"
        return
    comptes, lues = _count(confrontation)
    yield f"Bilan de « {source} » : {lues} entrées lues, {', '.join(f'{comptes[etat]} {etat.value}' for etat in Etat)}."


def tell_pages(comptes: Comptes) -> str:
    """« 14 pages demandées, dont 10 inchangées, et 3 reprises. »: those of a visit that was cut short are not asked."""
    demandees = count(comptes.demandees, "page demandée", "pages demandées")
    inchangees = count(comptes.inchangees, "inchangée", "inchangées")
    return f"{demandees}, dont {inchangees}, et {count(comptes.reprises, 'reprise', 'reprises')}."


def tell_disparues(confrontation: Confrontation) -> str:
    """« 2 pages de la liste ont disparu. », "" where none has."""
    disparues = confrontation.disparues
    return f"{count(disparues, 'page de la liste a', 'pages de la liste ont')} disparu." if disparues else ""


def tell_brouillons(bilan: Bilan) -> str:
    """« 2 brouillons faits, 1 impossible. », "" where none was tried."""
    if not (bilan.faits or bilan.refuses):
        return ""
    faits = count(bilan.faits, "brouillon fait", "brouillons faits")
    return f"{faits}, {count(bilan.refuses, 'impossible', 'impossibles')}."


def count(nombre: int, un: str, plusieurs: str) -> str:
    """« 1 page », « 2 pages »."""
    return f"{nombre} {plusieurs if nombre > 1 else un}"


def _count(confrontation: Confrontation) -> tuple[Counter[Etat], int]:
    """How many écarts of each kind there are, and how many entries."""
    return Counter(ecart.etat for ecart in confrontation.ecarts), sum(
        ecart.entree is not None for ecart in confrontation.ecarts
    )


def _to_json(source: str, ecart: Ecart) -> dict[str, Any]:
    """One object of the contract of the listing importer; what is absent has no entry."""
    entree = ecart.entree or Entree("", "")
    return {
        "source": source,
        "titre": entree.titre or None,
        "url": entree.url or None,
        "date": _iso(entree.date),
        "date_publication": _iso(entree.date_publication),
        "nor": entree.nor,
        "parties": list(entree.parties),
        "nature": entree.nature.value if entree.nature else None,
        "etat": ecart.etat.value,
        "convention": ecart.uid,
        "motif": ecart.motif,
        "confiance": ecart.confiance,
        "divergences": list(ecart.divergences),
    }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _tell_ecart(ecart: Ecart) -> str:
    doute = "" if ecart.certain else " (à juger)"
    quoi = ecart.entree.titre if ecart.entree else ecart.uid
    jour = f", {format_date(ecart.entree.date)}" if ecart.entree and ecart.entree.date else ""
    acte = f" → {ecart.uid}" if ecart.uid and ecart.entree else ""
    divergences = f" ; {' ; '.join(ecart.divergences)}" if ecart.divergences else ""
    return f"{ecart.etat.value}{doute} : {quoi}{jour}{acte} — {ecart.motif}{divergences}"
