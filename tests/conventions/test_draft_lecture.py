"""What an editor decided of a reading is written as decided: the place, the services, a page brought up to date."""

from dataclasses import replace

import pytest

from portal.conventions import actions, mapping, originaux
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, MinisterePage, Original
from portal.domain.convention import Avenant, Constat, Convention, Gravite, Lecture, Nature
from tests.conventions.test_actions import lecture
from tests.factories import ConventionFactory

CONSTAT = Constat("LECTURE", Gravite.INFO, "Un montant est lu dans une phrase.", 3, 8, "montant_total")


@pytest.fixture
def original(portail: None) -> Original:
    return originaux.keep(b"Les octets d'un acte", "acte.txt")


def reading(**facts: object) -> Lecture:
    convention: Convention = ConventionFactory(**facts)
    return lecture(convention, CONSTAT)


def test_it_goes_where_it_is_told_with_the_services_that_it_names(original: Original, draft: ActePage) -> None:
    ministere = MinisterePage.objects.get(pk=draft.get_parent().pk)
    read = reading()
    dne, dinum = read.convention.parties
    chosen = replace(read, convention=replace(read.convention, parties=(replace(dne, service="dgesco"), dinum)))
    page = actions.draft_lecture(chosen, original=original, parent=ministere)
    assert page.get_parent().pk == ministere.pk
    assert [partie.service for partie in mapping.from_page(page).parties] == ["dgesco", None]
    assert (page.live, page.original, page.revisions.count()) == (False, original, 1)
    assert page.constats_lecture[0]["message"] == CONSTAT.message


def test_under_a_convention_it_is_an_avenant(original: Original, draft: ActePage) -> None:
    avenant = reading(nature=Nature.AVENANT, avenant=Avenant("1"))
    page = actions.draft_lecture(avenant, original=original, parent=draft)
    assert isinstance(page, AvenantPage)
    assert page.get_parent().pk == draft.pk


def test_the_same_file_may_be_held_twice_where_the_editor_says_so(original: Original, draft: ActePage) -> None:
    parent = draft.get_parent().specific
    pages = [actions.draft_lecture(reading(), original=original, parent=parent) for _ in range(2)]
    assert [acte.pk for acte in original.actes.order_by("pk")] == [page.pk for page in pages]


def test_a_public_page_is_revised_and_stays_as_it_is(original: Original, published: ActePage) -> None:
    before = mapping.from_page(published)
    read = reading(objet="Un autre objet.", copies=("le préfet",))
    actions.revise_page(published, read, original=original)
    page = ConventionPage.objects.get(pk=published.pk)
    assert (mapping.from_page(page), page.original, page.has_unpublished_changes) == (before, None, True)
    revised = page.get_latest_revision_as_object()
    assert mapping.from_page(revised) == read.convention
    assert revised.original == original
    actions.publish_page(page)
    assert mapping.from_page(ConventionPage.objects.get(pk=page.pk)) == read.convention
    assert page.uid == published.uid


def test_a_draft_is_revised(original: Original, draft: ActePage) -> None:
    read = reading(objet="Un autre objet.")
    actions.revise_page(draft, read, original=original)
    page = ConventionPage.objects.get(pk=draft.pk)
    assert not page.live
    assert mapping.from_page(page.get_latest_revision_as_object()) == read.convention
