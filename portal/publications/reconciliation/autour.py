"""What an index holds near one entry, each part looked up once, when it is asked for."""

from collections.abc import Sequence
from functools import cached_property

from portal.publications.entrees import Entree
from portal.publications.reconciliation.index import Actes, Index, find_references
from portal.publications.reconciliation.modele import has_other_nature, has_other_nor
from portal.publications.reconciliation.rayon import COMPARES, Voisinage
from portal.publications.reconciliation.titres import Titre, read_titre, words_beside_day


class Autour:
    """What is near an entry. `seule` says that no other entry of the listing is at its address.

    The index makes the acts of one day ready at a time: look for the entries of one day together.
    """

    def __init__(self, entree: Entree, index: Index, *, seule: bool, titre: Titre | None = None) -> None:
        self.entree = entree
        self.seule = seule
        self.titre = titre or read_titre(entree.titre)
        self._index = index

    @property
    def actes(self) -> Actes:
        """All the acts, by rank."""
        return self._index.actes

    @property
    def ici(self) -> Sequence[int]:
        """The acts of its address."""
        return self._index.adresses.get(self.entree.url, ())

    def narrow(self) -> "Autour":
        """The same among the acts of its address alone."""
        return Autour(self.entree, self._index.at(self.entree.url), seule=self.seule, titre=self.titre)

    @cached_property
    def du_meme_nor(self) -> list[Sequence[int]]:
        """The acts of its NOR and nature."""
        return self._index.list_of_nor(self.entree)

    @cached_property
    def du_nor(self) -> Voisinage:
        """Those of its NOR, near by their day or title."""
        return self._index.find_of_nor(self.entree, self.titre)

    @cached_property
    def du_jour(self) -> Voisinage:
        """Those of its day, near by their parties or title."""
        return self._index.find_of_day(self.entree, self.titre) if self.entree.date else Voisinage()

    @cached_property
    def du_titre(self) -> Voisinage:
        """Those that nothing contradicts, near by their title."""
        return self._index.find_by_title(self.entree, self.titre)

    @cached_property
    def de_meme_reference(self) -> list[tuple[str, Sequence[int]]]:
        """Each reference that its title prints, with the acts that have it and that nothing contradicts; all of them,
        where they are too many to be looked at.
        """
        trouvees = [(reference, self._index.references.get(reference, [])) for reference in self._read_references()]
        return [(reference, rangs) for reference, tous in trouvees if (rangs := self._keep_alike(tous))]

    def _read_references(self) -> list[str]:
        return list(dict.fromkeys(find_references(self.entree.titre)))

    def _keep_alike(self, rangs: Sequence[int]) -> Sequence[int]:
        if len(rangs) > COMPARES:
            return rangs
        entree, connues = self.entree, self.actes.connues
        return [
            rang
            for rang in rangs
            if not has_other_nor(entree, connues[rang]) and not has_other_nature(entree, connues[rang])
        ]

    @property
    def muette(self) -> bool:
        """Say whether it says of its act only the day, and maybe the NOR."""
        return not self.entree.parties and not words_beside_day(self.titre)

    @property
    def sans_preuve(self) -> bool:
        """Say whether it has no NOR, no day, and no word that tells it from many acts."""
        return self.entree.nor is None and self.entree.date is None and self._index.is_common(self.titre)
