# ruff: noqa: E501 (a tag is written on one line)
"""What Word prints is read, and nothing else; what a stranger could send is refused in French."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from importers.documents.formats import Extrait
from importers.documents.formats.docx import extract
from importers.documents.illisible import Illisible
from tests.importers.fabrique.docx import MANIERES, box, make, paragraph, parts, run, table, zip_parts
from tests.importers.formats.exactitude import measure

SEUIL = 0.98
ACTE = "Article 1 : Objet\n\nLe délégant confie au délégataire la gestion."


def read(body: str, **others: str) -> Extrait:
    return extract(zip_parts(parts(body, **others)))


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> dict[str, str]:
    """The lists of a document: `levels` are those of one definition."""
    debut = parts("")["word/numbering.xml"].partition(">")[0] + ">"
    corps = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}</w:numbering>'
    return {"word/numbering.xml": debut + corps}


def level(rang: int, motif: str, forme: str = "decimal", plus: str = "") -> str:
    return f'<w:lvl w:ilvl="{rang}"><w:start w:val="1"/><w:numFmt w:val="{forme}"/>{plus}<w:lvlText w:val="{motif}"/></w:lvl>'


def item(texte: str, rang: int = 0, num: int = 1, plus: str = "") -> str:
    liste = f'<w:numPr><w:ilvl w:val="{rang}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(texte, liste + plus)


@pytest.mark.parametrize("maniere", MANIERES)
def test_the_facts_come_through(maniere: str) -> None:
    exactitude = measure(lambda texte: make(texte, maniere), ".docx")
    assert min(exactitude.compte.rappel, exactitude.compte.precision) >= SEUIL, exactitude.pertes


class TestNumbers:
    @pytest.mark.parametrize(
        ("levels", "body", "attendu"),
        [
            ([level(0, "Article %1 –")], item("Objet") + item("Durée"), "Article 1 – Objet\n\nArticle 2 – Durée\n"),
            ([level(0, "%1.", "upperRoman")], item("A") * 4, "I. A\n\nII. A\n\nIII. A\n\nIV. A\n"),
            ([level(0, "%1)", "lowerLetter")], item("x") + item("y"), "a) x\n\nb) y\n"),
            ([level(0, "Article %1", "ordinal")], item("") + item(""), "Article 1er\n\nArticle 2e\n"),
            ([level(0, "Article %1", "ordinalText")], item("Objet"), "Article premier Objet\n"),
            ([level(0, "\uf0b7", "bullet")], item("un") + item("") + item("deux"), "- un\n\n- deux\n"),
            ([level(0, "", "none")], item("sans numéro"), "sans numéro\n"),
            ([level(0, "%1 ", plus='<w:suff w:val="nothing"/>')], item("Objet"), "1 Objet\n"),
            ([level(0, "%1", plus='<w:suff w:val="nothing"/>')], item(" : Objet"), "1: Objet\n"),
        ],
    )
    def test_they_are_printed(self, levels: list[str], body: str, attendu: str) -> None:
        assert read(body, **numbering(*levels)).texte == attendu

    def test_levels_restart_under_one_another(self) -> None:
        body = item("A") + item("a", 1) + item("b", 1) + item("B") + item("c", 1)
        lu = read(body, **numbering(level(0, "%1."), level(1, "%1.%2")))
        assert lu.texte.split("\n\n") == ["1. A", "1.1 a", "1.2 b", "2. B", "2.1 c\n"]

    def test_a_level_may_go_on(self) -> None:
        body = item("A") + item("a", 1) + item("B") + item("b", 1)
        lu = read(body, **numbering(level(0, "%1."), level(1, "(%2)", plus='<w:lvlRestart w:val="0"/>')))
        assert "(2) b" in lu.texte

    def test_legal_numbers_are_digits(self) -> None:
        lu = read(
            item("A") + item("a", 1), **numbering(level(0, "%1", "upperRoman"), level(1, "%1.%2", plus="<w:isLgl/>"))
        )
        assert lu.texte == "I A\n\n1.1 a\n"

    def test_lists_of_one_definition_go_on_unless_they_start_anew(self) -> None:
        nums = "".join(
            f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{reprise}</w:num>'
            for num, reprise in (
                (1, ""),
                (2, ""),
                (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
            )
        )
        body = item("a") + item("b", num=2) + item("c", num=3) + item("d", num=3)
        assert read(body, **numbering(level(0, "%1."), nums=nums)).texte == "1. a\n\n2. b\n\n7. c\n\n8. d\n"

    def test_a_style_gives_them_and_zero_takes_them_away(self) -> None:
        titre = '<w:pStyle w:val="Titre1"/>'
        body = paragraph("Objet", titre) + paragraph("Sans", titre + '<w:numPr><w:numId w:val="0"/></w:numPr>')
        assert read(body, **numbering(level(0, "Art. %1."))).texte == "Art. 1. Objet\n\nSans\n"

    def test_a_style_of_numbering_stands_for_a_list(self) -> None:
        nums = "".join(f'<w:num w:numId="{num}"><w:abstractNumId w:val="{num - 1}"/></w:num>' for num in (1, 2))
        lien = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Liste"/></w:abstractNum>'
        listes = numbering(level(0, "§ %1"), nums=lien + nums)
        styles = parts("")["word/styles.xml"].replace(
            "</w:styles>",
            '<w:style w:type="numbering" w:styleId="Liste"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>',
        )
        assert (
            read(item("a", num=2) + item("b", num=2), **listes, **{"word/styles.xml": styles}).texte
            == "§ 1 a\n\n§ 2 b\n"
        )

    def test_what_is_not_printed_is_not_counted(self) -> None:
        supprime = '<w:del w:id="1"><w:r><w:delText>supprimé</w:delText></w:r></w:del>'
        efface = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr>{supprime}</w:p>'
        masque = item("", plus="<w:rPr><w:vanish/></w:rPr>")
        assert read(item("a") + efface + masque + item("b"), **numbering(level(0, "%1."))).texte == "1. a\n\n2. b\n"

    @pytest.mark.parametrize("motif", ["%9%1%%", "%2", "%1" * 50, "é&amp;"])
    @pytest.mark.parametrize("depart", ["-5", "999999999", "9" * 40, "", "x"])
    def test_absurd_ones_do_no_harm(self, motif: str, depart: str) -> None:
        for forme in ("upperLetter", "lowerRoman", "ordinalText", "hebrew1"):
            niveau = level(0, motif, forme).replace('<w:start w:val="1"/>', f'<w:start w:val="{depart}"/>')
            assert "Objet" in read(item("Objet"), **numbering(niveau)).texte


class TestParagraphs:
    def test_a_sentence_typed_over_several_paragraphs_is_one(self) -> None:
        lignes = ("Le délégant confie au délégataire la conduite de l'opération", "de réhabilitation du site.", "Fin")
        assert read("".join(map(paragraph, lignes))).texte == f"{lignes[0]}\n{lignes[1]}\n\nFin\n"

    def test_an_item_or_a_blank_paragraph_ends_it(self) -> None:
        tete = "Le délégant confie au délégataire la conduite des opérations"
        assert (
            read(paragraph(tete) + paragraph("a) réhabiliter") + paragraph("")).texte == f"{tete}\n\na) réhabiliter\n"
        )
        assert read(paragraph(tete) + paragraph("") + paragraph("réhabiliter")).texte == f"{tete}\n\nréhabiliter\n"


class TestTables:
    def test_empty_and_merged_cells_are_kept(self) -> None:
        large = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("large") + "</w:tc>"
        haut = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("haut") + "</w:tc>"
        suite = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        cellule = "<w:tc>" + paragraph("x") + "</w:tc>"
        rangees = f"<w:tr>{large}{cellule}</w:tr><w:tr>{haut}{cellule}<w:tc><w:p/></w:tc></w:tr><w:tr>{suite}{cellule}{cellule}</w:tr>"
        body = table([], bords=True).replace("</w:tbl>", rangees + "</w:tbl>")
        assert read(body).texte == "large\t\tx\nhaut\tx\t\n\tx\tx\n"

    def test_the_lines_of_a_cell_are_one(self) -> None:
        body = (
            paragraph("avant")
            + table([[paragraph("AE\n2024"), paragraph("un") + paragraph("deux")]])
            + paragraph("après")
        )
        assert read(body).texte == "avant\n\nAE 2024\tun deux\n\naprès\n"

    def test_a_frame_is_no_table(self) -> None:
        body = table([[paragraph("un") + table([[paragraph("A"), paragraph("B")]]) + paragraph("deux")]])
        assert read(body).texte == "un\n\nA\tB\n\ndeux\n"

    def test_those_who_sign_are_read_column_by_column(self) -> None:
        gauche, droite = (
            "".join(map(paragraph, lignes))
            for lignes in (
                ("Le délégant,", "Le préfet", "", "Gratien de VILLEDIEU"),
                ("Pour la directrice,", "", "Odile PRUNIÈRES"),
            )
        )
        attendu = "Le délégant,\nLe préfet\nGratien de VILLEDIEU\n\nPour la directrice,\nOdile PRUNIÈRES\n"
        assert read(table([[gauche, droite]], bords=False)).texte == attendu

    def test_prose_laid_out_is_read_cell_after_cell(self) -> None:
        longue = "La direction interministérielle du numérique, sise 20 avenue de Ségur à Paris, représentée par sa directrice. "
        body = table([[paragraph("Entre"), paragraph(longue) + paragraph("d'une part,")]], bords=False)
        assert read(body).texte == f"Entre\n\n{longue.strip()}\n\nd'une part,\n"

    def test_a_deleted_row_is_not_read(self) -> None:
        body = table([[paragraph("garde"), paragraph("1")], [paragraph("perdu"), paragraph("2")]])
        rang = body.rindex("<w:tr>") + len("<w:tr>")
        lu = read(body[:rang] + '<w:trPr><w:del w:id="1"/></w:trPr>' + body[rang:])
        assert lu.texte == "garde\t1\n"
        assert any("suppressions" in remarque for remarque in lu.remarques)


class TestText:
    @pytest.mark.parametrize(
        ("runs", "attendu"),
        [
            ("<w:t>un</w:t><w:br/><w:t>deux</w:t>", "un\ndeux\n"),
            ('<w:t>un</w:t><w:br w:type="page"/><w:t>deux</w:t>', "un\n\ndeux\n"),
            ("<w:t>0178</w:t><w:noBreakHyphen/><w:t>DC04</w:t>", "0178-DC04\n"),
            ("<w:t>déléga</w:t><w:softHyphen/><w:t>tion\u00ad\u200b</w:t>", "délégation\n"),
            ("<w:tab/><w:t>retrait</w:t>", "retrait\n"),
            ("<w:t>AE</w:t><w:tab/><w:t>1</w:t><w:tab/><w:tab/><w:t>3</w:t>", "AE\t1\t\t3\n"),
            ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t> oui</w:t>', "☒ oui\n"),
            ("<w:instrText>PAGE 99</w:instrText><w:t>lu</w:t>", "lu\n"),
            ("<w:rPr><w:vanish/></w:rPr><w:t>caché</w:t>", ""),
            ('<w:rPr><w:rStyle w:val="Cache"/></w:rPr><w:t>caché</w:t>', ""),
            ('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>vu</w:t>', "vu\n"),
            ("<w:rPr><w:strike/></w:rPr><w:t>barré</w:t>", ""),
        ],
    )
    def test_a_run_is_read_as_printed(self, runs: str, attendu: str) -> None:
        assert read(f"<w:p><w:r>{runs}</w:r></w:p>").texte == attendu

    def test_a_text_box_is_read_once(self) -> None:
        assert read(box(paragraph("Cadre")) + paragraph("Suite")).texte == "Cadre\n\nSuite\n"

    def test_a_box_in_a_box_is_read_once(self) -> None:
        assert read(box(paragraph("dehors") + box(paragraph("dedans")))).texte == "dehors\n\ndedans\n"

    def test_changes_are_read_as_accepted(self) -> None:
        change = f'<w:ins w:id="1">{run("ajouté ")}</w:ins><w:moveFrom w:id="2">{run("parti ")}</w:moveFrom>'
        arrive = f'<w:moveTo w:id="3">{run("arrivé")}</w:moveTo><w:del w:id="4"><w:r><w:delText>ôté</w:delText></w:r></w:del>'
        lu = read(paragraph("", runs=lambda _: change + arrive))
        assert lu.texte == "ajouté arrivé\n"
        assert [remarque.split()[1] for remarque in lu.remarques[:2]] == ["insertions", "suppressions"]

    def test_a_deleted_end_of_paragraph_joins(self) -> None:
        body = paragraph("le début ", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("et la fin")
        assert read(body).texte == "le début et la fin\n"

    def test_notes_come_after_the_text(self) -> None:
        appel = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        notes = parts("")["word/header1.xml"].partition(">")[0].replace("<w:hdr", "<w:footnotes")
        pied = f'{notes}><w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="2">{paragraph("Voir le décret.")}</w:footnote></w:footnotes>'
        body = paragraph("Texte", runs=lambda texte: run(texte) + appel) + paragraph("Fin")
        assert read(body, **{"word/footnotes.xml": pied}).texte == "Texte\n\nFin\n\n[1] Voir le décret.\n"

    def test_headers_footers_and_contents_are_left_out(self) -> None:
        sommaire = paragraph("Article 1 Objet\t3", '<w:pStyle w:val="TM1"/>')
        galerie = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        controle = f"{galerie}<w:sdtContent>{paragraph('Sommaire')}</w:sdtContent></w:sdt>"
        assert read(sommaire + controle + paragraph("Texte")).texte == "Texte\n"

    def test_the_prompt_of_an_empty_field_is_left_out(self) -> None:
        body = f"<w:p>{run('Le ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Choisissez une date')}</w:sdtContent></w:sdt></w:p>"
        lu = read(body)
        assert lu.texte == "Le\n"
        assert any("champ" in remarque for remarque in lu.remarques)


def test_what_lies_beside_the_text_is_said() -> None:
    commentaires = parts("")["word/header1.xml"].replace("w:hdr", "w:comments")
    liens = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/attachedTemplate" Target="file:///C:\\Users\\camille\\modele.dotm" TargetMode="External"/></Relationships>'
    )
    others = {
        "word/comments.xml": commentaires,
        "word/vbaProject.bin": "",
        "word/embeddings/classeur.xlsx": "",
        "word/_rels/settings.xml.rels": liens,
    }
    image = '<w:p><w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r></w:p>'
    masque = "".join(
        f"<w:p><w:r><w:rPr><w:{propriete}/></w:rPr><w:t>note interne</w:t></w:r></w:p>"
        for propriete in ("vanish", "dstrike")
    )
    remarques = " ".join(read(paragraph("Texte") + image + masque, **others).remarques)
    for mot in (
        "commentaires",
        "macros",
        "incorporé",
        "images",
        "masqué",
        "barré",
        "Camille Rédactrice",
        "Bureau des finances",
    ):
        assert mot in remarques
    assert "modele.dotm" in remarques
    assert "note interne" not in remarques


def test_a_plain_file_says_only_whom_it_names() -> None:
    assert all("propriétés" in remarque for remarque in extract(make(ACTE)).remarques)


def test_parts_are_found_by_their_relations() -> None:
    contenus = {
        nom.replace("word/document", "word/document2").replace("word/styles", "word/autres/styles9"): contenu.replace(
            "word/document.xml", "word/document2.xml"
        ).replace('"styles.xml"', '"autres/styles9.xml"')
        for nom, contenu in parts(paragraph("Objet", '<w:pStyle w:val="TM1"/>') + paragraph("Texte")).items()
    }
    contenus["word/_rels/document2.xml.rels"] = contenus.pop("word/_rels/document.xml.rels")
    assert extract(zip_parts(contenus)).texte == "Texte\n"


class TestHostile:
    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
    def test_a_truncated_file_is_refused(self, part: float) -> None:
        contenu = make(ACTE)
        with pytest.raises(Illisible, match="abîmé"):
            extract(contenu[: int(len(contenu) * part)])

    @pytest.mark.parametrize(
        ("doctype", "appel"),
        [
            ('<!ENTITY a "mille fois ">', "&a;"),
            ('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
            (
                '<!ENTITY a "aaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">',
                "&c;" * 200,
            ),
            ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;', ""),
        ],
    )
    def test_entities_are_refused(self, doctype: str, appel: str) -> None:
        document = parts(paragraph("Texte"))["word/document.xml"].replace("Texte", appel)
        piege = f'<?xml version="1.0"?><!DOCTYPE d [{doctype}]>{document}'
        with pytest.raises(Illisible, match=r"entités|abîmé"):
            read("", **{"word/document.xml": piege})

    @pytest.mark.parametrize("body", [" " * 40_000_000, "<w:p/>" * 2_000_000])
    def test_a_zip_bomb_is_refused(self, body: str) -> None:
        with pytest.raises(Illisible, match="déplie"):
            read(body)

    def test_a_member_that_lies_about_its_size_is_refused(self) -> None:
        contenu = zip_parts(parts(paragraph("x" * 5_000_000)))
        with ZipFile(BytesIO(contenu)) as archive:
            info = archive.getinfo("word/document.xml")
            vrai = info.file_size.to_bytes(4, "little")
        with pytest.raises(Illisible):
            extract(contenu.replace(vrai, (1000).to_bytes(4, "little")))

    def test_too_many_members_are_refused(self) -> None:
        with pytest.raises(Illisible, match="éléments"):
            read("", **{f"word/{rang}.xml": "" for rang in range(10_001)})

    @pytest.mark.parametrize("profondeur", [50, 110, 130, 3000])
    def test_nesting_is_read_or_refused(self, profondeur: int) -> None:
        body = f"{'<w:sdt><w:sdtContent>' * profondeur}{paragraph('fond')}{'</w:sdtContent></w:sdt>' * profondeur}"
        if profondeur < 120:
            assert read(body).texte == "fond\n"
        else:
            with pytest.raises(Illisible):
                read(body)

    @pytest.mark.parametrize("profondeur", [10, 60, 100])
    def test_nested_tables_are_read_or_refused(self, profondeur: int) -> None:
        body = f"{'<w:tbl><w:tr><w:tc>' * profondeur}{paragraph('fond')}{'</w:tc></w:tr></w:tbl>' * profondeur}"
        if profondeur < 80:
            assert read(body).texte == "fond\n"
        else:
            with pytest.raises(Illisible):
                read(body)

    def test_absurd_spans_are_bounded(self) -> None:
        large = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + paragraph("x") + "</w:tc>"
        assert len(read(table([]).replace("</w:tbl>", f"<w:tr>{large}</w:tr></w:tbl>")).texte) < 200

    @pytest.mark.parametrize("nom", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
    def test_a_part_that_is_not_xml_is_refused(self, nom: str) -> None:
        with pytest.raises(Illisible, match="abîmé"):
            read(paragraph("Texte"), **{nom: "<w:x"})

    def test_a_document_without_text_is_refused(self) -> None:
        with pytest.raises(Illisible, match="texte"):
            read("", **{"word/document.xml": "<x/>"})

    def test_styles_in_a_circle_are_read(self) -> None:
        debut = parts("")["word/styles.xml"].partition(">")[0]
        cercle = "".join(
            f'<w:style w:type="paragraph" w:styleId="{un}"><w:basedOn w:val="{autre}"/></w:style>'
            for un, autre in (("A", "B"), ("B", "A"))
        )
        body = paragraph("Texte", '<w:pStyle w:val="A"/>')
        assert read(body, **{"word/styles.xml": f"{debut}>{cercle}</w:styles>"}).texte == "Texte\n"
