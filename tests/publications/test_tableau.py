"""The editors' board: what they see, find, send, correct and judge."""

import csv
import re
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission

from portal.conventions import actions as pages
from portal.conventions.models import ActePage, ConventionsIndexPage, MinisterePage
from portal.domain.convention import Canal
from portal.publications import actions
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import EcartOuvert, Publication, Transmission
from portal.publications.reconciliation import Ecart, Etat
from portal.publications.tableau import lignes
from portal.publications.transmission import transmit_due
from tests.publications.conftest import Site, publish_acte

TABLEAU = "/admin/publications/"
DOUTEUX = Entree("Délégation de gestion, aviation civile", "https://exemple.fr/douteux", date=date(2026, 1, 5))


@pytest.fixture
def editeur(admin_client: Client) -> Client:
    return admin_client


@pytest.fixture
def of_ministere(acte: ActePage) -> Client:
    """An editor of the ministère of `acte` alone."""
    return login_to(acte.get_parent().specific, "ici")


def login_to(ministere: MinisterePage, nom: str) -> Client:
    groupe = Group.objects.create(name=nom)
    for permission in ("add", "change"):
        GroupPagePermission.objects.create(group=groupe, page=ministere, permission_type=permission)
    groupe.permissions.add(*permissions_of_admin())
    user = User.objects.create_user(nom, email=f"{nom}@exemple.fr")
    user.groups.add(groupe)
    client = Client()
    client.force_login(user)
    return client


def permissions_of_admin() -> list[Permission]:
    return list(Permission.objects.filter(codename="access_admin"))


def another_ministere() -> MinisterePage:
    ministere = MinisterePage(title="Un autre ministère", slug="un-autre-ministere")
    ConventionsIndexPage.objects.get().add_child(instance=ministere)
    return ministere


def publication_of(acte: ActePage, canal: str = "gouvernement") -> Publication:
    return Publication.objects.get(uid=acte.uid, canal=canal)


def texte_of(client: Client, adresse: str) -> str:
    response = client.get(adresse)
    assert response.status_code == 200
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def ids_of(client: Client, adresse: str = TABLEAU) -> set[int]:
    """The publications that a screen links to."""
    return {int(pk) for pk in re.findall(r'id="fiche-(\d+)"', client.get(adresse).content.decode())}


def keep(acte: ActePage | None, etat: Etat = Etat.MODIFIE, entree: Entree | None = DOUTEUX) -> EcartOuvert:
    ecart = Ecart(etat, "titre proche à 70 %", 60, entree, acte.uid if acte else None)
    actions.record_visit("gouvernement", Canal.GOUVERNEMENT, "v", timezone.now(), [ecart], {}, entiere=False)
    return EcartOuvert.objects.get()


