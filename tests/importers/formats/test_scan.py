"""Scans: read by OCR where Tesseract is installed; where it is not, the sentence that says how to install it."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from importers.documents.formats import FORMATS, Extrait
from importers.documents.illisible import Illisible
from importers.documents.mise_en_page import Mot, Page
from importers.documents.pdf.images import find_angle, straighten, take_rules
from importers.documents.pdf.numeros import repair_numeros
from importers.documents.pdf.ocr import read_scan
from importers.documents.pdf.tesseract import is_installed
from importers.documents.sandbox import Sandbox
from portal.domain.convention import Qualite
from tests.importers.fabrique import pdf, scan
from tests.importers.fabrique.lecture import TEXTES, score

INSTALL = r"apt install tesseract-ocr tesseract-ocr-fra"
COURTS = [path for path in TEXTES if 1500 < path.stat().st_size < 3000][:2]
ACTE = """\
Article 1er - Objet

Le délégant confie au délégataire la gestion des crédits du programme 214.

Article 2 - Crédits

\tAE\tCP
2024\t120 000 €\t10 000 €
2025\t\t110 000 €
"""


@pytest.fixture
def _hidden(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hide the program, as on a machine where it is not installed."""
    monkeypatch.setenv("PATH", "")
    is_installed.cache_clear()
    yield
    monkeypatch.undo()
    is_installed.cache_clear()


def read(contenu: bytes) -> Extrait:
    return FORMATS[".pdf"](contenu)


def mix(native: bytes, scannee: bytes) -> bytes:
    """A file whose first pages have text and the last are pictures."""
    document, tampon = pikepdf.open(BytesIO(native)), BytesIO()
    document.pages.extend(pikepdf.open(BytesIO(scannee)).pages)
    document.save(tampon)
    return tampon.getvalue()


class TestInstalled:
    """Each holds where Tesseract is; elsewhere the same file is refused."""

    def check(self, contenu: bytes) -> Extrait | None:
        if is_installed():
            return read(contenu)
        with pytest.raises(Illisible, match=INSTALL):
            read(contenu)
        return None

    @pytest.mark.parametrize("scanner", ["bureau", "penche", "renverse"])
    def test_an_act_is_read_with_its_table(self, scanner: str) -> None:
        extrait = self.check(scan.make(pdf.make(ACTE), scan.SCANNERS[scanner]))
        if extrait:
            assert "Article 1er - Objet" in extrait.texte
            assert "2024\t120000€\t10000€\n2025\t\t110000€" in extrait.texte.replace(" ", "")
            assert extrait.qualite is Qualite.OCR
            assert extrait.pages == (0,)
            assert extrait.remarques == ("La page 1 est une image : des signatures manuscrites peuvent s'y voir.",)

    def test_the_facts_of_the_examples_are_read(self) -> None:
        if not is_installed():
            self.check(scan.make(pdf.make(ACTE)))
            return
        total, pertes = score(COURTS, lambda texte: read(scan.make(pdf.make(texte))), tirets=True)
        assert total.rappel >= 0.92, pertes
        assert total.precision >= 0.92, pertes

    def test_the_sandbox_lets_it_read(self) -> None:
        contenu = scan.make(pdf.make(ACTE))
        with Sandbox(seconds=120) as sandbox:
            if is_installed():
                assert sandbox.read(contenu, "scan.pdf").qualite is Qualite.OCR
            else:
                with pytest.raises(Illisible, match=INSTALL):
                    sandbox.read(contenu, "scan.pdf")

    def test_a_blurred_scan_is_refused_rather_than_read_as_noise(self) -> None:
        with pytest.raises(Illisible, match=r"pas assez net .* numérisez l'acte" if is_installed() else INSTALL):
            read(scan.make(pdf.make(ACTE), scan.FLOU))

    def test_a_blurred_page_among_others_is_said_and_the_others_are_read(self) -> None:
        extrait = read(mix(pdf.make("Convention de gestion"), scan.make(pdf.make(ACTE), scan.FLOU)))
        assert extrait.texte == "Convention de gestion"
        assert extrait.qualite is Qualite.SCAN
        remede = "numérisez-les de nouveau" if is_installed() else "installez tesseract-ocr"
        assert f"n'ont pas été lues (2) : {remede}" in extrait.remarques[-1]

    @pytest.mark.skipif("Liberation Serif" not in pdf.POLICES, reason="fonts-liberation is not installed")
    def test_pages_with_text_and_pictures_are_read_in_order(self) -> None:
        extrait = read(mix(pdf.make("Convention\n\nEntre le délégant"), scan.make(pdf.make(ACTE))))
        assert extrait.texte.startswith("Convention\n\nEntre le délégant")
        assert extrait.qualite is (Qualite.OCR if is_installed() else Qualite.SCAN)
        assert len(extrait.pages) == 2
        assert extrait.texte[extrait.pages[1] :].startswith("Article 1er" if is_installed() else "")


