"""O: where the document comes from, said where it is imported, since no text tells it."""

from collections.abc import Iterator

from portal.domain.convention import Constat, Gravite
from portal.domain.regles.registre import Examen, regle


@regle(
    "O1",
    gravite=Gravite.INFO,
    source="pratique",
    titre="Le document vient du service qui l'a signé",
)
def check_origine(examen: Examen) -> Iterator[Constat]:
    """Dit à l'importation, où le document est pris sur un site qui publie l'acte : son adresse, et le jour."""
    yield from ()
