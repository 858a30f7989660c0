"""What the search keeps in the database: the synonyms that editors give it, and the searches that found nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from search.analysis import terms
from search.query import LONGEST_Q
from search.tree import Run
from search.values import clean

MOST_LIGNES = 20
LONGEST_LIGNE = 100


class Synonyme(models.Model):
    """A group of texts that mean the same: who looks for one finds the others too.

    `termes` holds them, one a line. A text is in one group only, so that each group says all that its words find.
    """

    termes: "models.TextField[str, str]" = models.TextField(
        "textes de même sens",
        help_text="Un par ligne, deux au moins : un sigle, son développement, un autre nom. "
        "Les majuscules, les accents et les pluriels ne comptent pas.",
    )
    note: "models.TextField[str, str]" = models.TextField(
        "note", blank=True, help_text="Pourquoi ces textes ont le même sens partout ; le public ne la voit pas."
    )

    panels = [FieldPanel("termes"), FieldPanel("note")]

    class Meta:
        verbose_name = "groupe de synonymes"
        verbose_name_plural = "groupes de synonymes"
        ordering = ["termes", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.lignes)

    @property
    def lignes(self) -> list[str]:
        """The texts of the group, without blank lines."""
        return [ligne for texte in self.termes.splitlines() if (ligne := clean(texte))]

    def clean(self) -> None:
        super().clean()
        if not self.termes:
            return  # the field says that it is empty
        lignes = self.lignes
        errors = list(_find_errors(lignes)) or list(_find_taken(lignes, self.pk))
        if errors:
            raise ValidationError({"termes": errors})
        self.termes = "\n".join(lignes)


def _find_errors(lignes: Sequence[str]) -> Iterator[str]:
    """What is wrong with the texts of a group by themselves."""
    if len(lignes) > MOST_LIGNES:
        yield f"Un groupe a {MOST_LIGNES} lignes au plus, celui-ci en a {len(lignes)} : faites-en plusieurs."
        return
    seen: dict[Run, str] = {}
    for ligne in lignes:
        run = tuple(terms(ligne))
        if len(ligne) > LONGEST_LIGNE:
            yield f"« {ligne[:40]}… » a {len(ligne)} caractères : une ligne en a {LONGEST_LIGNE} au plus."
        elif not run:
            yield f"« {ligne} » n'a aucun mot à chercher : retirez cette ligne."
        elif run in seen:
            yield f"Pour la recherche, « {ligne} » et « {seen[run]} » sont le même texte : gardez-en un."
        seen.setdefault(run, ligne)
    if len(seen.keys() - {()}) < 2:
        yield "Écrivez au moins deux textes différents de même sens, un par ligne."


def _find_taken(lignes: Sequence[str], pk: int | None) -> Iterator[str]:
    """Which of the texts of the group `pk` another one has already."""
    taken = list_groupes(Synonyme.objects.exclude(pk=pk))
    for ligne in lignes:
        if groupe := taken.get(tuple(terms(ligne))):
            yield f"« {ligne} » est déjà dans le groupe « {groupe} » : complétez-le plutôt que d'en faire un autre."


def list_groupes(groupes: Iterable[Synonyme]) -> dict[Run, Synonyme]:
    """The group of each text, by its terms."""
    return {tuple(terms(ligne)): groupe for groupe in groupes for ligne in groupe.lignes}


class RechercheVaine(models.Model):
    """What was looked for and not found, how many times, and the first and last days: nothing of who looked for it.

    `empreinte` is a keyed digest of the words. `texte` is empty as long as few have looked for them.
    """

    empreinte: "models.CharField[str, str]" = models.CharField("empreinte", max_length=64, unique=True)
    texte: "models.CharField[str, str]" = models.CharField("texte cherché", max_length=LONGEST_Q, blank=True)
    nombre: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField("nombre de fois", default=0)
    premiere: "models.DateField[date, date]" = models.DateField("première fois")
    derniere: "models.DateField[date, date]" = models.DateField("dernière fois")

    class Meta:
        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        ordering = ["-nombre", "-derniere", "pk"]

    def __str__(self) -> str:
        return self.texte or self.empreinte[:12]
