import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from portal.conventions import publication
from portal.conventions.models import AvenantPage, ConventionPage, Original
from tests.importers.fabrique import docx, html

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "documents"
SEED = EXAMPLES / "convention_menj_dinum_2024.txt"
LECTURE = EXAMPLES.parent / "lecture"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder with the seed among files that cannot be read."""
    shutil.copy(SEED, tmp_path)
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 30)
    (tmp_path / "latin1.txt").write_bytes(SEED.read_text(encoding="utf-8").encode("cp1252", "replace"))
    (tmp_path / "ligne.txt").write_bytes(b"a" * 20_000_000)
    (tmp_path / "tableau.xlsx").write_bytes(b"PK\x03\x04")
    return tmp_path


def test_each_bad_file_gives_one_clear_line_and_the_others_are_read(bad: Path) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_documents", str(bad), str(bad / "absent.txt"), dry_run=True, json=True, stdout=out)
    assert error.value.returncode == 1
    lines = {item["source"]: item for item in map(json.loads, out.getvalue().splitlines())}
    unread = {source: item["erreur"] for source, item in lines.items() if "erreur" in item}
    assert unread.keys() == {"vide.txt", "image.txt", "ligne.txt", "tableau.xlsx", "absent.txt"}
    assert lines["latin1.txt"]["parties"][0]["representants"][0]["nom"] == "Audran Le Baron"


@pytest.mark.django_db
def test_the_examples_are_imported_published_and_not_again(portail: None) -> None:
    first, second = StringIO(), StringIO()
    call_command("import_documents", str(EXAMPLES), publish=True, stdout=first, stderr=StringIO())
    number = ConventionPage.objects.count()
    call_command("import_documents", str(EXAMPLES), publish=True, stdout=second, stderr=StringIO())
    assert ConventionPage.objects.live().count() >= 5
    assert AvenantPage.objects.live().get().get_parent().specific.date_signature == date(2023, 3, 6)
    assert ConventionPage.objects.count() == number
    assert all("déjà présent" in line for line in second.getvalue().splitlines())


@pytest.mark.django_db
def test_what_a_rule_stops_is_said_and_stays_a_draft(portail: None, tmp_path: Path) -> None:
    texte = (EXAMPLES / "social_dnum_dgcs_2025.txt").read_text(encoding="utf-8")
    (tmp_path / "acte.txt").write_text(
        texte.replace("La DGCS confie à la direction du numérique", "La convention règle"), encoding="utf-8"
    )
    out = StringIO()
    call_command("import_documents", str(tmp_path), publish=True, stdout=out)
    assert "publication refusée (Aucun délégant" in out.getvalue()
    assert not ConventionPage.objects.get().live


def test_a_reading_without_end_is_stopped_and_the_next_one_works() -> None:
    with Sandbox(seconds=0) as hurried, pytest.raises(Illisible, match="dure plus de 0 secondes"):
        hurried.read(SEED.read_bytes(), "a.txt")
    with Sandbox() as sandbox:
        with pytest.raises(Illisible, match="vide"):
            sandbox.read(b" ", "a.txt")
        assert sandbox.read(SEED.read_bytes(), "a.txt").convention.parties


class TestOrder:
    """The avenant of the examples comes after its convention by name: here it comes before."""

    CONVENTION, AVENANT = "armees_dirisi_dinum_2023.txt", "armees_dirisi_dinum_2023_avenant_1.txt"

    def put(self, folder: Path, **names: str) -> None:
        for name, example in names.items():
            shutil.copy(EXAMPLES / example, folder / f"{name}.txt")

    def run(self, folder: Path, publish: bool = True) -> str:
        out = StringIO()
        call_command("import_documents", str(folder), publish=publish, stdout=out)
        return out.getvalue()

    @pytest.mark.parametrize("publish", [True, False])
    def test_an_avenant_that_comes_first_is_put_under_its_convention(
        self, portail: None, tmp_path: Path, publish: bool
    ) -> None:
        self.put(tmp_path, a_avenant=self.AVENANT, b_convention=self.CONVENTION)
        first, second, _bilan = self.run(tmp_path, publish).splitlines()
        assert (first[:16], second[:13]) == ("b_convention.txt", "a_avenant.txt")
        avenant = AvenantPage.objects.get()
        assert avenant.get_parent().specific == ConventionPage.objects.get()
        assert avenant.live == publish

    def test_an_avenant_without_its_convention_is_kept_and_a_later_run_takes_it_again(
        self, portail: None, tmp_path: Path
    ) -> None:
        self.put(tmp_path, a_avenant=self.AVENANT)
        told = self.run(tmp_path)
        assert "sans la convention qu'il modifie : importez-la" in told
        alone = ConventionPage.objects.get()
        assert "déjà présent" in self.run(tmp_path)
        self.put(tmp_path, b_convention=self.CONVENTION)
        assert "déjà présent, mis sous sa convention, publié" in self.run(tmp_path)
        avenant = AvenantPage.objects.get()
        assert (avenant.uid, avenant.live) == (alone.uid, True)
        assert avenant.get_parent().specific == ConventionPage.objects.get()
        assert "mis sous" not in self.run(tmp_path)

    def test_a_dry_run_keeps_the_order_of_the_names(self, tmp_path: Path) -> None:
        self.put(tmp_path, a_avenant=self.AVENANT, b_convention=self.CONVENTION)
        out = StringIO()
        call_command("import_documents", str(tmp_path), dry_run=True, json=True, stdout=out)
        assert [json.loads(line)["source"] for line in out.getvalue().splitlines()] == [
            "a_avenant.txt",
            "b_convention.txt",
        ]


@pytest.mark.django_db
class TestReport:
    def run(self, folder: Path) -> list[str]:
        out = StringIO()
        call_command("import_documents", str(folder), publish=True, stdout=out, stderr=StringIO())
        return out.getvalue().splitlines()

    def test_what_became_of_each_file_is_summed_up(self, portail: None, tmp_path: Path) -> None:
        shutil.copy(SEED, tmp_path)
        assert self.run(tmp_path)[-1] == "Bilan : 1 importé, 0 déjà présent, 0 doublon possible, 0 refusé."
        assert self.run(tmp_path)[-1] == "Bilan : 0 importé, 1 déjà présent, 0 doublon possible, 0 refusé."

    def test_a_file_held_already_is_not_read_again(
        self, portail: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copy(SEED, tmp_path)
        self.run(tmp_path)
        monkeypatch.setattr(Sandbox, "read", lambda *args: pytest.fail("read again"))
        assert self.run(tmp_path)[-1] == "Bilan : 0 importé, 1 déjà présent, 0 doublon possible, 0 refusé."

    def test_what_another_page_seems_to_hold_stays_a_draft_that_says_so(self, portail: None, tmp_path: Path) -> None:
        shutil.copy(SEED, tmp_path)
        self.run(tmp_path)
        (tmp_path / "copie.txt").write_text(SEED.read_text(encoding="utf-8") + "\nCopie conforme.\n", encoding="utf-8")
        assert self.run(tmp_path)[-1] == "Bilan : 0 importé, 1 déjà présent, 1 doublon possible, 0 refusé."
        copy = ConventionPage.objects.live().get().get_siblings(inclusive=False).get().specific
        assert [constat.regle for constat in publication.constats_of(copy) if constat.regle == "N4"] == ["N4"]


@pytest.mark.django_db
def test_what_is_refused_is_counted_and_the_rest_imported(portail: None, bad: Path) -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(bad), stdout=out, stderr=StringIO())
    assert out.getvalue().splitlines()[-1] == "Bilan : 1 importé, 0 déjà présent, 1 doublon possible, 4 refusés."


@pytest.mark.django_db
def test_what_the_public_gets_is_a_copy_and_what_has_none_is_said(portail: None, tmp_path: Path) -> None:
    texte = SEED.read_text(encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(docx.make(texte))
    (tmp_path / "b.html").write_bytes(html.make(texte))
    err = StringIO()
    call_command("import_documents", str(tmp_path), stdout=StringIO(), stderr=err)
    word, web = Original.objects.order_by("nom")
    assert word.publique is not None
    assert word.publique[0] != word.sha256
    assert web.publique is None
    assert err.getvalue().startswith("b.html : le fichier ne sera pas public. ")


@pytest.mark.django_db
def test_a_file_held_without_a_public_copy_gets_one_when_it_is_imported_again(portail: None, tmp_path: Path) -> None:
    shutil.copy(LECTURE / "cour_appel_riom_dirsg_2023.docx", tmp_path)
    call_command("import_documents", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    Original.objects.update(copie="", copie_taille=0)
    call_command("import_documents", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    assert Original.objects.get().publique is not None
