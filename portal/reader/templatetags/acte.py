"""What the page of a convention or an avenant is made of."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.models import Page

from portal.conventions.models import ActePage
from portal.conventions.publiees import MARQUE_FICTIF, Publiee
from portal.domain import identifiers
from portal.domain.convention import Canal, Convention, Imputation, LigneEcheancier
from portal.domain.libelles import libelle
from portal.domain.statut import Statut, statut
from portal.publications import preuves
from portal.reader import charts, corps, echeances, essentiel, sections
from portal.rendu.echeancier import COLONNES

register = template.Library()

COULEURS = {
    Statut.A_VENIR: "fr-badge--info",
    Statut.EN_VIGUEUR: "fr-badge--success",
    Statut.ECHUE: "fr-badge--neutre",
    Statut.RESILIEE: "fr-badge--error",
}
ABREVIATIONS = {"AE": "autorisations d’engagement", "CP": "crédits de paiement", "UO": "unité opérationnelle"}
_ABREVIATION = re.compile(rf"\b({'|'.join(ABREVIATIONS)})\b")
_ADRESSE_WEB = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")
_POUR = re.compile(r"^\s*pour\s+", re.IGNORECASE)
_MAJUSCULE = re.compile(r"(?:La|Le|Les|Une?)\b|L['’]")
RESUME = 300  # characters of a meta description


@register.simple_tag
def badge_statut(valeur: str | None) -> SafeString:
    """The statut in a word and a colour; an empty one where the dates do not say."""
    nom, couleur = (libelle(Statut(valeur)), COULEURS[Statut(valeur)]) if valeur else ("Statut non précisé", "")
    return format_html('<span class="fr-badge fr-badge--sm fr-badge--no-icon {}">{}</span>', couleur, nom)


@register.simple_tag
def badge_statut_de(publiee: Publiee) -> SafeString:
    """The badge of today's statut."""
    return badge_statut(statut(publiee.convention, timezone.localdate(), publiee.date_resiliation))


@register.simple_tag
def faits_de(publiee: Publiee) -> list[essentiel.Fait]:
    """The lines of « L'essentiel »."""
    return essentiel.list_faits(publiee.convention, publiee.date_resiliation)


@register.filter
def a_des_coordonnees(convention: Convention) -> bool:
    """Whether a partie has more than its name to show."""
    return any(partie.representants or partie.adresse or partie.designation for partie in convention.parties)


@register.filter
def abreviations(texte: str) -> SafeString:
    """The text with AE, CP and UO explained."""
    return mark_safe(  # noqa: S308 - escaped, then only our own tags are added
        _ABREVIATION.sub(lambda sigle: f'<abbr title="{ABREVIATIONS[sigle[1]]}">{sigle[1]}</abbr>', escape(texte))
    )


@register.simple_tag
def articles_de(convention: Convention) -> list[sections.Section]:
    """The articles, each with its anchor."""
    return sections.list_articles(convention)


@register.simple_tag
def annexes_de(convention: Convention) -> list[sections.Section]:
    """The annexes, each with its anchor."""
    return sections.list_annexes(convention)


@register.simple_tag
def sommaire_de(convention: Convention) -> list[sections.Section]:
    """The articles and annexes that have a title."""
    return sections.list_sommaire(convention)


@register.filter
def avec_vu(visa: str) -> str:
    """A visa as a sentence: the members of a list that one « Vu » opens do not bear it themselves."""
    return visa if visa[:2].casefold() == "vu" else f"Vu {visa}"


@register.filter(name="corps")
def corps_html(texte: str) -> SafeString:
    """The body of an article as paragraphs, lists and tables."""
    return corps.render_corps(texte)


@register.filter
def resume(convention: Convention) -> str:
    """A convention in one sentence, for search engines and previews of links."""
    parties = " → ".join(
        ", ".join(partie.sigle or partie.nom for partie in cote)
        for cote in (convention.delegants, convention.delegataires)
        if cote
    )
    return Truncator(f"{parties}. {convention.objet or convention.titre}".strip(". ")).chars(RESUME)


