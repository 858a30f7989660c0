from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import hooks

from importers.preuves import download_preuve

urls = ([re_path(r"^(?P<empreinte>[0-9a-f]{64})/$", download_preuve, name="preuve")], "preuves")


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("preuves/", include(urls))]