@pytest.mark.usefixtures("_hidden")
class TestHidden:
    def test_a_scan_is_refused_with_the_way_to_install_it(self) -> None:
        with pytest.raises(Illisible, match=INSTALL):
            read(scan.make(pdf.make(ACTE)))

    def test_of_a_mixed_file_the_pages_with_text_are_read_and_the_others_said(self) -> None:
        extrait = read(mix(pdf.make("Convention de gestion"), scan.make(pdf.make(ACTE))))
        assert extrait.texte == "Convention de gestion"
        assert extrait.qualite is Qualite.SCAN
        assert "n'ont pas été lues (2) : installez tesseract-ocr et tesseract-ocr-fra." in extrait.remarques[-1]

    def test_a_file_with_text_needs_nothing(self) -> None:
        assert read(pdf.make("Convention de gestion")).qualite is Qualite.NATIF


class TestImages:
    def page(self) -> Image.Image:
        image = Image.new("L", (1240, 1754), 230)
        dessin = ImageDraw.Draw(image)
        for ligne in range(20):
            dessin.text(
                (120, 150 + 40 * ligne),
                "Le délégataire assure la gestion des crédits du délégant",
                fill=20,
                font_size=28,
            )
        return image

    @pytest.mark.parametrize("angle", [-2.0, -0.7, 0.0, 0.5, 1.5])
    def test_the_angle_of_a_sheet_is_found(self, angle: float) -> None:
        tournee = self.page().rotate(angle, Image.Resampling.BICUBIC, fillcolor=230)
        assert find_angle(tournee) == pytest.approx(-angle, abs=0.21)

    def test_rules_are_found_and_rubbed_out_and_words_are_not(self) -> None:
        image = self.page()
        ImageDraw.Draw(image).rectangle((120, 1000, 820, 1200), outline=40, width=2)
        ImageDraw.Draw(image).line((400, 1000, 400, 1200), fill=40, width=2)
        nette, filets = take_rules(straighten(image), 150)
        assert (sum(filet.couche for filet in filets), sum(not filet.couche for filet in filets)) == (2, 3)
        assert nette.crop((100, 980, 840, 1220)).getextrema()[0] > 200
        assert nette.crop((100, 140, 840, 900)).getextrema()[0] < 60

    def test_a_black_page_is_nothing(self) -> None:
        assert take_rules(straighten(Image.new("L", (300, 400), 0)), 150)[1] == []

    def test_a_page_of_no_size_is_nothing(self) -> None:
        document = pypdfium2.PdfDocument.new()
        assert read_scan(document.new_page(5, 5)).mots == ()
        document.close()


@pytest.mark.parametrize(
    ("lus", "justes"),
    [
        (
            ["L- Objet", "Il - Missions", "IT - Durée", "IV - Fin"],
            ["I- Objet", "II - Missions", "III - Durée", "IV - Fin"],
        ),
        (["Il - Missions"], ["Il - Missions"]),
        (["Article ler"], ["Article 1er"]),
        (["UO 0113-CENT-SGO1"], ["UO 0113-CENT-SG01"]),
        (["UO 0178-0061-", "DCO4 du programme"], ["UO 0178-0061-", "DC04 du programme"]),
        (["UO 0113-CENT-INFO"], ["UO 0113-CENT-INFO"]),
        (["I - Objet", "Il - Missions", "IV - Durée"], ["I - Objet", "II - Missions", "IV - Durée"]),
        (
            ["Article I : Objet", "Article Il : Rôle", "Article HI : Suivi", "Article IT : Durée", "Article VI : Fin"],
            ["Article I : Objet", "Article II : Rôle", "Article III : Suivi", "Article IV : Durée", "Article VI : Fin"],
        ),
        (
            ["Article VI : Durée", "Article VIT : Fin", "Article VII : Publication"],
            ["Article VI : Durée", "Article VIT : Fin", "Article VII : Publication"],
        ),
        (["Aït. ler. - Objet", "Aït. 2. - Durée"], ["Art. 1er. - Objet", "Art. 2. - Durée"]),
        (["soit 3,2 ME TTC", "AE(kE) CP(KE)", "en ME: 2,5"], ["soit 3,2 M€ TTC", "AE(k€) CP(K€)", "en M€: 2,5"]),
        (["le ME de la direction"], ["le ME de la direction"]),
        (["|2021 | 12022 |", "AE | CP"], ["2021 2022", "AE CP"]),
        (["soit 12022 euros"], ["soit 12022 euros"]),
        (["DRIHLOGO75 DINUPROD75"], ["DRIHLOG075 DINUPROD75"]),
    ],
)
def test_numbers_misread_as_letters_are_put_right(lus: list[str], justes: list[str]) -> None:
    mots = [
        Mot(mot, 50.0 + 60 * colonne, 20.0 * rang, 100.0 + 60 * colonne, 20.0 * rang + 10)
        for rang, ligne in enumerate(lus)
        for colonne, mot in enumerate(ligne.split())
    ]
    [page] = repair_numeros([Page(600, 800, tuple(mots))])
    assert [mot.texte for mot in page.mots] == " ".join(justes).split()
