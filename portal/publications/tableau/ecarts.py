"""What a listing shows and an editor must judge: the entry beside the act, and his word on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.conventions.models import ActePage
from portal.domain.dates import format_date
from portal.domain.libelles import libelle
from portal.publications import actions
from portal.publications.actions.jugements import to_entree
from portal.publications.entrees import Entree
from portal.publications.models import EcartOuvert, to_judge
from portal.publications.tableau.droits import actes_of, ecarts_of
from portal.publications.tableau.views import PAGE, for_editors, header

PROPOSES = 20
"""Acts proposed for an entry, at most."""
RIEN = "non précisé"


@dataclass(frozen=True, slots=True)
class VueEcarts:
    """Some of the écarts, under a name."""

    libelle: str
    choose: Callable[["QuerySet[EcartOuvert]"], "QuerySet[EcartOuvert]"]


A_JUGER = VueEcarts("À juger", to_judge)
VUES = {
    "": A_JUGER,
    "brouillons": VueEcarts("Brouillons à relire", lambda ecarts: ecarts.filter(rejet="").exclude(brouillon="")),
    "rejetes": VueEcarts("Mis de côté", lambda ecarts: ecarts.exclude(rejet="")),
}


@dataclass(frozen=True, slots=True)
class Rapport:
    """A fact as the listing shows it and as the act says it; `differe` where both say it and not alike."""

    nom: str
    vu: str
    tenu: str

    @property
    def differe(self) -> bool:
        return RIEN not in (self.vu, self.tenu) and self.vu != self.tenu


@for_editors
@require_GET
def show_ecarts(request: HttpRequest) -> HttpResponse:
    """What waits for a judgement, the most likely first, or of which a draft was made, or that was set aside."""
    vue = request.GET.get("vue", "")
    ecarts = VUES.get(vue, A_JUGER).choose(ecarts_of(request.user)).order_by("-confiance", "pk")
    page = Paginator(ecarts, PAGE).get_page(request.GET.get("page"))
    uids = {uid for ecart in page.object_list for uid in (ecart.uid, ecart.brouillon)}
    actes = {acte.uid: acte for acte in ActePage.objects.filter(uid__in=uids)}
    return TemplateResponse(
        request,
        "publications/ecarts.html",
        {
            **header("Écarts à juger", {"url": reverse("publications:tableau"), "label": "Publications"}),
            "page": page,
            "lignes": [(ecart, actes.get(ecart.uid), actes.get(ecart.brouillon)) for ecart in page.object_list],
            "vue": vue,
            "vues": VUES.items(),
        },
    )


@for_editors
@require_GET
def show_ecart(request: HttpRequest, pk: int) -> HttpResponse:
    """One écart: what is seen beside what is held, before anything is applied."""
    ecart = get_object_or_404(ecarts_of(request.user), pk=pk)
    acte = ActePage.objects.filter(uid=ecart.uid).first() if ecart.uid else None
    entree = to_entree(ecart.entree) if ecart.entree else None
    cherche = request.GET.get("q", "").replace("\0", "")[:200].strip()
    return TemplateResponse(
        request,
        "publications/ecart.html",
        {
            **header("Écart à juger", {"url": reverse("publications:ecarts"), "label": "Écarts à juger"}),
            "ecart": ecart,
            "entree": entree,
            "acte": acte,
            "rapports": list(compare(entree, acte)) if entree else [],
            "cherche": cherche,
            "proposes": _search(request.user, cherche) if cherche else [],
        },
    )


@for_editors
@require_POST
def judge_ecart(request: HttpRequest, pk: int) -> HttpResponse:
    """The word of the editor: `accepter`, `corriger` with an act, or `ecarter` with a reason."""
    ecart = get_object_or_404(ecarts_of(request.user), pk=pk)
    form = JugementForm(request.POST, user=request.user)
    if not form.is_valid():
        for erreurs in form.errors.values():
            for erreur in erreurs:
                messages.error(request, erreur)
        return redirect("publications:ecart", pk)
    try:
        fait = _judge(ecart, form.cleaned_data, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("publications:ecart", pk)
    messages.success(request, fait)
    suivant = A_JUGER.choose(ecarts_of(request.user)).order_by("-confiance", "pk").first()
    return redirect("publications:ecart", suivant.pk) if suivant else redirect("publications:ecarts")


class JugementForm(forms.Form):
    """What an editor says of an écart."""

    jugement = forms.ChoiceField(choices=[(mot, mot) for mot in ("accepter", "corriger", "ecarter")])
    uid = forms.CharField(max_length=12, required=False)
    motif = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("jugement") == "corriger" and not actes_of(self.user).filter(uid=donnees.get("uid")).exists():
            raise ValidationError("Choisissez l'un des actes que vous pouvez modifier.")
        return donnees


def compare(entree: Entree, acte: ActePage | None) -> Iterator[Rapport]:
    """The facts that both may say, in the order in which an editor checks them."""
    parties = [partie.sigle or partie.nom for partie in acte.parties.all()] if acte else []
    yield Rapport("Titre", entree.titre or RIEN, acte.titre if acte else RIEN)
    yield Rapport("NOR", entree.nor or RIEN, (acte.nor if acte else "") or RIEN)
    yield Rapport("Signé le", _write(entree.date), _write(acte.date_signature if acte else None))
    yield Rapport(
        "Nature", libelle(entree.nature) if entree.nature else RIEN, acte.get_nature_display() if acte else RIEN
    )
    yield Rapport("Parties", ", ".join(entree.parties) or RIEN, ", ".join(parties) or RIEN)
    yield Rapport("Publié le", _write(entree.date_publication), RIEN)


def _judge(ecart: EcartOuvert, donnees: dict[str, Any], user: Any) -> str:
    jugement = donnees["jugement"]
    if jugement == "ecarter":
        actions.reject_ecart(ecart, donnees["motif"])
        return "L'écart est mis de côté."
    if jugement == "corriger":
        actions.correct_ecart(ecart, donnees["uid"], timezone.now(), user)
        return "L'entrée est rapprochée de cet acte."
    actions.accept_ecart(ecart, timezone.now(), user)
    return "Ce qui était proposé est appliqué."


def _search(user: Any, cherche: str) -> list[ActePage]:
    """The acts that an editor may mean, by words of the title, NOR or identifier."""
    actes = actes_of(user).filter(live=True)
    exacts = actes.filter(nor__iexact=cherche) | actes.filter(uid__iexact=cherche)
    for mot in cherche.split():
        actes = actes.filter(titre__icontains=mot)
    return list(dict.fromkeys([*exacts[:PROPOSES], *actes.order_by("-date_signature")[:PROPOSES]]))[:PROPOSES]


def _write(jour: Any) -> str:
    return format_date(jour) if jour else RIEN
