"""What the board shows: the parameters of its address, and the publications that they choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.http import urlencode

from portal.conventions.models import ActePage, MinisterePage
from portal.publications.models import (
    A_PUBLIER,
    CANAUX,
    EtatPublication,
    EtatTransmission,
    Publication,
    Transmission,
)


class Vue(StrEnum):
    """What an editor looks for."""

    A_TRAITER = "a_traiter"
    DUES = "dues"
    EN_RETARD = "en_retard"
    ECHECS = "echecs"
    DIVERGENTES = "divergentes"
    ABSENTES = "absentes"
    BLOQUEES = "bloquees"
    TRANSMISES = "transmises"
    PUBLIEES = "publiees"
    TOUTES = "toutes"


LIBELLES = {
    Vue.A_TRAITER: "À traiter",
    Vue.DUES: "À transmettre",
    Vue.EN_RETARD: "En retard",
    Vue.ECHECS: "Envois échoués",
    Vue.DIVERGENTES: "Divergentes",
    Vue.ABSENTES: "Absentes",
    Vue.BLOQUEES: "Non vérifiables",
    Vue.TRANSMISES: "Transmises",
    Vue.PUBLIEES: "Publiées",
    Vue.TOUTES: "Toutes",
}

_DUE = Q(etat=EtatPublication.ATTENDUE)
_ECHEC = Q(last_envoi=EtatTransmission.ECHOUEE)
_ABSENTE = Q(etat=EtatPublication.ABSENTE)
_DIVERGENTE = Q(etat=EtatPublication.DIVERGENTE)
_BLOQUEE = Q(etat=EtatPublication.BLOQUEE)
_ABSENCES = (*A_PUBLIER, EtatPublication.BLOQUEE, EtatPublication.ABSENTE)


@dataclass(frozen=True, slots=True)
class Filtre:
    """The choice of an editor; a value that means nothing is as none."""

    vue: Vue = Vue.A_TRAITER
    canal: str = ""
    ministere: int | None = None
    q: str = ""

    @property
    def adresse(self) -> str:
        """The parameters of its address, without those that choose nothing."""
        choix = {"vue": self.vue.value, "canal": self.canal, "ministere": self.ministere or "", "q": self.q}
        return urlencode({nom: valeur for nom, valeur in choix.items() if valeur})


def parse_filtre(params: Mapping[str, Any]) -> Filtre:
    vue, canal, ministere = (str(params.get(nom, "")) for nom in ("vue", "canal", "ministere"))
    return Filtre(
        vue=Vue(vue) if vue in LIBELLES else Vue.A_TRAITER,
        canal=canal if canal in dict(CANAUX) else "",
        ministere=int(ministere) if ministere.isdecimal() and len(ministere) < 10 else None,
        q=str(params.get("q", "")).replace("\0", "")[:200].strip(),
    )


def choose(publications: "QuerySet[Publication]", filtre: Filtre, jour: date) -> "QuerySet[Publication]":
    """The publications of a choice, the most urgent first."""
    chosen = _narrow(with_envoi(publications), filtre).filter(condition_of(filtre.vue, jour))
    return chosen.order_by("echeance", "pk")


def count_vues(publications: "QuerySet[Publication]", filtre: Filtre, jour: date) -> dict[Vue, int]:
    """How many publications each view shows, the other choices being the same."""
    narrowed = _narrow(with_envoi(publications), filtre)
    return {vue: narrowed.filter(condition_of(vue, jour)).count() for vue in Vue}


def with_envoi(publications: "QuerySet[Publication]") -> "QuerySet[Publication]":
    """With `last_envoi` and `message_envoi`, the state and the words of the last sending."""
    last = Transmission.objects.filter(publication=OuterRef("pk")).order_by("-pk")
    return publications.annotate(
        last_envoi=Subquery(last.values("etat")[:1]), message_envoi=Subquery(last.values("message")[:1])
    )


def condition_of(vue: Vue, jour: date) -> Q:
    retard = Q(echeance__lt=jour, etat__in=_ABSENCES)
    return {
        Vue.A_TRAITER: _DUE | _ECHEC | _ABSENTE | _DIVERGENTE | _BLOQUEE | retard,
        Vue.DUES: _DUE,
        Vue.EN_RETARD: retard,
        Vue.ECHECS: _ECHEC,
        Vue.DIVERGENTES: _DIVERGENTE,
        Vue.ABSENTES: _ABSENTE,
        Vue.BLOQUEES: _BLOQUEE,
        Vue.TRANSMISES: Q(etat=EtatPublication.TRANSMISE),
        Vue.PUBLIEES: Q(etat=EtatPublication.PUBLIEE),
        Vue.TOUTES: Q(),
    }[vue]


def _narrow(publications: "QuerySet[Publication]", filtre: Filtre) -> "QuerySet[Publication]":
    if filtre.canal:
        publications = publications.filter(canal=filtre.canal)
    actes = ActePage.objects.filter(uid=OuterRef("uid"))
    if filtre.ministere is not None:
        ministere = MinisterePage.objects.filter(pk=filtre.ministere).first()
        actes = actes.descendant_of(ministere) if ministere else actes.none()
    if filtre.q:
        actes = actes.filter(Q(titre__icontains=filtre.q) | Q(nor__iexact=filtre.q) | Q(uid__iexact=filtre.q))
    if filtre.q or filtre.ministere is not None:
        publications = publications.filter(Exists(actes))
    return publications
