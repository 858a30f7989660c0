"""What needs an editor, counted: the panel of the first screen, and the e-mail of the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from portal.publications.fraicheur import list_fraicheurs
from portal.publications.models import to_judge
from portal.publications.tableau.droits import ecarts_of, publications_of
from portal.publications.tableau.filtres import Filtre, Vue, condition_of, with_envoi

PHRASES = {
    Vue.EN_RETARD: ("publication en retard", "publications en retard"),
    Vue.DUES: ("publication à transmettre", "publications à transmettre"),
    Vue.ECHECS: ("envoi échoué", "envois échoués"),
    Vue.DIVERGENTES: ("publication divergente", "publications divergentes"),
    Vue.ABSENTES: ("publication qui n'y est plus", "publications qui n'y sont plus"),
    Vue.BLOQUEES: ("publication non vérifiable", "publications non vérifiables"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to see to, and the path of the screen where it is."""

    phrase: str
    adresse: str


def make_bilan(user: Any, jour: date) -> list[Point]:
    """What there is to do for an editor, the most pressing first; nothing where all is well."""
    return list(_list(user, jour))


def _list(user: Any, jour: date) -> Iterator[Point]:
    publications, tableau = with_envoi(publications_of(user)), reverse("publications:tableau")
    for vue, phrases in PHRASES.items():
        if nombre := publications.filter(condition_of(vue, jour)).count():
            yield Point(_count(nombre, *phrases), f"{tableau}?{Filtre(vue).adresse}")
    if nombre := to_judge(ecarts_of(user)).count():
        yield Point(_count(nombre, "écart à juger", "écarts à juger"), reverse("publications:ecarts"))
    if nombre := ecarts_of(user).filter(rejet="").exclude(brouillon="").count():
        yield Point(
            _count(nombre, "brouillon fait d'une liste, à relire", "brouillons faits d'une liste, à relire"),
            f"{reverse('publications:ecarts')}?vue=brouillons",
        )
    bloquees = [fraicheur.source for fraicheur in list_fraicheurs() if fraicheur.blocage]
    if bloquees:
        phrases = ("liste ne se lit plus", "listes ne se lisent plus")
        yield Point(f"{_count(len(bloquees), *phrases)} ({', '.join(bloquees)})", f"{tableau}#sources")


def _count(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {plusieurs if nombre > 1 else un}"
