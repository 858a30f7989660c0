"""What is known of the publication of each act, what was done about it, and what was seen of the listings.

Only `portal.publications.actions` changes these rows.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.domain.convention import Canal
from portal.publications.entrees import Blocage
from portal.publications.reconciliation import Etat


class EtatPublication(models.TextChoices):
    """Where the publication of an act on a channel stands."""

    ATTENDUE = "attendue", "attendue"
    TRANSMISE = "transmise", "transmise"
    PUBLIEE = "publiee", "publiée"
    BLOQUEE = "bloquee", "non vérifiable"
    ABSENTE = "absente", "absente"
    DIVERGENTE = "divergente", "divergente"
    RETIREE = "retiree", "retirée"


class Publication(models.Model):
    """One act on one channel. `uid` is the act's permanent identifier: what was published outlives our page.

    `prevue` says that the act promises it. `url`, `nor` and `date_publication` are what `source` showed last,
    `verifiee_le` when, `preuve` the SHA-256 of the archived page that shows it.
    """

    uid = models.CharField("identifiant de l'acte", max_length=12)
    canal = models.CharField("canal", max_length=20, choices=[(c.value, c.value) for c in Canal])
    etat = models.CharField("état", max_length=20, choices=EtatPublication, default=EtatPublication.ATTENDUE)
    prevue = models.BooleanField("prévue par l'acte", default=True)
    url = models.CharField("adresse", max_length=2000, blank=True)
    nor = models.CharField("NOR", max_length=60, blank=True)
    date_publication = models.DateField("publiée le", null=True, blank=True)
    source = models.CharField("source", max_length=40, blank=True)
    verifiee_le = models.DateTimeField("vérifiée le", null=True, blank=True)
    preuve = models.CharField("empreinte de la page vue", max_length=64, blank=True)

    class Meta:
        verbose_name = "publication"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["uid", "canal"], name="une_publication_par_canal")]
        indexes = [models.Index(fields=["canal", "etat"])]

    def __str__(self) -> str:
        return f"{self.uid} {self.canal} {self.etat}"


class Mouvement(models.Model):
    """A change of state, with its reason. Rows are only ever added."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="mouvements")
    moment = models.DateTimeField()
    avant = models.CharField(max_length=20, choices=EtatPublication)
    apres = models.CharField(max_length=20, choices=EtatPublication)
    motif = models.TextField()
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    preuve = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "mouvement"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.avant} → {self.apres}"


class Visite(models.Model):
    """A listing read once: what it held, or why it was not believed.

    `nom` names its pages in the archive; `entiere` says that it was read whole and shows every act at once.
    """

    source = models.CharField(max_length=40, db_index=True)
    nom = models.CharField(max_length=40)
    moment = models.DateTimeField()
    lues = models.PositiveIntegerField(default=0)
    entiere = models.BooleanField(default=False)
    blocage = models.CharField(max_length=20, blank=True, choices=[(b.value, b.value) for b in Blocage])
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = "visite"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.nom}"


class EcartOuvert(models.Model):
    """What a listing shows and an editor must judge: an act that we do not hold, a doubtful likeness or absence.

    `cle` tells one from another within a source: the address of the entry, or the act that is not shown.
    """

    source = models.CharField(max_length=40)
    cle = models.CharField(max_length=2000)
    etat = models.CharField(max_length=20, choices=[(e.value, e.value) for e in Etat])
    uid = models.CharField(max_length=12, blank=True)
    entree = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    motif = models.TextField()
    confiance = models.PositiveSmallIntegerField()
    preuve = models.CharField(max_length=64, blank=True)
    vu_le = models.DateTimeField()

    class Meta:
        verbose_name = "écart à juger"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "cle"], name="un_ecart_par_entree")]

    def __str__(self) -> str:
        return f"{self.source} {self.etat} {self.cle}"


class Curseur(models.Model):
    """How far the publications follow the journal of the acts: a single row, locked while it moves."""

    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
