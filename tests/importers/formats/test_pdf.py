"""PDF with a text layer: the layout is undone, what is not of the act left out, hostile files refused in a sentence."""

import random
import time
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from importers.documents.formats import FORMATS, Extrait
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from portal.domain.convention import Qualite
from tests.importers.fabrique import pdf
from tests.importers.fabrique.lecture import TEXTES, score

PAGE = """\
#set page(width: 15cm, height: 20cm, margin: 2cm)
#set text(font: "Liberation Serif", lang: "fr")
#set smartquote(enabled: false)
"""
LOREM = "Le délégataire assure la passation et le suivi des marchés pour le compte du délégant, dans sa limite. "


def extract(source: str) -> Extrait:
    return FORMATS[".pdf"](pdf.compile_typst(PAGE + source))


def edit(contenu: bytes, **metadata: str) -> pikepdf.Pdf:
    document = pikepdf.open(BytesIO(contenu))
    for cle, valeur in metadata.items():
        document.docinfo[f"/{cle}"] = valeur
    return document


def save(document: pikepdf.Pdf, **options: object) -> bytes:
    tampon = BytesIO()
    document.save(tampon, **options)
    return tampon.getvalue()


@pytest.mark.parametrize(("rang", "maniere"), list(enumerate(pdf.MANIERES)))
def test_the_facts_of_the_examples_are_read(rang: int, maniere: str) -> None:
    """Each example is read in two manners."""
    textes = [*TEXTES[rang :: len(pdf.MANIERES)], *TEXTES[(rang + 2) % len(pdf.MANIERES) :: len(pdf.MANIERES)]]
    total, pertes = score(textes, lambda texte: FORMATS[".pdf"](pdf.make(texte, maniere)))
    assert total.rappel >= 0.98, pertes
    assert total.precision >= 0.98, pertes


class TestFonts:
    MACHINE = '#set text(font: "DejaVu Sans Mono", size: 9pt)\n'

    def test_a_space_as_wide_as_a_letter_parts_words_and_three_part_columns(self) -> None:
        rangees = "Exercice   AE          CP\n2024       120 000 €   10 000 €\n2025       5 000 €     115 000 €"
        assert extract(f'{self.MACHINE}{LOREM * 2}\n\n#raw(block: true, "{rangees}")').texte == (
            f"{(LOREM * 2).strip()}\n\nExercice\tAE\tCP\n2024\t120 000 €\t10 000 €\n2025\t5 000 €\t115 000 €"
        )

    def test_a_font_that_does_not_say_how_high_it_is(self) -> None:
        source = f"{PAGE}{self.MACHINE}{LOREM * 2}"
        with edit(pdf.compile_typst(source)) as document:
            for objet in document.objects:
                if isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == "/FontDescriptor":
                    objet.Ascent = objet.Descent = 0
            assert FORMATS[".pdf"](save(document)).texte == (LOREM * 2).strip()

    def test_a_thin_space_that_is_drawn_and_not_written_parts_the_thousands(self) -> None:
        fine = "#h(0.12em)"
        assert extract(f"soit 1{fine}600{fine}000,50 € en 2024").texte == "soit 1 600 000,50 € en 2024"


class TestParagraphs:
    def test_lines_of_a_paragraph_are_joined_and_a_blank_line_parts_paragraphs(self) -> None:
        assert extract(f"{LOREM * 2}\n\n{LOREM}").texte == f"{(LOREM * 2).strip()}\n\n{LOREM.strip()}"

    def test_a_line_end_that_was_meant_stays(self) -> None:
        assert extract("Pour le délégant,\\ le directeur\\ Yvon Calmels").texte == (
            "Pour le délégant,\nle directeur\nYvon Calmels"
        )

    def test_an_item_of_a_list_is_a_line(self) -> None:
        source = f"#set par(spacing: 0.65em)\nIl assure :\n\n– {LOREM}\n\n– les paiements."
        assert extract(source).texte == f"Il assure :\n– {LOREM.strip()}\n– les paiements."

    def test_a_paragraph_goes_on_over_a_page(self) -> None:
        extrait = extract(f"#set par(justify: true)\n{LOREM * 24}")
        assert extrait.texte == (LOREM * 24).strip()
        assert len(extrait.pages) == 2
        assert extrait.pages[0] == 0
        assert 0 < extrait.pages[1] < len(extrait.texte)

    def test_no_size_of_leading_makes_paragraphs_of_lines(self) -> None:
        source = f"#set par(leading: 1.4em, spacing: 2.4em)\n{LOREM * 2}\n\n{LOREM}"
        assert extract(source).texte == f"{(LOREM * 2).strip()}\n\n{LOREM.strip()}"


