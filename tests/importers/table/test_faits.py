from importers.documents.pipeline import read_text
from importers.table.faits import find_place, list_groupes
from portal.domain.convention import Convention, Partie, Representant
from tests.factories import ConventionFactory
from tests.importers.table.conftest import CONVENTION


def test_each_fact_that_was_read_leads_to_the_words_that_say_it() -> None:
    lecture = read_text(CONVENTION)
    faits = {fait.champ: fait for groupe in list_groupes(lecture.convention, lecture.lieux) for fait in groupe.faits}
    for champ, words in {
        "date_signature": "6 mars 2023",
        "montant_total": "1 200 000 € TTC",
        "duree.date_fin": "trois ans",
        "parties[1]": "La direction interministérielle du numérique (DINUM)",
    }.items():
        etendue = faits[champ].etendue
        assert etendue
        assert lecture.texte[slice(*etendue)] == words
    assert faits["date_signature"].valeur == "6 mars 2023"
    assert faits["montant_total"].valeur.startswith("1\u202f200\u202f000")


def test_every_lieu_is_within_the_text() -> None:
    lecture = read_text(CONVENTION)
    assert lecture.lieux
    assert all(0 <= lieu.debut < lieu.fin <= len(lecture.texte) for lieu in lecture.lieux)


def test_what_an_editor_expects_and_was_not_read_is_said() -> None:
    acte = list_groupes(Convention(titre="Une convention"), ())[0]
    unknown = [fait.champ for fait in acte.faits if not fait.valeur]
    assert unknown == ["reference", "nor", "objet", "date_signature"]


def test_what_a_constat_speaks_of_is_said_though_unknown() -> None:
    groupes = list_groupes(Convention(titre="Une convention"), (), {"duree.date_fin"})
    assert [(fait.libelle, fait.valeur) for fait in groupes[1].faits] == [("Date de fin", "")]


def test_rows_that_a_constat_misses_are_said_though_there_are_none() -> None:
    groupes = list_groupes(Convention(titre="Une convention"), (), {"publications_prevues"})
    assert [(groupe.cle, fait.valeur) for groupe in groupes[-1:] for fait in groupe.faits] == [
        ("publications_prevues", "")
    ]


def test_the_representants_of_a_partie_are_under_one_name() -> None:
    partie = Partie("DNE", representants=(Representant("A. Un", "chef"), Representant("B. Deux")))
    parties = next(groupe for groupe in list_groupes(Convention("", parties=(partie,)), ()) if groupe.cle == "parties")
    assert parties.faits[0].valeur == "DNE ; représentants : A. Un, chef / B. Deux"


def test_an_empty_group_is_not_shown() -> None:
    cles = [groupe.cle for groupe in list_groupes(ConventionFactory(), ())]
    assert cles[:3] == ["acte", "parties", "duree"]
    assert "copies" not in cles
    assert "avenant" not in cles


def test_a_fact_is_found_where_its_row_is() -> None:
    assert find_place("parties[0].representants[1].nom", {"parties[0]": 7}) == 7
    assert find_place("parties[1].nom", {"parties[0]": 7}) is None
