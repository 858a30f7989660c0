"""The ways around: what reaches the database without the form or the action still meets the gate and the journal."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from portal.conventions import actions, journal, mapping
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, MinisterePage, Service
from portal.domain.convention import Avenant, Nature, Partie, Role
from tests.conventions.form_data import form_data
from tests.conventions.test_journal import rows_after
from tests.factories import ConventionFactory

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def convention(portail: None) -> ActePage:
    page = actions.create_draft(ConventionFactory(reference="2026-001"))
    actions.publish_page(page)
    return page


def make_avenant(numero: str = "1") -> ActePage:
    facts = Avenant(numero=numero, convention_reference="2026-001")
    return actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))


@pytest.fixture
def avenant(convention: ActePage) -> ActePage:
    page = make_avenant()
    actions.publish_page(page)
    return page


class TestPartialSaves:
    def test_the_gate_holds_for_the_state_alone(self, blocked: ActePage) -> None:
        blocked.live = True
        with pytest.raises(ValidationError, match="délégataire"):
            blocked.save(update_fields=["live"])

    def test_the_gate_holds_for_one_fact(self, published: ActePage) -> None:
        published.date_signature = None
        with pytest.raises(ValidationError, match="D4"):
            published.save(update_fields=["date_signature"])

    def test_one_fact_is_written_in_the_journal(self, published: ActePage) -> None:
        seq = journal.head()
        published.objet = "Autre objet."
        published.titre = "Un titre qui n'est pas enregistré."
        published.save(update_fields=["objet"])
        assert rows_after(seq) == [(published.uid, "modification")]
        stored = ConventionPage.objects.get(pk=published.pk)
        assert journal.last_of(published.uid).empreinte == journal_empreinte(stored)

    def test_an_invalid_public_page_can_still_be_locked(self, published: ActePage) -> None:
        published.parties.all().delete()
        page = ConventionPage.objects.get(pk=published.pk)
        page.locked = True
        page.save(update_fields=["locked"])
        assert Page.objects.get(pk=page.pk).locked


def journal_empreinte(page: ActePage) -> str:
    from portal.domain.contrat import empreinte

    return empreinte(mapping.from_page(page))


class TestBaseClasses:
    """The same row read as `Page` or as `ActePage` is the same page."""

    @pytest.mark.parametrize("model", [Page, ActePage])
    def test_the_gate_holds(self, blocked: ActePage, model: type[Page]) -> None:
        page = model.objects.get(pk=blocked.pk)
        page.live = True
        with pytest.raises(ValidationError, match="délégataire"):
            page.save()

    @pytest.mark.parametrize("model", [Page, ActePage])
    def test_the_rules_of_an_avenant_hold(self, convention: ActePage, model: type[Page]) -> None:
        draft = make_avenant()
        actions.withdraw_page(convention, motif="Annulée.")
        page = model.objects.get(pk=draft.pk)
        page.live = True
        with pytest.raises(ValidationError, match="publiez-la d'abord"):
            page.save()

    @pytest.mark.parametrize("model", [Page, ActePage])
    def test_withdrawing_a_convention_withdraws_its_avenants(self, avenant: ActePage, model: type[Page]) -> None:
        convention = avenant.get_parent()
        model.objects.get(pk=convention.pk).unpublish()
        assert not AvenantPage.objects.get(pk=avenant.pk).live

    def test_a_change_of_an_avenant_is_one_of_its_convention(self, avenant: ActePage) -> None:
        seq = journal.head()
        page = ActePage.objects.get(pk=avenant.pk)
        page.objet = "Autre objet."
        page.save()
        assert rows_after(seq) == [(avenant.uid, "modification"), (avenant.get_parent().specific.uid, "modification")]

    def test_the_reason_of_a_withdrawal_is_kept(self, published: ActePage) -> None:
        actions.withdraw_page(ActePage.objects.get(pk=published.pk), motif="Publiée par erreur.")
        assert journal.last_of(published.uid).motif == "Publiée par erreur."


class TestReasons:
    def test_an_avenant_is_withdrawn_for_the_reason_of_its_convention(self, avenant: ActePage) -> None:
        actions.withdraw_page(ConventionPage.objects.get(pk=avenant.get_parent().pk), motif="Annulée.")
        assert journal.last_of(avenant.uid).motif == "Annulée."

    def test_deleting_what_was_withdrawn_keeps_the_reason(self, published: ActePage) -> None:
        actions.withdraw_page(published, motif="Publiée par erreur.")
        ConventionPage.objects.get(pk=published.pk).delete()
        last = journal.last_of(published.uid)
        assert (last.nature, last.motif) == ("suppression", "Publiée par erreur.")


class TestPlace:
    def test_an_avenant_moved_under_a_convention_that_is_not_public_is_withdrawn(self, avenant: ActePage) -> None:
        other = actions.create_draft(ConventionFactory())
        AvenantPage.objects.get(pk=avenant.pk).move(other, pos="last-child")
        assert not AvenantPage.objects.get(pk=avenant.pk).live
        assert journal.last_of(avenant.uid).nature == "retrait"

    def test_a_ministere_whose_service_was_forgotten_receives_nothing(self, portail: None) -> None:
        parties = (Partie("Direction inconnue", Role.DELEGANT), Partie("Autre direction", Role.DELEGATAIRE))
        index = actions.create_draft(ConventionFactory()).get_parent().get_parent()
        index.add_child(instance=MinisterePage(title="Ministère des oublis", slug="oublis"))
        assert actions.create_draft(ConventionFactory(parties=parties)).get_parent().slug == actions.A_RATTACHER

    def test_an_avenant_that_stands_alone_is_no_convention_to_change(self, portail: None) -> None:
        facts = Avenant(numero="1", convention_reference="inconnue")
        actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts, reference="2026-001"))
        assert isinstance(make_avenant("2"), ConventionPage)

    def test_an_act_has_no_second_page(self, published: ActePage, admin_client: Client) -> None:
        seq = journal.head()
        with pytest.raises(ValidationError, match="alias"):
            ConventionPage.objects.get(pk=published.pk).create_alias(update_slug="alias")
        data = {
            "new_title": "x", "new_slug": "x", "new_parent_page": published.get_parent().pk, "alias": "on",
        }  # fmt: skip
        response = admin_client.post(f"/admin/pages/{published.pk}/copy/", data, follow=True)
        assert "alias" in response.content.decode()
        assert (ActePage.objects.count(), journal.head()) == (1, seq)


class TestRegister:
    def test_a_service_saved_as_it_was_changes_nothing(self, published: ActePage) -> None:
        seq = journal.head()
        Service.objects.get(slug="dinum").save()
        assert rows_after(seq) == []

    def test_the_new_name_of_a_service_of_an_avenant_changes_its_convention(self, portail: None) -> None:
        parties = (Partie("Direction inconnue", Role.DELEGANT), Partie("Autre direction", Role.DELEGATAIRE))
        convention = actions.create_draft(ConventionFactory(reference="2026-001", parties=parties))
        actions.publish_page(convention)
        avenant = make_avenant()
        actions.publish_page(avenant)
        seq = journal.head()
        service = Service.objects.get(slug="dinum")
        service.nom = "Direction du numérique de l'État"
        service.save()
        assert rows_after(seq) == [(avenant.uid, "modification"), (convention.uid, "modification")]

    def test_the_key_of_a_service_never_changes(self, portail: None) -> None:
        service = Service.objects.get(slug="dinum")
        service.slug = "numerique"
        with pytest.raises(ValidationError, match="ne change"):
            service.full_clean()


class TestAdmin:
    def test_a_new_avenant_is_published_from_the_form(self, convention: ActePage, admin_client: Client) -> None:
        data = form_data(make_avenant(), titre="Avenant saisi", avenant_numero="2", new=True)
        response = admin_client.post(
            f"/admin/pages/add/conventions/avenantpage/{convention.pk}/", {**data, "modifie_un_acte": "on", **PUBLISH}
        )
        assert response.status_code == 302
        assert AvenantPage.objects.get(titre="Avenant saisi").live

    def test_a_new_avenant_of_a_taken_number_is_refused(self, avenant: ActePage, admin_client: Client) -> None:
        data = form_data(avenant, titre="Avenant saisi", new=True)
        response = admin_client.post(
            f"/admin/pages/add/conventions/avenantpage/{avenant.get_parent().pk}/",
            {**data, "modifie_un_acte": "on", **PUBLISH},
        )
        assert "déjà un avenant n° 1" in response.content.decode()
        assert not AvenantPage.objects.filter(titre="Avenant saisi").exists()

    def test_bulk_publishing_with_descendants_says_which_are_refused(
        self, blocked: ActePage, admin_client: Client
    ) -> None:
        response = admin_client.post(
            f"/admin/bulk/wagtailcore/page/publish/?id={blocked.get_parent().pk}&next=/admin/",
            {"include_descendants": "on"},
            follow=True,
        )
        assert response.status_code == 200
        assert "délégataire" in response.content.decode()
        assert not Page.objects.get(pk=blocked.pk).live

    def test_approving_what_a_rule_stops_is_refused_in_words(
        self, blocked: ActePage, admin_client: Client, admin_user: object
    ) -> None:
        workflow = Workflow.objects.create(name="Relecture")
        task = GroupApprovalTask.objects.create(name="Relire")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=blocked)
        state = workflow.start(blocked, admin_user)
        response = admin_client.post(
            f"/admin/pages/workflow/action/{blocked.pk}/approve/{state.current_task_state.pk}/", {}, follow=True
        )
        assert response.status_code == 200
        assert "délégataire" in response.content.decode()
        state.refresh_from_db()
        assert (Page.objects.get(pk=blocked.pk).live, state.status) == (False, "in_progress")

    def test_a_forged_decision_does_not_skip_the_rules(self, blocked: ActePage, admin_client: Client) -> None:
        data = {**form_data(blocked), **PUBLISH, "workflow-action-name": "reject"}
        response = admin_client.post(f"/admin/pages/{blocked.pk}/edit/", data)
        assert response.status_code == 200
        assert "délégataire" in response.content.decode()

    def test_an_old_version_that_a_rule_stops_is_not_published_again(
        self, blocked: ActePage, admin_client: Client
    ) -> None:
        old = blocked.get_latest_revision()
        good = mapping.to_page(ConventionFactory(), ConventionPage.objects.get(pk=blocked.pk))
        good.save_revision().publish()
        with pytest.raises(ValidationError, match="délégataire"):
            old.publish()
        assert mapping.from_page(ConventionPage.objects.get(pk=blocked.pk)).delegataires


def test_a_copy_keeps_its_own_identifier_in_every_version(published: ActePage) -> None:
    published.original = None
    published.save_revision()
    copy = ConventionPage.objects.get(pk=published.pk).copy(update_attrs={"slug": "copie"}, keep_live=False)
    for revision in copy.revisions.all():
        revision.publish()
        assert ConventionPage.objects.get(pk=copy.pk).uid == copy.uid != published.uid


def test_a_revision_read_by_one_run_is_not_published_again_by_another(
    draft: ActePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run published it, and an editor a newer one, between the list and its turn."""
    due = draft.get_latest_revision()
    first = actions.create_draft(ConventionFactory()).get_latest_revision()
    past = timezone.now() - timedelta(minutes=2)
    Revision.objects.filter(pk=first.pk).update(approved_go_live_at=past)
    Revision.objects.filter(pk=due.pk).update(approved_go_live_at=past + timedelta(minutes=1))
    publish = Revision.publish

    def meanwhile(revision: Revision, *args: object, **kwargs: object) -> None:
        if revision.pk == first.pk:
            newer = ConventionPage.objects.get(pk=draft.pk)
            newer.objet = "Objet corrigé."
            Revision.objects.filter(pk=due.pk).update(approved_go_live_at=None)
            publish(newer.save_revision())
        publish(revision, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", meanwhile)
    call_command("publish_scheduled")
    assert ConventionPage.objects.get(pk=draft.pk).objet == "Objet corrigé."
