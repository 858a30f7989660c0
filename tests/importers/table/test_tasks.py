import pytest
from django.contrib.auth.models import User
from django.core.files.storage import storages

from importers.documents.copies import scrub
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from importers.table.models import Depot, Etat
from importers.table.tasks import ECHEC, PERDU, read_depot
from portal.conventions import actions, originaux
from portal.domain.convention import Lecture
from tests.importers.fabrique import metadonnees
from tests.importers.table.conftest import CONVENTION, client_of


def waiting(auteur: User, contenu: bytes, nom: str = "acte.txt") -> Depot:
    return Depot.objects.create(original=originaux.keep(contenu, nom), nom=nom, auteur=auteur)


def test_a_file_is_read_with_the_places_of_its_facts(editeur: User) -> None:
    depot = waiting(editeur, CONVENTION.encode())
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    lecture = depot.read_lecture()
    assert (depot.etat, depot.titre, depot.erreurs) == (Etat.LU, lecture.convention.titre, 0)
    lieux = {lieu.champ: lecture.texte[lieu.debut : lieu.fin] for lieu in lecture.lieux}
    assert lieux["date_signature"] == "6 mars 2023"


def test_a_doublon_is_told_with_the_reading(editeur: User) -> None:
    first = waiting(editeur, CONVENTION.encode())
    read_depot.call(first.pk)
    first.refresh_from_db()
    page = actions.create_draft(first.read_lecture().convention)
    second = waiting(editeur, f"{CONVENTION}\n".encode())
    read_depot.call(second.pk)
    second.refresh_from_db()
    assert (second.doublon_id, second.motif_doublon) == (page.pk, "même NOR")


def test_a_file_of_another_format_is_refused_in_a_sentence(editeur: User) -> None:
    depot = waiting(editeur, b"%PDF-1.7 ...")
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    assert depot.etat == Etat.REFUSE
    assert "est en fait un PDF" in depot.refus


def test_a_file_that_the_storage_lost_is_told(editeur: User) -> None:
    depot = waiting(editeur, b"Un acte perdu.")
    storages["originaux"].delete(originaux.path_of(depot.original_id))
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    assert (depot.etat, depot.refus) == (Etat.REFUSE, PERDU)


def test_a_failure_of_the_portal_is_told_and_not_hidden(editeur: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Lecture:
        raise RuntimeError("boum")

    monkeypatch.setattr(Sandbox, "read", fail)
    depot = waiting(editeur, b"Un acte.")
    with pytest.raises(RuntimeError):
        read_depot.call(depot.pk)
    depot.refresh_from_db()
    assert (depot.etat, depot.refus, depot.may_be_read_again) == (Etat.REFUSE, ECHEC, True)


def test_a_task_that_runs_twice_reads_once(editeur: User, monkeypatch: pytest.MonkeyPatch) -> None:
    depot = waiting(editeur, CONVENTION.encode())
    read_depot.call(depot.pk)
    monkeypatch.setattr(Sandbox, "read", None)
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    assert depot.etat == Etat.LU


def test_a_file_taken_off_meanwhile_is_no_failure(editeur: User) -> None:
    read_depot.call(10_000)
    assert not Depot.objects.exists()


def test_the_public_copy_is_made_with_the_reading(editeur: User) -> None:
    contenu = metadonnees.word()
    depot = waiting(editeur, contenu, "acte.docx")
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    with originaux.read_publique(depot.original) as copie, originaux.read(depot.original) as signed:
        assert copie.read() == scrub(contenu, ".docx")
        assert signed.read() == contenu


def test_a_file_without_a_public_copy_is_read_and_the_screen_says_so(
    editeur: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise Illisible("Trop long.")

    monkeypatch.setattr(Sandbox, "scrub", fail)
    depot = waiting(editeur, metadonnees.word(), "acte.docx")
    read_depot.call(depot.pk)
    depot.refresh_from_db()
    assert (depot.etat, depot.original.publique) == (Etat.LU, None)
    assert "Trop long." in caplog.text
    html = client_of(editeur).get(f"/admin/table-de-lecture/{depot.pk}/").content.decode()
    assert "Ce fichier ne sera pas public" in html
