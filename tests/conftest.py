from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from elasticsearch import Elasticsearch
from hypothesis import settings
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import Locale, Page, Site

from portal.conventions import actions
from portal.conventions.installation import install
from portal.conventions.models import ActePage, ConventionsIndexPage, Service
from portal.domain.convention import Convention
from search.kept_synonyms import forget_synonyms
from tests.factories import ConventionFactory
from tests.services.alias import lend_alias

# How long one example takes says nothing on a machine that does other things meanwhile.
settings.register_profile("portail", deadline=None)
# What `make test` has tried a hundred times over is tried again beside real servers, but less often.
settings.register_profile("services", deadline=None, max_examples=30)
# pytest --hypothesis-profile=cent_mille tests/search -k "no_search_is_an_error or read_again_as_it_was"
settings.register_profile("cent_mille", deadline=None, max_examples=100_000)
settings.load_profile("portail")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A database with a new installation in it: making one for each test took most of the time of many."""
    with django_db_blocker.unblock():
        install()


@pytest.fixture(autouse=True)
def own_synonyms() -> Iterator[None]:
    """What a test reads of the synonyms is not remembered by the next: the database is put back without a signal."""
    yield
    forget_synonyms()


@pytest.fixture
def portail(db: None) -> None:
    """The tree of pages and the register, as a new installation has them."""
    if ConventionsIndexPage.objects.exists():
        return
    # A test of real transactions empties the database behind it.
    Locale.objects.get_or_create(language_code="fr")
    Page.add_root(instance=Page(title="Root", slug="root"))
    install()


@pytest.fixture
def uninstalled(db: None) -> None:
    """A database as the migrations alone leave it, with the home page that Wagtail's make."""
    Page.objects.filter(depth__gt=1).delete()
    Service.objects.update(ministere=None)
    Service.objects.all().delete()
    home = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    cache.clear()  # Wagtail keeps the addresses of the sites in it


@pytest.fixture
def own_index(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An index of its own for the portal, which nothing else has written to: in a folder, and on the cluster if any."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if not settings.SEARCH_CLUSTER:
        yield settings.SEARCH_INDEX_DIR
        return
    server, _, _ = settings.SEARCH_CLUSTER.rpartition("/")
    with Elasticsearch(server, request_timeout=60) as client, lend_alias(client, server) as adresse:
        settings.SEARCH_CLUSTER = adresse
        yield settings.SEARCH_INDEX_DIR


@pytest.fixture
def draft(portail: None) -> ActePage:
    return actions.create_draft(ConventionFactory())


@pytest.fixture
def published(draft: ActePage) -> ActePage:
    actions.publish_page(draft)
    return draft


@pytest.fixture
def blocked(portail: None) -> ActePage:
    """A draft that a rule keeps from being public: it has no délégataire."""
    return actions.create_draft(without_delegataire())


def without_delegataire() -> Convention:
    convention = ConventionFactory()
    return ConventionFactory(parties=convention.delegants)
