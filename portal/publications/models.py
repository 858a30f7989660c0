"""What is known of the publication of each act, what was done about it, and what was seen of the listings.

Only `portal.publications.actions` changes these rows.
"""

import uuid
from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.admin.panels import FieldPanel

from portal.conventions.models import Service
from portal.domain.convention import Canal
from portal.domain.libelles import libelle
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


COPIE = "copie"
"""The channel by which an act goes to those to whom it promises a copy: it publishes nothing."""
CANAUX = [*((canal.value, libelle(canal)) for canal in Canal), (COPIE, "Copie")]
A_PUBLIER = (EtatPublication.ATTENDUE, EtatPublication.TRANSMISE)
"""What is not there yet, as far as one knows."""
VUES = (EtatPublication.PUBLIEE, EtatPublication.DIVERGENTE)
"""What was seen there."""


class Publication(models.Model):
    """One act on one channel. `uid` is the act's permanent identifier: what was published outlives our page.

    `prevue` says that the act promises it, `voulue` whether an editor wants it, None where none said so; `destinataire`
    is who gets a copy, as the act prints it; `echeance` is the day by which it should be done. `url`, `nor` and
    `date_publication` are what `source` showed last, `verifiee_le` when, `preuve` the SHA-256 of the archived page that
    shows it; `divergences` are the sentences that say what it shows otherwise, `admises` those that an editor admitted.
    `identifiant` is the key of the act there, `empreinte` the SHA-256 of the dossier that was transmitted last.
    """

    uid = models.CharField("identifiant de l'acte", max_length=12)
    canal = models.CharField("canal", max_length=20, choices=CANAUX)
    destinataire = models.TextField("destinataire", blank=True)
    etat = models.CharField("état", max_length=20, choices=EtatPublication, default=EtatPublication.ATTENDUE)
    prevue = models.BooleanField("prévue par l'acte", default=True)
    voulue = models.BooleanField("demandée par un éditeur", null=True, blank=True)
    url = models.CharField("adresse", max_length=2000, blank=True)
    nor = models.CharField("NOR", max_length=60, blank=True)
    date_publication = models.DateField("publiée le", null=True, blank=True)
    source = models.CharField("source", max_length=40, blank=True)
    verifiee_le = models.DateTimeField("vérifiée le", null=True, blank=True)
    preuve = models.CharField("empreinte de la page vue", max_length=64, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True)
    divergences = models.JSONField("divergences", default=list, blank=True)
    admises = models.JSONField("divergences admises", default=list, blank=True)
    identifiant = models.CharField("identifiant sur le site", max_length=100, blank=True)
    empreinte = models.CharField("empreinte du dossier transmis", max_length=64, blank=True)

    class Meta:
        verbose_name = "publication"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["uid", "canal", "destinataire"], name="une_publication_par_canal")
        ]
        indexes = [models.Index(fields=["canal", "etat"]), models.Index(fields=["etat", "echeance"])]

    def __str__(self) -> str:
        return f"{self.uid} {self.canal} {self.etat}"

    @property
    def attendue(self) -> bool:
        """The word of an editor goes before that of the act."""
        return self.prevue if self.voulue is None else self.voulue

    def is_late(self, jour: date) -> bool:
        """Say whether it should be there by now, and is not."""
        due = (*A_PUBLIER, EtatPublication.BLOQUEE, EtatPublication.ABSENTE)
        return self.echeance is not None and self.echeance < jour and self.etat in due


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
    canal = models.CharField(max_length=20, choices=CANAUX, blank=True)
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
    canal = models.CharField("canal", max_length=20, choices=CANAUX, blank=True)
    cle = models.CharField(max_length=2000)
    etat = models.CharField(max_length=20, choices=[(e.value, e.value) for e in Etat])
    uid = models.CharField(max_length=12, blank=True)
    entree = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    motif = models.TextField()
    confiance = models.PositiveSmallIntegerField()
    preuve = models.CharField(max_length=64, blank=True)
    vu_le = models.DateTimeField()
    brouillon = models.CharField("acte qui en a été fait", max_length=12, blank=True)
    essais = models.PositiveSmallIntegerField("essais d'en faire un brouillon", default=0)
    refus = models.TextField("pourquoi aucun brouillon", blank=True)
    rejet = models.TextField("pourquoi un éditeur l'a écarté", blank=True)

    class Meta:
        verbose_name = "écart à juger"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "cle"], name="un_ecart_par_entree")]

    def __str__(self) -> str:
        return f"{self.source} {self.etat} {self.cle}"


