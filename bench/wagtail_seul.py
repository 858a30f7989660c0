"""What a Wagtail site has without our search: Wagtail's own index of the pages, and what a search view asks of it.

That index holds what the pages declare in `search_fields`, where the portal adds nothing to the title of every page.
Here they declare what the author of a site would: the texts that our index holds too, and columns to count. It knows
no French: a word is found as the text writes it, and SQLite alone forgets its accents. Nor does it mark words in an
extract, count years or parties, add amounts, or correct what is typed.
"""

import re
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page
from wagtail.search import index

from bench.ways import Way
from portal.conventions.models import ConventionPage
from search.service import PAGE_SIZE

BASE = "default"
GRAPPE = "elasticsearch"

MOTS = re.compile(r"[\w']+(?: [\w']+)*")
"""What Wagtail takes as we do: words that must all be there, without a sign of our syntax."""

FOUND_MAX = 1_000
"""Pages found above which SQLite is not waited for: to order them it reads all of them again for each one."""

FACETTES = (
    "nature",
    "regle_effet",
    "reconduction",
    "preavis_mois",
    "qualite",
    "fictif",
    "modifie_un_acte",
    "locale_id",
)
"""As many as our page shows, among what Wagtail can count: a column of the page, and so of ours the nature alone."""

TEXTES = (
    index.SearchField("titre", boost=7),
    index.SearchField("objet", boost=3),
    *map(index.SearchField, ("preambule", "visas", "articles", "annexes")),
    index.RelatedFields("parties", [index.SearchField("nom"), index.SearchField("sigle")]),
)

# The n-grams of completion, which no query here asks for: not every node has them.
WITHOUT_COMPLETION = {
    "tokenizer": {name: {"type": "standard"} for name in ("ngram_tokenizer", "edgengram_tokenizer")},
    "filter": {name: {"type": "asciifolding"} for name in ("ngram", "edgengram")},
}


def declare_fields() -> None:
    """Has Wagtail index the texts of a convention, and the columns that it may count."""
    columns = [index.FilterField(name) for name in FACETTES if name != "locale_id"]
    ConventionPage.search_fields = [*Page.search_fields, *TEXTES, *columns]


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
