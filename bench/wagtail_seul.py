"""What a Wagtail site has without our search: Wagtail's own index of the pages, and what a search view asks of it.

That index holds what the pages declare in `search_fields`. Ours add nothing to those of Wagtail: the title, cut at 255
characters, and a few facts that every page has. It knows neither articles nor parties nor codes, and no French: a word
is found as the title writes it, and SQLite alone forgets its accents. Nor does it mark words in an extract, add
amounts, or correct what is typed.
"""

import re
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.ways import Way
from portal.conventions.models import ConventionPage
from search.service import PAGE_SIZE

BASE = "default"
GRAPPE = "elasticsearch"

MOTS = re.compile(r"[\w']+(?: [\w']+)*")
"""What Wagtail takes as we do: words that must all be there, without a sign of our syntax."""

FOUND_MAX = 3_000
"""Pages found above which SQLite is not waited for: to order them it reads all of them again for each one."""

FACETTES = (
    "content_type_id",
    "live",
    "owner_id",
    "depth",
    "locked",
    "show_in_menus",
    "locale_id",
    "first_published_at",
)
"""As many as our page shows, among what Wagtail can count: it can count none of ours."""

# The n-grams of completion, which no query here asks for: not every node has them.
WITHOUT_COMPLETION = {
    "tokenizer": {name: {"type": "standard"} for name in ("ngram_tokenizer", "edgengram_tokenizer")},
    "filter": {name: {"type": "asciifolding"} for name in ("ngram", "edgengram")},
}


def declare_backend(adresse: str) -> str:
    """The name of Wagtail's backend beside an engine: on its cluster, or in the database where it has none."""
    if not adresse:
        return BASE
    server, _, alias = adresse.rpartition("/")
    settings.WAGTAILSEARCH_BACKENDS[GRAPPE] = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": [server],
        "INDEX_PREFIX": f"{alias}_wagtail_",
        "INDEX_SETTINGS": {"settings": {"analysis": WITHOUT_COMPLETION}},
        "AUTO_UPDATE": False,
    }
    return GRAPPE


def index_pages(backend: str) -> None:
    """Makes Wagtail's index anew, by Wagtail's own command."""
    call_command("update_index", backend_name=backend, verbosity=0)
    if backend == BASE:
        # Without it SQLite reads the whole index for each query. Django never asks for it; we lend it to Wagtail.
        connection.cursor().execute("ANALYZE wagtailsearch_indexentry")


def build_ways(backend: str) -> dict[str, Way]:
    """What the search view of a Wagtail site asks: how many, and the ten first; then the same with facets."""

    def find(q: str) -> Any:
        return ConventionPage.objects.live().search(q, operator="and", backend=backend)

    def can_run(q: str) -> bool:
        return bool(MOTS.fullmatch(q)) and (backend != BASE or find(q).count() <= FOUND_MAX)

    def load(q: str) -> tuple[int, list[Any]]:
        found = find(q)
        return found.count(), list(found[:PAGE_SIZE])

    def load_with_facettes(q: str) -> tuple[int, list[Any], list[Any]]:
        found = find(q)
        return found.count(), list(found[:PAGE_SIZE]), [found.facet(name) for name in FACETTES]

    return {"Wagtail": Way(load, can_run), "Wagtail, huit facettes": Way(load_with_facettes, can_run)}
