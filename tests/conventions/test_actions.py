import hashlib
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from portal.conventions import actions, journal, mapping, originaux
from portal.conventions.actions import Etat
from portal.conventions.installation import install
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, ConventionsIndexPage, Original, Service
from portal.conventions.rattachement import Registre
from portal.domain.convention import Avenant, Constat, Convention, Gravite, Lecture, Nature, Partie, Qualite, Role
from tests.conftest import without_delegataire
from tests.factories import ConventionFactory, ServiceFactory

CONTENU = "Convention de délégation de gestion".encode()


def lecture(convention: Convention, *constats: Constat, contenu: bytes = CONTENU) -> Lecture:
    return Lecture("convention.txt", hashlib.sha256(contenu).hexdigest(), Qualite.NATIF, "texte", convention, constats)


class TestImport:
    def test_a_reading_becomes_a_draft(self, portail: None) -> None:
        result = actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU)
        page = ConventionPage.objects.get(uid=result.uid)
        assert (result.etat, result.publiee, page.live) == (Etat.IMPORTEE, False, False)
        assert page.original.nom == "convention.txt"
        with originaux.read(page.original) as signed:
            assert signed.read() == CONTENU

    def test_it_is_published_when_asked_for(self, portail: None) -> None:
        result = actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU, publish=True)
        assert result.publiee
        assert ConventionPage.objects.get(uid=result.uid).original is not None

    def test_what_a_rule_stops_stays_a_draft_and_says_why(self, portail: None) -> None:
        result = actions.import_lecture(lecture(without_delegataire()), contenu=CONTENU, publish=True)
        assert (result.etat, result.publiee) == (Etat.IMPORTEE, False)
        assert "P1" in {constat.regle for constat in result.refus}

    def test_the_same_bytes_are_imported_once(self, portail: None) -> None:
        first = actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU)
        second = actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU)
        assert (second.etat, second.uid) == (Etat.DEJA_PRESENTE, first.uid)
        assert ConventionPage.objects.count() == 1

    def test_bytes_whose_page_was_deleted_are_imported_again(self, portail: None) -> None:
        first = actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU)
        ConventionPage.objects.get(uid=first.uid).delete()
        assert actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU).etat is Etat.IMPORTEE

    def test_what_only_the_reading_saw_is_kept_with_the_page(self, portail: None) -> None:
        blank = Constat("D4", Gravite.AVERTISSEMENT, "La date de la signature est en blanc.", champ="date_signature")
        result = actions.import_lecture(lecture(ConventionFactory(), blank), contenu=CONTENU)
        page = ConventionPage.objects.get(uid=result.uid)
        assert [constat["message"] for constat in page.constats_lecture] == [blank.message]

    def test_what_the_rules_find_again_is_not_kept_twice(self, portail: None) -> None:
        convention = without_delegataire()
        found = actions.publication.judge(convention, "natif")
        result = actions.import_lecture(lecture(convention, *found), contenu=CONTENU)
        assert ConventionPage.objects.get(uid=result.uid).constats_lecture == []

    def test_nothing_is_left_of_an_import_that_fails(self, portail: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "publish_page", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.import_lecture(lecture(ConventionFactory()), contenu=CONTENU, publish=True)
        assert not ConventionPage.objects.exists()
        assert not Original.objects.exists()


class TestPlace:
    def test_a_convention_lies_under_the_ministere_of_its_delegant(self, draft: ActePage) -> None:
        assert draft.get_parent().specific.service.slug == "ministere-education-nationale"

    def test_an_unknown_delegant_waits_under_a_ministere_to_be_named(self, portail: None) -> None:
        parties = (Partie("Direction inconnue", Role.DELEGANT), Partie("Autre direction", Role.DELEGATAIRE))
        page = actions.create_draft(ConventionFactory(parties=parties))
        assert page.get_parent().slug == actions.A_RATTACHER

    def test_an_avenant_whose_convention_is_not_held_stands_alone(self, portail: None) -> None:
        facts = Avenant(numero="1", convention_reference="inconnue")
        page = actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))
        assert isinstance(page, ConventionPage)
        assert mapping.from_page(page).avenant == facts

    def test_an_avenant_is_put_under_the_convention_of_that_date_and_partie(self, portail: None) -> None:
        convention = actions.create_draft(ConventionFactory())
        facts = Avenant(numero="1", convention_date=convention.date_signature)
        page = actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))
        assert page.get_parent().pk == convention.pk


