"""What a rule stops never becomes public, whatever the path; a draft is always saved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision, Task, Workflow, WorkflowPage, WorkflowTask

from portal.conventions import actions
from portal.conventions.models import ActePage, AvenantPage, Changement, ConventionPage
from portal.domain.convention import Avenant, Nature
from tests.conftest import without_delegataire
from tests.factories import ConventionFactory


def publish_by_action(page: ActePage) -> None:
    actions.publish_page(page)


def publish_by_revision(page: ActePage) -> None:
    page.get_latest_revision().publish()


def publish_by_save(page: ActePage) -> None:
    page.live = True
    page.save()


def publish_by_wagtail_action(page: ActePage) -> None:
    PublishPageRevisionAction(page.get_latest_revision()).execute()


def schedule_by_action(page: ActePage) -> None:
    actions.publish_page(page, at=timezone.now() + timedelta(days=1))


def copy_live(page: ActePage) -> None:
    # A page that became invalid after it was published, by hand in the database.
    Page.objects.filter(pk=page.pk).update(live=True)
    ConventionPage.objects.get(pk=page.pk).copy(keep_live=True, update_attrs={"slug": "copie"})


@pytest.mark.parametrize(
    "publish",
    [publish_by_action, publish_by_revision, publish_by_save, publish_by_wagtail_action, schedule_by_action, copy_live],
)
def test_code_cannot_publish_what_a_rule_stops(blocked: ActePage, publish: Callable[[ActePage], None]) -> None:
    with pytest.raises(ValidationError, match="délégataire"):
        publish(blocked)
    assert not Changement.objects.exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_page_that_no_rule_stops_is_published(draft: ActePage) -> None:
    actions.publish_page(draft)
    assert ConventionPage.objects.get(pk=draft.pk).live


def test_one_refused_page_does_not_hold_the_scheduled_ones_back(
    portail: None, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = actions.create_draft(without_delegataire())
    good = actions.create_draft(ConventionFactory())
    past = timezone.now() - timedelta(minutes=1)
    for page in (refused, good):
        Revision.objects.filter(pk=page.get_latest_revision().pk).update(approved_go_live_at=past)
    call_command("publish_scheduled")
    refused.refresh_from_db()
    good.refresh_from_db()
    assert (refused.live, good.live) == (False, True)
    assert "délégataire" in capsys.readouterr().err
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_an_expired_page_is_withdrawn(published: ActePage) -> None:
    Page.objects.filter(pk=published.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    published.refresh_from_db()
    assert not published.live
    assert Changement.objects.last().nature == Changement.Nature.RETRAIT


def test_bulk_publishing_says_which_page_is_refused_and_publishes_none(blocked: ActePage, admin_client: Client) -> None:
    good = actions.create_draft(ConventionFactory())
    response = admin_client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={blocked.pk}&id={good.pk}&next=/admin/",
        {"include_descendants": ""},
        follow=True,
    )
    assert response.status_code == 200
    assert "délégataire" in response.content.decode()
    assert not Page.objects.filter(pk__in=[blocked.pk, good.pk], live=True).exists()


def test_bulk_publishing_publishes(draft: ActePage, admin_client: Client) -> None:
    admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/", {})
    draft.refresh_from_db()
    assert draft.live


def test_an_approved_workflow_does_not_publish_what_a_rule_stops(blocked: ActePage, admin_user: object) -> None:
    workflow = Workflow.objects.create(name="Relecture")
    task = Task.objects.create(name="Relire")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=blocked)
    state = workflow.start(blocked, admin_user)
    with pytest.raises(ValidationError, match="délégataire"):
        state.current_task_state.approve(user=admin_user)
    blocked.refresh_from_db()
    assert not blocked.live


def test_a_public_page_that_became_invalid_can_be_withdrawn(published: ActePage) -> None:
    published.parties.all().delete()
    actions.withdraw_page(ConventionPage.objects.get(pk=published.pk), motif="Publiée par erreur.")
    published.refresh_from_db()
    assert not published.live


def test_a_withdrawal_needs_its_reason(published: ActePage) -> None:
    with pytest.raises(ValidationError, match="motif"):
        actions.withdraw_page(published, motif="  ")
    published.refresh_from_db()
    assert published.live


class TestAvenant:
    def avenant(self, convention: ActePage, numero: str = "1") -> ActePage:
        facts = Avenant(numero=numero, convention_reference=convention.reference)
        return actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))

    @pytest.fixture
    def convention(self, portail: None) -> ActePage:
        return actions.create_draft(ConventionFactory(reference="2026-001"))

    def test_it_is_put_under_the_convention_that_it_names(self, convention: ActePage) -> None:
        avenant = self.avenant(convention)
        assert isinstance(avenant, AvenantPage)
        assert avenant.get_parent().pk == convention.pk

    def test_it_waits_for_its_convention(self, convention: ActePage) -> None:
        avenant = self.avenant(convention)
        with pytest.raises(ValidationError, match="publiez-la d'abord"):
            actions.publish_page(avenant)
        actions.publish_page(convention)
        actions.publish_page(avenant)
        assert avenant.live

    def test_its_number_is_its_own(self, convention: ActePage) -> None:
        actions.publish_page(convention)
        actions.publish_page(self.avenant(convention))
        with pytest.raises(ValidationError, match="déjà un avenant n° 1"):
            actions.publish_page(self.avenant(convention))

    def test_it_is_withdrawn_with_its_convention(self, convention: ActePage) -> None:
        actions.publish_page(convention)
        avenant = self.avenant(convention)
        actions.publish_page(avenant)
        actions.withdraw_page(convention, motif="Annulée.")
        avenant.refresh_from_db()
        assert not avenant.live
