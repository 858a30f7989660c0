"""The invented conventions as public pages of the database: what Wagtail's own search and a whole rebuild read.

They are written in bulk, without a signal: no rule is asked, and neither journal nor revision is kept.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from bench.corpus import MOMENT
from bench.generator import generate_named
from portal.conventions import mapping
from portal.conventions.models import ActePage, ConventionPage, ConventionsIndexPage, MinisterePage

LOT = 2_000
"""Pages in memory at a time."""

TABLES = (Page, ActePage, ConventionPage)
KEYS = ("id", "page_ptr_id", "actepage_ptr_id")
LIGNES = ("parties", "echeancier", "imputations", "publications_prevues", "copies", "signataires")


def publish_pages(nombre: int) -> None:
    """Makes `nombre` public pages, under a ministère of their own, that are read as `publish_generated` gives them."""
    index = ConventionsIndexPage.objects.get()
    parent = index.add_child(instance=MinisterePage(title="Conventions inventées", slug="inventees", numchild=nombre))
    pages = _make_pages(parent, nombre)
    while lot := list(islice(pages, LOT)):
        _write(lot)


def _make_pages(parent: Page, nombre: int) -> Iterator[ConventionPage]:
    """Pages that are not saved, each with the key and the place that Wagtail would give it."""
    shared: dict[str, Any] = {
        "depth": parent.depth + 1,
        "locale": parent.locale,
        "content_type": ContentType.objects.get_for_model(ConventionPage),
        "first_published_at": MOMENT,
        "last_published_at": MOMENT,
    }
    for rang, (uid, convention) in enumerate(generate_named(nombre), 1):
        titre = convention.titre[:255]
        page = ConventionPage(
            **dict.fromkeys(KEYS, parent.pk + rang),
            path=ConventionPage._get_path(parent.path, parent.depth + 1, rang),
            uid=uid,
            slug=uid,
            url_path=f"{parent.url_path}{uid}/",
            title=titre,
            draft_title=titre,
            **shared,
        )
        yield mapping.to_page(convention, page)


@transaction.atomic
def _write(pages: list[ConventionPage]) -> None:
    for table in TABLES:
        # What bulk_create itself runs: it refuses a table that extends another.
        table._base_manager.get_queryset()._batched_insert(pages, table._meta.local_concrete_fields, None)
    for relation in LIGNES:
        _write_rows(pages, relation)
    _write_rows([partie for page in pages for partie in page.parties.all()], "representants")


def _write_rows(parents: list[Any], relation: str) -> None:
    rows = [row for parent in parents for row in getattr(parent, relation).all()]
    if rows:
        type(rows[0]).objects.bulk_create(rows)
