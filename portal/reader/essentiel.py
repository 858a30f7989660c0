"""« L'essentiel » of an act: who delegates, to whom, what, how much, when, on which credits.

A fact that a convention does not state is said to be so, never left blank. An avenant states what it
changes: what it leaves unsaid is still what its convention says.
"""

from dataclasses import dataclass
from datetime import date

from portal.domain.convention import Convention, Duree, Nature, RegleEffet
from portal.domain.dates import format_date
from portal.domain.libelles import libelle
from portal.domain.montants import format_montant
from portal.reader.echeances import by_exercice, total
from search.parts import name_partie


@dataclass(frozen=True, slots=True)
class Fait:
    """One line: a question (`cle` names it) and what answers it; `precise` is false where nothing does."""

    cle: str
    libelle: str
    valeurs: tuple[str, ...]
    precise: bool = True


def list_faits(convention: Convention, date_resiliation: date | None = None) -> list[Fait]:
    """The facts in the order in which a reader in a hurry asks for them."""
    faits = [
        _fait("delegants", "Qui délègue", [name_partie(partie) for partie in convention.delegants], "non précisé"),
        _fait("delegataires", "À qui", [name_partie(partie) for partie in convention.delegataires], "non précisé"),
        _fait("objet", "Quoi", [convention.objet] if convention.objet else [], "objet non précisé"),
        _fait("montants", "Combien", list(_write_montants(convention)), "montant non précisé"),
        _fait("dates", "Quand", list(_write_dates(convention, date_resiliation)), "dates non précisées"),
        _fait("credits", "Sur quels crédits", list(_write_credits(convention)), "imputation non précisée"),
    ]
    return [fait for fait in faits if fait.precise] if convention.nature is Nature.AVENANT else faits


def _fait(cle: str, libelle: str, valeurs: list[str], inconnu: str) -> Fait:
    return Fait(cle, libelle, tuple(valeurs)) if valeurs else Fait(cle, libelle, (inconnu,), precise=False)


def _write_montants(convention: Convention) -> list[str]:
    ensemble = total(convention.echeancier)
    lignes = []
    if convention.echeancier:
        lignes.append("AE non précisées" if ensemble.ae is None else f"{format_montant(ensemble.ae)} en AE")
        cp = "CP non précisés" if ensemble.cp is None else f"{format_montant(ensemble.cp)} en CP"
        lignes.append(cp + _write_annees(convention))
    if convention.montant_total is not None and convention.montant_total not in (ensemble.ae, ensemble.cp):
        lignes.append(f"{format_montant(convention.montant_total)} annoncés dans le texte")
    return lignes


def _write_annees(convention: Convention) -> str:
    annees = [exercice.annee for exercice in by_exercice(convention.echeancier) if exercice.annee]
    if not annees:
        return ""
    return f", en {annees[0]}" if len(annees) == 1 else f", de {annees[0]} à {annees[-1]}"


def _write_dates(convention: Convention, date_resiliation: date | None) -> list[str]:
    duree = convention.duree
    est_avenant = convention.nature is Nature.AVENANT
    signee = f"Signé{'' if est_avenant else 'e'} le"
    phrases = {
        "Date de signature non précisée": convention.date_signature
        and f"{signee} {format_date(convention.date_signature)}",
        "Date d’effet non précisée": _write_effet(duree),
        "Date de fin non précisée": duree.date_fin and f"Fin le {format_date(duree.date_fin)}",
        "Reconduction non précisée": duree.reconduction and libelle(duree.reconduction),
        "Préavis non précisé": _write_preavis(duree),
    }
    resiliee = [f"Résiliée le {format_date(date_resiliation)}"] if date_resiliation else []
    return resiliee + [phrase or inconnue for inconnue, phrase in phrases.items() if phrase or not est_avenant]


def _write_preavis(duree: Duree) -> str:
    return "" if duree.preavis_mois is None else f"Préavis de {duree.preavis_mois}\u00a0mois"


def _write_effet(duree: Duree) -> str:
    if duree.date_effet:
        return f"Effet le {format_date(duree.date_effet)}"
    if duree.regle_effet and duree.regle_effet is not RegleEffet.DATE:
        return f"Effet {libelle(duree.regle_effet).lower()}"
    return ""


def _write_credits(convention: Convention) -> list[str]:
    """The programmes and centres financiers, each once, in the order of the document."""
    programmes = [imputation.programme for imputation in convention.imputations]
    programmes += [ligne.programme for ligne in convention.echeancier]
    centres = [imputation.centre_financier for imputation in convention.imputations]
    centres += [ligne.uo for ligne in convention.echeancier]
    return [
        *(f"Programme {programme}" for programme in dict.fromkeys(programmes) if programme),
        *(f"UO {centre}" for centre in dict.fromkeys(centres) if centre),
    ]
