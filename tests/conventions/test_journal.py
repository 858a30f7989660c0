"""The journal has a row for every way in which what the public sees changes, and for nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.conventions import actions, followers, journal, publiees
from portal.conventions.models import ActePage, Changement, ConventionPage, MinisterePage, Service
from portal.domain.convention import Avenant, Nature
from tests.factories import ConventionFactory

Row = tuple[str, str]


def rows_after(seq: int) -> list[Row]:
    return [(row.uid, row.nature) for row in journal.read_since(seq)]


def publish_scheduled(page: ActePage) -> None:
    Revision.objects.filter(pk=page.get_latest_revision().pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")


@pytest.mark.parametrize(
    "publish",
    [
        actions.publish_page,
        lambda page: page.get_latest_revision().publish(),
        lambda page: page.save_revision().publish(),
        publish_scheduled,
    ],
    ids=["action", "revision", "new revision", "scheduled"],
)
def test_publishing_is_written(draft: ActePage, publish: Callable[[ActePage], object]) -> None:
    publish(draft)
    assert rows_after(0) == [(draft.uid, "publication")]


def test_publishing_in_the_admin_is_written(draft: ActePage, admin_client: Client) -> None:
    admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/", {})
    assert rows_after(0) == [(draft.uid, "publication")]


def test_a_draft_and_a_date_to_come_are_not_written(draft: ActePage) -> None:
    draft.save_revision()
    actions.publish_page(draft, at=timezone.now() + timedelta(days=1))
    assert rows_after(0) == []


def test_a_draft_of_a_public_page_is_not_written(published: ActePage) -> None:
    seq = journal.head()
    page = ConventionPage.objects.get(pk=published.pk)
    page.objet = "Autre objet."
    page.save_revision()
    assert rows_after(seq) == []


def test_a_new_version_is_written_with_another_empreinte(published: ActePage) -> None:
    before = journal.last_of(published.uid)
    page = ConventionPage.objects.get(pk=published.pk)
    page.objet = "Autre objet."
    page.save_revision().publish()
    after = journal.last_of(published.uid)
    assert after.nature == "modification"
    assert after.empreinte != before.empreinte


@pytest.mark.parametrize("update_fields", [None, ["live"]])
def test_a_page_made_public_by_code_alone_is_dated(draft: ActePage, update_fields: list[str] | None) -> None:
    draft.live = True
    draft.save(update_fields=update_fields)
    assert publiees.read_published([draft.uid])[draft.uid].publiee_le <= timezone.now()


def test_saving_a_public_page_from_code_is_written(published: ActePage) -> None:
    seq = journal.head()
    page = ConventionPage.objects.get(pk=published.pk)
    page.save()
    assert rows_after(seq) == []
    page.objet = "Autre objet."
    page.save()
    assert rows_after(seq) == [(published.uid, "modification")]


@pytest.mark.parametrize(
    "withdraw",
    [lambda page: page.unpublish(), lambda page: actions.withdraw_page(page, motif="Erreur.")],
    ids=["code", "action"],
)
def test_withdrawing_is_written(published: ActePage, withdraw: Callable[[ActePage], object]) -> None:
    seq = journal.head()
    withdraw(ConventionPage.objects.get(pk=published.pk))
    assert rows_after(seq) == [(published.uid, "retrait")]


def test_a_withdrawal_keeps_its_reason(published: ActePage) -> None:
    actions.withdraw_page(published, motif="Publiée par erreur.")
    assert journal.last_of(published.uid).motif == "Publiée par erreur."


@pytest.mark.parametrize(
    "path", ["/admin/pages/{pk}/unpublish/", "/admin/bulk/wagtailcore/page/unpublish/?id={pk}&next=/admin/"]
)
def test_withdrawing_in_the_admin_is_written(published: ActePage, admin_client: Client, path: str) -> None:
    seq = journal.head()
    admin_client.post(path.format(pk=published.pk), {})
    assert rows_after(seq) == [(published.uid, "retrait")]


def test_publishing_again_is_a_restoration(published: ActePage) -> None:
    page = ConventionPage.objects.get(pk=published.pk)
    page.unpublish()
    seq = journal.head()
    page.get_latest_revision().publish()
    assert rows_after(seq) == [(published.uid, "retablissement")]


@pytest.mark.parametrize(
    "delete",
    [
        lambda page: page.delete(),
        lambda page: Page.objects.get(pk=page.pk).delete(),
        lambda page: ConventionPage.objects.filter(pk=page.pk).delete(),
        lambda page: page.get_parent().delete(),
    ],
    ids=["page", "base page", "queryset", "parent"],
)
def test_deleting_is_written(published: ActePage, delete: Callable[[ActePage], object]) -> None:
    seq = journal.head()
    delete(ConventionPage.objects.get(pk=published.pk))
    assert rows_after(seq) == [(published.uid, "suppression")]


@pytest.mark.parametrize(
    "path", ["/admin/pages/{pk}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={pk}&next=/admin/"]
)
def test_deleting_in_the_admin_is_written(published: ActePage, admin_client: Client, path: str) -> None:
    seq = journal.head()
    admin_client.post(path.format(pk=published.pk), {})
    assert not Page.objects.filter(pk=published.pk).exists()
    assert rows_after(seq) == [(published.uid, "suppression")]


def test_deleting_a_draft_is_not_written(draft: ActePage) -> None:
    draft.delete()
    assert rows_after(0) == []


def test_moving_is_written_and_keeps_the_address(published: ActePage) -> None:
    page = ConventionPage.objects.get(pk=published.pk)
    address = page.get_url()
    other = (
        page.get_parent()
        .get_parent()
        .add_child(
            instance=MinisterePage(title="Autre", slug="autre", service=Service.objects.get(slug="ministere-justice"))
        )
    )
    seq = journal.head()
    page.move(other, pos="last-child")
    assert rows_after(seq) == [(published.uid, "modification")]
    assert ConventionPage.objects.get(pk=published.pk).get_url() == address


def test_copying_a_public_page_publishes_another(published: ActePage) -> None:
    seq = journal.head()
    copy = ConventionPage.objects.get(pk=published.pk).copy(update_attrs={"slug": "copie"})
    assert copy.uid != published.uid
    assert ConventionPage.objects.get(pk=copy.pk).slug.endswith(copy.uid)
    assert rows_after(seq) == [(copy.uid, "publication")]


def test_the_new_name_of_a_service_is_a_change_of_its_conventions(published: ActePage) -> None:
    seq = journal.head()
    service = Service.objects.get(slug="dinum")
    service.nom = "Direction du numérique de l'État"
    service.save()
    assert rows_after(seq) == [(published.uid, "modification")]


def test_a_change_of_an_avenant_changes_its_convention_too(portail: None) -> None:
    convention = actions.create_draft(ConventionFactory(reference="2026-001"))
    actions.publish_page(convention)
    seq = journal.head()
    facts = Avenant(numero="1", convention_reference="2026-001")
    avenant = actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))
    actions.publish_page(avenant)
    assert rows_after(seq) == [(avenant.uid, "publication"), (convention.uid, "modification")]
    seq = journal.head()
    avenant.delete()
    assert rows_after(seq) == [(avenant.uid, "suppression"), (convention.uid, "modification")]


@pytest.mark.django_db(transaction=True)
def test_a_row_falls_with_its_transaction(draft: ActePage) -> None:
    with pytest.raises(RuntimeError, match="panne"), transaction.atomic():
        actions.publish_page(draft)
        raise RuntimeError("panne")
    draft.refresh_from_db()
    assert not draft.live
    assert journal.head() == 0


@pytest.mark.django_db
def test_a_row_cannot_be_written_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        journal.write("abc", "publication")


@pytest.mark.django_db(transaction=True)
class TestFollowers:
    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        calls: list[int] = []
        monkeypatch.setattr(followers, "_followers", {})
        followers.register("essai", lambda: calls.append(journal.head()))
        return calls

    def test_they_are_called_after_the_commit(self, draft: ActePage, calls: list[int]) -> None:
        with transaction.atomic():
            actions.publish_page(draft)
            assert calls == []
        assert calls == [1]

    def test_one_that_fails_does_not_hold_the_others_nor_the_publication(
        self, draft: ActePage, calls: list[int]
    ) -> None:
        followers._followers = {"panne": lambda: 1 / 0, **followers._followers}
        actions.publish_page(draft)
        draft.refresh_from_db()
        assert draft.live
        assert calls == [1]
        assert followers.catch_up_all() == ["panne"]

    def test_they_wait_while_paused_and_then_catch_up_once(self, draft: ActePage, calls: list[int]) -> None:
        with followers.paused():
            actions.publish_page(draft)
            draft.unpublish()
            assert calls == []
        assert calls == [2]


def test_seq_has_no_hole_and_no_double(portail: None) -> None:
    for _ in range(3):
        actions.publish_page(actions.create_draft(ConventionFactory()))
    assert list(Changement.objects.values_list("seq", flat=True)) == [1, 2, 3]


def test_a_termination_saved_from_code_is_written(published: ActePage) -> None:
    seq = journal.head()
    page = ConventionPage.objects.get(pk=published.pk)
    page.date_resiliation = date(2026, 6, 30)
    page.save()
    assert rows_after(seq) == [(published.uid, "modification")]
