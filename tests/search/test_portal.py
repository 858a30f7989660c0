"""The follower and the commands on the portal's own database: what is published is found, what is not is not."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.conventions import actions, followers, journal
from portal.conventions.models import ActePage, ConventionPage, Service
from search import indexing
from search.engines.current import current_engine, local_engine
from search.query import SearchQuery
from search.results import IndexIndisponible, Results
from search.service import count, position, search
from tests.factories import ConventionFactory
from tests.search.builders import facet, uids

JOUR = date(2026, 6, 1)

pytestmark = pytest.mark.usefixtures("own_index")


def find(q: str = "", **filters: Any) -> Results:
    return search(SearchQuery(q=q, **filters), aujourdhui=JOUR)


def run(command: str, *options: str) -> str:
    output = StringIO()
    call_command(command, *options, stdout=output, stderr=StringIO())
    return output.getvalue()


def test_what_is_published_is_found_at_the_commit(
    portail: None, draft: ActePage, django_capture_on_commit_callbacks: Any
) -> None:
    assert find("visioconférences").total == 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_page(draft)
    [hit] = find("visioconférences").hits
    assert (hit.uid, hit.adresse) == (draft.uid, draft.adresse)
    assert position() == current_engine().cursor().seq == journal.head() > 0


def test_what_is_withdrawn_is_no_longer_found(published: ActePage, django_capture_on_commit_callbacks: Any) -> None:
    assert uids(find("visioconférences")) == [published.uid]
    with django_capture_on_commit_callbacks(execute=True):
        ConventionPage.objects.get(pk=published.pk).unpublish()
    assert find("visioconférences").total == 0


def test_a_service_of_the_register_is_named_in_the_facets(portail: None) -> None:
    service = Service.objects.filter(est_ministere=False, ministere__isnull=False).first()
    assert service is not None
    convention = ConventionFactory()
    partie = convention.parties[0]
    named = ConventionFactory(
        parties=(type(partie)(service.nom, partie.role, service.sigle), *convention.parties[1:]),
    )
    actions.publish_page(actions.create_draft(named))
    results = find()
    assert facet(results, "delegant") == {service.slug: 1}
    assert facet(results, "ministere")[service.ministere.slug] == 1
    labels = {one.valeur: one.libelle for one in results.facets[0].valeurs}
    assert labels == {service.slug: str(service)}
    assert find("", service=(service.slug,)).total == count(SearchQuery(service=(service.slug,)), aujourdhui=JOUR) == 1


def test_followers_catch_up_by_name(published: ActePage) -> None:
    assert followers.catch_up_all() == []
    assert current_engine().count() == 1


class TestWithoutIndex:
    def test_a_small_portal_makes_it_at_the_first_search(self, published: ActePage) -> None:
        assert uids(find()) == [published.uid]

    def test_it_is_at_the_beginning_of_the_journal(self, published: ActePage) -> None:
        assert position() == 0

    def test_an_empty_portal_has_no_result(self, portail: None) -> None:
        assert find("x").total == 0

    def test_a_damaged_index_is_made_anew(self, published: ActePage, own_index: Path) -> None:
        assert find().total == 1
        for path in own_index.glob("index-*/meta.json"):
            path.write_text("{")
        assert find().total == 1

    def test_a_large_portal_says_that_it_cannot_answer(
        self, published: ActePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexing, "HEAL_AT_ONCE", 0)
        with pytest.raises(IndexIndisponible, match="n'existe pas"):
            find()


class TestCommands:
    def test_rebuild_index(self, published: ActePage) -> None:
        assert run("rebuild_index").endswith("Conventions indexées : 1\n")
        assert current_engine().count() == 1

    def test_rebuild_index_refuses_a_second_one(self, published: ActePage) -> None:
        with current_engine().open_rebuild(), pytest.raises(CommandError, match="attendez"):
            run("rebuild_index")

    def test_rebuild_index_refuses_to_be_done_by_nobody(self, published: ActePage) -> None:
        with pytest.raises(CommandError, match="un au moins"):
            run("rebuild_index", "--processus", "0")

    def test_check_index_finds_nothing_to_say(self, published: ActePage) -> None:
        run("rebuild_index")
        assert run("check_index").splitlines() == [
            "Conventions manquantes : 0",
            "Conventions périmées : 0",
            "Conventions en trop : 0",
        ]

    def test_check_index_fails_on_a_difference_and_repairs_it(self, published: ActePage) -> None:
        run("rebuild_index")
        ConventionPage.objects.filter(pk=published.pk).update(titre="Changé sans le dire")
        with pytest.raises(CommandError, match="--repair"):
            run("check_index")
        assert f"Conventions périmées : 1  {published.uid}" in run("check_index", "--repair")
        assert "périmées : 0" in run("check_index")
        assert find("changé").total == 1

    def test_the_index_of_the_machine_is_made_and_checked_by_itself(self, published: ActePage) -> None:
        assert run("rebuild_index", "--secours", "--depuis-le-debut").endswith("Conventions indexées : 1\n")
        assert "manquantes : 0" in run("check_index", "--secours")
        assert local_engine().count() == 1

    def test_check_index_without_index(self, published: ActePage) -> None:
        with pytest.raises(CommandError, match="rebuild_index"):
            run("check_index")
        assert "refait" in run("check_index", "--repair")
        assert current_engine().count() == 1
