"""The public copy of a file prints what the file prints, and tells nothing of who wrote it."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from importers.documents.copies import scrub
from importers.documents.copies.images import clean_image
from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from tests.importers.fabrique import docx, metadonnees, odt, pdf
from tests.importers.fabrique.metadonnees import AUTEUR, VISIBLE, gif, jpeg, png

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
ACTE = (EXAMPLES / "convention_menj_dinum_2024.txt").read_text(encoding="utf-8")
ECRITURES = [mot.encode(code) for mot in AUTEUR.split() for code in ("utf-8", "utf-16-le", "utf-16-be")]
TELLING: list[tuple[str, Callable[[], bytes]]] = [
    (".docx", metadonnees.word),
    (".docx", lambda: metadonnees.word(png())),
    (".docx", lambda: metadonnees.word(jpeg(), "jpg")),
    (".odt", metadonnees.libre),
    (".odt", lambda: metadonnees.libre(png())),
    (".odt", lambda: metadonnees.libre(jpeg(), "jpg")),
    (".pdf", metadonnees.document_pdf),
]
SHAPES = [
    *((".docx", docx.make, maniere) for maniere in docx.MANIERES),
    *((".odt", odt.make, maniere) for maniere in odt.MANIERES),
    *((".pdf", pdf.make, maniere) for maniere in pdf.MANIERES),
]


def copy_of(contenu: bytes, extension: str) -> bytes:
    copie = scrub(contenu, extension)
    assert copie is not None
    return copie


def layers(contenu: bytes) -> Iterator[bytes]:
    """The bytes of a file, those of its members with their names, those of its objects and streams."""
    yield contenu
    if contenu.startswith(b"PK"):
        with ZipFile(BytesIO(contenu)) as archive:
            for nom in archive.namelist():
                yield from (nom.encode(), archive.read(nom))
    if contenu.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(contenu)) as document:
            for objet in document.objects:
                yield objet.unparse()
                if isinstance(objet, pikepdf.Stream):
                    yield objet.read_raw_bytes()
                    yield read_stream(objet)


def read_stream(flux: pikepdf.Stream) -> bytes:
    try:
        return flux.read_bytes()
    except pikepdf.PdfError:  # a picture: it is looked into as it is
        return b""


def names_author(contenu: bytes) -> bool:
    return any(mot in couche for couche in layers(contenu) for mot in ECRITURES)


@pytest.mark.parametrize(("extension", "make"), TELLING)
def test_nobody_is_named_in_the_copy(extension: str, make: Callable[[], bytes]) -> None:
    contenu = make()
    assert names_author(contenu)
    copie = copy_of(contenu, extension)
    assert not names_author(copie)
    assert VISIBLE in FORMATS[extension](copie).texte


@pytest.mark.parametrize(("extension", "make", "maniere"), SHAPES)
def test_the_copy_is_read_as_the_file_was(extension: str, make: Callable[[str, str], bytes], maniere: str) -> None:
    contenu = make(ACTE, maniere)
    copie = copy_of(contenu, extension)
    assert FORMATS[extension](copie).texte == FORMATS[extension](contenu).texte
    assert copy_of(copie, extension) == copie


@pytest.mark.parametrize(("extension", "make"), TELLING)
def test_nothing_is_left_to_warn_of_but_pictures(extension: str, make: Callable[[], bytes]) -> None:
    remarques = FORMATS[extension](copy_of(make(), extension)).remarques
    assert [remarque for remarque in remarques if "image" not in remarque] == []


def test_changes_are_accepted_and_fields_stay_as_printed() -> None:
    texte = FORMATS[".docx"](copy_of(metadonnees.word(), ".docx")).texte
    for phrase in ("Avant inséré après.", "Suite.", "Deux en un.", "Champ figé.", "Contrôle.", "Lien.", "Case."):
        assert phrase in texte
    with ZipFile(BytesIO(copy_of(metadonnees.word(), ".docx"))) as archive:
        parts = {nom: archive.read(nom) for nom in archive.namelist()}
    assert not {nom for nom in parts if "docProps" in nom or "customXml" in nom or "vba" in nom}
    assert any(b"evenAndOddHeaders" in part for part in parts.values())
    assert b"w:ins" not in parts["word/document.xml"]


def test_a_libreoffice_field_stays_as_printed() -> None:
    copie = copy_of(metadonnees.libre(), ".odt")
    assert "Avant après signature." in FORMATS[".odt"](copie).texte
    with ZipFile(BytesIO(copie)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert set(archive.namelist()) == {
            "mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "settings.xml"
        }  # fmt: skip
        assert b"AddParaTableSpacing" in archive.read("settings.xml")


def render(contenu: bytes) -> list[Image.Image]:
    with pdfium.PdfDocument(contenu) as document:
        document.init_forms()
        return [page.render(scale=1).to_pil() for page in document]


@pytest.mark.parametrize("contenu", [metadonnees.document_pdf(), pdf.make(ACTE, "bulletin"), pdf.make(ACTE)])
def test_the_pages_of_a_pdf_look_the_same(contenu: bytes) -> None:
    before, after = render(contenu), render(copy_of(contenu, ".pdf"))
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert ImageChops.difference(old, new).getbbox() is None


def test_a_pdf_keeps_its_public_links_and_does_nothing_by_itself() -> None:
    with pikepdf.open(BytesIO(copy_of(metadonnees.document_pdf(), ".pdf"))) as document:
        actions = [annotation.get("/A") for annotation in document.pages[0].obj.Annots]
        assert [str(action.URI) for action in actions if action is not None] == ["https://www.example.org/"]
        assert not {"/OpenAction", "/AcroForm", "/Metadata", "/AA"} & set(document.Root.keys())
        assert "/Info" not in document.trailer
        assert "/JavaScript" not in document.Root.get("/Names", {})


def test_what_a_correction_covered_is_gone() -> None:
    tampon = BytesIO()
    with pikepdf.open(BytesIO(pdf.make(ACTE))) as document:
        document.Root.Reviseur = pikepdf.String(AUTEUR)
        document.save(tampon, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert names_author(tampon.getvalue())
    assert not names_author(copy_of(tampon.getvalue(), ".pdf"))


def test_a_value_that_is_typed_but_not_drawn_has_no_copy() -> None:
    tampon = BytesIO()
    with pikepdf.open(BytesIO(pdf.make(ACTE))) as document:
        champ = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            Rect=[10, 10, 90, 30],
            V=pikepdf.String("120 000 €"),
        )
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(champ)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=document.pages[0].obj.Annots)
        document.save(tampon)
    assert scrub(tampon.getvalue(), ".pdf") is None


@pytest.mark.parametrize("sens", [1, 6])
def test_a_photograph_keeps_its_points_and_its_way_up(sens: int) -> None:
    propre = clean_image(jpeg(sens))
    assert propre is not None
    assert not names_author(propre)
    with Image.open(BytesIO(propre)) as after, Image.open(BytesIO(jpeg(sens))) as before:
        assert after.getexif().get(0x0112, 1) == sens
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("make", [png, gif])
def test_a_picture_keeps_its_points(make: Callable[[], bytes]) -> None:
    propre = clean_image(make())
    assert propre is not None
    assert not names_author(propre)
    assert len(propre) < len(make())
    with Image.open(BytesIO(propre)) as after, Image.open(BytesIO(make())) as before:
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()


@pytest.mark.parametrize("contenu", [b"", b"\xff\xd8\xff", png()[:20], jpeg()[:30], gif()[:15], b"<svg/>", b"II*\0"])
def test_a_picture_that_is_broken_or_unknown_has_no_copy(contenu: bytes) -> None:
    assert clean_image(contenu) is None


@pytest.mark.parametrize(("extension", "make"), [(".docx", metadonnees.word), (".odt", metadonnees.libre)])
def test_a_document_with_a_picture_of_an_unknown_kind_has_no_copy(
    extension: str, make: Callable[[bytes, str], bytes]
) -> None:
    assert scrub(make(b"II*\0" + AUTEUR.encode(), "tiff"), extension) is None


@pytest.mark.parametrize("extension", [".html", ".htm", ".doc"])
def test_a_format_without_a_safe_copy_has_none(extension: str) -> None:
    assert scrub(b"<p>Convention</p>", extension) is None


def test_a_text_is_its_own_copy() -> None:
    assert scrub(ACTE.encode("cp1252", "replace"), ".TXT") == ACTE.encode("cp1252", "replace")


@pytest.mark.parametrize("extension", [".docx", ".odt", ".pdf"])
@pytest.mark.parametrize("contenu", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"Un texte."])
def test_what_is_broken_is_refused_in_french(contenu: bytes, extension: str) -> None:
    with pytest.raises(Illisible, match=r"\.$"):
        scrub(contenu, extension)


class TestSandbox:
    def test_a_copy_comes_out_between_two_readings(self) -> None:
        contenu = metadonnees.document_pdf()
        with Sandbox() as sandbox:
            first = sandbox.read(ACTE.encode(), "a.txt")
            copie = sandbox.scrub(contenu, "a.pdf")
            assert sandbox.scrub(b"<p>x</p>", "a.html") is None
            assert sandbox.read(ACTE.encode(), "a.txt") == first
        assert copie == copy_of(contenu, ".pdf")

    def test_what_cannot_be_copied_is_refused_and_the_next_is(self) -> None:
        with Sandbox() as sandbox:
            with pytest.raises(Illisible, match="PDF"):
                sandbox.scrub(b"%PDF-1.7 ...", "a.pdf")
            assert sandbox.scrub(b"Un texte.", "a.txt") == b"Un texte."

    def test_a_copy_that_takes_too_long_is_refused(self) -> None:
        with Sandbox(seconds=0) as sandbox, pytest.raises(Illisible, match="secondes"):
            sandbox.scrub(b"Un texte.", "a.txt")
