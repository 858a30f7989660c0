"""What no act says: a year far from ours, an amount beyond the budget of the State. Such a fact is not kept, and is told.

A slip of the pen gives « 1er juin 2999 », two cells run into one give an amount: the editor is shown where.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from importers.documents.releve import Releve
from portal.domain.convention import Avenant, Duree, Gravite, LigneEcheancier
from portal.domain.dates import format_date
from portal.domain.montants import format_montant

ANNEES = range(1900, 2101)
MONTANT_MAXIMUM = 10**11
"""Euros: a fifth of what the State spends in a year."""


def read(releve: Releve) -> None:
    """Reads and writes: date_signature, duree, avenant, montant_total, echeancier."""
    lue = releve.convention
    releve.record(
        date_signature=_keep_date(releve, lue.date_signature, "D4", "date_signature"),
        duree=_keep_duree(releve, lue.duree),
        avenant=lue.avenant and _keep_avenant(releve, lue.avenant),
        montant_total=_keep_montant(releve, lue.montant_total, "montant_total"),
        echeancier=tuple(_keep_ligne(releve, ligne, rang) for rang, ligne in enumerate(lue.echeancier)),
    )


def _keep_duree(releve: Releve, duree: Duree) -> Duree:
    return replace(
        duree,
        date_effet=_keep_date(releve, duree.date_effet, "D2", "duree.date_effet"),
        date_fin=_keep_date(releve, duree.date_fin, "D2", "duree.date_fin"),
    )


def _keep_avenant(releve: Releve, avenant: Avenant) -> Avenant:
    return replace(
        avenant, convention_date=_keep_date(releve, avenant.convention_date, "D2", "avenant.convention_date")
    )


def _keep_ligne(releve: Releve, ligne: LigneEcheancier, rang: int) -> LigneEcheancier:
    champ = f"echeancier[{rang}]"
    ae = _keep_montant(releve, ligne.ae, f"{champ}.ae")
    cp = _keep_montant(releve, ligne.cp, f"{champ}.cp")
    annee = ligne.annee
    if annee is not None and annee not in ANNEES:
        _report(releve, "F3", f"L'année {annee}", f"{champ}.annee")
        annee = None
    return ligne if (ae, cp, annee) == (ligne.ae, ligne.cp, ligne.annee) else replace(ligne, ae=ae, cp=cp, annee=annee)


def _keep_date(releve: Releve, jour: date | None, regle: str, champ: str) -> date | None:
    if jour is None or jour.year in ANNEES:
        return jour
    _report(releve, regle, f"La date du {format_date(jour)}", champ)
    return None


def _keep_montant(releve: Releve, montant: Decimal | None, champ: str) -> Decimal | None:
    if montant is None or abs(montant) < MONTANT_MAXIMUM:
        return montant
    _report(releve, "F1", f"Le montant de {format_montant(montant)}", champ)
    return None


def _report(releve: Releve, regle: str, fait: str, champ: str) -> None:
    """Tell of a fact that is not kept, where it, or the line that holds it, was read."""
    lieu = releve.lieux.pop(champ, None) or releve.lieux.get(champ.rpartition(".")[0])
    releve.report(
        regle,
        f"{fait}, dans le texte, n'est pas vraisemblable : le fait est laissé vide, relevez-le sur l'original signé.",
        gravite=Gravite.AVERTISSEMENT,
        lieu=lieu,
        champ=champ,
    )
