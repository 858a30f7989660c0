"""Files are dropped on the table, seen by whom they may be, read again, taken off."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import default_task_backend
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from importers.table import actions, views
from importers.table.droits import depots_seen_by
from importers.table.models import Depot, Etat
from portal.conventions import actions as conventions
from portal.conventions.models import MinisterePage, Original
from tests.importers.table.conftest import CONVENTION, client_of, make_editor, status_of

TABLE = "/admin/table-de-lecture/"


def file(nom: str = "acte.txt", contenu: bytes = b"Un acte.") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu)


def drop(client: Client, *files: SimpleUploadedFile, **headers: str) -> LexborHTMLParser:
    response = client.post(TABLE, {"fichiers": list(files)}, follow=True, headers=headers)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


class TestRights:
    def test_a_stranger_is_sent_to_the_login(self, portail: None, client: Client) -> None:
        assert client.get(TABLE).url.startswith("/admin/login/")
        assert client.post(TABLE, {"fichiers": [file()]}).url.startswith("/admin/login/")
        assert not Depot.objects.exists()

    @pytest.mark.parametrize("path", ["", "depots/", "1/", "1/original/"])
    def test_who_may_add_no_convention_sees_nothing(self, portail: None, path: str) -> None:
        client = client_of(make_editor("lecteur"))
        assert client.get(TABLE + path).status_code in (302, 403)
        assert "Table de lecture" not in client.get("/admin/").content.decode()

    def test_who_may_add_no_convention_drops_nothing(self, portail: None) -> None:
        client_of(make_editor("lecteur")).post(TABLE, {"fichiers": [file()]})
        assert not Depot.objects.exists()

    def test_an_editor_finds_it_in_the_menu(self, editeur: User) -> None:
        assert TABLE in client_of(editeur).get("/admin/").content.decode()

    def test_an_editor_of_the_whole_tree_needs_no_ministere_yet(self, portail: None) -> None:
        editor = make_editor("centrale", Page.objects.get(slug="conventions"))
        assert client_of(editor).get(TABLE).status_code == 200

    def test_a_form_from_elsewhere_is_refused(self, editeur: User, poser: Callable[..., Depot]) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(editeur)
        depot = poser(editeur)
        for path in ("", f"{depot.pk}/", f"{depot.pk}/retirer/", f"{depot.pk}/relire/"):
            assert client.post(TABLE + path, {"fichiers": [file()]}).status_code == 403
        assert Depot.objects.count() == 1


class TestSight:
    @pytest.fixture
    def depot(self, editeur: User, poser: Callable[..., Depot]) -> Depot:
        return poser(editeur)

    def paths(self, depot: Depot) -> list[str]:
        return [f"{TABLE}{depot.pk}/", f"{TABLE}{depot.pk}/original/"]

    def test_another_ministere_sees_nothing_of_it(self, depot: Depot, premier_ministre: MinisterePage) -> None:
        client = client_of(make_editor("autre", premier_ministre))
        assert [status_of(client, path) for path in self.paths(depot)] == [404, 404]
        assert client.post(f"{TABLE}{depot.pk}/", {"devenir": "nouvelle"}).status_code == 404
        assert client.post(f"{TABLE}{depot.pk}/retirer/").status_code == 404
        assert client.post(f"{TABLE}{depot.pk}/relire/").status_code == 404
        assert depot.titre not in client.get(TABLE).content.decode()
        assert Depot.objects.get().page is None

    def test_the_same_rights_see_it(self, depot: Depot, education: MinisterePage) -> None:
        client = client_of(make_editor("collegue", education))
        assert [status_of(client, path) for path in self.paths(depot)] == [200, 200]

    def test_more_rights_see_it_and_not_the_reverse(
        self, depot: Depot, education: MinisterePage, premier_ministre: MinisterePage, poser: Callable[..., Depot]
    ) -> None:
        both = make_editor("deux", education, premier_ministre)
        assert client_of(both).get(self.paths(depot)[0]).status_code == 200
        theirs = poser(both, nom="autre.txt")
        assert client_of(depot.auteur).get(self.paths(theirs)[0]).status_code == 404

    def test_what_a_superuser_drops_is_not_for_editors(
        self, editeur: User, admin_user: User, poser: Callable[..., Depot]
    ) -> None:
        theirs = poser(admin_user)
        assert client_of(editeur).get(self.paths(theirs)[0]).status_code == 404
        assert client_of(admin_user).get(self.paths(theirs)[0]).status_code == 200

    def test_the_rights_of_a_group_are_asked_for_once(
        self, depot: Depot, education: MinisterePage, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        reader = make_editor("lecteur", education)
        with CaptureQueriesContext(connection) as alone:
            assert list(depots_seen_by(User.objects.get(pk=reader.pk))) == [depot]
        for rang in range(5):
            colleague = User.objects.create_user(f"collegue {rang}")
            colleague.groups.set(depot.auteur.groups.all())
            Depot.objects.create(nom="acte.txt", auteur=colleague)
        with django_assert_num_queries(len(alone)):
            assert len(depots_seen_by(User.objects.get(pk=reader.pk))) == 6

    def test_who_lost_his_rights_shows_nothing_to_others(self, depot: Depot, education: MinisterePage) -> None:
        colleague = make_editor("collegue", education)
        depot.auteur.groups.clear()
        assert client_of(colleague).get(self.paths(depot)[0]).status_code == 404


class TestReception:
    def test_each_file_waits_to_be_read_after_the_commit(
        self, editeur: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        default_task_backend.clear()
        with django_capture_on_commit_callbacks(execute=True):
            page = drop(client_of(editeur), file("un.txt"), file("deux.txt", b"Un autre acte."))
        waiting = list(Depot.objects.all())
        assert [(depot.nom, depot.etat) for depot in waiting] == [("un.txt", "en_attente"), ("deux.txt", "en_attente")]
        enqueued = [result.args[0] for result in default_task_backend.results if result.task.name == "read_depot"]
        assert enqueued == [depot.pk for depot in waiting]
        assert page.css_first("[data-suivi]").text() == "2 fichiers : 2 en attente."
        assert page.css_first("[data-en-cours]") is not None

    @pytest.mark.parametrize(
        ("nom", "contenu", "words"),
        [
            ("photo.jpg", b"x", "« .jpg » n'est pas lu"),
            ("sans_extension", b"x", "« sans extension » n'est pas lu"),
            ("vide.txt", b"", "vide"),
            ("acte.txt.exe", b"x", "« .exe »"),
        ],
    )
    def test_what_cannot_be_read_is_refused_and_not_kept(
        self, editeur: User, nom: str, contenu: bytes, words: str
    ) -> None:
        page = drop(client_of(editeur), file(nom, contenu))
        assert words in page.css_first(".table-liste__refus").text()
        assert not Original.objects.exists()

    def test_a_file_too_large_is_refused_and_not_kept(self, editeur: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "SIZE_LIMIT", 3_000_000)
        page = drop(client_of(editeur), file("gros.txt", b"x" * 3_000_001))
        assert "dépasse 3 Mo" in page.css_first(".table-liste__refus").text()
        assert not Original.objects.exists()

    @pytest.mark.parametrize(("count", "words"), [(0, "au moins un fichier"), (51, "51 fichiers en une fois")])
    def test_too_many_files_or_none_are_refused_together(self, editeur: User, count: int, words: str) -> None:
        page = drop(client_of(editeur), *(file(f"{rang}.txt", b"%d" % rang) for rang in range(count)))
        assert words in page.css_first(".messages").text()
        assert not Depot.objects.exists()
        assert views.NUMBER_LIMIT == 50

    def test_the_same_file_dropped_again_is_not_put_twice(self, editeur: User) -> None:
        drop(client_of(editeur), file())
        page = drop(client_of(editeur), file("copie.txt"))
        assert "déjà sur la table" in page.css_first(".messages").text()
        assert Depot.objects.count() == 1

    def test_a_file_that_a_page_holds_is_told_at_once(self, editeur: User, poser: Callable[..., Depot]) -> None:
        lu = poser(editeur)
        conventions.import_lecture(lu.read_lecture(), contenu=CONVENTION.encode())
        lu.delete()
        page = drop(client_of(editeur), file("autre nom.txt", CONVENTION.encode()))
        assert "Déjà présent : même fichier" in page.css_first(".table-liste__doublon").text()

    def test_a_script_is_told_in_json(self, editeur: User) -> None:
        response = client_of(editeur).post(TABLE, {"fichiers": [file()]}, headers={"Accept": "application/json"})
        assert response.json() == {"depots": [Depot.objects.get().pk], "messages": []}

    def test_a_name_of_a_file_is_never_markup(self, editeur: User) -> None:
        page = drop(client_of(editeur), file("<img src=x onerror=alert(1)>.txt"))
        assert not page.css("main img[src=x]")
        assert "<img src=x" in page.css_first(".table-liste th[scope=row]").text()


class TestList:
    def test_the_fragment_is_the_list_alone(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(editeur)
        html = client_of(editeur).get(f"{TABLE}depots/").content.decode()
        assert "<html" not in html
        assert depot.titre in LexborHTMLParser(html).text()
        assert "data-en-cours" not in html

    def test_a_file_is_taken_off(self, editeur: User, poser: Callable[..., Depot]) -> None:
        depot = poser(editeur)
        client_of(editeur).post(f"{TABLE}{depot.pk}/retirer/")
        assert not Depot.objects.exists()

    @pytest.mark.parametrize("path", ["retirer", "relire"])
    def test_a_link_changes_nothing(self, editeur: User, poser: Callable[..., Depot], path: str) -> None:
        depot = poser(editeur)
        assert client_of(editeur).get(f"{TABLE}{depot.pk}/{path}/").status_code == 405
        assert Depot.objects.get().etat == Etat.LU

    @pytest.mark.parametrize(
        ("etat", "minutes", "again"),
        [
            (Etat.REFUSE, 0, True),
            (Etat.LU, 0, True),
            (Etat.EN_ATTENTE, 1, False),
            (Etat.EN_ATTENTE, 3, True),
            (Etat.EN_LECTURE, 14, False),
            (Etat.EN_LECTURE, 16, True),
        ],
    )
    def test_a_reading_that_stopped_is_begun_again(
        self, editeur: User, poser: Callable[..., Depot], etat: Etat, minutes: int, again: bool
    ) -> None:
        then = timezone.now() - timedelta(minutes=minutes)
        depot = poser(editeur)
        Depot.objects.update(etat=etat, moment=then, debut_lecture=then)
        client_of(editeur).post(f"{TABLE}{depot.pk}/relire/")
        depot.refresh_from_db()
        assert (depot.etat == Etat.EN_ATTENTE and depot.debut_lecture is None) is again

    def test_a_file_refused_before_it_was_kept_cannot_be_read_again(self, editeur: User) -> None:
        page = drop(client_of(editeur), file("photo.jpg"))
        assert "Relire" not in page.css_first(".table-liste").text()
