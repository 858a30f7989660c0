"""What a new installation starts with: the tree of pages and the register of services."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from portal.conventions.models import AccueilPage, ConventionsIndexPage, Service

SERVICES = Path(__file__).parent / "data" / "services.json"


@transaction.atomic
def install() -> None:
    """Makes what is missing and leaves what an editor changed."""
    _install_tree()
    _install_services()


def _install_tree() -> None:
    accueil = AccueilPage.objects.first()
    if accueil is None:
        root = Page.get_first_root_node()
        Site.objects.all().delete()
        root.get_children().filter(slug="home").delete()  # the page that Wagtail's migrations make
        root.refresh_from_db()
        accueil = root.add_child(instance=AccueilPage(title="Délégations de gestion", slug="accueil"))
    if not ConventionsIndexPage.objects.exists():
        accueil.add_child(instance=ConventionsIndexPage(title="Conventions", slug="conventions"))
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": accueil,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def _install_services() -> None:
    known = set(Service.objects.values_list("slug", flat=True))
    for entry in json.loads(SERVICES.read_text(encoding="utf-8")):
        if entry["slug"] not in known:
            ministere = entry.get("ministere")
            Service.objects.create(
                slug=entry["slug"],
                nom=entry["nom"],
                sigle=entry.get("sigle", ""),
                est_ministere=entry.get("est_ministere", False),
                ministere=Service.objects.get(slug=ministere) if ministere else None,
                autres_noms="\n".join(entry.get("autres_noms", [])),
            )
