"""`python -m bench.reconciliation [N] [CAS]`: what it costs to set a listing of N entries against N publications.

The bare work is one look-up of each entry in a dictionary of the publications by NOR. The cases: `courant`, acts of all
days; `meme_jour`, all signed on one day by the same parties, no two titles alike; `meme_titre`, with one title too.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bench.generator import generate
from portal.domain.convention import Convention
from portal.publications.entrees import Entree
from portal.publications.reconciliation import Connue, reconcile

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
JOUR = date(2024, 9, 1)
CAS = ("courant", "meme_jour", "meme_titre")


def main(nombre: int, cas: str) -> None:
    conventions = list(draw(nombre, cas))
    connues = [to_connue(rang, convention) for rang, convention in enumerate(conventions)]
    entrees = list(show(conventions))
    par_nor = {connue.nor: connue for connue in connues}
    start = time.process_time()
    for entree in entrees:
        par_nor.get(entree.nor)
    bare = time.process_time() - start
    before = peak()
    start = time.process_time()
    etats = Counter((ecart.etat.value, ecart.certain) for ecart in reconcile(entrees, connues))
    spent = time.process_time() - start
    print(
        f"{cas} : {nombre} entrées, {nombre} publications : {spent:.2f} s, {nombre / spent:.0f}/s, "
        f"{peak() - before} Mo de plus"
    )
    print(f"rapport à la seule recherche du NOR {spent / bare:.0f} ; {dict(etats)}")


def draw(nombre: int, cas: str) -> Iterator[Convention]:
    """The conventions of a case; the parties of all are those of the first, but for the current one."""
    premiere = next(generate(1))
    for rang, convention in enumerate(generate(nombre)):
        if cas == "courant":
            yield convention
        else:
            titre = f"Convention relative à {convention.objet}, lot {rang}" if cas == "meme_jour" else premiere.titre
            yield replace(convention, titre=titre, date_signature=JOUR, parties=premiere.parties)


def to_connue(rang: int, convention: Convention) -> Connue:
    parties = tuple(f"{partie.nom}|{partie.sigle}" for partie in convention.parties)
    return Connue(
        str(rang), convention.titre, nor=number(rang), date=convention.date_signature, parties=parties, vue=True
    )


def show(conventions: list[Convention]) -> Iterator[Entree]:
    """A third by NOR, a third by day and parties, a third by their title alone."""
    for rang, convention in enumerate(conventions):
        titre, url = convention.titre, f"https://exemple.fr/{rang}"
        if rang % 3 == 0:
            yield Entree("Exécution financière", url, nor=number(rang))
        elif rang % 3 == 1:
            yield Entree(titre, url, date=convention.date_signature, parties=tuple(p.nom for p in convention.parties))
        else:
            yield Entree(titre, url)


def number(rang: int) -> str:
    return f"MEN{LETTERS[rang // 100_000 % 26]}24{rang % 100_000:05d}X"


def peak() -> int:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nombre", type=int, nargs="?", default=10_000)
    parser.add_argument("cas", choices=CAS, nargs="?", default=CAS[0])
    lus = parser.parse_args(sys.argv[1:])
    main(lus.nombre, lus.cas)
