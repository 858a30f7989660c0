from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from portal.domain import identifiers


def validate_siren(value: str) -> None:
    """Raises `ValidationError` with what is wrong in the SIREN."""
    if reason := identifiers.SIREN.explain(value):
        raise ValidationError(reason)


class Service(models.Model):
    """A State service of the register, to which parties are matched.

    `slug` is the public key (filters, addresses): it never changes once used. A ministère is a
    service too, and belongs to none.
    """

    slug = models.SlugField("clé", max_length=80, unique=True)
    nom = models.CharField("nom", max_length=300)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[validate_siren])
    est_ministere = models.BooleanField("est un ministère", default=False)
    ministere = models.ForeignKey(
        "self",
        verbose_name="ministère",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
        limit_choices_to={"est_ministere": True},
    )
    autres_noms = models.TextField(
        "autres noms", blank=True, help_text="Un nom par ligne : noms anciens, abrégés, autres sigles."
    )

    panels = [
        FieldPanel("nom"),
        FieldPanel("sigle"),
        FieldPanel("slug"),
        FieldPanel("siren"),
        FieldPanel("est_ministere"),
        FieldPanel("ministere"),
        FieldPanel("autres_noms"),
    ]

    class Meta:
        verbose_name = "service"
        verbose_name_plural = "services"
        ordering = ["nom"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.sigle})" if self.sigle else self.nom

    @property
    def noms(self) -> list[str]:
        """Every name and sigle by which a text may call the service."""
        return [nom for nom in (self.nom, self.sigle, *self.autres_noms.splitlines()) if nom.strip()]

    def clean(self) -> None:
        super().clean()
        known = Service.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if known and known != self.slug:
            raise ValidationError({"slug": f"La clé ne change jamais, des adresses la portent : remettez « {known} »."})
        if self.est_ministere and self.ministere_id:
            raise ValidationError({"ministere": "Un ministère n'appartient pas à un autre : laissez ce champ vide."})