class TestAttachment:
    """An avenant that stands alone becomes, later, an avenant under its convention: the same page, with its history."""

    @pytest.fixture
    def alone(self, portail: None) -> ActePage:
        facts = Avenant(numero="1", convention_reference="2026-001")
        page = actions.create_draft(ConventionFactory(nature=Nature.AVENANT, avenant=facts))
        actions.publish_page(page)
        return page

    @pytest.fixture
    def convention(self, portail: None) -> ActePage:
        page = actions.create_draft(ConventionFactory(reference="2026-001"))
        actions.publish_page(page)
        return page

    def test_it_stays_the_same_page(self, alone: ActePage, convention: ActePage, client: Client) -> None:
        before, old = mapping.from_page(alone), alone.adresse
        attached = actions.attach_avenant(alone, convention)
        assert isinstance(Page.objects.get(pk=alone.pk).specific, AvenantPage)
        assert (attached.uid, attached.live, mapping.from_page(attached)) == (alone.uid, True, before)
        assert attached.adresse == f"{convention.adresse}{attached.slug}/"
        assert client.get(attached.adresse).status_code == 200
        assert client.get(old)["Location"] == attached.adresse
        assert Page.find_problems() == ([], [], [], [], [])

    def test_its_history_goes_with_it(self, alone: ActePage, convention: ActePage) -> None:
        attached = actions.attach_avenant(alone, convention)
        attached.objet = "Objet corrigé."
        attached.save_revision().publish()
        assert [revision.as_object().uid for revision in attached.revisions.all()] == [alone.uid] * 2
        assert AvenantPage.objects.get().objet == "Objet corrigé."

    def test_the_journal_tells_it_for_both(self, alone: ActePage, convention: ActePage) -> None:
        seq = journal.head()
        actions.attach_avenant(alone, convention)
        assert [(row.uid, row.nature) for row in journal.read_since(seq)] == [
            (alone.uid, "modification"),
            (convention.uid, "modification"),
        ]

    def test_what_an_editor_withdrew_is_not_published_again(self, portail: None, convention: ActePage) -> None:
        facts = Avenant(numero="1", convention_reference="inconnue")
        reading = lecture(ConventionFactory(nature=Nature.AVENANT, avenant=facts))
        page = ConventionPage.objects.get(uid=actions.import_lecture(reading, contenu=CONTENU, publish=True).uid)
        actions.withdraw_page(page, motif="Publiée par erreur.")
        page.convention_reference = "2026-001"
        page.save_revision(clean=False)
        result = actions.import_lecture(reading, contenu=CONTENU, publish=True)
        assert (result.etat, result.publiee, result.seul) == (Etat.RATTACHEE, False, False)
        assert AvenantPage.objects.get().get_parent().pk == convention.pk

    def test_it_is_no_convention_for_itself(self, portail: None) -> None:
        facts = Avenant(numero="1", convention_reference="2026-001")
        reading = lecture(ConventionFactory(reference="2026-001", avenant=facts))
        actions.import_lecture(reading, contenu=CONTENU)
        assert actions.import_lecture(reading, contenu=CONTENU).etat is Etat.DEJA_PRESENTE

    def test_a_public_one_waits_for_its_convention(self, alone: ActePage, convention: ActePage) -> None:
        actions.withdraw_page(convention, motif="Annulée.")
        with pytest.raises(ValidationError, match="publiez-la d'abord"):
            actions.attach_avenant(alone, convention)
        assert Page.objects.get(pk=alone.pk).live


class TestRegistre:
    @pytest.mark.parametrize(
        ("nom", "sigle", "slug"),
        [
            ("La Direction Interministérielle du Numérique", "DINUM", "dinum"),
            ("direction interministerielle du numerique", "", "dinum"),
            ("le Ministère de l'Education Nationale et de la Jeunesse", "MENJ", "ministere-education-nationale"),
            ("Direction mal nommée", "DGESCO", "dgesco"),
            ("Direction inconnue", "", None),
            ("Direction inconnue", "ABCD", None),
        ],
    )
    def test_a_partie_is_matched_by_any_of_its_names(
        self, portail: None, nom: str, sigle: str, slug: str | None
    ) -> None:
        assert Registre().match(Partie(nom, sigle=sigle)) == slug

    def test_a_name_of_two_services_matches_none(self, portail: None) -> None:
        ServiceFactory(nom="Direction des affaires financières", sigle="DAF")
        ServiceFactory(nom="Direction des achats et des finances", sigle="DAF")
        assert Registre().match(Partie("Direction", sigle="DAF")) is None


class TestInstallation:
    def test_it_makes_the_tree_and_the_register_in_place_of_the_page_of_wagtail(self, uninstalled: None) -> None:
        install()
        assert ConventionsIndexPage.objects.get().get_url() == "/conventions/"
        assert Service.objects.get(slug="dinum").ministere.slug == "services-du-premier-ministre"
        assert not Page.objects.filter(slug="home").exists()

    def test_it_may_run_again_and_keeps_what_was_edited(self, portail: None) -> None:
        Service.objects.filter(slug="dinum").update(nom="Nom corrigé")
        install()
        assert Service.objects.get(slug="dinum").nom == "Nom corrigé"
        assert ConventionsIndexPage.objects.count() == 1

    def test_the_password_is_shown_once(self, db: None) -> None:
        first, second = StringIO(), StringIO()
        call_command("install_portal", "--admin", "admin", stdout=first)
        call_command("install_portal", "--admin", "admin", stdout=second)
        password = first.getvalue().rsplit(" : ", 1)[1].strip()
        assert get_user_model().objects.get(username="admin").check_password(password)
        assert second.getvalue() == ""
