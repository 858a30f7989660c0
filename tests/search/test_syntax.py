from datetime import date

import pytest
from hypothesis import example, given

from search.syntax import MOST_DEPTH, MOST_DISTANCE, MOST_LEAVES, parse_text, write
from search.tree import All, Any, Code, Identifier, InStatut, Interval, Node, Not, Phrase, Prefix, Word, wanted
from tests.search.typed import typed_texts

UO = Identifier("uo", "0214-CEN2-INFO", ("0214", "cen2", "info"))
NOR = Identifier("nor", "MENA2420224X", ("mena2420224",))
DECRET = Phrase("2004-1085", ("2004", "1085"))
A, B, C = Word("a", "a"), Word("b", "b"), Word("c", "c")


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("visioconférences", (Word("visioconférences", "visioconferenc"),)),
        ("l'État  numérique", (Word("l'État", "etat"), Word("numérique", "num"))),
        ("a, b; c.", (A, B, C)),
        ("a a", (A,)),
        ("classes-virtuelles", (Phrase("classes-virtuelles", ("clas", "virtuel")),)),
        ('"compte rendu" AE', (Phrase("compte rendu", ("compt", "rendu")), Word("AE", "ae"))),
        ("« compte rendu »", (Phrase("compte rendu", ("compt", "rendu")),)),
        ('"délégation"', (Phrase("délégation", ("deleg",)),)),
        ('"compte rendu"~5', (Phrase("compte rendu", ("compt", "rendu"), distance=5),)),
        ("crédits -avenant", (Word("crédits", "credit"), Not(Word("avenant", "avenant")))),
        ("crédits SAUF avenant", (Word("crédits", "credit"), Not(Word("avenant", "avenant")))),
        ('-"fonds de concours"', (Not(Phrase("fonds de concours", ("fond", "de", "concou"))),)),
        ("crédits - avenant", (Word("crédits", "credit"), Word("avenant", "avenant"))),
        ("--a", (A,)),
        ("-(a b)", (Not(All((A, B))),)),
        ("a OU b", (Any((A, B)),)),
        ("a OR b c", (Any((A, All((B, C)))),)),
        ("(a OU b) c", (Any((A, B)), C)),
        ("a ET b AND c", (A, B, C)),
        ("a OU (b OU c)", (Any((A, B, C)),)),
        ("(a (b))", (A, B)),
        ("a ou b", (A, Word("ou", "ou"), B)),
        ("visio*", (Prefix("visio", "visio"),)),
        ("l'Hébergem*", (Prefix("l'Hébergem", "hebergem"),)),
        ("-visio*", (Not(Prefix("visio", "visio")),)),
        ("objet:a", (Word("a", "a", "objet"),)),
        ("Délégant:(a OU visio*)", (Any((Word("a", "a", "delegant"), Prefix("visio", "visio", "delegant"))),)),
        ('article:"compte rendu"~2', (Phrase("compte rendu", ("compt", "rendu"), "article", 2),)),
        ("visa:2004-1085", (Phrase("2004-1085", ("2004", "1085"), "visa"),)),
        ("objet: a", (Word("objet:", "objet"), A)),
        ("https://a", (Phrase("https://a", ("http", "a")),)),
        ("annee:2024", (Interval("annee", 2024, 2024),)),
        ("annee:2022..2024", (Interval("annee", 2022, 2024),)),
        ("annee:>2022", (Interval("annee", 2023, None),)),
        ("annee:(2022 OU 2024)", (Any((Interval("annee", 2022, 2022), Interval("annee", 2024, 2024))),)),
        ("ae:>100000", (Interval("ae", 10_000_001, None),)),
        ("ae:>=100 000 € a", (Interval("ae", 10_000_000, None), A)),
        ("cp:10k..2M", (Interval("cp", 1_000_000, 200_000_000),)),
        ("cp:<1,5M€", (Interval("cp", None, 149_999_999),)),
        ("du:2024 au:1/9/2024", (Interval("du", low=day(2024, 1, 1)), Interval("au", high=day(2024, 9, 1)))),
        ('du:"1er septembre 2024"', (Interval("du", low=day(2024, 9, 1)),)),
        ("statut:en_vigueur", (InStatut("en_vigueur"),)),
        ('-statut:"En vigueur"', (Not(InStatut("en_vigueur")),)),
        ("programme:0214", (Code("programme", "214"),)),
        ("uo:0214-cen2-info", (Code("uo", "0214-CEN2-INFO"),)),
        ("uo:0214*", (Code("uo", "0214", debut=True),)),
        ("NOR:MENA2420224X", (Code("nor", "MENA2420224X"),)),
        ("MENA2420224X", (NOR,)),
        ("nor : mena2420224x", (NOR,)),
        ("-MENA2420224X", (Not(NOR),)),
        ("M E N A 2 4 2 0 2 2 4 X", (NOR,)),
        ("0214-cen2-info", (UO,)),
        ("UO 0214-CEN2-INFO marché", (UO, Word("marché", "march"))),
        ("programme 214", (Identifier("programme", "214", ("program", "214")),)),
        ("programme (214)", (Word("programme", "program"), Word("214", "214"))),
        ("activité 021401SI0202", (Identifier("activite", "021401SI0202", ("021401si0202",)),)),
        ("DINUPROD75", (Identifier("centre_cout", "DINUPROD75", ("dinuprod75",)),)),
        ("0214-08-02", (Identifier("domaine_fonctionnel", "0214-08-02", ("0214", "08", "02")),)),
        ("FAC9460075", (Identifier("comptable", "FAC9460075", ("fac9460075",)),)),
        ("SIREN 130 025 265", (Identifier("siren", "130025265", ("130025265",)),)),
        ("120 000 €", (Identifier("montant", "120000", ("120", "000")),)),
        ("1,5 M€", (Identifier("montant", "1500000", ("1", "500", "000")),)),
        ("décret n°2004-1085", (Word("décret", "decret"), DECRET)),
        ("n° 12", (Word("12", "12"),)),
        ("nº 12", (Word("12", "12"),)),
    ],
)
def test_what_is_typed_is_understood(text: str, nodes: tuple[Node, ...]) -> None:
    parsed = parse_text(text)
    assert parsed.tree == All(nodes)
    assert parsed.remarques == ()


