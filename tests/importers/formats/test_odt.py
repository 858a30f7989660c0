# ruff: noqa: E501 (a tag is written on one line)
"""What LibreOffice prints is read, and nothing else; what a stranger could send is refused in French."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from importers.documents.formats import Extrait
from importers.documents.formats.odt import extract
from importers.documents.illisible import Illisible
from tests.importers.fabrique.odt import MANIERES, box, make, paragraph, parts, table, zip_parts
from tests.importers.formats.exactitude import measure

SEUIL = 0.98
ACTE = "Article 1 : Objet\n\nLe délégant confie au délégataire la gestion."


def read(corps: str, styles: str = "", **others: str) -> Extrait:
    """The extract of a body; `styles` are automatic styles."""
    contenus = parts(corps, **others)
    contenus["content.xml"] = contenus["content.xml"].replace(
        "</office:automatic-styles>", f"{styles}</office:automatic-styles>"
    )
    return extract(zip_parts(contenus))


def level(rang: int, attributs: str) -> str:
    return f'<text:list-level-style-number text:level="{rang}" {attributs}/>'


def style(*levels: str, nom: str = "N") -> str:
    return f'<text:list-style style:name="{nom}">{"".join(levels)}</text:list-style>'


def items(*textes: str, attributs: str = 'text:style-name="N"') -> str:
    corps = "".join(f"<text:list-item>{paragraph(texte)}</text:list-item>" for texte in textes)
    return f"<text:list {attributs}>{corps}</text:list>"


@pytest.mark.parametrize("maniere", MANIERES)
def test_the_facts_come_through(maniere: str) -> None:
    exactitude = measure(lambda texte: make(texte, maniere), ".odt")
    assert min(exactitude.compte.rappel, exactitude.compte.precision) >= SEUIL, exactitude.pertes


class TestNumbers:
    @pytest.mark.parametrize(
        ("attributs", "attendu"),
        [
            (
                'style:num-prefix="Article " style:num-format="1" style:num-suffix=" –"',
                "Article 1 – Objet\n\nArticle 2 – Durée\n",
            ),
            ('style:num-format="I" style:num-suffix="."', "I. Objet\n\nII. Durée\n"),
            ('style:num-format="a" style:num-suffix=")" text:start-value="3"', "c) Objet\n\nd) Durée\n"),
            ('style:num-format="1" loext:num-list-format="Art. %1%."', "Art. 1. Objet\n\nArt. 2. Durée\n"),
            ('style:num-format=""', "Objet\n\nDurée\n"),
        ],
    )
    def test_they_are_printed(self, attributs: str, attendu: str) -> None:
        assert read(items("Objet", "Durée"), style(level(1, attributs))).texte == attendu

    def test_levels_restart_under_one_another(self) -> None:
        dessous = items("a", "b", attributs="")
        liste = '<text:list text:style-name="N">' + "".join(
            f"<text:list-item>{paragraph(texte)}{dessous}</text:list-item>" for texte in ("A", "B")
        )
        niveaux = style(level(1, 'style:num-format="1"'), level(2, 'style:num-format="1" text:display-levels="2"'))
        assert read(f"{liste}</text:list>", niveaux).texte.split("\n\n") == [
            "1 A",
            "1.1 a",
            "1.2 b",
            "2 B",
            "2.1 a",
            "2.2 b\n",
        ]

    @pytest.mark.parametrize(
        ("suite", "attendu"),
        [
            ("", "1. b"),
            ('text:continue-numbering="true"', "2. b"),
            ('text:continue-list="l1"', "2. b"),
        ],
    )
    def test_a_list_goes_on_where_it_says_so(self, suite: str, attendu: str) -> None:
        premiere = items("a", attributs='text:style-name="N" xml:id="l1"')
        corps = premiere + paragraph("entre") + items("b", attributs=f'text:style-name="N" {suite}')
        assert attendu in read(corps, style(level(1, 'style:num-format="1" style:num-suffix="."'))).texte

    def test_an_item_may_start_anew_and_hold_paragraphs(self) -> None:
        item = f'<text:list-item text:start-value="5">{paragraph("a")}{paragraph("sans numéro")}</text:list-item>'
        lu = read(f'<text:list text:style-name="N">{item}</text:list>', style(level(1, 'style:num-format="1"')))
        assert lu.texte == "5 a\n\nsans numéro\n"

    def test_headings_are_counted(self) -> None:
        titre = '<text:h text:outline-level="1">{}</text:h>'
        muet = '<text:h text:outline-level="1" text:is-list-header="true">Annexe</text:h>'
        assert (
            read(titre.format("Objet") + muet + titre.format("Durée")).texte
            == "Article 1 : Objet\n\nAnnexe\n\nArticle 2 : Durée\n"
        )

    @pytest.mark.parametrize(
        "attributs",
        [
            'style:num-format="A" text:start-value="999999999"',
            'style:num-format="1" text:display-levels="9999"',
            'style:num-format="1" loext:num-list-format="%1%%2%%99%"',
        ],
    )
    def test_absurd_ones_do_no_harm(self, attributs: str) -> None:
        assert "Objet" in read(items("Objet"), style(level(1, attributs))).texte


class TestTables:
    def test_merged_repeated_and_empty_cells(self) -> None:
        large = f'<table:table-cell table:style-name="Tableau1.A1" table:number-columns-spanned="2">{paragraph("large")}</table:table-cell><table:covered-table-cell/>'
        vide = '<table:table-cell table:number-columns-repeated="2"><text:p/></table:table-cell>'
        cellule = f"<table:table-cell>{paragraph('x')}</table:table-cell>"
        entete = (
            f"<table:table-header-rows><table:table-row>{large}{cellule}</table:table-row></table:table-header-rows>"
        )
        corps = f"<table:table>{entete}<table:table-row>{vide}{cellule}</table:table-row></table:table>"
        assert read(corps).texte == "large\t\tx\n\t\tx\n"

    def test_the_lines_of_a_cell_are_one(self) -> None:
        assert read(table([[paragraph("AE\n2024"), paragraph("un") + paragraph("deux")]])).texte == "AE 2024\tun deux\n"

    def test_those_who_sign_are_read_column_by_column(self) -> None:
        cotes = [
            paragraph("Le délégant,") + paragraph("Jeanne Corvaisier"),
            paragraph("Le délégataire,") + paragraph("Loïc Kerbrat"),
        ]
        assert (
            read(table([cotes], "Tableau2.A1")).texte
            == "Le délégant,\nJeanne Corvaisier\n\nLe délégataire,\nLoïc Kerbrat\n"
        )


class TestText:
    @pytest.mark.parametrize(
        ("contenu", "attendu"),
        [
            ("un  \n  deux", "un deux\n"),
            ('un<text:s text:c="3"/>deux', "un   deux\n"),
            ("un<text:line-break/>deux", "un\ndeux\n"),
            ("un <text:span>deux </text:span> trois", "un deux trois\n"),
            ('n°\u00a02024<text:span text:style-name="Cache">caché</text:span>', "n°\u00a02024\n"),
            ('vu<text:span text:style-name="Barre">barré</text:span>', "vu\n"),
            ('vu<text:hidden-text text:is-hidden="true">caché</text:hidden-text>', "vu\n"),
            ("lu<office:annotation><dc:creator>X</dc:creator><text:p>commentaire</text:p></office:annotation>", "lu\n"),
            ('<text:a xlink:href="https://exemple.fr">lien</text:a>', "lien\n"),
            (
                "lu<draw:frame><draw:image xlink:href='Pictures/1.png'/><svg:title>texte de remplacement</svg:title></draw:frame>",
                "lu\n",
            ),
        ],
    )
    def test_a_paragraph_is_read_as_printed(self, contenu: str, attendu: str) -> None:
        assert read(paragraph("", contenu=contenu)).texte == attendu

    def test_a_frame_is_read_once(self) -> None:
        assert (
            read(box(paragraph("Cadre") + box(paragraph("dedans"))) + paragraph("Suite")).texte
            == "Cadre\n\ndedans\n\nSuite\n"
        )

    def test_notes_come_after_the_text(self) -> None:
        note = f'Texte<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{paragraph("Voir le décret.")}</text:note-body></text:note>'
        assert read(paragraph("", contenu=note) + paragraph("Fin")).texte == "Texte\n\nFin\n\n[1] Voir le décret.\n"

    def test_contents_and_hidden_sections_are_left_out(self) -> None:
        sommaire = f"<text:table-of-content><text:index-body>{paragraph('Article 1 … 3')}</text:index-body></text:table-of-content>"
        cachee = f'<text:section text:display="none">{paragraph("caché")}</text:section>'
        vue = f"<text:section>{paragraph('vu')}</text:section>"
        lu = read(sommaire + cachee + vue)
        assert lu.texte == "vu\n"
        assert any("masqué" in remarque for remarque in lu.remarques)


def test_an_archive_made_anew_is_read() -> None:
    tampon = BytesIO()
    with ZipFile(BytesIO(make(ACTE))) as ancienne, ZipFile(tampon, "w", ZIP_DEFLATED) as archive:
        for nom in sorted(ancienne.namelist()):
            archive.writestr(nom, ancienne.read(nom))
    assert extract(tampon.getvalue()).texte == extract(make(ACTE)).texte


def test_what_lies_beside_the_text_is_said() -> None:
    suivi = "<text:changed-region><text:deletion/></text:changed-region><text:changed-region><text:insertion/></text:changed-region>"
    contenu = "Texte<office:annotation><text:p>interne</text:p></office:annotation><draw:frame><draw:image xlink:href='Pictures/1.png'/></draw:frame>"
    meta = parts("")["meta.xml"].replace(
        "</office:meta>", '<meta:template xlink:href="file:///home/camille/modele.ott"/></office:meta>'
    )
    corps = f"<text:tracked-changes>{suivi}</text:tracked-changes>{paragraph('', contenu=contenu)}"
    lu = read(corps, **{"Basic/Standard/Module1.xml": "<x/>", "meta.xml": meta})
    remarques = " ".join(lu.remarques)
    for mot in ("insertions", "suppressions", "commentaires", "images", "macros", "Camille Rédactrice", "modele.ott"):
        assert mot in remarques
    assert lu.texte == "Texte\n"


class TestHostile:
    @pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
    def test_a_truncated_file_is_refused(self, part: float) -> None:
        contenu = make(ACTE)
        with pytest.raises(Illisible, match="abîmé"):
            extract(contenu[: int(len(contenu) * part)])

    def test_a_password_is_said(self) -> None:
        with pytest.raises(Illisible, match="mot de passe"):
            read("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})

    def test_entities_are_refused(self) -> None:
        piege = (
            '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            + parts(paragraph("&a;"))["content.xml"]
        )
        with pytest.raises(Illisible, match="entités"):
            extract(zip_parts(parts("") | {"content.xml": piege.replace("&amp;a;", "&a;")}))

    def test_repeated_cells_are_bounded(self) -> None:
        cellule = f'<table:table-cell table:number-columns-repeated="16384">{paragraph("x" * 1000)}</table:table-cell>'
        rangee = f'<table:table-row table:number-rows-repeated="1000000">{cellule}</table:table-row>'
        with pytest.raises(Illisible, match="long"):
            read(f"<table:table>{rangee * 50}</table:table>")

    def test_repeated_spaces_are_bounded(self) -> None:
        assert len(read(paragraph("", contenu='a<text:s text:c="999999999"/>b')).texte) < 1000

    @pytest.mark.parametrize("profondeur", [50, 110])
    def test_nested_lists_are_read(self, profondeur: int) -> None:
        corps = f"{'<text:list><text:list-item>' * profondeur}{paragraph('fond')}{'</text:list-item></text:list>' * profondeur}"
        assert read(corps).texte == "fond\n"

    def test_absurd_nesting_is_refused(self) -> None:
        with pytest.raises(Illisible):
            read("<text:section>" * 1000 + "</text:section>" * 1000)

    def test_a_document_without_text_is_refused(self) -> None:
        with pytest.raises(Illisible, match="texte"):
            extract(zip_parts({"content.xml": "<x/>"}))
