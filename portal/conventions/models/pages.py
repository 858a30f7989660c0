"""The pages: the site's home, the conventions by ministère, and the acts themselves."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.conventions import edition
from portal.conventions.blocks import AnnexeBlock, ArticleBlock, VisaBlock
from portal.conventions.models.originaux import Original
from portal.conventions.models.services import Service
from portal.conventions.publication import ReglesDePublication
from portal.domain.convention import Constat, Convention, Gravite, Nature, Qualite, Reconduction, RegleEffet
from portal.domain.libelles import choices

# No letter or digit that is taken for another when it is read aloud or typed.
UID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
UID_LENGTH = 8
SANS_TITRE = "Acte sans titre"


def new_uid() -> str:
    """A permanent identifier: 39 bits at random, so that none tells how many there are."""
    return "".join(secrets.choice(UID_ALPHABET) for _ in range(UID_LENGTH))


class AccueilPage(Page):
    """The root of the site; the reader's accueil is drawn at its address."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["conventions.ConventionsIndexPage"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = "accueil"


class ConventionsIndexPage(Page):
    """The parent of the ministères; the search page is drawn at its address."""

    max_count = 1
    parent_page_types = ["conventions.AccueilPage"]
    subpage_types = ["conventions.MinisterePage"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = "toutes les conventions"


class MinisterePage(Page):
    """A place in the tree that carries permissions; it is not in the address of what it holds."""

    service = models.OneToOneField(
        Service, verbose_name="ministère", null=True, blank=True, on_delete=models.PROTECT, related_name="page"
    )

    content_panels = [*Page.content_panels, "service"]
    parent_page_types = ["conventions.ConventionsIndexPage"]
    subpage_types = ["conventions.ConventionPage"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = "ministère"

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        """No address of its own: readers filter the search by ministère."""

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return []


class ActePage(ReglesDePublication, Page):
    """What a convention and an avenant share: the facts of one signed document.

    `titre` is the whole title; Wagtail's `title`, cut at 255 characters, is derived from it, and `slug` is
    its first words and the uid. `constats_lecture` keeps what the reading alone could find (contract of
    the document importer); the rules' own constats are computed anew each time. `fictif` is not a fact of the
    document: it says that there is no such act.
    """

    uid = models.CharField("identifiant", max_length=12, unique=True, default=new_uid, editable=False)
    titre = models.TextField("titre")
    nature = models.CharField("nature", max_length=20, choices=choices(Nature), default=Nature.CONVENTION)
    reference = models.TextField("référence", blank=True)
    nor = models.CharField("NOR", max_length=60, blank=True)
    objet = models.TextField("objet", blank=True)
    date_signature = models.DateField("date de signature", null=True, blank=True)
    preambule = models.TextField("préambule", blank=True)
    montant_total = models.DecimalField(
        "montant total déclaré, en euros", max_digits=16, decimal_places=2, null=True, blank=True
    )
    regle_effet = models.CharField("prise d'effet", max_length=20, blank=True, choices=choices(RegleEffet))
    date_effet = models.DateField("date d'effet", null=True, blank=True)
    date_fin = models.DateField("date de fin", null=True, blank=True)
    reconduction = models.CharField("reconduction", max_length=20, blank=True, choices=choices(Reconduction))
    preavis_mois = models.PositiveSmallIntegerField("préavis, en mois", null=True, blank=True)
    modifie_un_acte = models.BooleanField("modifie une convention", default=False)
    avenant_numero = models.TextField("numéro de l'avenant", blank=True)
    convention_date = models.DateField("date de la convention modifiée", null=True, blank=True)
    convention_reference = models.TextField("référence de la convention modifiée", blank=True)

    visas = StreamField([("visa", VisaBlock())], blank=True, verbose_name="visas")
    articles = StreamField([("article", ArticleBlock())], blank=True, verbose_name="articles")
    annexes = StreamField([("annexe", AnnexeBlock())], blank=True, verbose_name="annexes")

    original = models.ForeignKey(
        Original, verbose_name="document signé", null=True, blank=True, on_delete=models.PROTECT, related_name="actes"
    )
    fictif = models.BooleanField(
        "exemple inventé",
        default=False,
        help_text="L'acte est inventé, pour la démonstration : partout où il est montré, son titre le dit.",
    )
    qualite = models.CharField("qualité du texte", max_length=10, choices=choices(Qualite), default=Qualite.NATIF)
    constats_lecture = models.JSONField(
        "constats de la lecture", default=list, blank=True, encoder=DjangoJSONEncoder, editable=False
    )

    exclude_fields_in_copy = ["uid", "original", "derogations"]
    is_creatable = False
    base_form_class = edition.ActeForm
    content_panels = edition.ACTE_PANELS
    promote_panels: list[Any] = []
    # What is public is public for all: to hide a convention is to withdraw it, with a reason.
    private_page_options: list[str] = []

    class Meta:
        verbose_name = "acte"

    @property
    def adresse(self) -> str:
        """The public path. The ministère is not in it: moving a convention to another one keeps its address."""
        under_ministere = self.url_path.strip("/").split("/")[3:]  # after accueil, conventions and ministère
        return f"/conventions/{'/'.join(under_ministere or [self.slug])}/"

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], self.adresse)

    def _derive(self) -> None:
        """Sets what follows from other facts: `title` from `titre`, `slug` from its words and the uid."""
        self.title = " ".join(self.titre.split())[:255] or SANS_TITRE
        if not self.slug.endswith(f"-{self.uid}"):
            words = slugify(self.title)[:80].strip("-")
            self.slug = f"{words}-{self.uid}"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.alias_of_id:
            raise ValidationError("Un acte n'a qu'une page : copiez-le, sans en faire un alias.")
        self._derive()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._derive()
        super().minimal_clean()

    @property
    def is_avenant(self) -> bool:
        """Also true of an avenant that was read as an `ActePage`."""
        return issubclass(self.specific_class, AvenantPage)

    def refusals_of_place(self, convention: Convention, parent: Page) -> Iterator[Constat]:
        """What stops an act with the facts of `convention` from being public under `parent`, whatever the rules say."""
        if not self.is_avenant:
            return
        if not parent.live:
            yield _refusal("La convention que cet avenant modifie n'est pas publiée : publiez-la d'abord.", None)
        numero = convention.avenant and convention.avenant.numero
        others = AvenantPage.objects.child_of(parent).live().exclude(pk=self.pk)
        if numero and others.filter(avenant_numero=numero).exists():
            yield _refusal(
                f"La convention a déjà un avenant n° {numero} publié : corrigez le numéro de celui-ci.",
                "avenant.numero",
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.conventions.publiees import publiee_of  # reads the models that this module defines

        publiee = publiee_of(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "publiee": publiee,
            "convention": publiee.convention,
            "apercu": getattr(request, "is_preview", False),
        }


class ConventionPage(ActePage):
    """A convention: the page that readers find, with its avenants under it."""

    date_resiliation = models.DateField("date de résiliation", null=True, blank=True)

    template = "reader/convention.html"
    parent_page_types = ["conventions.MinisterePage"]
    subpage_types = ["conventions.AvenantPage"]
    content_panels = [*edition.ACTE_PANELS, edition.RESILIATION_PANEL]

    class Meta:
        verbose_name = "convention"


class AvenantPage(ActePage):
    """An avenant, under the convention that it changes."""

    template = "reader/avenant.html"
    parent_page_types = ["conventions.ConventionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "avenant"


def _refusal(message: str, champ: str | None) -> Constat:
    return Constat(regle="avenant", gravite=Gravite.ERREUR, message=message, champ=champ)