class TestHyphens:
    @pytest.mark.parametrize("largeur", range(60, 140, 8))
    def test_a_word_cut_at_the_end_of_a_line_is_whole(self, largeur: int) -> None:
        phrase = "La réglementation administrative concerne l'organisation interministérielle et la comptabilité. "
        source = f"#set page(width: {largeur}mm)\n#set text(hyphenate: true)\n{phrase * 3}"
        assert extract(source).texte == (phrase * 3).strip()

    @pytest.mark.parametrize(
        "mot", ["accords-cadres", "sous-traitance", "quatre-vingt-dix", "est-il", "0214-CEN2-INFO"]
    )
    def test_a_hyphen_of_the_word_stays(self, mot: str) -> None:
        tete, _, reste = mot.partition("-")
        assert extract(f"Cela concerne {tete}-\\ {reste} du délégant.").texte == f"Cela concerne {mot} du délégant."

    def test_the_rest_of_the_document_says_how_a_word_is_written(self) -> None:
        texte = extract("Les visio-\\ conférences du délégant.\n\nUne visioconférence, des visioconférences.").texte
        assert texte.startswith("Les visioconférences du délégant.")

    def test_an_address_of_the_web_is_whole(self) -> None:
        source = f"{LOREM} Les données sont sur https://www.data.\\ gouv.fr/fr/ du portail."
        assert "sur https://www.data.gouv.fr/fr/ du portail." in extract(source).texte


class TestTables:
    def test_a_table_with_borders(self) -> None:
        table = "#table(columns: 3, [], [AE], [CP], [2024], [120 000 €], [10 000 €], [2025], [], [110 000 €])"
        assert extract(f"Avant\n\n{table}\n\nAprès").texte == (
            "Avant\n\n\tAE\tCP\n2024\t120 000 €\t10 000 €\n2025\t\t110 000 €\n\nAprès"
        )

    def test_a_table_without_borders(self) -> None:
        cases = "[Année], [AE], [CP], [2024], [120 000], [10 000], [2025], [], [110 000]"
        assert (
            extract(f"#table(columns: 3, column-gutter: 1em, stroke: none, {cases})").texte
            == "Année\tAE\tCP\n2024\t120 000\t10 000\n2025\t\t110 000"
        )

    def test_the_line_ends_of_a_cell_are_spaces(self) -> None:
        source = "#table(columns: (3cm, 2cm), [Direction générale des infrastructures], [12 000], [DGAC], [8 000])"
        assert extract(source).texte == "Direction générale des infrastructures\t12 000\nDGAC\t8 000"

    def test_a_merged_cell_is_written_once(self) -> None:
        source = (
            "#table(columns: 3, table.cell(rowspan: 2)[Programme], table.cell(colspan: 2)[Exercice 2024],"
            " [AE], [CP], [214], [5], [6])"
        )
        assert extract(source).texte == "Programme\tExercice 2024\t\n\tAE\tCP\n214\t5\t6"

    def test_a_table_goes_on_over_a_page_its_head_printed_again(self) -> None:
        lignes = ", ".join(f"[{2000 + rang}], [{rang + 10} 000]" for rang in range(40))
        texte = extract(f"#table(columns: 2, table.header([Année], [AE]), {lignes})").texte
        assert texte == "Année\tAE\n" + "\n".join(f"{2000 + rang}\t{rang + 10} 000" for rang in range(40))

    def test_wide_spaces_of_a_justified_line_are_no_table(self) -> None:
        source = (
            "#set par(justify: true)\n#block(width: 6cm)["
            + "Réglementation interministérielle constitutionnellement " * 8
        )
        assert "\t" not in extract(f"{source}]").texte


