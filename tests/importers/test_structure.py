"""The parts of an act in the shapes that real ones take: headings, bodies, visas, annexes, several acts."""
# ruff: noqa: E501 (lines of documents, as they are printed)

from datetime import date

import pytest

from importers.documents.pipeline import read_text
from portal.domain.convention import Gravite, TypeArticle
from tests.importers.actes import PARTIES, TITRE, act, read


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Article 1 : Objet", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1 - Objet", "Article 2 – Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1er\nObjet", "Article 2\nDurée"], [("1er", "Objet"), ("2", "Durée")]),
        (["ARTICLE PREMIER – OBJET", "ARTICLE 2 – DURÉE"], [("1er", "OBJET"), ("2", "DURÉE")]),
        (["Article 1ᵉʳ. Objet", "Article 2. Durée"], [("1er", "Objet"), ("2", "Durée")]),
        (["Article 1^{er} – Objet", "Article 2 – Durée"], [("1er", "Objet"), ("2", "Durée")]),
        (["Art. 1er. - Objet.", "Art. 2. - Durée."], [("1er", "Objet"), ("2", "Durée")]),
        (["1. Objet de la délégation.", "2. Durée."], [("1", "Objet de la délégation"), ("2", "Durée")]),
        (["1 - Objet", "2 - Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["I. Objet", "II. Durée"], [("I", "Objet"), ("II", "Durée")]),
        (["1. Contexte.\n\n1.1. Origine.", "2. Durée."], [("1", "Contexte"), ("1.1", "Origine"), ("2", "Durée")]),
        (["Titre I – Généralités\n\nArticle 1 : Objet", "Titre II – Fin\n\nArticle 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["OBJET", "MISSIONS DU DÉLÉGATAIRE", "DURÉE"], [("", "OBJET"), ("", "MISSIONS DU DÉLÉGATAIRE"), ("", "DURÉE")]),
        (["Article 1er\nLa présente convention a pour objet la paie."], [("1er", "")]),
        (["Article 1 : Objet\nVoir l'\nArticle 2 du décret du 14 octobre 2004.", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
        (["Article 1 : Objet\nL'article 6 devient :\nArticle 6 : Coût", "Article 2 : Durée"], [("1", "Objet"), ("2", "Durée")]),
    ],
)  # fmt: skip
def test_headings(headings: list[str], expected: list[tuple[str, str]]) -> None:
    corps = "\n\n".join(f"{heading}\n\nLe texte de l'article est ici." for heading in headings)
    convention = read(f"{TITRE}\n\nEntre {PARTIES},\n\nIl est convenu ce qui suit :\n\n{corps}")
    assert [(article.numero, article.intitule) for article in convention.articles] == expected


def test_a_text_without_articles_is_kept_whole_with_a_constat() -> None:
    lecture = read_text(f"{TITRE}\n\nEntre {PARTIES},\n\nIl est convenu ce qui suit :\n\nLe délégant confie la paie.")
    (article,) = lecture.convention.articles
    assert (article.numero, article.intitule, article.corps) == ("", "", "Le délégant confie la paie.")
    assert any(constat.regle == "C1" and constat.gravite is Gravite.INFO for constat in lecture.constats)


@pytest.mark.parametrize(
    ("intitule", "corps", "expected"),
    [
        ("Engagements de la DB", "La DB paie.", TypeArticle.OBLIGATIONS_DELEGATAIRE),
        ("Obligations de la DC", "La DC met les crédits à disposition.", TypeArticle.AUTRE),
        ("Durée et résiliation", "", TypeArticle.DUREE),
        ("Modalités de financement", "", TypeArticle.FINANCIER),
        ("", "La présente convention prend effet à sa signature.", TypeArticle.DUREE),
        ("Services délégants", "Sont services délégants : le bureau A.", TypeArticle.AUTRE),
    ],
)
def test_the_heading_says_what_an_article_is_about_then_its_body(
    intitule: str, corps: str, expected: TypeArticle
) -> None:
    assert act("Objet\nTexte.", f"{intitule}\n{corps}").articles[1].type is expected


def test_a_broken_word_is_joined_and_no_other_is_changed() -> None:
    convention = act("Objet\nLes presta-\ntions et les services visio-\n\nagents. Des prestations\nsuivent.")
    assert convention.articles[0].corps == "Les prestations et les services visio-agents. Des prestations\nsuivent."


@pytest.mark.parametrize(
    ("visas", "expected"),
    [
        ("Vu la loi A ;\nVu le décret B ;", ["Vu la loi A", "Vu le décret B"]),
        ("Vu décret n° A ; décret n° B ; convention C", ["décret n° A", "décret n° B", "convention C"]),
        ("VU :\n- la loi A ;\n- le décret B.", ["la loi A", "le décret B"]),
        ("Vu le décret A modifié\nrelatif à la paie ;", ["Vu le décret A modifié relatif à la paie"]),
        ("Vu le décret A et le décret B,", ["Vu le décret A et le décret B"]),
        ("VU la loi A ;VU le décret B ;", ["VU la loi A", "VU le décret B"]),
    ],
)
def test_visas(visas: str, expected: list[str]) -> None:
    assert list(act(parties=f"Entre {PARTIES},\n\n{visas}").visas) == expected


def test_pages_and_annexes_are_set_apart() -> None:
    convention = act(
        "Objet\nLe texte est\n\n2/10\n\nlong.",
        fin="Fait à Paris, le 3 mars 2023\n\nANNEXE 1\nListe des actes\n\nL'acte A.",
    )
    assert convention.articles[0].corps == "Le texte est\n\nlong."
    assert [(annexe.intitule, annexe.corps) for annexe in convention.annexes] == [
        ("ANNEXE 1 – Liste des actes", "L'acte A.")
    ]


def test_of_several_acts_in_a_file_the_first_is_read_with_a_constat() -> None:
    acte = (
        "Annexe n° {n} : Délégation de gestion entre {a} et B\n\nEntre la direction {a}, ci-après « le délégant », et la direction B, ci-après "
        "« le délégataire »,\nIl est convenu ce qui suit :\nArticle 1 : Objet\nLa paie.\nArticle 2 : Durée\nUn an.\nFait à Paris, le {n} mars 2023\n\n"
    )
    lecture = read_text(
        "Instruction du 27 mars 2023\n\nNOR : ECFE2337857J\n\n" + acte.format(n=1, a="A") + acte.format(n=2, a="C")
    )
    convention = lecture.convention
    assert (convention.titre, convention.nor) == ("Délégation de gestion entre A et B", "ECFE2337857J")
    assert [article.numero for article in convention.articles] == ["1", "2"]
    assert convention.date_signature == date(2023, 3, 1)
    assert any(constat.regle == "T1" and "un autre acte" in constat.message for constat in lecture.constats)


@pytest.mark.parametrize(
    "convenu",
    [
        "Il a été convenu ce qui suit :",
        "IL EST CONVENU CE QUI SUIT",
        "Les parties sont convenues de ce qui suit :",
        "Il est arrêté et convenu ce qui suit.",
    ],
)
def test_the_preamble_is_what_no_other_part_takes(convenu: str) -> None:
    convention = act(
        parties=f"Entre {PARTIES},\n\nVu le décret A ;\n\nPréambule\n\nLes parties ont décidé de mutualiser la paie.\n\n{convenu}"
    )
    assert convention.preambule == "Les parties ont décidé de mutualiser la paie."
    assert list(convention.visas) == ["Vu le décret A"]
    assert [article.intitule for article in convention.articles] == ["Objet"]


def test_the_parties_may_stand_inside_the_first_numbered_part() -> None:
    convention = read(
        f"{TITRE}\n\n1. CONTENU.\n\n1.1. Contexte.\n\nLe réseau est commun.\n\n1.2. Parties.\n\nEntre {PARTIES},\n\nIl est convenu ce qui suit :\n\n"
        "2. Objet.\n\nLe délégant confie le réseau.\n\n3. Durée.\n\nUn an."
    )
    assert [article.numero for article in convention.articles] == ["1", "1.1", "1.2", "2", "3"]
    assert (convention.preambule, len(convention.parties)) == ("", 2)