class TestList:
    def test_what_is_due_is_shown_with_its_deadline(self, editeur: Client, acte: ActePage) -> None:
        publication = publication_of(acte)
        assert publication.pk in ids_of(editeur)
        assert f"{publication.echeance:%d/%m/%Y}" in texte_of(editeur, TABLEAU)

    @pytest.mark.parametrize(
        ("vue", "etat"),
        [
            ("dues", "attendue"),
            ("divergentes", "divergente"),
            ("absentes", "absente"),
            ("bloquees", "bloquee"),
            ("transmises", "transmise"),
            ("publiees", "publiee"),
        ],
    )
    def test_each_view_shows_its_state_alone(self, editeur: Client, acte: ActePage, vue: str, etat: str) -> None:
        publication = publication_of(acte)
        Publication.objects.exclude(pk=publication.pk).update(etat="retiree")
        Publication.objects.filter(pk=publication.pk).update(etat=etat)
        assert ids_of(editeur, f"{TABLEAU}?vue={vue}") == {publication.pk}
        Publication.objects.filter(pk=publication.pk).update(etat="retiree")
        assert ids_of(editeur, f"{TABLEAU}?vue={vue}") == set()
        assert publication.pk in ids_of(editeur, f"{TABLEAU}?vue=toutes")

    def test_what_is_late_says_so(self, editeur: Client, acte: ActePage) -> None:
        publication = publication_of(acte)
        assert ids_of(editeur, f"{TABLEAU}?vue=en_retard") == set()
        hier = timezone.localdate() - timedelta(days=1)
        Publication.objects.filter(pk=publication.pk).update(echeance=hier, etat="transmise")
        assert ids_of(editeur, f"{TABLEAU}?vue=en_retard") == {publication.pk}
        assert publication.pk in ids_of(editeur)
        assert "en retard" in texte_of(editeur, f"{TABLEAU}?vue=transmises")

    def test_it_is_narrowed_by_words_channel_and_ministere(self, editeur: Client, acte: ActePage) -> None:
        toutes = {publication.pk for publication in Publication.objects.filter(uid=acte.uid)}
        ministere = acte.get_parent()
        assert ids_of(editeur, f"{TABLEAU}?q=mena2600001x") == toutes
        assert ids_of(editeur, f"{TABLEAU}?q=introuvable") == set()
        assert ids_of(editeur, f"{TABLEAU}?canal=data_gouv") == {publication_of(acte, "data_gouv").pk}
        assert ids_of(editeur, f"{TABLEAU}?ministere={ministere.pk}") == toutes
        assert ids_of(editeur, f"{TABLEAU}?ministere={another_ministere().pk}") == set()

    @pytest.mark.parametrize("suite", ["vue=x&canal=y&ministere=z&page=-1", "q=%00", "ministere=99999999999", "page=x"])
    def test_a_choice_that_means_nothing_is_as_none(self, editeur: Client, acte: ActePage, suite: str) -> None:
        assert editeur.get(f"{TABLEAU}?{suite}").status_code == 200

    def test_the_table_of_a_spreadsheet_holds_the_same_and_no_formula(self, editeur: Client, acte: ActePage) -> None:
        acte.titre = "=2+3 convention"
        acte.save_revision().publish()
        response = editeur.get(f"{TABLEAU}export.csv?canal=gouvernement&vue=toutes")
        assert response.content.startswith(b"\xef\xbb\xbf")
        (ligne,) = csv.DictReader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
        assert (ligne["acte"], ligne["canal"], ligne["état"], ligne["identifiant"]) == (
            "'=2+3 convention",
            "Site du Gouvernement",
            "attendue",
            acte.uid,
        )

    def test_a_spreadsheet_of_more_acts_than_are_asked_at_once(
        self, editeur: Client, acte: ActePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lignes, "LOT", 2)
        titres = {publish_acte(titre=f"Convention {rang}", nor=f"MENA260010{rang}X").titre for rang in range(5)}
        export = editeur.get(f"{TABLEAU}export.csv?canal=gouvernement&vue=toutes").content.decode("utf-8-sig")
        assert titres <= {ligne["acte"] for ligne in csv.DictReader(StringIO(export), delimiter=";")}

    def test_the_freshness_of_each_listing_is_said(self, editeur: Client, acte: ActePage) -> None:
        blocage = ListeBloquee(Blocage.INTERDIT, "Le site refuse la lecture.")
        moment = datetime(2026, 3, 3, 9, 30, tzinfo=timezone.get_current_timezone())
        actions.record_blocage("bo_education", Canal.BULLETIN_OFFICIEL, "v", moment, blocage, entiere=False)
        texte = texte_of(editeur, TABLEAU)
        assert "Bloquée (403). Le site refuse la lecture." in texte
        assert "dila_jorf" in texte


class TestWho:
    def test_an_editor_sees_the_acts_of_his_ministere_alone(self, of_ministere: Client, acte: ActePage) -> None:
        ailleurs = login_to(another_ministere(), "ailleurs")
        pk = publication_of(acte).pk
        assert pk in ids_of(of_ministere)
        assert ids_of(ailleurs) == set()
        assert ailleurs.get(f"{TABLEAU}{pk}/").status_code == 404
        assert ailleurs.post(f"{TABLEAU}{pk}/transmettre/").status_code == 404
        assert "Convention" not in ailleurs.get(f"{TABLEAU}export.csv?vue=toutes").content.decode()

    def test_he_judges_what_is_of_his_acts_or_of_none(self, of_ministere: Client, acte: ActePage) -> None:
        ailleurs = login_to(another_ministere(), "ailleurs")
        ecart = keep(acte)
        adresse = f"{TABLEAU}ecarts/{ecart.pk}/"
        assert (of_ministere.get(adresse).status_code, ailleurs.get(adresse).status_code) == (200, 404)
        assert ailleurs.post(f"{adresse}juger/", {"jugement": "ecarter", "motif": "Non"}).status_code == 404
        EcartOuvert.objects.update(uid="")
        assert ailleurs.get(adresse).status_code == 200
        ailleurs.post(f"{adresse}juger/", {"jugement": "corriger", "uid": acte.uid})
        assert publication_of(acte).etat == "attendue"

    def test_nobody_else_comes_in(self, client: Client, acte: ActePage) -> None:
        assert client.get(TABLEAU).status_code == 302
        user = User.objects.create_user("sans droits")
        user.user_permissions.add(*permissions_of_admin())
        client.force_login(user)
        assert client.get(TABLEAU).status_code in (302, 403)
        assert "Publications : ce qui vous attend" not in client.get("/admin/").content.decode()


