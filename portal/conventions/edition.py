"""The edit form of an act: its panels in the order of the document, the constats beside their fields."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, TextInput
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.conventions import publication
from portal.domain.convention import Constat, Gravite

STREAMS = {"visas", "articles", "annexes"}
OTHER_NAMES = {"avenant.numero": "avenant_numero"}
CHAMP = re.compile(r"(?P<groupe>\w+)(?:\[(?P<rang>\d+)\])?(?:\.(?P<fait>\w+))?")


class Submitted:
    """A bound form read as if it were the page: what `mapping.from_page` needs, before anything is saved."""

    def __init__(self, form: Any) -> None:
        self._form = form

    def __getattr__(self, name: str) -> Any:
        if name in getattr(self._form, "formsets", {}):
            return SubmittedRows(self._form.formsets[name])
        if name in self._form.cleaned_data:
            return self._form.cleaned_data[name]
        return getattr(self._form.instance, name)


class SubmittedRows:
    """The rows of a formset, in the order that the editor gave them, without the deleted ones."""

    def __init__(self, formset: BaseFormSet) -> None:
        self._formset = formset

    def all(self) -> list[Submitted]:
        return [Submitted(form) for form in kept_forms(self._formset)]


def kept_forms(formset: Any) -> list[Any]:
    formset.is_valid()  # fills cleaned_data, which a form that is asked before its formset lacks
    kept = [
        form for form in formset.forms if form.is_valid() and form.cleaned_data and form not in formset.deleted_forms
    ]
    return sorted(kept, key=lambda form: form.cleaned_data.get("ORDER") or 0)


class ActeForm(WagtailAdminPageForm):
    """Refuses to publish, to schedule and to submit what a rule stops; a draft is always saved."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._sign_derogations()
        rejects = self.data.get("workflow-action-name") == "reject" and "action-publish" not in self.data
        if not self.is_deferred_validation and not rejects and not self.errors:
            for constat in publication.refusals(Submitted(self), self.parent_page):
                self._refuse(constat)
        return data

    def _sign_derogations(self) -> None:
        """Who may publish lifts a rule, and answers for it by name."""
        formset = self.formsets.get("derogations")
        changed = [form for form in formset.forms if set(form.changed_data) - {"ORDER"}] if formset else []
        if changed and not may_publish(self.for_user, self.instance, self.parent_page):
            self.add_error(None, "Seule une personne qui peut publier cet acte peut y lever une règle, ou la rétablir.")
        for form in changed:
            form.instance.auteur = self.for_user.get_username()
            form.instance.moment = timezone.now()

    def _refuse(self, constat: Constat) -> None:
        message = f"{constat.message} ({constat.regle})"
        match = CHAMP.match(constat.champ or "")
        groupe, rang, fait = match.group("groupe", "rang", "fait") if match else (None, None, None)
        if groupe in self.formsets:
            self._refuse_row(self.formsets[groupe], rang, fait, message)
        elif groupe in STREAMS and rang is not None:
            error = ValidationError(message)
            in_block = StructBlockValidationError({fait: error}) if fait else error
            self.add_error(groupe, StreamBlockValidationError({int(rang): in_block}))
        else:
            name = OTHER_NAMES.get(constat.champ) or (fait if groupe in ("duree", "avenant") else groupe)
            self.add_error(name if name in self.fields else None, message)

    def _refuse_row(self, formset: Any, rang: str | None, fait: str | None, message: str) -> None:
        rows = kept_forms(formset)
        if rang is None or int(rang) >= len(rows):
            formset.non_form_errors().append(message)
        else:
            form = rows[int(rang)]
            form.add_error(fait if fait in form.fields else None, message)
        self.add_error(None, message)


def may_publish(user: Any, page: Any, parent: Any) -> bool:
    """Whether `user` may publish the page, or a page that `parent` is about to receive."""
    if page.pk:
        return bool(page.permissions_for_user(user).can_publish())
    return bool(parent.permissions_for_user(user).can_publish_subpage())


