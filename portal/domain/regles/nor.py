"""N: the NOR, whose grammar is ministry, direction, year, sequence and nature of the act."""

from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite
from portal.domain.identifiers import NOR
from portal.domain.regles.registre import Examen, constat, regle

_SOURCE = "grammaire du NOR (guide de légistique)"
_CONVENTION, _INSTRUCTION = "X", "J"


@regle("N1", gravite=Gravite.ERREUR, source=_SOURCE, titre="Le NOR a sa forme")
def check_form(examen: Examen) -> Iterator[Constat]:
    """Le NOR a quatre lettres, sept chiffres et une lettre."""
    explication = NOR.explain(examen.convention.nor) if examen.convention.nor else None
    if explication:
        message = f"{explication} Corrigez le NOR, ou laissez-le vide si l'acte n'en a pas."
        yield constat("N1", message=message, champ="nor")


@regle("N2", gravite=Gravite.AVERTISSEMENT, source=_SOURCE, titre="La dernière lettre du NOR est X")
def check_letter(examen: Examen) -> Iterator[Constat]:
    """La dernière lettre dit la nature de l'acte : X, ou J pour une convention annexée à une instruction."""
    nor = _read_nor(examen)
    if nor and nor[-1] not in (_CONVENTION, _INSTRUCTION):
        message = (
            f"Le NOR {nor} finit par {nor[-1]}, alors que celui d'une convention finit par X : vérifiez qu'il est bien "
            "celui de cet acte."
        )
        yield constat("N2", message=message, champ="nor")


@regle("N3", gravite=Gravite.AVERTISSEMENT, source=_SOURCE, titre="L'année du NOR suit la signature")
def check_year(examen: Examen) -> Iterator[Constat]:
    """L'année du NOR est celle de la signature, ou la suivante."""
    nor, signature = _read_nor(examen), examen.convention.date_signature
    if nor and signature and (int(nor[4:6]) - signature.year) % 100 not in (0, 1):
        message = (
            f"Le NOR {nor} est de l'année {nor[4:6]}, l'acte est signé en {signature.year} : vérifiez le NOR et la "
            "date de signature."
        )
        yield constat("N3", message=message, champ="nor")


@regle(
    "N4",
    gravite=Gravite.AVERTISSEMENT,
    source="NOR ECFE1637857J (cinq délégations sous un seul NOR)",
    titre="Aucun autre acte tenu ne semble être celui-ci",
)
def check_unique(examen: Examen) -> Iterator[Constat]:
    """Dit à l'importation, où les autres actes sont connus : même NOR, même référence et même date, ou ressemblance."""
    yield from ()


def _read_nor(examen: Examen) -> str | None:
    nor = examen.convention.nor
    return NOR.normalise(nor) if nor and NOR.accepts(nor) else None
