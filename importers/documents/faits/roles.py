"""The roles that the parties' own block does not say, but the text says elsewhere beyond doubt.

« la DDPP 85, délégant, confie à la DDPP 49, délégataire » in an article; « Pour le délégant » above the name of the one who
represents a party. A party is recognised by a sigle that no other party bears. Where the text has no word for any role,
`roles_objet` reads them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from importers.documents.noms import ROLE, read_role
from importers.documents.passage import PLAT
from importers.documents.releve import Releve
from portal.domain.convention import Partie, Role, Signataire

_SIGLE = re.compile(r"\b[A-Z]{2,}[A-Za-z]{0,3}(?:\s?\d{2,3})?\b")
_APPOSITION = (
    r"\)?\s?(?:,|\(|«)\s?(?:(?:agissant )?en (?:sa )?qualité de\s|ci-après\s|agissant comme\s|(?:service|autorité|partie)\s)?(?:«\s?)?(?:l[ea]\s)?"
    r"(?P<role>(?:co-?)?délég(?:ant|ataire)e?)\b\s?(?=[,;:.)»]|$)"
)


def read(releve: Releve) -> None:
    """Reads: parties, signataires, texte. Writes: the roles of parties that had none."""
    parties = releve.convention.parties
    if all(partie.role for partie in parties):
        return
    texte = releve.texte.translate(PLAT)
    lues = tuple(replace(partie, role=partie.role or _find_role(releve, texte, partie)) for partie in parties)
    releve.record(parties=lues)


def _find_role(releve: Releve, texte: str, partie: Partie) -> Role | None:
    """Give the one role that the text says of a party; `None` where it says none, or both."""
    roles = {*_appositions(releve, texte, partie), *_signatures(releve, partie)}
    return roles.pop() if len(roles) == 1 else None


def _appositions(releve: Releve, texte: str, partie: Partie) -> Iterator[Role]:
    for sigle in _own_sigles(releve, partie):
        for trouve in re.finditer(rf"\b{re.escape(sigle)}{_APPOSITION}", texte):
            yield read_role(trouve["role"])


def _own_sigles(releve: Releve, partie: Partie) -> set[str]:
    fois = Counter(sigle for autre in releve.convention.parties for sigle in _sigles(autre))
    return {sigle for sigle in _sigles(partie) if fois[sigle] == 1}


def _sigles(partie: Partie) -> set[str]:
    propre = re.sub(r"^(?:l[ea]s?\s|l')", "", partie.designation, flags=re.IGNORECASE)
    designation = {propre} if len(propre) > 2 and not ROLE.search(propre) else set()
    return {*_SIGLE.findall(f"{partie.nom} {partie.designation}"), *filter(None, [partie.sigle]), *designation}


def _signatures(releve: Releve, partie: Partie) -> Iterator[Role]:
    """Yield the side for which the party's representant signs."""
    for signataire in releve.convention.signataires:
        cote = ROLE.search(signataire.pour)
        if cote and _is_of(signataire, partie):
            yield read_role(cote[0])


def _is_of(signataire: Signataire, partie: Partie) -> bool:
    noms = {representant.nom.casefold() for representant in partie.representants} - {""}
    return signataire.nom.casefold() in noms or (
        bool(signataire.fonction) and signataire.fonction.casefold() == partie.nom.casefold()
    )
