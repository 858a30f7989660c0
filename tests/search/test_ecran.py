"""The editors' screen of the search: who sees it, what he changes by it, and what it shows of untrusted texts."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from wagtail.models import GroupPagePermission

from portal.conventions.models import ConventionsIndexPage
from search import wagtail_hooks
from search.models import RechercheVaine, Synonyme

ECRAN = "/admin/recherche/"
PAGE = "/conventions/"

pytestmark = pytest.mark.usefixtures("portail")


@pytest.fixture
def editeur(client: Client) -> Client:
    """Someone who may change the conventions, and is no administrator."""
    groupe = Group.objects.create(name="éditeurs")
    groupe.permissions.add(Permission.objects.get(codename="access_admin"))
    page = ConventionsIndexPage.objects.get()
    GroupPagePermission.objects.create(group=groupe, page=page, permission_type="change")
    user = User.objects.create_user("editeur")
    user.groups.add(groupe)
    client.force_login(user)
    return client


def texte_of(client: Client, adresse: str) -> str:
    response = client.get(adresse)
    assert response.status_code == 200
    return " ".join(unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def keep(texte: str, nombre: int = 3, jours: int = 0) -> RechercheVaine:
    jour = timezone.localdate() - timedelta(days=jours)
    return RechercheVaine.objects.create(
        empreinte=f"{texte}{nombre}"[:64], texte=texte, nombre=nombre, premiere=jour, derniere=jour
    )


def vaines_of(client: Client) -> list[str]:
    tree = HTMLParser(client.get(ECRAN).content.decode())
    return [cell.text() for cell in tree.css(".recherche-vaines th[scope=row]")]


class TestWho:
    @pytest.mark.parametrize("suite", ["", "new/", "results/"])
    def test_a_stranger_is_sent_to_the_login(self, client: Client, suite: str) -> None:
        response = client.get(ECRAN + suite)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")

    def test_who_may_change_no_act_is_refused(self, client: Client) -> None:
        groupe = Synonyme.objects.create(termes="paie\nsalaire")
        user = User.objects.create_user("sans droits")
        user.user_permissions.add(
            Permission.objects.get(codename="access_admin"),
            *Permission.objects.filter(content_type__app_label="search"),
        )
        client.force_login(user)
        for suite in ("", "new/", f"edit/{groupe.pk}/", f"delete/{groupe.pk}/", f"history/{groupe.pk}/"):
            assert client.get(ECRAN + suite).status_code in (302, 403)
        client.post(f"{ECRAN}delete/{groupe.pk}/")
        client.post(f"{ECRAN}new/", {"termes": "un\ndeux"})
        assert Synonyme.objects.filter(termes__in=["paie\nsalaire", "un\ndeux"]).get() == groupe
        assert f'"{ECRAN}"' not in client.get("/admin/").content.decode()

    def test_an_editor_finds_it_in_the_menu(self, editeur: Client) -> None:
        assert f'"{ECRAN}"' in editeur.get("/admin/").content.decode()
        assert "Recherches sans résultat" in texte_of(editeur, ECRAN)

    def test_no_other_right_is_offered(self, admin_client: Client) -> None:
        assert "synonyme" not in texte_of(admin_client, "/admin/groups/new/")


@pytest.mark.usefixtures("own_index", "published")
class TestSynonymes:
    def test_one_that_is_added_is_found_at_once_and_said(self, editeur: Client) -> None:
        assert "Aucune convention publiée" in texte_of(editeur, f"{PAGE}?q=téléréunion")
        response = editeur.post(f"{ECRAN}new/", {"termes": "téléréunion\nvisioconférence", "note": "Même chose."})
        assert response["Location"] == ECRAN
        assert "téléréunion, visioconférence" in texte_of(editeur, ECRAN)
        texte = texte_of(editeur, f"{PAGE}?q=téléréunion")
        assert "« téléréunion » est cherché aussi comme « visioconférence »." in texte
        assert "essai n°" in texte
        assert "Même chose." not in texte

    def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(self, editeur: Client) -> None:
        before = Synonyme.objects.count()
        response = editeur.post(f"{ECRAN}new/", {"termes": "paie", "note": "Une note."})
        texte = unescape(response.content.decode())
        assert "Écrivez au moins deux textes différents de même sens, un par ligne." in texte
        assert "Une note." in texte
        assert Synonyme.objects.count() == before

    def test_one_that_is_removed_is_found_no_more(self, editeur: Client) -> None:
        groupe = Synonyme.objects.create(termes="téléréunion\nvisioconférence")
        assert "essai n°" in texte_of(editeur, f"{PAGE}?q=téléréunion")
        editeur.post(f"{ECRAN}edit/{groupe.pk}/", {"termes": "téléréunion\nréunion à distance", "note": ""})
        assert "essai n°" not in texte_of(editeur, f"{PAGE}?q=téléréunion")
        editeur.post(f"{ECRAN}delete/{groupe.pk}/")
        assert "cherché aussi" not in texte_of(editeur, f"{PAGE}?q=téléréunion")


class TestVaines:
    def test_the_most_frequent_of_a_year_come_first(self, editeur: Client) -> None:
        for texte, nombre, jours in (("rare", 3, 0), ("fréquent", 9, 300), ("ancien", 99, 366), ("", 2, 0)):
            keep(texte, nombre, jours)
        assert vaines_of(editeur) == ["fréquent", "rare"]
        jour = timezone.localdate() - timedelta(days=300)
        assert f"fréquent 9 {jour:%d/%m/%Y} {jour:%d/%m/%Y}" in texte_of(editeur, ECRAN)

    def test_no_more_are_shown_than_can_be_read(self, editeur: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wagtail_hooks, "MOST_SHOWN", 2)
        for nombre in range(3, 7):
            keep(f"mot {nombre}", nombre)
        assert vaines_of(editeur) == ["mot 6", "mot 5"]
        assert "les 2 plus fréquents" in texte_of(editeur, ECRAN)

    def test_each_leads_to_a_new_group_and_to_the_public_search(self, editeur: Client) -> None:
        keep("compte & rendu/à venir")
        html = unescape(editeur.get(ECRAN).content.decode())
        [ajouter] = re.findall(r'href="(/admin/recherche/new/\?termes=[^"]+)"', html)
        [chercher] = re.findall(r'href="(/conventions/\?q=[^"]+)"', html)
        assert "compte &amp; rendu/à venir\n</textarea>" in editeur.get(ajouter).content.decode()
        assert "compte & rendu/à venir" in texte_of(editeur, chercher)

    def test_one_that_is_in_a_group_by_now_leads_to_it(self, editeur: Client) -> None:
        groupe = Synonyme.objects.create(termes="téléréunion\nvisioconférence")
        keep("Téléréunions")
        [lien] = HTMLParser(editeur.get(ECRAN).content.decode()).css(f'.recherche-suites a[href^="{ECRAN}"]')
        assert (lien.text(), lien.attributes["href"]) == ("Modifier son groupe", f"{ECRAN}edit/{groupe.pk}/")

    def test_what_readers_type_is_never_markup(self, editeur: Client) -> None:
        texte = '<script>alert("1")</script>\' onmouseover=x'
        keep(texte)
        html = editeur.get(ECRAN).content.decode()
        assert vaines_of(editeur) == [texte]
        assert "<script>alert" not in html
        form = editeur.get(f"{ECRAN}new/", {"termes": f'{texte}</textarea><img src="x">\x00'}).content.decode()
        assert "<script>alert" not in form
        assert '<img src="x">' not in form
