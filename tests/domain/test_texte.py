from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.convention import Annexe, Article, Convention, Partie, Representant, Role, Signataire
from portal.domain.texte import find_champ, texte_integral
from tests.strategies import articles, known, lines

CONVENTION = Convention(
    "Convention de délégation de gestion relative à la paie",
    objet="Confier la paie des agents.",
    parties=(
        Partie(
            "Direction des ressources humaines",
            Role.DELEGANT,
            "DRH",
            "3 rue des Lilas, 75000 Paris",
            "la DRH",
            (Representant("Camille Martin", "directrice des ressources humaines"),),
        ),
        Partie("Direction du budget", designation="la DB"),
    ),
    visas=("le décret n° 2004-1085 du 14 octobre 2004",),
    preambule="Les services ont convenu d'unir leurs moyens.",
    articles=(
        Article("1", "Objet", "Le délégant confie au délégataire la paie de ses agents."),
        Article("2", "Durée", "La convention est conclue jusqu'au\n31 décembre 2027."),
    ),
    annexes=(Annexe("Barème des prestations", "Une fiche de paie : douze euros."),),
    copies=("au contrôleur budgétaire",),
    signataires=(Signataire("Dominique Petit", "sous-directeur", "la direction du budget"),),
)
TEXTE = texte_integral(CONVENTION)


@pytest.mark.parametrize(
    ("passage", "champ"),
    [
        ("relative à la paie", "titre"),
        ("Confier la paie des agents", "objet"),
        ("3 rue des Lilas", "parties[0].adresse"),
        ("2004-1085", "visas[0]"),
        ("unir leurs moyens", "preambule"),
        ("la paie de ses agents", "articles[0].corps"),
        ("31 décembre 2027", "articles[1].corps"),
        ("Barème des prestations", "annexes[0].intitule"),
        ("douze euros", "annexes[0].corps"),
        ("contrôleur budgétaire", "copies[0]"),
        ("sous-directeur", "signataires[0].fonction"),
        ("Dominique Petit", "signataires[0].nom"),
    ],
)
def test_the_fact_that_holds_a_passage(passage, champ):
    debut = TEXTE.index(passage)
    assert find_champ(CONVENTION, TEXTE, debut, debut + len(passage)) == champ


def test_the_words_around_tell_where_a_word_stands():
    texte = "Il est remis au délégué un bilan annuel.\n\nIl est remis au délégué un tableau de suivi."
    articles = tuple(Article(str(rang), "", ligne) for rang, ligne in enumerate(texte.split("\n\n"), 1))
    convention = Convention("Convention", articles=articles)
    rangs = [texte.index("délégué"), texte.rindex("délégué")]
    champs = [find_champ(convention, texte, debut, debut + 7) for debut in rangs]
    assert champs == ["articles[0].corps", "articles[1].corps"]


def test_a_passage_that_the_reading_took_away_is_found_by_what_precedes_it():
    texte = "Direction des ressources humaines (DRH)30"
    partie = Partie("Direction des ressources humaines (DRH)")
    convention = Convention("Convention", parties=(partie,))
    assert find_champ(convention, texte, len(texte) - 2, len(texte)) == "parties[0].nom"


@pytest.mark.parametrize("passage", ["passage inconnu de l'acte", "la"])
def test_no_fact_holds_it(passage):
    texte = f"Ailleurs.\n{passage}\nAilleurs."
    debut = texte.index(passage)
    assert find_champ(CONVENTION, texte, debut, debut + len(passage)) is None


def test_two_facts_that_say_the_same_are_not_chosen_between():
    double = replace(CONVENTION, preambule=CONVENTION.objet)
    debut = TEXTE.index(CONVENTION.objet)
    assert find_champ(double, TEXTE, debut, debut + len(CONVENTION.objet)) is None


def test_the_text_is_in_the_order_of_the_act():
    morceaux = (
        "Convention de délégation", "Confier la paie", "Direction des ressources humaines (DRH)", "3 rue des Lilas",
        "Camille Martin, directrice des ressources humaines", "ci-après « le délégant » ou « la DRH »",
        "Direction du budget", "ci-après « la DB »", "le décret n° 2004-1085", "Les services ont convenu",
        "Article 1 : Objet", "Article 2 : Durée", "au contrôleur", "Dominique Petit", "Barème des prestations",
    )  # fmt: skip
    rangs = [TEXTE.index(morceau) for morceau in morceaux]
    assert rangs == sorted(rangs)


@given(st.lists(articles, max_size=5).map(tuple), st.lists(known(lines(80)), max_size=3).map(tuple))
def test_the_text_holds_every_word_of_the_articles(rangees, visas):
    convention = Convention("Convention", articles=rangees, visas=visas)
    texte = texte_integral(convention)
    assert all(article.corps in texte and article.intitule in texte for article in convention.articles)
    assert all(visa in texte for visa in convention.visas)
    assert texte == texte.strip()
