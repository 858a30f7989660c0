"""P: who delegates to whom (décret 2004-1085, art. 1)."""

import re
from collections.abc import Iterator

from portal.domain.collectivites import DEPARTEMENTS, REGIONS
from portal.domain.convention import Constat, Gravite, Nature, Partie, Role
from portal.domain.fold import any_of, fold
from portal.domain.regles.registre import Examen, constat, regle

# Heads of names that are the State's own, whatever follows: « direction départementale », « préfecture de région ».
_DE_L_ETAT = re.compile(
    r"^(?:l[ea]s? |l')?(?:sous-|haut-)?(?:ministeres?|ministre|secretariat|secretaire|direction|directeur|directrice|"
    r"prefecture|prefet|prefete|rectorat|recteur|rectrice|academie|services?(?! departemental d'incendie)|delegation|"
    r"delegue|deleguee|tribunal|cour|"
    r"conseil d'etat|inspection|commissariat|commissaire|commandement|mission|bureau|etat-major|region academique|"
    r"region de gendarmerie|ambassade|gendarmerie|administration|unite|pole(?! emploi)|centre de services?)\b"
)
_DE = r"(?:de la |de l'|du |des |de |d')?"
_HORS_ETAT = any_of(
    r"gip\b",
    r"groupements? d'interet (?:public|economique)",
    r"etablissements? publics?\b",
    r"epci\b",
    r"syndicat (?:mixte|intercommunal)",
    r"communautes? (?:de communes|d'agglomeration|urbaine)",
    r"conseils? (?:regional|departemental|municipal)",
    r"collectivite (?:territoriale|europeenne|de corse)",
    r"metropole\b",
    r"centre hospitalier",
    r"service departemental d'incendie",
    r"chambres? (?:de commerce|d'agriculture|de metiers)",
    r"agence regionale de sante",
    r"^(?:la )?association\b",
    r"l'association\b",
    r"^(?:l[ea]s? )?(?:communes?|villes?|mairie) (?:de |d'|du |des )",
    r"^(?:l')?universite\b",
    r"^(?:la )?caisse (?:des depots|nationale|primaire|regionale|d'allocations)",
    r"^(?:pole emploi|france travail)\b",
    rf"^(?:la )?region {_DE}(?:{'|'.join(REGIONS)})\b",
    rf"^(?:le )?departement {_DE}(?:{'|'.join(DEPARTEMENTS)})(?![\w-])",
)
_COTES = ((Role.DELEGANT, "délégant", "qui délègue"), (Role.DELEGATAIRE, "délégataire", "à qui la gestion est confiée"))


@regle(
    "P1",
    gravite=Gravite.ERREUR,
    source="décret n° 2004-1085, art. 1er",
    titre="Au moins un délégant et un délégataire, distincts",
)
def check_two_sides(examen: Examen) -> Iterator[Constat]:
    """Chaque côté a au moins une partie et aucune n'est des deux ; pour un avenant, un côté absent n'arrête rien."""
    parties = examen.convention.parties
    avenant = examen.convention.nature is Nature.AVENANT
    for role, nom, sens in _COTES:
        if not any(partie.role is role for partie in parties):
            message = f"Aucun {nom} n'est désigné : indiquez, parmi les parties, le service {sens}."
            yield constat("P1", message=message, gravite=Gravite.AVERTISSEMENT if avenant else None, champ="parties")
    delegants = {_simplify(partie.nom) for partie in examen.convention.delegants} - {""}
    for rang, partie in enumerate(parties):
        if partie.role is Role.DELEGATAIRE and _simplify(partie.nom) in delegants:
            message = f"« {partie.nom} » est à la fois délégant et délégataire : corrigez l'un des deux rôles."
            yield constat("P1", message=message, champ=f"parties[{rang}].role")


@regle(
    "P2",
    gravite=Gravite.AVERTISSEMENT,
    source="décret n° 2004-1085, art. 1er (« un autre service »), et pratique contraire de textes du Journal officiel",
    titre="Un seul délégataire",
)
def check_one_delegataire(examen: Examen) -> Iterator[Constat]:
    """Le décret parle d'un délégataire ; des conventions publiées en ont plusieurs."""
    rangs = [rang for rang, partie in enumerate(examen.convention.parties) if partie.role is Role.DELEGATAIRE]
    if len(rangs) > 1:
        message = (
            f"{len(rangs)} délégataires sont désignés, alors que le décret prévoit de confier la gestion à un seul "
            "service : vérifiez que l'acte le veut bien ainsi."
        )
        yield constat("P2", message=message, champ=f"parties[{rangs[1]}].role")


@regle(
    "P3",
    gravite=Gravite.ERREUR,
    source="décret n° 2004-1085, art. 1er (« services de l'État »)",
    titre="Les parties sont des services de l'État",
    levable=True,
)
def check_state_services(examen: Examen) -> Iterator[Constat]:
    """Un GIP, un établissement public ou une collectivité ne peut être partie à une délégation de gestion."""
    for rang, partie in enumerate(examen.convention.parties):
        if _is_outside_state(partie):
            message = (
                f"« {partie.nom} » ne paraît pas être un service de l'État : une délégation de gestion ne lie que des "
                "services de l'État. Vérifiez le nom de la partie, ou la nature de l'acte."
            )
            yield constat("P3", message=message, champ=f"parties[{rang}].nom")


@regle(
    "P4",
    gravite=Gravite.AVERTISSEMENT,
    source="pratique (NOR TSSZ2530340X)",
    titre="Le rôle de chaque partie est dit",
)
def check_roles(examen: Examen) -> Iterator[Constat]:
    """Certains actes ne nomment ni délégant ni délégataire : le rôle est alors à dire par qui les publie, quand même la
    phrase qui confie la gestion l'aurait fait lire.
    """
    for rang, partie in enumerate(examen.convention.parties):
        if partie.role is None:
            message = f"Le texte ne dit pas si « {partie.nom} » est délégant ou délégataire : choisissez son rôle."
            yield constat("P4", message=message, champ=f"parties[{rang}].role")


def _is_outside_state(partie: Partie) -> bool:
    nom = _simplify(partie.nom)
    return bool(_HORS_ETAT.search(nom)) and not _DE_L_ETAT.search(nom)


def _simplify(nom: str) -> str:
    return " ".join(fold(nom).split())