class ConstatsPanel(Panel):
    """Shows the constats of some groups of facts (« parties », « duree »); of all when none is named."""

    def __init__(self, *groupes: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groupes = groupes

    def clone(self) -> "ConstatsPanel":
        return type(self)(*self.groupes, **self.clone_kwargs())

    class BoundPanel(Panel.BoundPanel):
        template_name = "conventions/constats_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.constats)

        @property
        def constats(self) -> list[dict[str, Any]]:
            return [
                {"constat": constat, "classe": CLASSES[constat.gravite]}
                for constat in constats_of_instance(self.instance)
                if self._concerns(constat)
            ]

        def _concerns(self, constat: Constat) -> bool:
            match = CHAMP.match(constat.champ or "")
            return not self.panel.groupes or bool(match and match["groupe"] in self.panel.groupes)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "constats": self.constats}


CLASSES = {
    Gravite.ERREUR: "help-critical",
    Gravite.AVERTISSEMENT: "help-warning",
    Gravite.INFO: "help-info",
}


def constats_of_instance(page: Any) -> tuple[Constat, ...]:
    """The constats of a page being edited, computed once for all its panels; none for a page not yet made."""
    if page.pk is None:
        return ()
    if not hasattr(page, "_constats"):
        page._constats = publication.constats_of(page)
    return page._constats


def section(heading: str, *children: Any, groupes: tuple[str, ...]) -> MultiFieldPanel:
    return MultiFieldPanel([ConstatsPanel(*groupes), *children], heading=heading)


def rows(relation: str, heading: str, label: str) -> MultiFieldPanel:
    return section(heading, InlinePanel(relation, label=label), groupes=(relation,))


def _panels() -> Iterator[Panel]:
    yield MultiFieldPanel([ConstatsPanel()], heading="Constats", classname="collapsed")
    yield InlinePanel("derogations", heading="Règles levées", label="Règle levée", classname="collapsed")
    yield section(
        "Acte",
        FieldPanel("titre", widget=TextInput),
        FieldRowPanel([FieldPanel("nature"), FieldPanel("date_signature")]),
        FieldRowPanel([FieldPanel("reference", widget=TextInput), FieldPanel("nor")]),
        FieldPanel("objet"),
        FieldPanel("fictif"),
        groupes=("titre", "nature", "date_signature", "reference", "nor", "objet"),
    )
    yield rows("parties", "Parties", "Partie")
    yield section("Visas", FieldPanel("visas"), groupes=("visas",))
    yield section("Préambule", FieldPanel("preambule"), groupes=("preambule",))
    yield section("Articles", FieldPanel("articles"), groupes=("articles",))
    yield rows("echeancier", "Échéancier", "Ligne")
    yield section("Montant", FieldPanel("montant_total"), groupes=("montant_total",))
    yield rows("imputations", "Imputations", "Imputation")
    yield section(
        "Durée",
        FieldRowPanel([FieldPanel("regle_effet"), FieldPanel("date_effet"), FieldPanel("date_fin")]),
        FieldRowPanel([FieldPanel("reconduction"), FieldPanel("preavis_mois")]),
        groupes=("duree",),
    )
    yield rows("publications_prevues", "Publications prévues", "Publication")
    yield rows("copies", "Copies", "Destinataire")
    yield rows("signataires", "Signataires", "Signataire")
    yield section("Annexes", FieldPanel("annexes"), groupes=("annexes",))
    yield section(
        "Convention modifiée",
        FieldPanel("modifie_un_acte"),
        FieldRowPanel([FieldPanel("avenant_numero", widget=TextInput), FieldPanel("convention_date")]),
        FieldPanel("convention_reference", widget=TextInput),
        groupes=("avenant",),
    )


ACTE_PANELS = list(_panels())
RESILIATION_PANEL = MultiFieldPanel([FieldPanel("date_resiliation")], heading="Résiliation")
