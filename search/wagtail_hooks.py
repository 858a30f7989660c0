"""The editors' screen of the search: the groups of synonyms, and the searches that found nothing."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

from portal.publications.tableau.droits import may_use_board
from search.analysis import terms
from search.models import LONGEST_LIGNE, Synonyme, list_groupes
from search.vaines import SEUIL, list_vaines
from search.values import clean

MOST_SHOWN = 100


class EditorsPolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail has no types
    """Whoever may change an act may change the synonyms, as he may use the board of publications."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return may_use_board(user)


class RechercheView(generic.IndexView):  # type: ignore[misc]
    page_title = "Recherche"
    add_item_label = "Ajouter un groupe de synonymes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vaines, groupes = list_vaines(timezone.localdate()), list_groupes(Synonyme.objects.all())
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "vaines": [(vaine, groupes.get(tuple(terms(vaine.texte)))) for vaine in vaines[:MOST_SHOWN]],
            "nombre_de_vaines": vaines.count(),
            "seuil": SEUIL,
        }


class AddView(generic.CreateView):  # type: ignore[misc]
    """Begins the group with the text that a link gives."""

    def get_initial(self) -> dict[str, Any]:
        texte = clean(self.request.GET.get("termes", ""))[:LONGEST_LIGNE]
        return {"termes": f"{texte}\n"} if texte else {}


class SynonymeViewSet(ModelViewSet):  # type: ignore[misc]
    model = Synonyme
    name = "synonymes"
    url_prefix = "recherche"
    icon = "search"
    menu_label = "Recherche"
    menu_name = "recherche"
    menu_order = 130
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RechercheView
    index_template_name = "search/recherche.html"
    add_view_class = AddView
    list_display = ["__str__", "note", UpdatedAtColumn()]
    search_fields = ["termes", "note"]

    @property
    def permission_policy(self) -> EditorsPolicy:
        return EditorsPolicy(self.model)

    def get_permissions_to_register(self) -> "QuerySet[Permission]":
        """None: the right comes with that to change acts, and the screen of groups must offer no other."""
        return Permission.objects.none()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_viewset() -> ModelViewSet:
    return SynonymeViewSet()