TOUTES = "La recherche ne contient aucun mot : toutes les conventions sont montrées."
GUILLEMET = "Un guillemet n'est pas fermé : il est laissé de côté."
OU = "« OU » n'a rien à relier d'un côté : il est laissé de côté."
SAUF = "Il n'y a rien à exclure après « SAUF » ou le signe moins : ils sont laissés de côté."
OUVERTE = "Une parenthèse n'est pas fermée : elle va jusqu'à la fin."
FERMANTE = "Une parenthèse fermante est de trop : elle est laissée de côté."
LETTRES = "Avant l'astérisque il faut 2 lettres au moins : elle est laissée de côté."
ANNEE = "il faut une année ou deux, par exemple 2024, >2022 ou 2022..2024."


@pytest.mark.parametrize(
    ("text", "repaired", "remarques"),
    [
        ('"', "", (GUILLEMET, TOUTES)),
        ('a "', "a", (GUILLEMET,)),
        (
            '"compte rendu',
            '"compte rendu"',
            ("Un guillemet n'est pas fermé : l'expression « compte rendu » est cherchée telle quelle.",),
        ),
        ("€ & -", "", (TOUTES,)),
        ("(a OU b", "(a OU b)", (OUVERTE,)),
        ("a) b", "a b", (FERMANTE,)),
        ("()", "", (TOUTES,)),
        ("OU a OU", "a", (OU,)),
        ("a OU OU b", "(a OU b)", (OU,)),
        ("a SAUF", "a", (SAUF,)),
        ("a -OU b", "(a OU b)", (SAUF,)),
        ("v*", "v", (LETTRES,)),
        ("* a", "a", (LETTRES,)),
        (
            "classes-virt*",
            "classes-virt",
            ("L'astérisque ne vaut que pour un mot seul : elle est laissée de côté.",),
        ),
        ('"a b"~99', '"a b"~20', ("Les mots d'une expression sont cherchés à 20 mots l'un de l'autre, au plus.",)),
        ("a annee:abc", "a", (f"« annee:abc » est laissé de côté : {ANNEE}",)),
        ("annee:2024..2022", "annee:2022..2024", ("« annee:2024..2022 » : les deux bornes ont été échangées.",)),
        ("annee:..", "", (f"« annee:.. » est laissé de côté : {ANNEE}", TOUTES)),
        (
            "ae:beaucoup a",
            "a",
            (
                "« ae:beaucoup » est laissé de côté : il faut un montant en euros, par exemple >100000 ou 10k..2M.",
            ),
        ),
        (
            "statut:fini a",
            "a",
            (
                "« statut:fini » est laissé de côté : il faut l'une de ces valeurs : "
                "a_venir, en_vigueur, echue, resiliee.",
            ),
        ),
        ("du:hier a", "a", ("« du:hier » est laissé de côté : il faut une date, par exemple 2024-09-01.",)),
        (
            "nor:MEN",
            '"MEN"',
            (
                "Numéro NOR « MEN » : 3 caractères au lieu de 12. Forme attendue, par exemple : MENA2420224X. "
                "« MEN » est cherché comme un mot.",
            ),
        ),
        (
            "auteur:martin",
            '"auteur" martin',
            (
                "Le champ « auteur » n'existe pas : ses mots sont cherchés partout. Champs : titre, objet, article, "
                "partie, delegant, delegataire, visa, programme, uo, nor, annee, ae, cp, statut, du, au.",
            ),
        ),
    ],
)  # fmt: skip
def test_mistakes_are_repaired_and_said(text: str, repaired: str, remarques: tuple[str, ...]) -> None:
    parsed = parse_text(text)
    assert (write(parsed.tree), parsed.remarques) == (repaired, remarques)