@pytest.mark.usefixtures("site")
class TestSending:
    def test_one_click_asks_for_those_ticked(self, editeur: Client, acte: ActePage, site: Site) -> None:
        pk = publication_of(acte).pk
        response = editeur.post(f"{TABLEAU}transmettre/?vue=dues&canal=gouvernement", {"publication": [pk]})
        assert response["Location"] == f"{TABLEAU}?vue=dues&canal=gouvernement"
        assert "1 envoi demandé." in texte_of(editeur, TABLEAU)
        transmit_due()
        assert len(site.recus) == 1

    def test_what_the_portal_cannot_send_is_said(self, editeur: Client, acte: ActePage, site: Site) -> None:
        site.obstacle = "Aucun correspondant ne reçoit ce dossier : ajoutez-le."
        editeur.post(f"{TABLEAU}transmettre/", {"publication": [publication_of(acte).pk, "x", "9" * 30]})
        assert site.obstacle in texte_of(editeur, TABLEAU)
        assert not Transmission.objects.exists()

    def test_the_dossier_may_be_downloaded_and_sent_by_hand(self, editeur: Client, acte: ActePage) -> None:
        pk = publication_of(acte).pk
        zip_file = ZipFile(BytesIO(editeur.get(f"{TABLEAU}{pk}/dossier.zip").content))
        assert zip_file.namelist() == ["dossier/lisez-moi.txt", "dossier/a.txt"]
        assert editeur.post(f"{TABLEAU}{pk}/transmise/", {"motif": ""}).status_code == 400
        editeur.post(f"{TABLEAU}{pk}/transmise/", {"motif": "Courrier du 3 mars."})
        publication = publication_of(acte)
        assert publication.etat == "transmise"
        assert len(publication.empreinte) == 64
        assert "Transmise à la main : Courrier du 3 mars. (admin)" in texte_of(editeur, f"{TABLEAU}{pk}/")

    def test_a_failed_sending_is_shown_and_sent_again(self, editeur: Client, acte: ActePage, site: Site) -> None:
        pk = publication_of(acte).pk
        site.obstacle = "La clé est expirée."
        actions.request(publication_of(acte), timezone.now())
        transmit_due()
        assert ids_of(editeur, f"{TABLEAU}?vue=echecs") == {pk}
        assert "Envoi échoué : La clé est expirée." in texte_of(editeur, TABLEAU)
        site.obstacle = ""
        editeur.post(f"{TABLEAU}{pk}/transmettre/")
        transmit_due()
        assert publication_of(acte).etat == "transmise"
        assert ids_of(editeur, f"{TABLEAU}?vue=echecs") == set()


