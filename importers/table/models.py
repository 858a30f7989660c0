"""What lies on the reading table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from portal.conventions.models import ActePage, Original
from portal.domain.contrat import lecture_from_json
from portal.domain.convention import Lecture

ATTENTE_LIMIT = timedelta(minutes=2)
LECTURE_LIMIT = timedelta(minutes=15)  # longer than the slowest reading may last


class Etat(models.TextChoices):
    EN_ATTENTE = "en_attente", "En attente"
    EN_LECTURE = "en_lecture", "En lecture"
    LU = "lu", "Lu"
    REFUSE = "refuse", "Refusé"


class Depot(models.Model):
    """One file that an editor dropped.

    `lecture` is the reading as `lecture_to_json` writes it, with the spans of its facts; `refus` the sentence that says
    why there is none. `original` holds the bytes, private until a page that holds them is public; a file refused
    before it was kept has none. `page` is what was made of it, `doublon` the page that seems to hold the act already.
    """

    original: "models.ForeignKey[Original | None, Original | None]" = models.ForeignKey(
        Original, verbose_name="document signé", null=True, on_delete=models.PROTECT, related_name="depots"
    )
    nom: "models.CharField[str, str]" = models.CharField("nom du fichier", max_length=255)
    etat: "models.CharField[str, str]" = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.EN_ATTENTE
    )
    refus: "models.TextField[str, str]" = models.TextField("motif du refus", blank=True)
    lecture: "models.JSONField[Any, Any]" = models.JSONField("lecture", null=True, encoder=DjangoJSONEncoder)
    titre: "models.TextField[str, str]" = models.TextField("titre lu", blank=True)
    erreurs: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField("erreurs", default=0)
    avertissements: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField("avertissements", default=0)
    auteur: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="déposé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="depots",
    )
    moment: "models.DateTimeField[datetime, datetime]" = models.DateTimeField("déposé le", default=timezone.now)
    debut_lecture: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(
        "lu depuis", null=True
    )
    page: "models.ForeignKey[ActePage | None, ActePage | None]" = models.ForeignKey(
        ActePage, verbose_name="page", null=True, on_delete=models.SET_NULL, related_name="depots"
    )
    doublon: "models.ForeignKey[ActePage | None, ActePage | None]" = models.ForeignKey(
        ActePage, verbose_name="acte déjà présent", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    motif_doublon: "models.CharField[str, str]" = models.CharField("ce qui est pareil", max_length=40, blank=True)

    original_id: str | None
    page_id: int | None
    get_etat_display: Callable[[], str]

    class Meta:
        verbose_name = "dépôt"
        verbose_name_plural = "dépôts"
        ordering = ["moment", "pk"]

    def __str__(self) -> str:
        return self.nom

    @property
    def is_pdf(self) -> bool:
        return self.nom.lower().endswith(".pdf")

    @property
    def is_to_confirm(self) -> bool:
        return self.etat == Etat.LU and self.page_id is None

    @property
    def may_be_read_again(self) -> bool:
        """A file that was kept and is not a page yet, unless its reading goes on."""
        if self.original_id is None or self.page_id is not None:
            return False
        waits_since = {Etat.EN_ATTENTE: self.moment + ATTENTE_LIMIT}
        if self.debut_lecture:
            waits_since[Etat.EN_LECTURE] = self.debut_lecture + LECTURE_LIMIT
        limit = waits_since.get(Etat(self.etat))
        return self.etat in (Etat.LU, Etat.REFUSE) or (limit is not None and limit < timezone.now())

    def read_lecture(self) -> Lecture:
        """The reading; raises `ValueError` where there is none, or one of another version of the contract."""
        try:
            return lecture_from_json(self.lecture)
        except (KeyError, TypeError) as error:
            raise ValueError(f"{self.nom} : {error}") from error


def to_confirm(depots: "models.QuerySet[Depot]") -> "models.QuerySet[Depot]":
    """Those that were read and of which no page was made, the oldest first."""
    return depots.filter(etat=Etat.LU, page=None).order_by("moment", "pk")
