import pytest

from portal.conventions.rattachement import Registre
from portal.domain.convention import Partie
from tests.factories import ServiceFactory


def suggested(nom: str, sigle: str = "") -> list[tuple[str, float]]:
    found = Registre().suggest(Partie(nom, sigle=sigle))
    return [(suggestion.service.slug, suggestion.ressemblance) for suggestion in found]


@pytest.mark.parametrize(
    ("nom", "slug"),
    [
        ("la Direction interministérielle du numérlque", "dinum"),  # misread
        ("Direction interministériel numérique", "dinum"),
        ("Direction de l'enseignement scolaire", "dgesco"),
        ("Le ministère chargé de l'éducation nationale", "ministere-education-nationale"),
    ],
)
def test_the_likest_service_comes_first(portail: None, nom: str, slug: str) -> None:
    found = suggested(nom)
    assert found[0][0] == slug
    assert [ressemblance for _, ressemblance in found] == sorted((r for _, r in found), reverse=True)
    assert all(0 < ressemblance < 1 for _, ressemblance in found)


def test_a_very_name_is_a_whole_likeness(portail: None) -> None:
    assert suggested("La direction du numérique pour l'Education")[0] == ("dne", 1.0)


def test_what_is_like_nothing_has_no_suggestion(portail: None) -> None:
    assert suggested("Société Dupont et fils") == []
    assert suggested("") == []


def test_the_services_of_one_sigle_are_all_suggested(portail: None) -> None:
    finances = ServiceFactory(nom="Direction des affaires financières", sigle="DAF")
    achats = ServiceFactory(nom="Service des achats", sigle="DAF")
    assert {slug for slug, _ in suggested("Bureau sans rapport", "DAF")} == {finances.slug, achats.slug}


def test_no_more_are_suggested_than_asked_for(portail: None) -> None:
    for rang in range(8):
        ServiceFactory(nom=f"Direction des essais cliniques, site {rang}")
    assert len(Registre().suggest(Partie("Direction des essais cliniques"), limit=3)) == 3