class TestCorrecting:
    def test_the_sheet_tells_the_whole_story(self, editeur: Client, acte: ActePage) -> None:
        pk = publication_of(acte).pk
        editeur.post(f"{TABLEAU}{pk}/echeance/", {"echeance": "2026-12-31"})
        vue = {"url": "https://exemple.fr/acte", "nor": "MENA2600001X", "date_publication": "2026-03-04"}
        editeur.post(f"{TABLEAU}{pk}/vue/", vue)
        publication = publication_of(acte)
        assert (publication.etat, publication.url, publication.date_publication, publication.echeance) == (
            "publiee",
            "https://exemple.fr/acte",
            date(2026, 3, 4),
            date(2026, 12, 31),
        )
        texte = texte_of(editeur, f"{TABLEAU}{pk}/")
        assert "attendue → publiée. Vue par un éditeur à l&#x27;adresse https://exemple.fr/acte. (admin)" in texte
        assert "Échéance au 31/12/2026 au lieu du" in texte

    def test_an_address_that_is_none_is_refused_and_nothing_is_lost(self, editeur: Client, acte: ActePage) -> None:
        pk = publication_of(acte).pk
        for url in ("javascript:alert(1)", "pas une adresse"):
            response = editeur.post(f"{TABLEAU}{pk}/vue/", {"url": url, "nor": "MENA2600001X"})
            assert response.status_code == 400
            assert "MENA2600001X" in response.content.decode()
        assert publication_of(acte).etat == "attendue"

    def test_what_is_no_more_expected_has_a_reason_and_stays_so(self, editeur: Client, acte: ActePage) -> None:
        pk = publication_of(acte).pk
        editeur.post(f"{TABLEAU}{pk}/abandonner/", {"motif": "Le site n'existe plus."})
        assert publication_of(acte).etat == "retiree"
        acte.titre = "Convention corrigée"
        acte.save_revision().publish()
        assert publication_of(acte).etat == "retiree"
        editeur.post(f"{TABLEAU}{publication_of(acte, 'data_gouv').pk}/demander/", {"canal": "gouvernement"})
        assert publication_of(acte).etat == "attendue"

    def test_another_channel_may_be_asked_for(self, editeur: Client, acte: ActePage) -> None:
        editeur.post(f"{TABLEAU}{publication_of(acte).pk}/demander/", {"canal": "jorf"})
        jorf = publication_of(acte, "jorf")
        assert (jorf.etat, jorf.prevue, jorf.voulue) == ("attendue", False, True)
        acte.save_revision().publish()
        assert publication_of(acte, "jorf").etat == "attendue"

    def test_differences_are_shown_and_admitted_with_a_reason(self, editeur: Client, acte: ActePage) -> None:
        vue = Ecart(Etat.MODIFIE, "même NOR", 100, DOUTEUX, acte.uid, divergences=("signé le 3 mars là", "NOR A là"))
        for _ in range(2):
            actions.record_visit("g", Canal.GOUVERNEMENT, "v", timezone.now(), [vue], {}, entiere=False)
        publication = publication_of(acte)
        assert (publication.etat, publication.mouvements.count()) == ("divergente", 1)
        assert publication.mouvements.get().motif.endswith("Signé le 3 mars là ; NOR A là.")
        assert "signé le 3 mars là" in texte_of(editeur, f"{TABLEAU}?vue=divergentes")
        editeur.post(f"{TABLEAU}{publication.pk}/admettre/", {"motif": "Erreur du site."})
        actions.record_visit("g", Canal.GOUVERNEMENT, "v", timezone.now(), [vue], {}, entiere=False)
        assert publication_of(acte).etat == "publiee"

    def test_an_unknown_gesture_is_not_found(self, editeur: Client, acte: ActePage) -> None:
        assert editeur.post(f"{TABLEAU}{publication_of(acte).pk}/effacer/").status_code == 404
        assert editeur.get(f"{TABLEAU}{publication_of(acte).pk}/transmettre/").status_code == 405


