"""Where a convention stands in its life, at a given day.

It is never stored: it follows from three dates. `bornes` gives the two that a search engine keeps to compute the same
answer at query time, `statut_between` is that computation.
"""

from datetime import date
from enum import StrEnum

from portal.domain.convention import Convention, Reconduction


class Statut(StrEnum):
    """The life of a convention, in order."""

    A_VENIR = "a_venir"
    EN_VIGUEUR = "en_vigueur"
    ECHUE = "echue"
    RESILIEE = "resiliee"


def bornes(convention: Convention) -> tuple[date | None, date | None]:
    """Give the first and the last day on which the convention holds, `None` where it is not known.

    The first day is the date of effect; where no document states it (« à compter de sa notification »), the date of
    signature, before which no convention binds. A convention renewed tacitly has no known last day: it goes on until
    someone ends it. Dates that contradict each other (an end before the beginning) say nothing.
    """
    debut = convention.duree.date_effet or convention.date_signature
    fin = None if convention.duree.reconduction is Reconduction.TACITE else convention.duree.date_fin
    return (None, None) if debut and fin and fin < debut else (debut, fin)


def statut(convention: Convention, au: date, date_resiliation: date | None = None) -> Statut | None:
    """Give the statut on the day `au`; `None` where the known dates do not say."""
    debut, fin = bornes(convention)
    return statut_between(debut, fin, au, date_resiliation)


def statut_between(debut: date | None, fin: date | None, au: date, date_resiliation: date | None) -> Statut | None:
    """Compute the statut from its dates, all of them days included: the end is a day in force, the résiliation is not.

    Without a beginning one may know that a convention has ended, but not that it is in force.
    """
    if date_resiliation and date_resiliation <= au:
        return Statut.RESILIEE
    if fin and fin < au:
        return Statut.ECHUE
    if debut is None:
        return None
    return Statut.A_VENIR if au < debut else Statut.EN_VIGUEUR
