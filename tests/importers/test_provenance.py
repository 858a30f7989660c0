"""Which documents of a folder are invented, as its `provenance.json` says."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importers.documents.fichiers import find_documents
from importers.documents.illisible import Illisible
from importers.documents.provenance import NAME, Provenance, read_provenance
from portal.conventions.models import ActePage

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
SEED = EXAMPLES / "convention_menj_dinum_2024.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SEED, tmp_path / "a.txt")
    return tmp_path


def test_every_example_says_where_it_comes_from() -> None:
    declared = json.loads((EXAMPLES / NAME).read_text(encoding="utf-8"))
    assert declared.keys() == {path.name for path in find_documents([EXAMPLES])}
    assert [name for name, provenance in declared.items() if provenance == "reel"] == [SEED.name]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (None, Provenance.REEL),
        ('{"autre.txt": "fictif"}', Provenance.REEL),
        ('{"a.txt": "reel"}', Provenance.REEL),
        ('{"a.txt": "fictif"}', Provenance.FICTIF),
    ],
)
def test_a_document_is_real_unless_its_folder_says_otherwise(
    folder: Path, declared: str | None, expected: Provenance
) -> None:
    if declared:
        (folder / NAME).write_text(declared, encoding="utf-8")
    assert read_provenance(folder / "a.txt") is expected


@pytest.mark.parametrize("declared", ["", "[]", '{"a.txt": "peut-être"}', '{"a.txt": ["fictif"]}', "{", "\xe9"])
def test_what_may_be_invented_is_not_imported_as_real(folder: Path, declared: str) -> None:
    (folder / NAME).write_text(declared, encoding="latin-1")
    with pytest.raises(Illisible, match=r"« reel » ou « fictif »"):
        read_provenance(folder / "a.txt")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(folder), dry_run=True, json=True, stdout=out)
    assert json.loads(out.getvalue())["source"] == "a.txt"
    assert "erreur" in json.loads(out.getvalue())


@pytest.mark.django_db
def test_the_import_marks_what_is_invented(folder: Path, portail: None) -> None:
    shutil.copy(EXAMPLES / "jorf_mildeca_2024.txt", folder / "b.txt")
    (folder / NAME).write_text('{"b.txt": "fictif"}', encoding="utf-8")
    call_command("import_documents", str(folder), publish=True, stdout=StringIO(), stderr=StringIO())
    assert dict(ActePage.objects.values_list("original__nom", "fictif")) == {"a.txt": False, "b.txt": True}
