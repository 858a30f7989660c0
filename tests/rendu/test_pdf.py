"""The PDF of an act is accessible, says all that its text says, runs nothing of it, and is the same each time."""

import unicodedata
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.convention import Annexe, Article, Convention, Imputation, LigneEcheancier, Partie, Role
from portal.rendu import pdf
from portal.rendu.glyphes import SIGNES, write_displayable
from portal.rendu.texte import write_texte
from tests import strategies
from tests.rendu.actes import ADRESSE, EXEMPLES, SEED, UID, acte_of, print_pdf, read_exemple, read_pages, words

HOSTILE = '#include("/etc/passwd") *a* _b_ $x$ <l> @r `c` \\# // d /* e */ #{sys.inputs} https://f.g -- ~ "h" == i'


def tags(contenu: bytes) -> list[tuple[str, str]]:
    """The elements of the structure, in the order of reading, each with its scope."""
    found: list[tuple[str, str]] = []
    with pikepdf.open(BytesIO(contenu)) as document:
        pending = [document.Root.StructTreeRoot.K]
        while pending:
            element = pending.pop()
            if isinstance(element, pikepdf.Array):
                pending += reversed(list(element))
            elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
                scopes = [str(attribut.Scope) for attribut in element.get("/A", []) if "/Scope" in attribut]
                found.append((str(element.S), "".join(scopes)))
                pending.append(element.get("/K", pikepdf.Array()))
    return found


def names(contenu: bytes) -> list[str]:
    return [name for name, _scope in tags(contenu)]


def widths(contenu: bytes) -> list[tuple[float, float]]:
    """How far the signs of each page go to the right, and how wide it is."""
    with pypdfium2.PdfDocument(contenu) as document:
        return [
            (max(pages.get_charbox(rang)[2] for rang in range(pages.count_chars())), page.get_width())
            for page in document
            if (pages := page.get_textpage()).count_chars()
        ]


@pytest.fixture(scope="module")
def seed() -> bytes:
    return print_pdf(read_exemple(SEED))


class TestAccessible:
    def test_it_says_that_it_is_pdf_ua(self, seed: bytes) -> None:
        with pikepdf.open(BytesIO(seed)) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "fr-FR"
            assert document.Root.ViewerPreferences.DisplayDocTitle
            assert "/StructTreeRoot" in document.Root
            assert document.check_pdf_syntax() == []
            with document.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"] == "Convention de délégation de gestion du 1er septembre 2024"
            assert str(document.docinfo["/CreationDate"]).startswith("D:20260105")

    def test_its_headings_go_down_one_by_one(self, seed: bytes) -> None:
        headings = [int(name[2:]) for name in names(seed) if name in ("/H1", "/H2", "/H3", "/H4")]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert headings.count(3) == 10
        assert all(after - before <= 1 for before, after in pairwise(headings))

    def test_its_tables_name_their_columns(self, seed: bytes) -> None:
        scopes = [scope for name, scope in tags(seed) if name == "/TH"]
        assert scopes == ["/Column"] * (3 + 3 + 6)  # in article 6, the échéancier, the imputations
        assert names(seed).count("/Caption") == 2

    def test_its_link_says_where_it_goes(self, seed: bytes) -> None:
        assert "/Link" in names(seed)
        with pikepdf.open(BytesIO(seed)) as document:
            (link,) = document.pages[0].Annots
            assert str(link.A.URI) == ADRESSE
            assert str(link.Contents)

    def test_its_fonts_are_in_it(self, seed: bytes) -> None:
        with pikepdf.open(BytesIO(seed)) as document:
            objets = [objet for objet in document.objects if isinstance(objet, pikepdf.Dictionary)]
            fonts = [set(objet.keys()) for objet in objets if objet.get("/Type") == "/FontDescriptor"]
            assert fonts
            assert all({"/FontFile2", "/FontFile3"} & font for font in fonts)


@pytest.mark.parametrize("path", EXEMPLES, ids=lambda path: path.stem)
def test_it_says_every_word_of_the_text(path: Path) -> None:
    convention = read_exemple(path)
    read = words(read_pages(print_pdf(convention)))
    assert set(words(write_texte(convention))) <= set(read)
    # The names of columns, which the text repeats in each row, are the only words that are said less often.
    corps = [mot for article in convention.articles for mot in words(article.corps)]
    assert Counter(corps) - Counter(read) == Counter()


class TestFacts:
    def test_the_head_of_the_act(self, seed: bytes) -> None:
        read = read_pages(seed)
        assert "le document signé fait foi" in read
        assert "à jour au 5 janvier 2026" in read
        assert "Date de signature\u00a0: 1er septembre 2024" in read
        assert ADRESSE in read
        assert UID in read
        assert "Délégant\u00a0: Ministère de l'Education Nationale et de la Jeunesse (MENJ)" in read
        assert "représenté par Stéphanie Schaer, directrice de la DINUM" in read
        assert "Page 1 sur 4" in read

    def test_amounts_have_narrow_spaces(self, seed: bytes) -> None:
        assert "2024 120\u202f000\u00a0€ 10\u202f000\u00a0€" in read_pages(seed)
        assert "Total 120\u202f000\u00a0€ 120\u202f000\u00a0€" in read_pages(seed)

    def test_what_is_unknown_is_said(self) -> None:
        read = read_pages(print_pdf(Convention("")))
        assert read.startswith("Acte sans titre")
        assert "NOR\u00a0: non précisé" in read
        assert "Signataires non précisés." in read

    @pytest.mark.parametrize("titre", ["\u200b", "\ufe0f", "  "])
    def test_a_title_that_shows_nothing(self, titre: str) -> None:
        assert read_pages(print_pdf(Convention(titre))).startswith("Acte sans titre")

    def test_the_same_facts_give_the_same_bytes(self, seed: bytes) -> None:
        assert print_pdf(read_exemple(SEED)) == seed
        assert print_pdf(replace(read_exemple(SEED), nor="MENN2412345X")) != seed


