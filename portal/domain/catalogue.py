"""The page of the rules that editors read, docs/regles.md: `python -m portal.domain.catalogue > docs/regles.md`."""

import sys
from collections.abc import Iterable

from portal.domain.libelles import libelle
from portal.domain.regles import REGLES, Regle

_ENTETE = """\
# Règles d'examen d'une convention

Page écrite par `python -m portal.domain.catalogue > docs/regles.md` : ne pas la modifier à la main.

Une **erreur** arrête la publication, un **avertissement** demande une vérification, une **information** n'appelle rien.
La gravité est celle de la règle ; la dernière colonne dit quand elle est autre. Une règle **levable** peut être levée
sur un acte par qui peut le publier, avec un motif : l'erreur devient alors un avertissement.

| Règle | Gravité | Ce qui est attendu | Source | Ce qui est examiné |
| --- | --- | --- | --- | --- |
"""


def write_page(regles: Iterable[Regle]) -> str:
    """Write the page, in Markdown: one row a rule, in the order given."""
    return _ENTETE + "".join(_write_row(regle) for regle in regles)


def _write_row(regle: Regle) -> str:
    gravite = f"{libelle(regle.gravite)}, levable" if regle.levable else libelle(regle.gravite)
    cases = (regle.identifiant, gravite, regle.titre, regle.source, regle.doc)
    return f"| {' | '.join(case.replace('|', '&#124;') for case in cases)} |\n"


if __name__ == "__main__":
    sys.stdout.write(write_page(REGLES))
