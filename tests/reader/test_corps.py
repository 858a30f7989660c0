import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from portal.reader.corps import render_corps, render_ligne


@pytest.mark.parametrize(
    ("texte", "html"),
    [
        ("", ""),
        ("\n \n", ""),
        ("Une phrase.\n\nUne autre.", "<p>Une phrase.</p><p>Une autre.</p>"),
        (
            "Il assure :\n- la prestation ;\n• le suivi.",
            "<p>Il assure :</p><ul><li>la prestation ;</li><li>le suivi.</li></ul>",
        ),
        ("- 12 °C la nuit\n-pas une liste", "<ul><li>12 °C la nuit</li></ul><p>-pas une liste</p>"),
        (
            "Le délégataire assure la\nprestation,\n  pour le compte du délégant.\nIl en rend compte.",
            "<p>Le délégataire assure la prestation, pour le compte du délégant.</p><p>Il en rend compte.</p>",
        ),
        (
            "Les crédits sont ouverts pour trois ans au ministère de la\nCulture. Le chef du sous-\npréfet le suit.",
            "<p>Les crédits sont ouverts pour trois ans au ministère de la Culture. Le chef du"
            " sous-préfet le suit.</p>",
        ),
        ("- la prestation\nde paie ;\n- le suivi", "<ul><li>la prestation de paie ;</li><li>le suivi</li></ul>"),
        ("Il assure :\nla paie ;\nle suivi", "<p>Il assure :</p><p>la paie ;</p><p>le suivi</p>"),
        ("Travaux de fin\na) il participe", "<p>Travaux de fin</p><p>a) il participe</p>"),
        ("Programme 214\nActivité 0214\n\nle reste", "<p>Programme 214</p><p>Activité 0214</p><p>le reste</p>"),
        ('<b>gras</b> & "droit"', "<p>&lt;b&gt;gras&lt;/b&gt; &amp; &quot;droit&quot;</p>"),
    ],
)
def test_lines_become_paragraphs_and_lists(texte: str, html: str) -> None:
    assert render_corps(texte) == html


def test_tabs_are_a_table_whose_unnamed_corner_makes_a_header() -> None:
    page = HTMLParser(render_corps("\tAE\tCP\n2024\t120 000 €\t10 000 €\n2025\t\t110 000 €"))
    assert [cell.text() for cell in page.css("thead th[scope=col]")] == ["AE", "CP"]
    assert [cell.text() for cell in page.css("tbody th[scope=row]")] == ["2024", "2025"]
    assert [cell.text() for cell in page.css("tbody td")] == ["120 000 €", "10 000 €", "", "110 000 €"]


def test_a_table_of_names_and_codes_has_no_header() -> None:
    page = HTMLParser(render_corps("Programme 214\nActivité\t021401SI0202\nCentre de coût :\tDINUPROD75\textra"))
    assert page.css_first("thead") is None
    assert [len(row.css("td")) for row in page.css("tr")] == [2, 2]


@pytest.mark.parametrize(
    ("texte", "adresses"),
    [
        ("le site <https://beta.gouv.fr/approche/> et la suite", ["https://beta.gouv.fr/approche/"]),
        ("voir https://data.gouv.fr.", ["https://data.gouv.fr"]),
        ("(http://exemple.fr/a(b)?c=1&d=2), puis", ["http://exemple.fr/a(b)?c=1&d=2"]),
        ("www.gouvernement.fr ou javascript:alert(1)", []),
        ('https://exemple.fr/"onmouseover="x', ["https://exemple.fr/"]),
    ],
)
def test_web_addresses_are_links(texte: str, adresses: list[str]) -> None:
    liens = HTMLParser(render_ligne(texte)).css("a")
    assert [lien.attributes["href"] for lien in liens] == adresses
    assert all("nofollow" in (lien.attributes["rel"] or "") for lien in liens)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
def test_no_markup_of_a_document_reaches_the_page(texte: str) -> None:
    page = HTMLParser(f"<body>{render_corps(texte)}</body>")
    permises = {"html", "head", "body", "p", "ul", "li", "a", "div", "table", "thead", "tbody", "tr", "th", "td"}
    assert {node.tag for node in page.root.traverse()} <= permises


@given(st.text(st.sampled_from("ab -•\t\n<>&\"'é«»:/htps.")))
def test_every_word_of_the_text_is_on_the_page(texte: str) -> None:
    lus = HTMLParser(f"<body>{render_corps(texte)}</body>").body.text(separator=" ")
    for lettres in "abé":
        assert lus.count(lettres) == texte.count(lettres)


@pytest.mark.parametrize(
    "texte",
    [
        "UO | AE 2024 | CP 2024\n0214-CEN2 | 120 | 10\n | 30 | 110",
        "UO            AE 2024    CP 2024\n0214-CEN2         120         10\n                   30        110",
    ],
)
def test_cells_parted_by_bars_or_by_wide_gaps_are_a_table(texte: str) -> None:
    page = HTMLParser(render_corps(texte))
    assert [th.text() for th in page.css("thead th[scope=col]")] == ["UO", "AE 2024", "CP 2024"]
    assert [[cell.text() for cell in row.css("th, td")] for row in page.css("tbody tr")] == [
        ["0214-CEN2", "120", "10"],
        ["", "30", "110"],
    ]


def test_a_wide_gap_in_one_line_is_no_table() -> None:
    assert render_corps("Le montant est de   120 000 €.") == "<p>Le montant est de   120 000 €.</p>"