class TestSigns:
    def test_markup_is_only_letters(self) -> None:
        hostile = Convention(
            HOSTILE,
            objet=HOSTILE,
            nor=HOSTILE,
            parties=(Partie(HOSTILE, Role.DELEGANT, adresse=HOSTILE),),
            articles=(Article(HOSTILE, HOSTILE, f"{HOSTILE}\n- {HOSTILE}\n{HOSTILE}\t{HOSTILE}\t{HOSTILE}"),),
            annexes=(Annexe(HOSTILE, HOSTILE),),
            echeancier=(LigneEcheancier(2024, HOSTILE, HOSTILE, HOSTILE, Decimal(1), None), LigneEcheancier()),
            imputations=(Imputation(HOSTILE),),
        )
        read = words(read_pages(print_pdf(hostile)))
        assert read.count("passwd") == 17
        assert Counter(words(HOSTILE) * 17) - Counter(read) == Counter()

    def test_french_is_written_as_it_is(self) -> None:
        francais = "« Œuvre d’été » : à l’Île – où ça… 1er, 2e, § 3, n° 4, 5 €, 6 m², ½, ŸÉÈÊËÀÂÎÏÔÙÛÜÇÆŒæœ"
        assert francais in read_pages(print_pdf(acte_of(francais)))

    def test_every_sign_that_is_held_can_be_shown(self) -> None:
        """Typst refuses, where a PDF is to be accessible, a sign that no font holds."""
        signes = sorted(signe for signe in SIGNES if not signe.isspace())
        pages = read_pages(print_pdf(acte_of("\n".join(f"{signe}." for signe in signes))))
        assert pages.count(".") >= len(signes)

    @pytest.mark.parametrize(
        ("texte", "shown"),
        [
            ("Ελλάδα, Україна", "Ελλάδα, Україна"),
            ("é", "é"),
            ("a😀b", "a[U+1F600]b"),
            ("中", "[U+4E2D]"),
            ("x\ud800y", "x[U+D800]y"),
            ("\ue000", "[U+E000]"),
            ("a\x00\x07\u202eb\ufe0f", "ab"),
            ("a\x0cb", "a b"),
        ],
    )
    def test_a_sign_without_glyph_is_written_by_its_number(self, texte: str, shown: str) -> None:
        assert shown in read_pages(print_pdf(acte_of(f"Début {texte} fin"))).replace("\r\n", "\n")

    @pytest.mark.parametrize(
        "corps", ["a" * 1500, "https://exemple.fr/" + "b" * 500, "1\t2\t" + "c" * 200 + "\n3\t4\t5"]
    )
    def test_a_long_word_stays_in_the_page_and_is_read_whole(self, corps: str) -> None:
        contenu = print_pdf(acte_of(corps))
        assert all(right < width - 50 for right, width in widths(contenu))
        assert max(words(corps), key=len) in read_pages(contenu).replace("\r\n", "")

    @settings(max_examples=40)
    @given(st.text(st.characters(exclude_categories=()), max_size=200))
    def test_any_text_is_shown_as_letters_that_are_held(self, texte: str) -> None:
        lisible = write_displayable(texte)
        assert all(signe in SIGNES or signe == "\u200b" for signe in lisible)
        attendues = [lettre for lettre in unicodedata.normalize("NFC", texte) if lettre.isalpha()]
        assert sum(map(str.isalpha, lisible)) >= len(attendues)


@settings(max_examples=60)
@given(strategies.conventions)
def test_any_convention_has_its_pages(convention: Convention) -> None:
    contenu = print_pdf(convention)
    assert names(contenu).count("/H1") == 1
    titre = write_displayable(" ".join(convention.titre.split())).strip()
    assert words(titre)[:3] == words(read_pages(contenu))[: len(words(titre)[:3])] or not words(titre)


def test_a_very_long_act() -> None:
    phrase = "Le délégataire assure pour le compte du délégant l’exécution et le suivi du marché. "
    longue = Convention(
        "Convention longue",
        articles=tuple(Article(str(rang), f"Objet {rang}", phrase * 6) for rang in range(1, 501)),
        annexes=(Annexe("Texte", phrase * (100_000 // len(phrase))),),
        echeancier=tuple(LigneEcheancier(2000 + rang, "214", None, None, Decimal(rang), None) for rang in range(300)),
    )
    read = read_pages(print_pdf(longue))
    assert "Article 500\u00a0: Objet 500" in read
    assert "2299 299\u00a0€" in read
    assert words(read).count("délégataire") == 500 * 6 + 100_000 // len(phrase)


class TestFailure:
    def test_it_ends_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "DELAI", 0.001)
        with pytest.raises(pdf.MiseEnPageImpossible, match="trop long"):
            print_pdf(Convention("Convention"))

    def test_it_says_what_failed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "write_displayable", lambda texte, *_largeur: f"{texte}\u4e2d")
        with pytest.raises(pdf.MiseEnPageImpossible, match="could not be displayed"):
            print_pdf(Convention("Convention"))
