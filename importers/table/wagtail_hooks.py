from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from importers.table import urls
from importers.table.droits import may_use_table


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("table-de-lecture/", include(urls))]


class TableMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail has no types
    def is_shown(self, request: HttpRequest) -> bool:
        return may_use_table(request.user)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_menu_item() -> MenuItem:
    return TableMenuItem(
        "Table de lecture", reverse("table:table"), name="table-de-lecture", icon_name="view", order=110
    )
