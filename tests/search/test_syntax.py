import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.syntax import MOST_NODES, All, Identifier, Node, Not, Phrase, Word, parse_text, wanted

UO = Identifier("uo", "0214-CEN2-INFO", ("0214", "cen2", "info"))
NOR = Identifier("nor", "MENA2420224X", ("mena2420224",))


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("visioconférences", (Word("visioconférences", "visioconferenc"),)),
        ("l'État  numérique", (Word("l'État", "etat"), Word("numérique", "num"))),
        ("état état", (Word("état", "etat"),)),
        ("classes-virtuelles", (Phrase("classes-virtuelles", ("clas", "virtuel")),)),
        ('"compte rendu" AE', (Phrase("compte rendu", ("compt", "rendu")), Word("AE", "ae"))),
        ("« compte rendu »", (Phrase("compte rendu", ("compt", "rendu")),)),
        ('"délégation"', (Word("délégation", "deleg"),)),
        ("crédits -avenant", (Word("crédits", "credit"), Not(Word("avenant", "avenant")))),
        ('-"fonds de concours"', (Not(Phrase("fonds de concours", ("fond", "de", "concou"))),)),
        ("crédits - avenant", (Word("crédits", "credit"), Word("avenant", "avenant"))),
        ("décret n°2004-1085", (Word("décret", "decret"), Phrase("2004-1085", ("2004", "1085")))),
        ("nº 12", (Word("12", "12"),)),
        ("MENA2420224X", (NOR,)),
        ("nor : mena2420224x", (NOR,)),
        ("M E N A 2 4 2 0 2 2 4 X", (NOR,)),
        ("0214-cen2-info", (UO,)),
        ("UO 0214-CEN2-INFO marché", (UO, Word("marché", "march"))),
        ("programme 214", (Identifier("programme", "214", ("program", "214")),)),
        ("activité 021401SI0202", (Identifier("activite", "021401SI0202", ("021401si0202",)),)),
        ("DINUPROD75", (Identifier("centre_cout", "DINUPROD75", ("dinuprod75",)),)),
        ("0214-08-02", (Identifier("domaine_fonctionnel", "0214-08-02", ("0214", "08", "02")),)),
        ("FAC9460075", (Identifier("comptable", "FAC9460075", ("fac9460075",)),)),
    ],
)
def test_what_is_typed_is_understood(text: str, nodes: tuple[Node, ...]) -> None:
    parsed = parse_text(text)
    assert parsed.tree == All(nodes)
    assert parsed.remarques == ()


@pytest.mark.parametrize(
    ("text", "nodes", "remarque"),
    [
        ('"', (), "Un guillemet n'est pas fermé : il est laissé de côté."),
        ('a "', (Word("a", "a"),), "Un guillemet n'est pas fermé : il est laissé de côté."),
        (
            '"compte rendu',
            (Phrase("compte rendu", ("compt", "rendu")),),
            "Un guillemet n'est pas fermé : l'expression « compte rendu » est cherchée telle quelle.",
        ),
        ("€ & -", (), "La recherche ne contient aucun mot : toutes les conventions sont montrées."),
    ],
)
def test_mistakes_are_repaired_and_said(text: str, nodes: tuple[Node, ...], remarque: str) -> None:
    parsed = parse_text(text)
    assert parsed.tree == All(nodes)
    assert remarque in parsed.remarques


def test_identifiers_are_said_to_be_recognised() -> None:
    assert parse_text("NOR MENA2420224X").reconnus == ("Reconnu : numéro NOR MENA2420224X.",)
    assert parse_text("visioconférences").reconnus == ()


def test_too_many_words_are_cut() -> None:
    parsed = parse_text(" ".join(f"mot{n}" for n in range(100)))
    assert len(parsed.tree.nodes) == MOST_NODES
    assert len(parsed.remarques) == 1


def test_what_is_excluded_is_not_to_be_shown() -> None:
    assert wanted(parse_text('crédits "compte rendu" -avenant').tree) == (("credit",), ("compt", "rendu"))


@given(st.text(max_size=80) | st.text('ab -"«»n°0214\u202fMENA2420224X()', max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    parsed = parse_text(text)
    assert all(run and all(run) for run in wanted(parsed.tree))