def to_judge(ecarts: "models.QuerySet[EcartOuvert]") -> "models.QuerySet[EcartOuvert]":
    """Those that no editor set aside, and of which no draft was made."""
    return ecarts.filter(rejet="", brouillon="")


class EtatTransmission(models.TextChoices):
    """Where a sending stands."""

    A_FAIRE = "a_faire", "à faire"
    EN_COURS = "en_cours", "en cours"
    FAITE = "faite", "faite"
    ECHOUEE = "echouee", "échouée"
    ANNULEE = "annulee", "annulée"


class Transmission(models.Model):
    """One sending of an act by its channel, tried until it is done: the row stands before anything leaves.

    `retrait` asks to take away what stands there. `cle` is the same at each try, so that the other side can tell that
    two are one. `a_la_main` says that an editor did it, outside the portal.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="transmissions")
    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    retrait = models.BooleanField(default=False)
    a_la_main = models.BooleanField(default=False)
    etat = models.CharField(max_length=10, choices=EtatTransmission, default=EtatTransmission.A_FAIRE)
    demandee_le = models.DateTimeField()
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    prochain_essai = models.DateTimeField()
    message = models.TextField(blank=True)
    empreinte = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "transmission"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(etat=EtatTransmission.A_FAIRE),
                name="une_transmission_a_faire",
            ),
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(etat=EtatTransmission.EN_COURS),
                name="une_transmission_en_cours",
            ),
        ]
        indexes = [models.Index(fields=["etat", "prochain_essai"])]

    def __str__(self) -> str:
        return f"{self.publication} {self.etat}"


class FinEssai(models.TextChoices):
    """How a try ended; one that was cut may have reached the other side."""

    EN_COURS = "en_cours", "en cours"
    REUSSI = "reussi", "réussi"
    ECHOUE = "echoue", "échoué"
    INTERROMPU = "interrompu", "interrompu"


class Essai(models.Model):
    """A try of a sending, kept before it starts: nothing leaves twice without two of them."""

    transmission = models.ForeignKey(Transmission, on_delete=models.CASCADE, related_name="essais")
    moment = models.DateTimeField()
    fin = models.CharField(max_length=10, choices=FinEssai, default=FinEssai.EN_COURS)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = "essai"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transmission_id} {self.fin}"


class Correspondant(models.Model):
    """Who receives the dossiers of a channel by e-mail: for one ministère, or for all; for copies, the recipients whose
    `noms`, one a line, are printed in acts.
    """

    canal = models.CharField(
        "canal", max_length=20, choices=[(nom, texte) for nom, texte in CANAUX if nom not in ("data_gouv", "autre")]
    )
    ministere = models.ForeignKey(
        Service,
        verbose_name="ministère",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="correspondants",
        limit_choices_to={"est_ministere": True},
        help_text="Vide : pour tous les ministères qui n'ont pas le leur.",
    )
    noms = models.TextField(
        "noms", blank=True, help_text="Pour les copies : le destinataire tel que les actes l'impriment, un par ligne."
    )
    courriel = models.EmailField("adresse électronique")

    panels = [FieldPanel("canal"), FieldPanel("ministere"), FieldPanel("noms"), FieldPanel("courriel")]

    class Meta:
        verbose_name = "correspondant"
        ordering = ["canal", "pk"]

    def __str__(self) -> str:
        return f"{self.get_canal_display()} : {self.courriel}"


class Curseur(models.Model):
    """How far the publications follow the journal of the acts: a single row, locked while it moves."""

    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
