"""What a listing shows otherwise than the act of the portal says.

What one of the two does not say is no divergence, nor is its title: bulletins give acts titles of their own
(« Exécution financière »).
"""

from collections.abc import Iterator

from portal.domain.convention import Nature
from portal.domain.dates import format_date
from portal.publications.entrees import Entree
from portal.publications.reconciliation.modele import Connue, has_other_nature, has_other_nor

ANCIENNE = "une version antérieure de l'acte, transmise avant sa dernière modification"


def find_divergences(entree: Entree, connue: Connue) -> Iterator[str]:
    """The divergences of an entry from the act that it certainly is, in French: « là » is the listing, « ici » the
    portal.
    """
    if entree.date and connue.date and entree.date != connue.date:
        yield f"signé le {format_date(entree.date)} là, le {format_date(connue.date)} ici"
    if has_other_nor(entree, connue):
        yield f"NOR {entree.nor} là, {connue.nor} ici"
    if has_other_nature(entree, connue):
        yield "avenant là, et non ici" if entree.nature is Nature.AVENANT else "avenant ici, et non là"
    if entree.empreinte and connue.empreinte and entree.empreinte != connue.empreinte:
        yield ANCIENNE
