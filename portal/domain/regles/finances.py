"""F: the amounts and the accounting codes."""

from collections.abc import Iterator
from decimal import Decimal

from portal.domain.convention import Constat, Gravite, Imputation, LigneEcheancier, Reconduction
from portal.domain.identifiers import (
    ACTIVITE,
    CENTRE_COUT,
    COMPTABLE,
    DOMAINE_FONCTIONNEL,
    PROGRAMME,
    UO,
    Identifiant,
    programme_of,
)
from portal.domain.montants import find_montants, format_montant
from portal.domain.regles.registre import Examen, constat, regle

_CODES = {
    "programme": PROGRAMME,
    "comptable": COMPTABLE,
    "domaine_fonctionnel": DOMAINE_FONCTIONNEL,
    "centre_financier": UO,
    "activite": ACTIVITE,
    "centre_cout": CENTRE_COUT,
    "uo": UO,
}
_CODES_A_PROGRAMME = ("centre_financier", "domaine_fonctionnel", "activite", "uo")
_EXEMPLE = "convention MENJ-DINUM du 1er septembre 2024"


@regle(
    "F1",
    gravite=Gravite.AVERTISSEMENT,
    source=f"{_EXEMPLE}, art. 6 et 9",
    titre="La somme des AE est le montant déclaré",
)
def check_total(examen: Examen) -> Iterator[Constat]:
    """La somme des AE de l'échéancier est comparée au montant total déclaré, où les deux sont connus."""
    total, somme = examen.convention.montant_total, _add(ligne.ae for ligne in examen.convention.echeancier)
    if total is not None and somme is not None and somme != total:
        message = (
            f"La somme des AE de l'échéancier ({format_montant(somme)}) diffère du montant total déclaré "
            f"({format_montant(total)}) : vérifiez les deux sur l'original (taxes, années, lignes oubliées)."
        )
        yield constat("F1", message=message, champ="montant_total")


@regle("F2", gravite=Gravite.AVERTISSEMENT, source=_EXEMPLE, titre="Les CP n'excèdent pas les AE")
def check_cp_below_ae(examen: Examen) -> Iterator[Constat]:
    """La somme des CP de l'échéancier ne dépasse pas celle des AE, où les deux sont connues."""
    lignes = examen.convention.echeancier
    ae, cp = _add(ligne.ae for ligne in lignes), _add(ligne.cp for ligne in lignes)
    if ae is not None and cp is not None and cp > ae:
        message = (
            f"La somme des CP ({format_montant(cp)}) dépasse celle des AE ({format_montant(ae)}) : vérifiez les "
            "montants et leurs colonnes."
        )
        yield constat("F2", message=message, champ="echeancier")


@regle("F3", gravite=Gravite.AVERTISSEMENT, source="logique", titre="Les années de l'échéancier sont dans la durée")
def check_years(examen: Examen) -> Iterator[Constat]:
    """Aucune ligne avant l'année d'effet (ou de signature), ni AE après celle de la fin ; des CP peuvent la suivre.

    L'échéancier d'un avenant remonte au début de la convention qu'il modifie.
    """
    duree = examen.convention.duree
    debut = None if examen.convention.avenant else duree.date_effet or examen.convention.date_signature
    fin = None if duree.reconduction in (Reconduction.TACITE, Reconduction.EXPRESSE) else duree.date_fin
    for rang, ligne in enumerate(examen.convention.echeancier):
        if ligne.annee is None:
            continue
        if (debut and ligne.annee < debut.year) or (fin and ligne.annee > fin.year and ligne.ae):
            message = (
                f"L'année {ligne.annee} de l'échéancier est hors de la durée de la convention : vérifiez l'année, la "
                "date d'effet et la date de fin."
            )
            yield constat("F3", message=message, champ=f"echeancier[{rang}].annee")


@regle(
    "F4",
    gravite=Gravite.AVERTISSEMENT,
    source="codes relevés dans les conventions publiées",
    titre="Les codes ont leur forme",
)
def check_codes(examen: Examen) -> Iterator[Constat]:
    """Chaque code comptable est de la longueur et des caractères attendus."""
    for champ, identifiant, code in _find_codes(examen):
        if explication := identifiant.explain(code):
            message = f"{explication} Vérifiez le code sur l'original."
            yield constat("F4", message=message, champ=champ)


@regle("F5", gravite=Gravite.AVERTISSEMENT, source=_EXEMPLE, titre="Les codes d'une ligne sont d'un même programme")
def check_programmes(examen: Examen) -> Iterator[Constat]:
    """Le programme commence les codes : erreur où il contredit le programme écrit, avertissement entre deux codes."""
    for chemin, rangee in _find_rangees(examen):
        ecrit = programme_of(rangee.programme) if rangee.programme else None
        codes = [
            (nom, code) for nom in _CODES_A_PROGRAMME if (code := getattr(rangee, nom, None)) and programme_of(code)
        ]
        attendu = ecrit or next((programme_of(code) for _, code in codes), None)
        for nom, code in codes:
            if programme_of(code) != attendu:
                origine = "indiqué" if ecrit else "des autres codes de la ligne"
                message = (
                    f"{_CODES[nom].libelle} « {code} » : le code est du programme {programme_of(code)}, et non du "
                    f"programme {attendu} {origine}. Vérifiez les deux sur l'original."
                )
                gravite = Gravite.ERREUR if ecrit else Gravite.AVERTISSEMENT
                yield constat("F5", message=message, gravite=gravite, champ=f"{chemin}.{nom}")


@regle(
    "F7", gravite=Gravite.INFO, source="convention publiée sous le NOR MENF2034793X", titre="Des montants sont indiqués"
)
def check_amounts(examen: Examen) -> Iterator[Constat]:
    """Signale un acte sans aucun montant, ce qui est régulier mais prive le lecteur du coût."""
    convention = examen.convention
    somme = _add(montant for ligne in convention.echeancier for montant in (ligne.ae, ligne.cp))
    if convention.montant_total is None and somme is None and next(find_montants(examen.texte), None) is None:
        message = "La convention n'indique aucun montant : si une annexe financière existe, ajoutez-la."
        yield constat("F7", message=message, champ="echeancier")


def _add(montants: Iterator[Decimal | None]) -> Decimal | None:
    """Add the known amounts; `None`, not 0, where none is known."""
    connus = [montant for montant in montants if montant is not None]
    return sum(connus, Decimal(0)) if connus else None


def _find_rangees(examen: Examen) -> Iterator[tuple[str, LigneEcheancier | Imputation]]:
    for rang, ligne in enumerate(examen.convention.echeancier):
        yield f"echeancier[{rang}]", ligne
    for rang, imputation in enumerate(examen.convention.imputations):
        yield f"imputations[{rang}]", imputation


def _find_codes(examen: Examen) -> Iterator[tuple[str, Identifiant, str]]:
    for chemin, rangee in _find_rangees(examen):
        for nom, identifiant in _CODES.items():
            if code := getattr(rangee, nom, None):
                yield f"{chemin}.{nom}", identifiant, code
