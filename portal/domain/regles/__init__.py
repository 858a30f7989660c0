"""The rules: one file a family, one small function a rule.

`examine` runs every rule on an `Examen` and gives the constats, gravest first. A file put in this folder is a family:
its rules enter the register when it is imported, here, and no other file changes.
"""

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

from portal.domain.convention import Constat, Gravite
from portal.domain.regles.registre import REGISTRE, Examen, Regle, constat
from portal.domain.texte import texte_integral

__all__ = ["REGLES", "Examen", "Regle", "constat", "examine", "sort_constats", "texte_integral"]

for _famille in iter_modules(__path__):
    import_module(f"{__name__}.{_famille.name}")

REGLES: tuple[Regle, ...] = tuple(sorted(REGISTRE.values(), key=lambda regle: regle.identifiant))

CONSTATS_PAR_REGLE = 100
"""A rule speaks of so many places; where there are more, an editor needs to know it and not to be shown each."""

_RANGS = {gravite: rang for rang, gravite in enumerate(Gravite)}


def examine(examen: Examen) -> tuple[Constat, ...]:
    """Run every rule; give its constats gravest first, then by their place in the text."""
    return sort_constats(tuple(constat for regle in REGLES for constat in _run(regle, examen)))


def _run(regle: Regle, examen: Examen) -> Iterator[Constat]:
    """Yield the constats of one rule, the first ones where they are many."""
    constats = regle.controle(examen)
    yield from islice(constats, CONSTATS_PAR_REGLE)
    if next(constats, None) is not None:
        message = f"D'autres endroits du texte appellent la même remarque que les {CONSTATS_PAR_REGLE} premiers."
        yield constat(regle.identifiant, message=message)


def sort_constats(constats: tuple[Constat, ...]) -> tuple[Constat, ...]:
    """Order constats gravest first, then by place in the text; those without a place come last in their gravité."""
    return tuple(sorted(constats, key=_rank))


def _rank(constat: Constat) -> tuple[int, bool, int, str, str]:
    return (_RANGS[constat.gravite], constat.debut is None, constat.debut or 0, constat.regle, constat.champ or "")
