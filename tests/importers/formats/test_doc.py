"""Old Word documents go through LibreOffice where it is, and are refused with what to do where it is not."""

import stat
from pathlib import Path

import pytest

from importers.documents.etiquettes import OLE
from importers.documents.formats.doc import extract
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from tests.importers.fabrique.docx import make

ANCIEN = OLE + b"\0" * 600
ACTE = "Article 1 : Objet\n\nLe délégant confie au délégataire la gestion."


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` alone on the path, to be written by the test."""
    script = tmp_path / "soffice"
    script.touch()
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    return script


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Illisible, match=r"\.docx, ou installez LibreOffice"):
        extract(ANCIEN)


def test_where_no_file_may_be_written_it_says_what_to_do(command: Path) -> None:
    command.write_text("#!/bin/sh\nexit 0\n")
    with Sandbox() as sandbox, pytest.raises(Illisible, match=r"\.docx"):
        sandbox.read(ANCIEN, "acte.doc")


def test_what_libreoffice_made_is_read(command: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(make(ACTE))
    command.write_text(
        f'#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\n/bin/cat "{tmp_path}/made.docx" > "$2/acte.docx"\n'
    )
    assert extract(ANCIEN).texte.startswith("Article 1 : Objet")


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nexit 0\n", "pas un programme"])
def test_a_failure_of_libreoffice_says_what_to_do(command: Path, script: str) -> None:
    command.write_text(script)
    with pytest.raises(Illisible, match="LibreOffice n'a pas pu"):
        extract(ANCIEN)
