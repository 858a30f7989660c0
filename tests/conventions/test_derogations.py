"""A rule that may be lifted is lifted on one act, with a reason, by who may publish it."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset

from portal.conventions import actions, mapping, publication
from portal.conventions.models import ActePage, ConventionPage, Derogation
from portal.conventions.publiees import read_published
from portal.domain.convention import Gravite, Role
from portal.domain.regles import REGLES
from tests.conventions.form_data import form_data, rows
from tests.factories import ConventionFactory, PartieFactory

MOTIF = "Le groupement agit ici pour le compte de l'État."
PUBLISH = {"action-publish": "1"}


def lifted(regle: str, motif: str = MOTIF) -> dict[str, Any]:
    return inline_formset([{"regle": regle, "motif": motif}])


@pytest.fixture
def outside(portail: None) -> ActePage:
    """A draft with a partie that is no State service: P3 keeps it from being public."""
    convention = ConventionFactory()
    gip = PartieFactory(nom="GIP Renater", sigle="", role=Role.DELEGATAIRE)
    return actions.create_draft(replace(convention, parties=(convention.parties[0], gip)))


@pytest.fixture
def writer(client: Client, outside: ActePage) -> Client:
    """The browser of who may write in the ministère, and not publish."""
    group = Group.objects.create(name="Rédaction")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=outside.get_parent(), permission=permission)
    user = User.objects.create_user("redactrice")
    user.groups.add(group)
    client.force_login(user)
    return client


def edit_url(page: ActePage) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def test_without_it_the_rule_holds(outside: ActePage) -> None:
    with pytest.raises(ValidationError, match="P3"):
        actions.publish_page(outside)


def test_who_may_publish_lifts_the_rule_and_answers_for_it(outside: ActePage, admin_client: Client) -> None:
    data = form_data(outside, derogations=lifted("P3"))
    assert admin_client.post(edit_url(outside), {**data, **PUBLISH}).status_code == 302
    page = ConventionPage.objects.get(pk=outside.pk)
    assert page.live
    row = page.derogations.get()
    assert (row.regle, row.motif, row.auteur) == ("P3", MOTIF, "admin")
    assert row.moment is not None


def test_the_constat_remains_with_its_reason(outside: ActePage, admin_client: Client) -> None:
    admin_client.post(edit_url(outside), {**form_data(outside, derogations=lifted("P3")), **PUBLISH})
    found = publication.constats_of(ConventionPage.objects.get(pk=outside.pk))
    (constat,) = (constat for constat in found if constat.regle == "P3")
    assert constat.gravite is Gravite.AVERTISSEMENT
    assert constat.message.endswith(f"Règle levée par admin : {MOTIF}")


def test_the_public_page_does_not_show_it(outside: ActePage, admin_client: Client, client: Client) -> None:
    before = mapping.from_page(outside)
    admin_client.post(edit_url(outside), {**form_data(outside, derogations=lifted("P3")), **PUBLISH})
    page = ConventionPage.objects.get(pk=outside.pk)
    assert mapping.from_page(page) == before == read_published([page.uid])[page.uid].convention
    assert MOTIF not in client.get(page.adresse).content.decode()


def test_a_reason_is_needed(outside: ActePage, admin_client: Client) -> None:
    data = form_data(outside, derogations=lifted("P3", motif=" "))
    assert admin_client.post(edit_url(outside), {**data, **PUBLISH}).status_code == 200
    outside.refresh_from_db()
    assert not outside.live


def test_a_rule_that_is_not_levable_cannot_be_lifted(outside: ActePage, admin_client: Client) -> None:
    data = form_data(outside, derogations=lifted("D4"))
    response = admin_client.post(edit_url(outside), data)
    assert response.status_code == 200
    assert "D4" in response.content.decode()


def test_rows_written_by_hand_lift_no_other_rule(blocked: ActePage, admin_user: User) -> None:
    blocked.derogations = [
        Derogation(regle=regle.identifiant, motif=MOTIF, auteur="admin", moment=admin_user.date_joined)
        for regle in REGLES
        if not regle.levable
    ]
    with pytest.raises(ValidationError, match="P1"):
        publication.verify(blocked)


def test_who_may_not_publish_lifts_nothing(outside: ActePage, writer: Client) -> None:
    response = writer.post(edit_url(outside), form_data(outside, derogations=lifted("P3")))
    assert "Seule une personne qui peut publier" in response.content.decode()
    latest = ConventionPage.objects.get(pk=outside.pk).get_latest_revision_as_object()
    assert not latest.derogations.exists()


def test_who_may_not_publish_still_writes(outside: ActePage, writer: Client) -> None:
    response = writer.post(edit_url(outside), form_data(outside, objet="Un objet corrigé."))
    assert response.status_code == 302
    assert ConventionPage.objects.get(pk=outside.pk).get_latest_revision_as_object().objet == "Un objet corrigé."


def test_who_may_not_publish_leaves_as_it_is_what_another_has_lifted(
    outside: ActePage, admin_user: User, writer: Client
) -> None:
    outside.derogations = [Derogation(regle="P3", motif=MOTIF, auteur="chef", moment=admin_user.date_joined)]
    outside.save()
    outside.save_revision(clean=False)
    assert writer.post(edit_url(outside), form_data(outside, objet="Un objet corrigé.")).status_code == 302
    latest = ConventionPage.objects.get(pk=outside.pk).get_latest_revision_as_object()
    assert (latest.objet, latest.derogations.get().auteur) == ("Un objet corrigé.", "chef")
    none = rows(outside.derogations.all(), without=outside.derogations.all())
    response = writer.post(edit_url(outside), form_data(outside, derogations=none))
    assert "Seule une personne qui peut publier" in response.content.decode()


def test_who_may_not_publish_lifts_nothing_on_a_new_page(outside: ActePage, writer: Client) -> None:
    data = form_data(outside, titre="Une autre convention", derogations=lifted("P3"), new=True)
    response = writer.post(f"/admin/pages/add/conventions/conventionpage/{outside.get_parent().pk}/", data)
    assert "Seule une personne qui peut publier" in response.content.decode()


def test_it_is_taken_back(outside: ActePage, admin_client: Client) -> None:
    admin_client.post(edit_url(outside), {**form_data(outside, derogations=lifted("P3")), **PUBLISH})
    page = ConventionPage.objects.get(pk=outside.pk)
    row = page.derogations.get()
    none = inline_formset([{"id": row.pk, "regle": "P3", "motif": MOTIF, "DELETE": "1"}], initial=1)
    response = admin_client.post(edit_url(page), {**form_data(page, derogations=none), **PUBLISH})
    assert "(P3)" in response.content.decode()
    assert ConventionPage.objects.get(pk=page.pk).derogations.count() == 1


def test_a_copy_is_another_act_where_the_rule_holds_again(outside: ActePage, admin_client: Client) -> None:
    admin_client.post(edit_url(outside), {**form_data(outside, derogations=lifted("P3")), **PUBLISH})
    copy = ConventionPage.objects.get(pk=outside.pk).copy(update_attrs={"slug": "copie"}, keep_live=False)
    with pytest.raises(ValidationError, match="P3"):
        actions.publish_page(copy)