@pytest.mark.parametrize(
    ("text", "reconnu"),
    [
        ("NOR MENA2420224X", "Reconnu : numéro NOR MENA2420224X."),
        ("120 000 euros", "Reconnu : montant de 120\u202f000\u00a0€."),
        ("n° 2004-1085", "Reconnu : texte n° 2004-1085."),
        ("décret 2004-1085", "Reconnu : texte n° 2004-1085."),
    ],
)
def test_identifiers_are_said_to_be_recognised(text: str, reconnu: str) -> None:
    assert parse_text(text).reconnus == (reconnu,)


@pytest.mark.parametrize("text", ["classes-virtuelles", '"classes-virtuelles"', "objet:sous-direction", "a/b -c'd"])
def test_what_is_not_quoted_is_not_written_so(text: str) -> None:
    assert write(parse_text(text).tree) == text


@pytest.mark.parametrize("text", ["visioconférences", "2022-2024", "annee:2022", "120 000"])
def test_what_is_no_identifier_is_not(text: str) -> None:
    assert parse_text(text).reconnus == ()


def test_too_many_words_are_cut() -> None:
    parsed = parse_text(" ".join(f"mot{n}" for n in range(100)))
    assert len(parsed.tree.nodes) == MOST_LEAVES
    assert len(parsed.remarques) == 1


def test_too_many_parentheses_are_left_out() -> None:
    parsed = parse_text("(" * (MOST_DEPTH + 5) + "a" + ")" * (MOST_DEPTH + 5))
    assert parsed.tree == All((A,))
    assert parsed.remarques[0].startswith("Plus de 10 parenthèses")


def test_words_far_apart_are_not_looked_for() -> None:
    [phrase] = parse_text('"a b"~9999').tree.nodes
    assert isinstance(phrase, Phrase)
    assert phrase.distance == MOST_DISTANCE


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('crédits "compte rendu" -avenant', (("credit",), ("compt", "rendu"))),
        ('"compte rendu"~3', (("compt",), ("rendu",))),
        ("visio* OU objet:a", (("visio*",), ("a",))),
        ("annee:2024 statut:echue", ()),
    ],
)
def test_what_is_to_be_shown(text: str, runs: tuple[tuple[str, ...], ...]) -> None:
    assert wanted(parse_text(text).tree) == runs


@given(typed_texts())
@example("n°130025265'")
@example("1300252652M€)")
@example("--130025265'")
@example("objet:(:OU")
@example("0214-08-02-*")
def test_a_tree_written_is_read_again_as_it_was(text: str) -> None:
    tree = parse_text(text).tree
    assert parse_text(write(tree)).tree == tree
    assert all(run and all(run) for run in wanted(tree))
