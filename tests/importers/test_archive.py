"""What was fetched is kept as it came, survives a sudden stop, and is not believed where it was changed."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from importers.archive import Archive, ArchiveAbimee
from portal.http.session import Reponse

VISITE = "20261124T093000Z"
REPONSE = Reponse(
    "https://bulletin.test/liste?page=1",
    200,
    {"etag": '"é"', "content-type": "text/html"},
    "Délégation".encode(),
    datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC),
)
SUITE = replace(REPONSE, url="https://bulletin.test/liste?page=2", contenu=b"\r\n\0suite")
INCHANGEE = replace(REPONSE, statut=304, contenu=b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "archive"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return Archive(folder)


def list_contenus(folder: Path) -> list[Path]:
    return [path for path in (folder / "contenus").rglob("*") if path.is_file()]


def find_visite(folder: Path) -> Path:
    return folder / "visites" / "gouvernement" / f"{VISITE}.jsonl"


def test_what_is_kept_is_replayed_in_order(archive: Archive) -> None:
    for reponse in (REPONSE, INCHANGEE, SUITE):
        archive.keep(reponse, "gouvernement", VISITE)
    rejouees = list(archive.replay("gouvernement", VISITE))
    assert rejouees == [REPONSE, INCHANGEE, SUITE]
    assert [reponse.inchangee for reponse in rejouees] == [False, True, False]


def test_the_same_bytes_are_kept_once_under_their_hash(archive: Archive, folder: Path) -> None:
    empreinte = sha256(REPONSE.contenu).hexdigest()
    assert archive.keep(REPONSE, "gouvernement", VISITE) == empreinte
    assert archive.keep(replace(REPONSE, url="https://autre.test/"), "bo_social", VISITE) == empreinte
    assert list_contenus(folder) == [folder / "contenus" / empreinte[:2] / empreinte]


def test_visites_are_listed_for_each_source_the_oldest_first(archive: Archive) -> None:
    for visite in ("20261124T093000Z", "20251124T093000Z"):
        archive.keep(REPONSE, "gouvernement", visite)
    archive.keep(REPONSE, "bo_social", VISITE)
    assert archive.list_visites("gouvernement") == ["20251124T093000Z", "20261124T093000Z"]
    assert archive.list_visites("bo_social") == [VISITE]
    assert archive.list_visites("data_gouv") == []


@pytest.mark.parametrize("reste", [1, 40, -1])
def test_a_line_that_a_sudden_stop_cut_short_is_as_if_it_never_was(archive: Archive, folder: Path, reste: int) -> None:
    archive.keep(REPONSE, "gouvernement", VISITE)
    path = find_visite(folder)
    entiere = path.read_bytes()
    path.write_bytes(entiere + entiere[:reste])
    assert list(archive.replay("gouvernement", VISITE)) == [REPONSE]
    archive.keep(SUITE, "gouvernement", VISITE)
    assert list(archive.replay("gouvernement", VISITE)) == [REPONSE, SUITE]


def test_a_first_line_that_was_cut_short_leaves_an_empty_visite(archive: Archive, folder: Path) -> None:
    archive.keep(REPONSE, "gouvernement", VISITE)
    path = find_visite(folder)
    path.write_bytes(path.read_bytes()[:20])
    assert list(archive.replay("gouvernement", VISITE)) == []
    archive.keep(SUITE, "gouvernement", VISITE)
    assert list(archive.replay("gouvernement", VISITE)) == [SUITE]


@pytest.mark.parametrize("ligne", [b"", b"{}", b"[]", b"null", b'{"moment": "hier"}', b"\xff"])
def test_a_line_that_is_not_ours_is_told_with_its_place(archive: Archive, folder: Path, ligne: bytes) -> None:
    archive.keep(REPONSE, "gouvernement", VISITE)
    with find_visite(folder).open("ab") as fichier:
        fichier.write(ligne + b"\n")
    rejouees = archive.replay("gouvernement", VISITE)
    assert next(rejouees) == REPONSE
    with pytest.raises(ArchiveAbimee, match=rf"\({VISITE}\.jsonl, ligne 2\) : .+\.$"):
        next(rejouees)


def test_a_line_cannot_name_a_file_of_another_place(archive: Archive, folder: Path, tmp_path: Path) -> None:
    archive.keep(REPONSE, "gouvernement", VISITE)
    (tmp_path / "secret").write_bytes(b"secret")
    path = find_visite(folder)
    path.write_text(path.read_text().replace(sha256(REPONSE.contenu).hexdigest(), str(tmp_path / "secret")))
    with pytest.raises(ArchiveAbimee, match="ligne 1"):
        list(archive.replay("gouvernement", VISITE))


def test_bytes_that_were_changed_are_not_believed(archive: Archive, folder: Path) -> None:
    empreinte = archive.keep(REPONSE, "gouvernement", VISITE)
    list_contenus(folder)[0].write_bytes(b"autre chose")
    with pytest.raises(ArchiveAbimee, match=rf"{empreinte} .*abîmée : .+\.$"):
        list(archive.replay("gouvernement", VISITE))


def test_bytes_that_are_lost_are_told(archive: Archive, folder: Path) -> None:
    empreinte = archive.keep(REPONSE, "gouvernement", VISITE)
    list_contenus(folder)[0].unlink()
    with pytest.raises(ArchiveAbimee, match=rf"n'a plus la page {empreinte} : .+\.$"):
        list(archive.replay("gouvernement", VISITE))


def test_bytes_that_come_again_put_right_those_that_were_changed(archive: Archive, folder: Path) -> None:
    archive.keep(REPONSE, "gouvernement", VISITE)
    list_contenus(folder)[0].write_bytes(b"autre chose")
    archive.keep(REPONSE, "gouvernement", VISITE)
    assert list(archive.replay("gouvernement", VISITE)) == [REPONSE, REPONSE]


def test_bytes_that_cannot_be_written_leave_nothing_behind(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.keep(SUITE, "gouvernement", VISITE)
    tenus = list_contenus(folder)

    def fail(*_args: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as plein:
        plein.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="No space"):
            archive.keep(REPONSE, "gouvernement", VISITE)
    assert list_contenus(folder) == tenus
    assert list(archive.replay("gouvernement", VISITE)) == [SUITE]


def test_a_visite_that_is_not_there_is_told(archive: Archive) -> None:
    with pytest.raises(ArchiveAbimee, match=rf"pas de visite « {VISITE} » de « gouvernement » : .+\.$"):
        archive.replay("gouvernement", VISITE)


@pytest.mark.parametrize("source", ["", "..", "a/b", "../a", "/etc", "a.b", "A", "_a", "a\n", "a" * 65, "é"])
def test_a_source_is_named_by_plain_letters(archive: Archive, folder: Path, source: str) -> None:
    with pytest.raises(ValueError, match="nom de l'archive"):
        archive.keep(REPONSE, source, VISITE)
    with pytest.raises(ValueError, match="nom de l'archive"):
        archive.replay(source, VISITE)
    with pytest.raises(ValueError, match="nom de l'archive"):
        archive.list_visites(source)
    assert not folder.exists()


@pytest.mark.parametrize("visite", ["", "..", "../20261124T093000Z", "20261124T093000", "20261124T093000Z\n", "hier"])
def test_a_visite_is_named_by_its_start(archive: Archive, folder: Path, visite: str) -> None:
    with pytest.raises(ValueError, match="nom de l'archive"):
        archive.keep(REPONSE, "gouvernement", visite)
    with pytest.raises(ValueError, match="nom de l'archive"):
        archive.replay("gouvernement", visite)
    assert not folder.exists()


def test_the_tests_have_an_archive_of_their_own() -> None:
    assert not settings.ARCHIVE_DIR.is_relative_to(settings.BASE_DIR)