class TestJudging:
    def test_the_entry_is_shown_beside_the_act(self, editeur: Client, acte: ActePage) -> None:
        acte.date_signature = date(2026, 2, 2)
        acte.save_revision().publish()
        ecart = keep(acte)
        assert f'id="ecart-{ecart.pk}"' in editeur.get(f"{TABLEAU}ecarts/").content.decode()
        texte = texte_of(editeur, f"{TABLEAU}ecarts/{ecart.pk}/")
        assert "Signé le diffère 5 janvier 2026 2 février 2026" in texte
        assert "NOR non précisé MENA2600001X" in texte

    def test_accepted_it_is_published(self, editeur: Client, acte: ActePage) -> None:
        ecart = keep(acte)
        editeur.post(f"{TABLEAU}ecarts/{ecart.pk}/juger/", {"jugement": "accepter"})
        publication = publication_of(acte)
        assert (publication.etat, publication.url) == ("publiee", DOUTEUX.url)
        assert publication.mouvements.get().auteur.username == "admin"
        assert not EcartOuvert.objects.exists()

    def test_corrected_it_is_another_act(self, editeur: Client, acte: ActePage) -> None:
        autre = publish_acte(titre="Convention pour l'aviation civile", nor="MENA2600009X")
        ecart = keep(acte)
        adresse = f"{TABLEAU}ecarts/{ecart.pk}/"
        assert f'value="{autre.uid}"' in editeur.get(f"{adresse}?q=aviation convention").content.decode()
        editeur.post(f"{adresse}juger/", {"jugement": "corriger", "uid": autre.uid})
        assert (publication_of(autre).etat, publication_of(acte).etat) == ("publiee", "attendue")

    def test_set_aside_it_does_not_come_back_unless_it_changes(self, editeur: Client, acte: ActePage) -> None:
        ecart = keep(acte)
        editeur.post(f"{TABLEAU}ecarts/{ecart.pk}/juger/", {"jugement": "ecarter", "motif": ""})
        assert EcartOuvert.objects.get().rejet == ""
        editeur.post(f"{TABLEAU}ecarts/{ecart.pk}/juger/", {"jugement": "ecarter", "motif": "Un autre acte."})
        assert keep(acte).rejet == "Un autre acte."
        assert f'id="ecart-{ecart.pk}"' not in editeur.get(f"{TABLEAU}ecarts/").content.decode()
        assert "Un autre acte." in texte_of(editeur, f"{TABLEAU}ecarts/?vue=rejetes")
        assert keep(None, Etat.NOUVEAU).rejet == ""

    def test_a_doubtful_absence_is_confirmed(self, editeur: Client, acte: ActePage) -> None:
        Publication.objects.filter(pk=publication_of(acte).pk).update(etat="publiee")
        ecart = keep(acte, Etat.ABSENT, None)
        assert "Il n’y est plus" in texte_of(editeur, f"{TABLEAU}ecarts/{ecart.pk}/")
        editeur.post(f"{TABLEAU}ecarts/{ecart.pk}/juger/", {"jugement": "accepter"})
        assert publication_of(acte).etat == "absente"

    def test_an_entry_that_is_no_act_cannot_be_accepted(self, editeur: Client, acte: ActePage) -> None:
        ecart = keep(None, Etat.NOUVEAU)
        editeur.post(f"{TABLEAU}ecarts/{ecart.pk}/juger/", {"jugement": "accepter"})
        assert "choisissez-en un" in texte_of(editeur, f"{TABLEAU}ecarts/{ecart.pk}/")
        assert EcartOuvert.objects.exists()

    def test_a_draft_that_was_made_of_an_entry_is_named(self, editeur: Client, acte: ActePage, draft: ActePage) -> None:
        ecart = keep(None, Etat.NOUVEAU)
        actions.record_draft(ecart.pk, draft.uid)
        assert f"/admin/pages/{draft.pk}/edit/" in editeur.get(f"{TABLEAU}ecarts/?vue=brouillons").content.decode()
        assert f'id="ecart-{ecart.pk}"' not in editeur.get(f"{TABLEAU}ecarts/").content.decode()


class TestTold:
    def test_the_first_screen_says_what_waits(self, editeur: Client, acte: ActePage) -> None:
        keep(acte)
        texte = texte_of(editeur, "/admin/")
        assert "Publications : ce qui vous attend" in texte
        assert "publications à transmettre" in texte
        assert "1 écart à juger" in texte

    def test_each_editor_gets_his_own_by_mail_and_none_where_all_is_well(
        self, of_ministere: Client, acte: ActePage
    ) -> None:
        login_to(another_ministere(), "ailleurs")
        call_command("send_rappels", stdout=StringIO())
        (message,) = mail.outbox
        assert message.to == ["ici@exemple.fr"]
        assert "publications à transmettre" in message.body
        assert f"http://127.0.0.1:8000{TABLEAU}?vue=dues" in message.body
        Publication.objects.update(etat="publiee")
        mail.outbox.clear()
        call_command("send_rappels", stdout=StringIO())
        assert mail.outbox == []

    def test_a_withdrawn_act_asks_for_nothing(self, editeur: Client, acte: ActePage) -> None:
        pages.withdraw_page(acte, motif="Erreur")
        Publication.objects.filter(uid=acte.uid).update(etat="retiree")
        assert ids_of(editeur) == set()
        assert editeur.get(f"{TABLEAU}{publication_of(acte).pk}/").status_code == 200