class TestPage:
    def test_two_columns_are_read_one_after_the_other(self) -> None:
        gauche, droite = "gauche " * 60, "droite " * 40
        source = f"#set page(columns: 2)\n{gauche}\n#colbreak()\n{droite}"
        assert extract(source).texte.replace("\n\n", " ") == f"{gauche}{droite}".strip()

    def test_a_table_in_a_column_stays_in_its_place(self) -> None:
        source = (
            f"#set page(columns: 2)\n{LOREM * 2}\n\n#table(columns: 2, [AE], [1 000], [CP], [2 000])\n\nSuite. {LOREM}"
            f"#colbreak()\n{LOREM * 3}"
        )
        texte = extract(source).texte
        assert texte.index("AE\t1 000\nCP\t2 000") < texte.index("Suite.") < texte.rindex("Le délégataire assure")

    def test_signatures_side_by_side_are_read_one_after_the_other(self) -> None:
        source = (
            "#grid(columns: (1fr, 1fr), row-gutter: 0.65em, [Pour le délégant,], [Pour le délégataire,],"
            " [la directrice], [le directeur], [Anne Quiberon], [Paul Guerlédan])"
        )
        assert extract(source).texte == (
            "Pour le délégant,\nla directrice\nAnne Quiberon\n\nPour le délégataire,\nle directeur\nPaul Guerlédan"
        )

    def test_running_headers_footers_and_numbers_are_left_out(self) -> None:
        source = (
            "#set page(header: [Bulletin officiel n° 12], footer: context [Page #counter(page).display() sur 3])\n"
            f"{LOREM * 40}"
        )
        texte = extract(source).texte
        assert "Bulletin" not in texte
        assert "Page" not in texte
        assert texte.startswith("Le délégataire assure")

    def test_a_lone_page_has_its_number_left_out_and_its_year_kept(self) -> None:
        assert extract("#set page(footer: align(center)[1/1])\nConvention de gestion").texte == "Convention de gestion"
        assert extract("2024\n\nConvention de gestion").texte == "2024\n\nConvention de gestion"

    @pytest.mark.skipif("Liberation Serif" not in pdf.POLICES, reason="fonts-liberation is not installed")
    def test_a_note_goes_to_the_end_and_its_call_is_left_out(self) -> None:
        texte = extract("Le SDK#footnote[Chiffres de 2023.] du délégant.\n\n#pagebreak()\nArticle 2").texte
        assert texte == "Le SDK du délégant.\n\nArticle 2\n\n(1) Chiffres de 2023."

    def test_a_power_and_an_ordinal_are_no_calls(self) -> None:
        assert extract("Le 1#super[er] mars, 20 m#super[2] de bureaux.").texte == "Le 1er mars, 20 m2 de bureaux."

    @pytest.mark.parametrize("quart", [90, 180, 270])
    def test_a_turned_page_is_read(self, quart: int) -> None:
        document = edit(pdf.compile_typst(f"{PAGE}{LOREM * 3}"))
        document.pages[0].rotate(quart, relative=True)
        assert FORMATS[".pdf"](save(document)).texte == (LOREM * 3).strip()
        source = f"#rotate({quart}deg, reflow: true)[#block(width: 11cm)[{LOREM * 12}]]"
        assert extract(source).texte == (LOREM * 12).strip()

    def test_a_watermark_across_the_page_is_left_out(self) -> None:
        source = f"#place(center + horizon, rotate(-40deg, text(60pt, gray)[COPIE]))\n{LOREM * 8}"
        assert "COPIE" not in extract(source).texte


