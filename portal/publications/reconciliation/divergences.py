"""What a listing shows otherwise than the act of the portal says. What one of the two does not say is no divergence."""

from collections.abc import Iterator

from portal.domain.convention import Nature
from portal.domain.dates import format_date
from portal.publications.entrees import Entree
from portal.publications.reconciliation.modele import Connue, has_other_nature, has_other_nor
from portal.publications.reconciliation.titres import (
    PROCHE,
    Titre,
    measure_likeness,
    share_of,
    split_words,
    words_beside_day,
)

ANCIENNE = "une version antérieure de l'acte, transmise avant sa dernière modification"


def find_divergences(entree: Entree, titre: Titre, connue: Connue, sien: Titre) -> Iterator[str]:
    """The divergences of an entry from the act that it certainly is, each with its title, in French: « là » is the
    listing, « ici » the portal.
    """
    if entree.date and connue.date and entree.date != connue.date:
        yield f"signé le {format_date(entree.date)} là, le {format_date(connue.date)} ici"
    if has_other_nor(entree, connue):
        yield f"NOR {entree.nor} là, {connue.nor} ici"
    if has_other_nature(entree, connue):
        yield "avenant là, et non ici" if entree.nature is Nature.AVENANT else "avenant ici, et non là"
    if measure_likeness(titre, sien) < PROCHE and _is_of_another_object(
        titre, sien, (*entree.parties, *connue.parties)
    ):
        yield f"intitulé « {entree.titre} » là, « {connue.titre} » ici"
    if entree.empreinte and connue.empreinte and entree.empreinte != connue.empreinte:
        yield ANCIENNE


def _is_of_another_object(titre: Titre, sien: Titre, parties: tuple[str, ...]) -> bool:
    """A title that says only the day and the parties, or only a part of what the other does, says nothing otherwise."""
    noms = frozenset(split_words(" ".join(parties)))
    objet, autre = words_beside_day(titre) - noms, words_beside_day(sien) - noms
    return share_of(objet, autre) < PROCHE and not (objet <= autre or autre <= objet)
