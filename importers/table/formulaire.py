"""What an editor decides of a reading: whose parties these are, and which page it makes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from importers.table.doublons import (
    Motif,
    Rapprochement,
    find_conventions_changed,
    find_doublons,
    search_conventions,
)
from importers.table.droits import may_add_under, may_edit, may_see, places_of
from importers.table.models import Depot
from portal.conventions.models import ActePage, ConventionPage, ConventionsIndexPage, MinisterePage
from portal.conventions.rattachement import Registre
from portal.domain.convention import Convention, Partie
from portal.domain.libelles import libelle

NOUVELLE, REVISION, AVENANT = "nouvelle", "revision", "avenant"
SELON_LE_DELEGANT = "delegant"
AUCUN = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a valid form says: the convention with its parties matched, and where it goes.

    `revise` is the page that takes the facts, `parent` the convention of an avenant or the page of a ministère; both
    are `None` for a new convention under its délégant's ministère.
    """

    convention: Convention
    revise: ActePage | None = None
    parent: ConventionPage | MinisterePage | None = None


class ConfirmationForm(forms.Form):
    """Offers only what `user` may do: pages that he may edit or put a page under.

    `doublons` are the pages that he may see, `tenu_ailleurs` why others, that he may not, seem to hold the act.
    """

    mots = forms.CharField(
        label="Une autre convention",
        required=False,
        max_length=200,
        help_text="Sa référence, son NOR, son identifiant ou des mots de son titre.",
    )
    devenir = forms.ChoiceField(
        label="Que faire de ce document ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que ce document devient."},
    )
    ministere = forms.ChoiceField(label="Ministère de la nouvelle page", required=False)

    def __init__(self, depot: Depot, convention: Convention, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.convention = convention
        self.registre = Registre()
        self.matched = self.registre.match_parties(convention)
        doublons = find_doublons(self.matched, depot.original)
        self.doublons = [found for found in doublons if may_see(user, found.page)]
        self.tenu_ailleurs = [found.motif for found in doublons if not may_see(user, found.page)]
        self._pages: dict[str, ActePage] = {}
        self._add_parties()
        self._offer_devenirs()
        self._offer_ministeres()

    @property
    def parties(self) -> list[forms.BoundField]:
        """The field of each partie, in their order."""
        return [self[_champ_of(rang)] for rang in range(len(self.convention.parties))]

    @property
    def searched(self) -> str:
        return str(self.data.get("mots", "")).strip() if self.is_bound else ""

    def decide(self) -> Decision:
        """What the form says; only of a valid form."""
        convention = replace(
            self.convention,
            parties=tuple(
                replace(partie, service=self.cleaned_data[_champ_of(rang)] or None)
                for rang, partie in enumerate(self.convention.parties)
            ),
        )
        devenir: str = self.cleaned_data["devenir"]
        page = self._pages.get(devenir)
        if page is None:
            ministere = self._ministeres.get(self.cleaned_data["ministere"])
            return Decision(convention, parent=ministere)
        if devenir.startswith(REVISION):
            return Decision(convention, revise=page.specific)
        return Decision(convention, parent=page.specific)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("devenir") == NOUVELLE and not data.get("ministere"):
            self.add_error("ministere", "Choisissez le ministère sous lequel la page sera créée.")
        return data

    def _add_parties(self) -> None:
        whole = [(service.slug, str(service)) for service in self.registre.services.values()]
        whole.sort(key=lambda choice: choice[1])
        for rang, partie in enumerate(self.convention.parties):
            self.fields[_champ_of(rang)] = self._partie_field(rang, partie, whole)

    def _partie_field(self, rang: int, partie: Partie, whole: list[tuple[str, str]]) -> forms.ChoiceField:
        matched = self.matched.parties[rang].service
        near = [
            (found.service.slug, _describe(found.service, found.service.slug == matched, found.ressemblance))
            for found in self.registre.suggest(partie)
        ]
        near.sort(key=lambda choice: choice[0] != matched)
        choices: list[Any] = [("Proposés", near)] if near else []
        choices += [(AUCUN, "Aucun service du registre"), ("Tout le registre", whole)]
        return forms.ChoiceField(
            label=f"Service du registre pour {_name_partie(rang, partie)}",
            choices=choices,
            required=False,
            initial=matched or AUCUN,
            help_text="" if matched else _say_near(len(near)),
        )

    def _offer_devenirs(self) -> None:
        """What is surest is chosen already; where an act seems to be held, nothing is: it is for the editor to say."""
        avenant = self.convention.avenant is not None
        changed = self._permitted(find_conventions_changed(self.matched))
        revised = [found for found in self.doublons if may_edit(self.user, found.page)]
        others = [found for found in self.doublons if found.motif is not Motif.FICHIER]
        of_doublons = [] if avenant else self._permitted(others)
        self.found = self._permitted(search_conventions(self.searched))
        choices = [self._choice(AVENANT, found, "En faire un avenant de") for found in changed]
        choices += [self._choice(REVISION, found, "Mettre à jour") for found in revised]
        choices += [self._choice(AVENANT, found, "En faire un avenant de") for found in (*of_doublons, *self.found)]
        choices.append((NOUVELLE, self._describe_nouvelle(avenant)))
        self._offer("devenir", list(dict(choices).items()))
        if not self.doublons:
            self.initial["devenir"] = choices[0][0] if len(changed) == 1 or not avenant else None

    def _offer(self, champ: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[champ]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _permitted(self, found: Iterable[Rapprochement]) -> list[Rapprochement]:
        """The pages under which an avenant may be put by this editor."""
        return [
            one
            for one in found
            if isinstance(one.page.specific, ConventionPage) and may_add_under(self.user, one.page.specific)
        ]

    def _choice(self, devenir: str, found: Rapprochement, verb: str) -> tuple[str, str]:
        key = f"{devenir}-{found.page.pk}"
        self._pages[key] = found.page
        return key, f"{verb} {name_page(found.page)} ({found.motif})"

    def _describe_nouvelle(self, avenant: bool) -> str:
        if avenant:
            return "Créer une page sans la convention modifiée, à rattacher plus tard"
        return "Créer quand même une nouvelle convention" if self.doublons else "Créer une nouvelle convention"

    def _offer_ministeres(self) -> None:
        places = places_of(self.user)
        pages = MinisterePage.objects.filter(pk__in=places).order_by("title")
        self._ministeres = {str(page.pk): page for page in pages}
        choices = [(key, page.title) for key, page in self._ministeres.items()]
        if ConventionsIndexPage.objects.filter(pk__in=places).exists():
            choices.insert(0, (SELON_LE_DELEGANT, "Celui du délégant, d'après le registre"))
        elif len(choices) > 1:
            choices.insert(0, ("", "Choisissez un ministère"))
        self._offer("ministere", choices)
        self.initial["ministere"] = self._likeliest_ministere(choices)

    def _likeliest_ministere(self, choices: list[tuple[str, str]]) -> str:
        if choices and choices[0][0] != "":
            return choices[0][0]
        of_delegants = {
            service.slug if service.est_ministere else service.ministere and service.ministere.slug
            for partie in self.matched.delegants
            if (service := self.registre.services.get(partie.service or ""))
        }
        likely = [key for key, page in self._ministeres.items() if page.service and page.service.slug in of_delegants]
        return likely[0] if len(likely) == 1 else ""


def name_page(page: ActePage) -> str:
    """A page in a few words: its title and its date."""
    date = f" du {page.date_signature:%d/%m/%Y}" if page.date_signature else ""
    return f"« {page.title} »{date}{'' if page.live else ', brouillon'}"


def _champ_of(rang: int) -> str:
    return f"partie_{rang}"


def _name_partie(rang: int, partie: Partie) -> str:
    role = f", {libelle(partie.role).lower()}" if partie.role else ""
    return f"« {partie.nom or f'partie {rang + 1}'} »{role}"


def _describe(service: Any, matched: bool, ressemblance: float) -> str:
    return f"{service} — {'même nom' if matched or ressemblance == 1 else f'ressemblance {ressemblance:.0%}'}"


def _say_near(count: int) -> str:
    if not count:
        return "Aucun nom du registre ne ressemble à celui-ci."
    return "1 nom proche, à vérifier." if count == 1 else f"{count} noms proches, à vérifier."


__all__ = ["ConfirmationForm", "Decision", "Motif", "name_page"]