def test_what_was_typed_in_a_form_is_read() -> None:
    document = edit(pdf.compile_typst(f"{PAGE}Fait à Paris,"))
    police = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    aspect = document.make_stream(b"/Tx BMC q BT /Helv 12 Tf 2 4 Td (le 12 mars 2024) Tj ET Q EMC")
    aspect.Type, aspect.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    aspect.BBox, aspect.Resources = [0, 0, 150, 18], pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=police))
    champ = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="date",
            V="le 12 mars 2024",
            Rect=[80, 460, 230, 478],
            AP=pikepdf.Dictionary(N=aspect),
            F=4,
        )
    )
    document.pages[0].Annots = pikepdf.Array([champ])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([champ]))
    extrait = FORMATS[".pdf"](save(document))
    assert extrait.texte.split() == ["Fait", "à", "Paris,", "le", "12", "mars", "2024"]
    assert extrait.remarques == ()


class TestQuality:
    def test_a_text_layer_is_native(self) -> None:
        assert extract(LOREM).qualite is Qualite.NATIF

    def test_hidden_text_is_left_out_and_said(self) -> None:
        extrait = FORMATS[".pdf"](hide(edit(pdf.compile_typst(PAGE + LOREM))))
        assert extrait.texte == LOREM.strip()
        assert extrait.qualite is Qualite.NATIF
        assert extrait.remarques == ("La page 1 porte un texte caché, qui n'est pas lu.",)

    def test_hidden_text_over_the_picture_of_a_page_is_that_of_ocr(self) -> None:
        image = BytesIO()
        Image.new("L", (600, 800), 240).save(image, "PDF", resolution=100)
        extrait = FORMATS[".pdf"](hide(edit(image.getvalue())))
        assert extrait.texte == "Article premier : objet du texte"
        assert extrait.qualite is Qualite.OCR

    def test_text_under_the_picture_of_a_page_is_that_of_ocr(self) -> None:
        image = BytesIO()
        Image.new("L", (600, 800), 240).save(image, "PDF", resolution=100)
        document, scan = edit(pdf.compile_typst(PAGE + LOREM)), pikepdf.open(image)
        document.pages[0].add_overlay(scan.pages[0], shrink=False)
        extrait = FORMATS[".pdf"](save(document))
        assert (extrait.texte, extrait.qualite) == (LOREM.strip(), Qualite.OCR)


def hide(document: pikepdf.Pdf) -> bytes:
    """Add to the first page a text in no colour, as OCR programs do."""
    police = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].add_resource(police, pikepdf.Name.Font, pikepdf.Name.Cachee)
    texte = b"q BT 3 Tr /Cachee 12 Tf 1 0 0 1 80 120 Tm (Article premier : objet du texte) Tj ET Q"
    document.pages[0].contents_add(document.make_stream(texte), prepend=False)
    return save(document)


class TestRemarques:
    def test_the_author_and_the_folder_are_said(self) -> None:
        document = edit(
            pdf.compile_typst(PAGE + LOREM), Author="Camille Orléac", Title=r"C:\Users\corleac\convention.docx"
        )
        remarques = FORMATS[".pdf"](save(document)).remarques
        assert "Les propriétés du fichier nomment un auteur : « Camille Orléac »." in remarques
        assert any("chemin" in remarque and "corleac" in remarque for remarque in remarques)

    def test_a_file_without_anything_beside_has_none(self) -> None:
        assert extract(LOREM).remarques == ()

    def test_attachments_programs_and_comments_are_said(self) -> None:
        document = edit(pdf.compile_typst(PAGE + LOREM))
        document.attachments["notes.txt"] = b"confidentiel"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 50, 70, 70], Contents="à revoir"
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        remarques = " ".join(FORMATS[".pdf"](save(document)).remarques)
        assert "pièce jointe" in remarques
        assert "La page 1 porte des commentaires" in remarques

    def test_a_picture_like_a_signature_is_said(self) -> None:
        trait = BytesIO()
        Image.new("L", (180, 80), 200).save(trait, "PDF", resolution=144)
        document = edit(pdf.compile_typst(PAGE + LOREM))
        signature = pikepdf.open(trait)
        document.pages[0].add_overlay(signature.pages[0], pikepdf.Rectangle(250, 60, 340, 100))
        extrait = FORMATS[".pdf"](save(document))
        assert extrait.remarques == ("La page 1 porte une image qui peut être une signature manuscrite.",)
        assert extrait.qualite is Qualite.NATIF


