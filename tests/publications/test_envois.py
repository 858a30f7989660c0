"""The outbox: what is asked is sent once, or tried again, and each try is kept before anything leaves."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.models import ActePage
from portal.publications import actions
from portal.publications.actions.envois import BAIL, RECULS
from portal.publications.dossiers import EchecTransmission
from portal.publications.models import Essai, Publication, Transmission
from portal.publications.transmission import DEJA, INVENTE, PLUS_PUBLIC, transmit, transmit_due
from tests.publications.conftest import Site, publish_acte

pytestmark = pytest.mark.usefixtures("site")


def publication_of(acte: ActePage) -> Publication:
    return Publication.objects.get(uid=acte.uid, canal="gouvernement")


def ask(acte: ActePage, **options: object) -> Transmission:
    return actions.request(publication_of(acte), timezone.now(), **options)


def essais() -> list[str]:
    return list(Essai.objects.values_list("fin", flat=True))


def fail(message: str, **options: object) -> object:
    return mock.Mock(side_effect=EchecTransmission(message, **options))


class TestSent:
    def test_what_is_asked_is_sent_once(self, acte: ActePage, site: Site) -> None:
        demande = ask(acte)
        assert transmit_due() == 1
        assert transmit_due() == 0
        ((dossier, envoi),) = site.recus
        assert (envoi.uid, envoi.cle, envoi.identifiant) == (acte.uid, str(demande.cle), "")
        publication = publication_of(acte)
        assert (publication.etat, publication.identifiant, publication.url, publication.empreinte) == (
            "transmise",
            "jeu-1",
            "https://exemple.fr/jeu-1",
            dossier.empreinte,
        )
        assert publication.mouvements.get().motif == "Reçu par le site."
        assert essais() == ["reussi"]

    def test_the_try_is_kept_before_anything_leaves(self, acte: ActePage, site: Site) -> None:
        vus = []
        site.answer = lambda: vus.append(essais())
        ask(acte)
        transmit_due()
        assert vus == [["en_cours"]]

    def test_asked_twice_it_is_sent_once(self, acte: ActePage, site: Site) -> None:
        assert ask(acte) == ask(acte)
        transmit_due()
        assert len(site.recus) == 1

    def test_the_same_dossier_is_sent_again_to_an_editor_who_asks_alone(
        self, acte: ActePage, site: Site, admin_user: object
    ) -> None:
        for auteur, envois in ((None, 1), (None, 1), (admin_user, 2)):
            demande = ask(acte, auteur=auteur)
            transmit(demande.pk)
            assert len(site.recus) == envois
        assert Transmission.objects.filter(etat="annulee").get().message == DEJA

    def test_the_next_sending_knows_the_identifier_there(self, acte: ActePage, site: Site) -> None:
        ask(acte)
        transmit_due()
        acte.titre = "Convention corrigée"
        acte.save_revision().publish()
        ask(acte)
        transmit_due()
        assert [envoi.identifiant for _, envoi in site.recus] == ["", "jeu-1"]

    def test_what_was_published_stays_so_while_it_is_brought_up_to_date(self, acte: ActePage, site: Site) -> None:
        Publication.objects.filter(pk=publication_of(acte).pk).update(etat="publiee")
        ask(acte)
        transmit_due()
        assert publication_of(acte).etat == "publiee"


class TestFailed:
    def test_it_is_tried_again_later_and_said(self, acte: ActePage, site: Site) -> None:
        site.answer = fail("Le site ne répond pas.")
        demande, maintenant = ask(acte), timezone.now()
        transmit(demande.pk, maintenant)
        demande.refresh_from_db()
        assert (demande.etat, demande.message) == ("a_faire", "Le site ne répond pas.")
        assert demande.prochain_essai >= maintenant + RECULS[0]
        assert not transmit(demande.pk, maintenant + RECULS[0] / 2)
        site.answer = lambda: None
        assert transmit(demande.pk, maintenant + timedelta(hours=1))
        assert essais() == ["echoue", "reussi"]
        assert publication_of(acte).etat == "transmise"

    def test_it_waits_as_long_as_the_site_asks(self, acte: ActePage, site: Site) -> None:
        site.answer = fail("Trop de demandes.", attente=7200.0)
        demande, maintenant = ask(acte), timezone.now()
        transmit(demande.pk, maintenant)
        demande.refresh_from_db()
        assert demande.prochain_essai >= maintenant + timedelta(hours=2)

    def test_what_cannot_succeed_is_left_to_an_editor(self, acte: ActePage, site: Site) -> None:
        site.answer = fail("La clé est expirée.", definitif=True)
        ask(acte)
        transmit_due()
        assert Transmission.objects.get().etat == "echouee"
        assert publication_of(acte).etat == "attendue"
        site.answer = lambda: None
        ask(acte)
        transmit_due()
        assert publication_of(acte).etat == "transmise"

    def test_it_is_not_tried_for_ever(self, acte: ActePage, site: Site) -> None:
        site.answer = fail("Le site ne répond pas.")
        demande, moment = ask(acte), timezone.now()
        for _ in range(len(RECULS) + 3):
            moment += timedelta(days=30)
            transmit(demande.pk, moment)
        demande.refresh_from_db()
        assert demande.etat == "echouee"
        assert len(site.recus) == len(RECULS) + 1

    def test_what_is_not_foreseen_is_kept_and_logged(
        self, acte: ActePage, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.answer = mock.Mock(side_effect=RuntimeError("imprévu"))
        ask(acte)
        transmit_due()
        assert essais() == ["echoue"]
        assert "imprévu" in caplog.text

    def test_an_obstacle_is_said_and_nothing_leaves(self, acte: ActePage, site: Site) -> None:
        site.obstacle = "Aucun correspondant : ajoutez-le."
        ask(acte)
        transmit_due()
        assert (Transmission.objects.get().etat, Transmission.objects.get().message) == ("echouee", site.obstacle)
        assert site.recus == []


class TestCut:
    @pytest.fixture
    def cut(self, acte: ActePage, site: Site) -> Transmission:
        """A sending that a sudden stop cut."""
        site.answer = mock.Mock(side_effect=KeyboardInterrupt)
        demande = ask(acte)
        with pytest.raises(KeyboardInterrupt):
            transmit(demande.pk)
        site.answer = lambda: None
        return demande

    def test_it_is_taken_up_under_the_same_key_and_both_tries_are_kept(
        self, cut: Transmission, acte: ActePage, site: Site
    ) -> None:
        assert actions.recover(timezone.now()) == 0  # it may still go on
        assert transmit_due() == 0
        moment = timezone.now() + BAIL
        assert actions.recover(moment) == 1
        assert transmit(cut.pk, moment + RECULS[0])
        assert essais() == ["interrompu", "reussi"]
        assert {envoi.cle for _, envoi in site.recus} == {str(cut.cle)}
        assert publication_of(acte).etat == "transmise"

    def test_a_newer_demand_waits_for_its_end(self, cut: Transmission, acte: ActePage) -> None:
        autre = ask(acte)
        assert autre != cut
        assert not transmit(autre.pk)
        actions.recover(timezone.now() + BAIL)
        assert transmit(autre.pk)
        assert Transmission.objects.get(pk=cut.pk).etat == "annulee"

    def test_one_that_ends_after_all_is_kept_as_done(self, cut: Transmission, acte: ActePage) -> None:
        actions.recover(timezone.now() + BAIL)
        essai = cut.essais.get()
        actions.record_success(essai, mock.Mock(message="Reçu.", identifiant="", adresse=""), "e" * 64, timezone.now())
        cut.refresh_from_db()
        assert cut.etat == "faite"
        assert essais() == ["reussi"]


class TestNoObject:
    def test_an_act_that_is_public_no_more_is_not_sent(self, acte: ActePage, site: Site) -> None:
        ask(acte)
        pages.withdraw_page(acte, motif="Erreur")
        transmit_due()
        assert site.recus == []
        assert Transmission.objects.get().message == PLUS_PUBLIC

    def test_an_invented_act_is_sent_to_nobody(self, portail: None, site: Site) -> None:
        page = publish_acte()
        page.fictif = True
        page.save()
        ask(page)
        transmit_due()
        assert site.recus == []
        assert Transmission.objects.get().message == INVENTE

    def test_what_an_editor_sent_himself_is_kept(self, acte: ActePage, site: Site, admin_user: object) -> None:
        ask(acte)
        publication = publication_of(acte)
        actions.mark_sent(publication, "e" * 64, "Transmise à la main : par courrier.", timezone.now(), admin_user)
        assert transmit_due() == 0
        assert (publication.etat, site.recus) == ("transmise", [])
        assert list(Transmission.objects.values_list("etat", "a_la_main")) == [("annulee", False), ("faite", True)]

    def test_what_is_seen_there_is_not_sent_by_hand(self, acte: ActePage, admin_user: object) -> None:
        publication = publication_of(acte)
        publication.etat = "publiee"
        with pytest.raises(ValidationError, match="déjà vu"):
            actions.mark_sent(publication, "", "Par courrier.", timezone.now(), admin_user)


class TestKeptInStep:
    @pytest.fixture(autouse=True)
    def automatic(self, site: Site) -> None:
        site.automatique = True

    def test_a_channel_that_needs_no_editor_is_told_of_each_change(self, portail: None, site: Site) -> None:
        page = publish_acte()
        transmit_due()
        page.titre = "Convention corrigée"
        page.save_revision().publish()
        followers.catch_up_all()
        transmit_due()
        assert [dossier.titre for dossier, _ in site.recus][1:] == ["Convention corrigée"]
        assert publication_of(page).etat == "transmise"

    def test_a_withdrawn_act_is_taken_away_and_comes_back(self, portail: None, site: Site) -> None:
        page = publish_acte()
        transmit_due()
        pages.withdraw_page(page, motif="Erreur")
        followers.catch_up_all()
        transmit_due()
        assert [envoi.identifiant for envoi in site.retraits] == ["jeu-1"]
        assert publication_of(page).etat == "retiree"
        pages.publish_page(page)
        followers.catch_up_all()
        transmit_due()
        assert len(site.recus) == 2
        assert publication_of(page).etat == "transmise"

    def test_an_act_that_never_left_is_not_taken_away(self, portail: None, site: Site) -> None:
        page = publish_acte()
        pages.withdraw_page(page, motif="Erreur")
        followers.catch_up_all()
        transmit_due()
        assert (site.recus, site.retraits) == ([], [])

    def test_what_was_cut_may_stand_there_and_is_taken_away(self, portail: None, site: Site) -> None:
        page = publish_acte()
        site.answer = mock.Mock(side_effect=KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            transmit_due()
        site.answer = lambda: None
        pages.withdraw_page(page, motif="Erreur")
        followers.catch_up_all()
        actions.recover(timezone.now() + BAIL)
        transmit_due()
        assert len(site.retraits) == 1

    def test_a_channel_that_needs_one_is_told_nothing(self, portail: None, site: Site) -> None:
        site.automatique = False
        publish_acte()
        assert not Transmission.objects.exists()
