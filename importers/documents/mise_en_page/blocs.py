"""The blocks of a page in the order in which they are read: tables with borders, tables without, columns, plain lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importers.documents.mise_en_page.bandes import extend, find_rest, is_table
from importers.documents.mise_en_page.colonnes import Bande, Gouttiere, continue_bande, find_bandes
from importers.documents.mise_en_page.grilles import find_grilles
from importers.documents.mise_en_page.lignes_de_page import Ligne, set_in_column, to_ligne
from importers.documents.mise_en_page.mots import Bout, Filet, Mot, Page, find_bouts, find_rangees, without_calls
from importers.documents.mise_en_page.rangees import extend_table, read_grille, read_table


@dataclass(frozen=True, slots=True)
class Bloc:
    """Lines that are read together; `gouttieres` are those of a table without borders."""

    haut: float
    lignes: list[Ligne]
    gouttieres: list[Gouttiere] = field(default_factory=list)


class Lecteur:
    """Reads pages one after the other, for a table may go on from one to the next."""

    def __init__(self) -> None:
        self._suite: list[Gouttiere] = []
        self._filets: Sequence[Filet] = ()
        self._cadres: dict[int, list[Ligne]] = {}

    def list_lignes(self, page: Page) -> list[Ligne]:
        """The lines of a page, in the order in which they are read."""
        self._filets, self._cadres = page.filets, {}
        mots, cadres = self._take_grilles(without_calls(page.mots), page)
        bouts = sorted([*find_bouts(mots), *cadres], key=lambda bout: (bout.haut, bout.x0))
        blocs = self._read(bouts, page.largeur, self._suite)
        self._suite = blocs[-1].gouttieres if blocs else []
        return [ligne for bloc in blocs for ligne in bloc.lignes]

    def _take_grilles(self, mots: Sequence[Mot], page: Page) -> tuple[Sequence[Mot], list[Bout]]:
        """Read the tables with borders; each then stands among the pieces of lines as one, of the size of its border."""
        cadres = []
        for grille in find_grilles(page.filets):
            dedans = [mot for mot in mots if grille.find(mot) is not None]
            lignes = list(read_grille(grille, dedans))
            if lignes:
                pris = {id(mot) for mot in dedans}
                mots = [mot for mot in mots if id(mot) not in pris]
                cadres.append(Bout((Mot("", *grille.boite),)))
                self._cadres[id(cadres[-1])] = lignes
        return mots, cadres

    def _read(self, bouts: Sequence[Bout], largeur: float, suite: Sequence[Gouttiere] = ()) -> list[Bloc]:
        """The blocks of a page, or of a column: bands of columns, tables, and plain lines between them."""
        libres = {id(bout): bout for bout in bouts}
        suivie = continue_bande(suite, bouts)
        bandes = find_bandes(bouts)
        if suivie and not (bandes and bandes[0].haut < suivie.bas):
            bandes.insert(0, suivie)
        blocs = []
        for bande in bandes:
            bande.bouts = [bout for bout in bande.bouts if id(bout) in libres]
            if bande.bouts:
                blocs.append(self._read_bande(bande, list(libres.values()), largeur, est_table=bande is suivie))
                for bout in bande.bouts:
                    del libres[id(bout)]
        plains = [mot for bout in libres.values() if id(bout) not in self._cadres for mot in bout.mots]
        blocs += [Bloc(ligne.haut, [ligne]) for ligne in map(to_ligne, find_rangees(plains))]
        blocs += [Bloc(bout.haut, self._cadres[rang]) for rang, bout in libres.items() if rang in self._cadres]
        return sorted(blocs, key=lambda bloc: bloc.haut)

    def _read_bande(self, bande: Bande, bouts: Sequence[Bout], largeur: float, *, est_table: bool) -> Bloc:
        encadre = any(id(bout) in self._cadres for bout in bande.bouts)
        reste = find_rest(bande, bouts)
        if not encadre and (est_table or (is_table(bande) and not reste)):
            extend_table(bande, bouts, self._filets)
            return Bloc(bande.haut, read_table(bande, self._filets), bande.gouttieres)
        bande.bouts += reste
        extend(bande, bouts)
        return Bloc(bande.haut, list(self._read_columns(bande, largeur)))

    def _read_columns(self, bande: Bande, largeur: float) -> Iterator[Ligne]:
        """The lines of each column after those of the column to its left; a column may hold tables."""
        gouttieres = bande.principales
        marge = min(bout.x0 for bout in bande.bouts)
        limites = [*(gouttiere.x1 for gouttiere in gouttieres), largeur - marge]
        for rang, (colonne, limite) in enumerate(zip(bande.list_colonnes(gouttieres), limites, strict=True), start=1):
            blocs = self._read(colonne, limite)
            yield from set_in_column([ligne for bloc in blocs for ligne in bloc.lignes], rang, limite)