ABIMES = {
    "vide": b"",
    "blancs": b"  \n",
    "texte": b"Convention de delegation de gestion",
    "zip": b"PK\x03\x04" + b"\0" * 50,
    "word": b"\xd0\xcf\x11\xe0" + b"\0" * 50,
    "html": b"<!DOCTYPE html><html><body>Convention</body></html>",
    "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "entete seul": b"%PDF-1.7\n",
    "sans pages": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
}


@pytest.mark.parametrize("contenu", ABIMES.values(), ids=ABIMES)
def test_what_is_no_pdf_is_refused_in_one_sentence(contenu: bytes) -> None:
    with pytest.raises(Illisible, match=r"^[^.]+\.?[^.]* : [^.]+.*\.$"):
        FORMATS[".pdf"](contenu)


class TestLocked:
    def test_an_empty_user_password_opens(self) -> None:
        clair = pdf.compile_typst(PAGE + LOREM)
        verrou = pikepdf.Encryption(owner="maître", user="", R=6)
        assert FORMATS[".pdf"](save(edit(clair), encryption=verrou)).texte == LOREM.strip()

    def test_a_user_password_is_refused(self) -> None:
        verrou = pikepdf.Encryption(owner="maître", user="secret", R=6)
        with pytest.raises(Illisible, match="mot de passe"):
            FORMATS[".pdf"](save(edit(pdf.compile_typst(PAGE + LOREM)), encryption=verrou))


class TestSandbox:
    """The same process reads all: none of these may end it."""

    @pytest.mark.parametrize("graine", range(12))
    def test_a_mutated_file_is_read_or_refused(self, graine: int) -> None:
        hasard = random.Random(graine)
        contenu = pdf.mutate(pdf.make(TEXTES[graine % len(TEXTES)].read_text(encoding="utf-8"), "sobre"), hasard)
        with Sandbox() as sandbox:
            try:
                issue = sandbox.read(contenu, "acte.pdf").texte
            except Illisible as refus:
                issue = str(refus)
        assert issue
        assert "échoue" not in issue

    def test_a_form_that_draws_itself_is_read_or_refused(self) -> None:
        document = edit(pdf.compile_typst(PAGE + LOREM))
        forme = document.make_indirect(document.make_stream(b"/F Do /F Do"))
        forme.Type, forme.Subtype, forme.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 400, 400]
        forme.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=forme))
        document.pages[0].add_resource(forme, pikepdf.Name.XObject, pikepdf.Name.F)
        document.pages[0].contents_add(document.make_stream(b"/F Do"))
        with Sandbox() as sandbox:
            try:
                issue = sandbox.read(save(document), "acte.pdf").texte
            except Illisible as refus:
                issue = str(refus)
        assert "délégataire" in issue or issue.endswith("vérifiez le fichier.")

    @pytest.mark.parametrize("mots", [2_000, 8_000])
    def test_words_without_order_cost_in_proportion(self, mots: int) -> None:
        """Words at random, on as many lines as there are points: the worst page for columns and tables."""
        hasard = random.Random(mots)
        places = ((hasard.randrange(360), hasard.randrange(500)) for _ in range(mots))
        source = "\n".join(f"#place(dx: {x}pt, dy: {y}pt, text(4pt)[ab])" for x, y in places)
        contenu = pdf.compile_typst(PAGE + source)
        debut = time.perf_counter()
        assert FORMATS[".pdf"](contenu).texte.count("ab") == pytest.approx(mots, rel=0.01)
        assert time.perf_counter() - debut < 5 * mots / 2_000

    def test_a_page_of_a_hundred_million_points(self) -> None:
        document = edit(pdf.compile_typst(PAGE + LOREM))
        document.pages[0].mediabox = [0, 0, 600, 100_000_000]
        assert "délégataire" in FORMATS[".pdf"](save(document)).texte

    def test_too_many_pages(self) -> None:
        with pytest.raises(Illisible, match="400 pages"):
            extract("a\n#pagebreak()\n" * 401)