@register.simple_tag
def graphique_echeancier(convention: Convention, identifiant: str) -> SafeString:
    """The échéancier as bars."""
    return charts.draw_exercices(echeances.by_exercice(convention.echeancier), identifiant)


@dataclass(frozen=True, slots=True)
class Colonne:
    champ: str
    libelle: str


@register.simple_tag
def colonnes_echeancier(convention: Convention) -> list[Colonne]:
    """The columns, besides the year and the amounts, in which the lines differ."""
    return [Colonne(champ, libelle) for champ, libelle in COLONNES.items() if len(_valeurs(convention, champ)) > 1]


@register.simple_tag
def constantes_echeancier(convention: Convention) -> list[tuple[str, str]]:
    """What all the lines say alike (« UO », « 0214-CEN2-INFO »): said once, it needs no column."""
    communes = [(libelle, _valeurs(convention, champ)) for champ, libelle in COLONNES.items()]
    return [(libelle, valeurs.pop()) for libelle, valeurs in communes if len(valeurs) == 1 and "" not in valeurs]


def _valeurs(convention: Convention, champ: str) -> set[str]:
    return {getattr(ligne, champ) or "" for ligne in convention.echeancier}


@register.filter
def valeur_de(ligne: LigneEcheancier, champ: str) -> str:
    """The value of a column of `colonnes_echeancier`."""
    return getattr(ligne, champ) or ""


@register.simple_tag
def total_echeancier(convention: Convention) -> echeances.Exercice:
    """AE and CP of all the lines."""
    return echeances.total(convention.echeancier)


@register.simple_tag
def codes_de(imputation: Imputation) -> list[tuple[str, str | None]]:
    """Each code of an imputation with its name."""
    return [(code.libelle, getattr(imputation, champ)) for champ, code in identifiers.IMPUTATION.items()]


@register.filter
def apres_pour(pour: str) -> str:
    """Who is signed for, after « pour »: its own « Pour » left out, « Le délégataire » without its capital."""
    nom = _POUR.sub("", pour)
    return f"{nom[0].lower()}{nom[1:]}" if _MAJUSCULE.match(nom) else nom


@register.filter
def titre_marque(page: ActePage) -> str:
    """The title of another act, which says that it is invented where it is."""
    return f"{MARQUE_FICTIF} {page.title}" if page.fictif else page.title


@register.simple_tag
def preuves_de(publiee: Publiee) -> dict[str, list[preuves.Preuve]]:
    """Where the act is published, and to whom it was sent, with what proves it."""
    tenues = preuves.read_preuves([publiee.uid]).get(publiee.uid, [])
    return {
        "canaux": preuves.list_preuves(publiee.convention, tenues),
        "copies": preuves.list_copies(publiee.convention, tenues),
    }


@register.filter
def libelle_canal(canal: str) -> str:
    """The name of a channel of publication."""
    return libelle(Canal(canal))


@register.filter
def lien_imprime(adresse: str) -> SafeString:
    """A web address as printed, a link where it is a whole one: a document may leave out « https:// »."""
    cible = adresse if adresse.startswith(("http://", "https://")) else f"https://{adresse}"
    if not _ADRESSE_WEB.fullmatch(cible):
        return escape(adresse)
    return format_html('<a href="{}" rel="nofollow noopener external">{}</a>', cible, adresse)


@register.filter
def jour(moment: datetime) -> date:
    """The day of a moment in the site's time zone."""
    return timezone.localtime(moment).date()


@register.simple_tag
def mere_de(page: Page) -> Page:
    """The convention that an avenant changes."""
    return page.get_parent().specific


@register.inclusion_tag("parts/fil.html")
def fil_de(ici: str, *liens: str) -> dict[str, Any]:
    """The breadcrumb: the title of this page, then a name and an address for each page above it."""
    noms = [Truncator(nom).chars(80) for nom in (ici, *liens[::2])]
    return {"ici": noms[0], "liens": list(zip(noms[1:], liens[1::2], strict=True))}
