"""The rows of an act: what comes in several, in the order of the document."""

from django.db import models
from django.forms import TextInput
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from portal.conventions.models.services import Service
from portal.domain import identifiers
from portal.domain.convention import Canal, Role
from portal.domain.identifiers import Identifiant
from portal.domain.libelles import choices
from portal.domain.regles import REGLES


def code_field(identifiant: Identifiant, libelle: str) -> models.CharField:
    """A text for one code. Its form is judged by the rules, so that a draft keeps what was printed."""
    return models.CharField(libelle, max_length=60, blank=True, help_text=f"Exemple : {identifiant.exemple}")


class Ligne(Orderable):
    """A row of an act; subclasses set `acte`."""

    class Meta(Orderable.Meta):
        abstract = True


class Partie(Ligne, ClusterableModel):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="parties")
    role = models.CharField("rôle", max_length=20, blank=True, choices=choices(Role))
    nom = models.TextField("nom", help_text="Tel qu'il est imprimé dans le document.")
    sigle = models.CharField("sigle", max_length=100, blank=True)
    adresse = models.TextField("adresse", blank=True)
    designation = models.TextField("désignation", blank=True, help_text="Comment le texte l'appelle ensuite.")
    service = models.ForeignKey(
        Service, verbose_name="service du registre", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("sigle")]),
        FieldPanel("nom", widget=TextInput),
        FieldPanel("service"),
        FieldPanel("adresse", widget=TextInput),
        FieldPanel("designation", widget=TextInput),
        InlinePanel("representants", heading="Représentants", label="Représentant"),
    ]

    class Meta(Ligne.Meta):
        verbose_name = "partie"

    def __str__(self) -> str:
        return self.nom


def regles_levables() -> list[tuple[str, str]]:
    """The rules that an editor may lift, as choices."""
    return [(regle.identifiant, f"{regle.identifiant} : {regle.titre}") for regle in REGLES if regle.levable]


class Derogation(Ligne):
    """A rule lifted on one act, with who answers for it; not a fact of the document, and not public."""

    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="derogations")
    regle = models.CharField("règle", max_length=10, choices=regles_levables)
    motif = models.TextField("motif", help_text="Pourquoi la règle ne s'applique pas à cet acte.")
    auteur = models.CharField("auteur", max_length=150, editable=False)
    moment = models.DateTimeField("moment", editable=False)

    panels = [FieldPanel("regle"), FieldPanel("motif")]

    class Meta(Ligne.Meta):
        verbose_name = "règle levée"

    def __str__(self) -> str:
        return f"{self.regle}, levée par {self.auteur}"


class Representant(Orderable):
    partie = ParentalKey(Partie, on_delete=models.CASCADE, related_name="representants")
    nom = models.TextField("nom", blank=True)
    fonction = models.TextField("fonction", blank=True)

    panels = [FieldRowPanel([FieldPanel("nom", widget=TextInput), FieldPanel("fonction", widget=TextInput)])]

    class Meta(Orderable.Meta):
        verbose_name = "représentant"

    def __str__(self) -> str:
        return self.nom or self.fonction


class LigneEcheancier(Ligne):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="echeancier")
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    programme = code_field(identifiers.PROGRAMME, "programme")
    uo = code_field(identifiers.UO, "UO")
    partie = models.TextField("partie", blank=True)
    ae = models.DecimalField("AE, en euros", max_digits=16, decimal_places=2, null=True, blank=True)
    cp = models.DecimalField("CP, en euros", max_digits=16, decimal_places=2, null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("annee"), FieldPanel("ae"), FieldPanel("cp")]),
        FieldRowPanel([FieldPanel("programme"), FieldPanel("uo"), FieldPanel("partie", widget=TextInput)]),
    ]

    class Meta(Ligne.Meta):
        verbose_name = "ligne de l'échéancier"

    def __str__(self) -> str:
        return str(self.annee or "année non précisée")


class Imputation(Ligne):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="imputations")
    programme = code_field(identifiers.PROGRAMME, "programme")
    comptable = code_field(identifiers.COMPTABLE, "comptable assignataire")
    domaine_fonctionnel = code_field(identifiers.DOMAINE_FONCTIONNEL, "domaine fonctionnel")
    centre_financier = code_field(identifiers.UO, "centre financier")
    activite = code_field(identifiers.ACTIVITE, "activité")
    centre_cout = code_field(identifiers.CENTRE_COUT, "centre de coût")

    panels = [
        FieldRowPanel([FieldPanel("programme"), FieldPanel("comptable"), FieldPanel("domaine_fonctionnel")]),
        FieldRowPanel([FieldPanel("centre_financier"), FieldPanel("activite"), FieldPanel("centre_cout")]),
    ]

    class Meta(Ligne.Meta):
        verbose_name = "imputation"

    def __str__(self) -> str:
        return self.centre_financier or self.programme


class PublicationPrevue(Ligne):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="publications_prevues")
    canal = models.CharField("canal", max_length=20, choices=choices(Canal))
    libelle = models.TextField("libellé", blank=True)
    url = models.CharField("adresse", max_length=500, blank=True, help_text="Telle qu'elle est imprimée.")

    panels = [FieldPanel("canal"), FieldPanel("libelle", widget=TextInput), FieldPanel("url")]

    class Meta(Ligne.Meta):
        verbose_name = "publication prévue"

    def __str__(self) -> str:
        return self.get_canal_display()


class Copie(Ligne):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="copies")
    destinataire = models.TextField("destinataire")

    panels = [FieldPanel("destinataire", widget=TextInput)]

    class Meta(Ligne.Meta):
        verbose_name = "copie"

    def __str__(self) -> str:
        return self.destinataire


class Signataire(Ligne):
    acte = ParentalKey("conventions.ActePage", on_delete=models.CASCADE, related_name="signataires")
    nom = models.TextField("nom", blank=True)
    fonction = models.TextField("fonction", blank=True)
    pour = models.TextField("pour", blank=True, help_text="Au nom de qui la personne signe.")

    panels = [
        FieldRowPanel([FieldPanel("nom", widget=TextInput), FieldPanel("fonction", widget=TextInput)]),
        FieldPanel("pour", widget=TextInput),
    ]

    class Meta(Ligne.Meta):
        verbose_name = "signataire"

    def __str__(self) -> str:
        return self.nom or self.fonction
