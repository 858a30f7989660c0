"""One publication: where it stands, all that was done about it, and what an editor may do."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.publications import actions, tasks
from portal.publications.canaux import CANAUX
from portal.publications.dossiers import EchecTransmission
from portal.publications.models import A_PUBLIER, COPIE, VUES, EtatPublication, Publication
from portal.publications.models import CANAUX as LIBELLES
from portal.publications.tableau.droits import publications_of
from portal.publications.tableau.filtres import with_envoi
from portal.publications.tableau.lignes import Ligne, make_lignes
from portal.publications.tableau.views import for_editors, header
from portal.publications.transmission import find_acte, find_obstacle

DATE = {"type": "date"}


class MotifForm(forms.Form):
    motif = forms.CharField(label="Motif", max_length=1000)


class EcheanceForm(forms.Form):
    echeance = forms.DateField(label="Échéance", widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))


class VueForm(forms.Form):
    """Where an editor saw the act."""

    url = forms.URLField(label="Adresse où l'acte est publié", max_length=2000, assume_scheme="https")
    nor = forms.CharField(label="NOR", max_length=20, required=False)
    date_publication = forms.DateField(label="Publiée le", required=False, widget=forms.DateInput(attrs=DATE))


class CanalForm(forms.Form):
    """Another channel for the same act."""

    canal = forms.ChoiceField(label="Canal", choices=[choix for choix in LIBELLES if choix[0] != COPIE])


@for_editors
@require_GET
def show_publication(request: HttpRequest, pk: int) -> HttpResponse:
    return _render(request, _find(request, pk))


@for_editors
@require_GET
def download_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier as one ZIP, to be sent by other means."""
    publication = _find(request, pk).publication
    acte = find_acte(publication.uid)
    if acte is None or publication.canal not in CANAUX:
        raise Http404
    try:
        dossier = CANAUX[publication.canal].prepare(acte, publication.destinataire)
    except EchecTransmission as echec:
        messages.error(request, str(echec))
        return redirect("publications:fiche", pk)
    return HttpResponse(
        dossier.write_zip(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{dossier.nom}.zip"'},
    )


@for_editors
@require_POST
def change_publication(request: HttpRequest, pk: int, geste: str) -> HttpResponse:
    """What an editor does of a publication: one of `GESTES`."""
    ligne = _find(request, pk)
    if geste not in GESTES:
        raise Http404
    form_class, do, fait = GESTES[geste]
    form = form_class(request.POST, auto_id=_name_fields(geste))
    if not form.is_valid():
        return _render(request, ligne, {geste: form}, statut=400)
    try:
        do(ligne.publication, form.cleaned_data, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except EchecTransmission as echec:
        messages.error(request, str(echec))
    else:
        messages.success(request, fait)
    return redirect("publications:fiche", pk)


def _find(request: HttpRequest, pk: int) -> Ligne:
    publication = get_object_or_404(with_envoi(publications_of(request.user)), pk=pk)
    return make_lignes([publication], timezone.localdate())[0]


def _render(
    request: HttpRequest, ligne: Ligne, forms_sent: dict[str, forms.Form] | None = None, statut: int = 200
) -> HttpResponse:
    publication = ligne.publication
    acte = find_acte(publication.uid)
    initial = {"echeance": publication.echeance}
    formulaires = {
        geste: form_class(auto_id=_name_fields(geste), initial=initial)
        for geste, (form_class, _do, _fait) in GESTES.items()
    }
    autres = publications_of(request.user).filter(uid=publication.uid).exclude(pk=publication.pk)
    return TemplateResponse(
        request,
        "publications/fiche.html",
        {
            **header(ligne.canal, {"url": reverse("publications:tableau"), "label": "Publications"}),
            "ligne": ligne,
            "publication": publication,
            "acte": acte,
            "obstacle": find_obstacle(publication, acte),
            "dossier": acte is not None and publication.canal in CANAUX,
            "autres": make_lignes(with_envoi(autres), timezone.localdate()),
            "mouvements": publication.mouvements.select_related("auteur").order_by("-pk"),
            "transmissions": publication.transmissions.prefetch_related("essais")
            .select_related("auteur")
            .order_by("-pk"),
            "formulaires": {**formulaires, **(forms_sent or {})},
            "possibles": _possibles(publication),
        },
        status=statut,
    )


def _name_fields(geste: str) -> str:
    """Several forms of the screen have a field of the same name."""
    return f"{geste}-%s"


def _possibles(publication: Publication) -> dict[str, bool]:
    """What makes sense in the state where it is."""
    etat = publication.etat
    voie = CANAUX.get(publication.canal)
    return {
        "transmettre": etat != EtatPublication.RETIREE,
        "retirer": bool(voie and voie.withdraw) and etat in (*VUES, EtatPublication.TRANSMISE),
        "transmise": etat not in (*VUES, EtatPublication.RETIREE),
        "vue": publication.canal != COPIE and etat != EtatPublication.PUBLIEE,
        "admettre": etat == EtatPublication.DIVERGENTE,
        "abandonner": etat in (*A_PUBLIER, EtatPublication.BLOQUEE, EtatPublication.ABSENTE),
    }


def _send(publication: Publication, _donnees: dict[str, Any], user: Any) -> None:
    if obstacle := find_obstacle(publication, find_acte(publication.uid)):
        raise ValidationError(obstacle)
    tasks.enqueue(actions.request(publication, timezone.now(), auteur=user))


def _take_away(publication: Publication, _donnees: dict[str, Any], user: Any) -> None:
    tasks.enqueue(actions.request(publication, timezone.now(), auteur=user, retrait=True))


def _mark_sent(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    acte = find_acte(publication.uid)
    voie = CANAUX.get(publication.canal)
    empreinte = voie.prepare(acte, publication.destinataire).empreinte if acte and voie else ""
    actions.mark_sent(publication, empreinte, f"Transmise à la main : {donnees['motif']}", timezone.now(), user)


def _mark_published(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    actions.mark_published(
        publication,
        donnees["url"],
        timezone.now(),
        user,
        nor=donnees["nor"],
        date_publication=donnees["date_publication"],
    )


def _admit(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    actions.admit_divergences(publication, donnees["motif"], timezone.now(), user)


def _stop_expecting(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    actions.stop_expecting(publication, donnees["motif"], timezone.now(), user)


def _set_echeance(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    actions.set_echeance(publication, donnees["echeance"], timezone.now(), user)


def _ask_for(publication: Publication, donnees: dict[str, Any], user: Any) -> None:
    actions.ask_for(publication.uid, donnees["canal"], timezone.now(), user)


GESTES = {
    "transmettre": (forms.Form, _send, "L'envoi est demandé."),
    "retirer": (forms.Form, _take_away, "Le retrait est demandé."),
    "transmise": (MotifForm, _mark_sent, "La publication est marquée comme transmise à la main."),
    "vue": (VueForm, _mark_published, "La publication est marquée comme publiée."),
    "admettre": (MotifForm, _admit, "Ces différences sont admises."),
    "abandonner": (MotifForm, _stop_expecting, "La publication n'est plus attendue."),
    "echeance": (EcheanceForm, _set_echeance, "L'échéance est fixée."),
    "demander": (CanalForm, _ask_for, "L'acte est attendu sur ce canal aussi."),
}
"""What an editor may do, by the last part of its address: the form that asks for what it needs, what does it, and the
words once it is done.
"""
