"""Who receives a dossier: the correspondant of the ministère before that of all, and for copies who bears the name."""

from dataclasses import replace

import pytest

from portal.conventions.models import Service
from portal.conventions.publiees import Publiee
from portal.publications.correspondants import find_courriels, find_ministere
from portal.publications.models import Correspondant
from tests.publications.seed import publish_seed

CBCM = "contrôleurs budgétaire et comptable ministériels des services du Premier ministre"


@pytest.fixture
def seed(portail: None) -> Publiee:
    return publish_seed()


def add(courriel: str, canal: str = "bulletin_officiel", ministere: str = "", noms: str = "") -> None:
    service = Service.objects.get(slug=ministere) if ministere else None
    Correspondant.objects.create(canal=canal, ministere=service, noms=noms, courriel=courriel)


def test_the_ministere_is_that_of_the_delegant(seed: Publiee) -> None:
    ministere = find_ministere(seed)
    assert ministere is not None
    assert ministere.cle == "ministere-education-nationale"


def test_nobody_is_known(seed: Publiee) -> None:
    assert find_courriels("bulletin_officiel", seed) == ()


def test_the_one_of_the_ministere_goes_before_the_general_one(seed: Publiee) -> None:
    add("general@exemple.fr")
    add("armees@exemple.fr", ministere="ministere-armees")
    assert find_courriels("bulletin_officiel", seed) == ("general@exemple.fr",)
    add("bo@exemple.fr", ministere="ministere-education-nationale")
    add("bo2@exemple.fr", ministere="ministere-education-nationale")
    add("bo@exemple.fr", ministere="ministere-education-nationale")
    assert find_courriels("bulletin_officiel", seed) == ("bo@exemple.fr", "bo2@exemple.fr")


def test_another_channel_has_others(seed: Publiee) -> None:
    add("bo@exemple.fr")
    add("sig@exemple.fr", canal="gouvernement")
    assert find_courriels("gouvernement", seed) == ("sig@exemple.fr",)


def test_an_act_without_known_services_goes_to_the_general_one(seed: Publiee) -> None:
    add("bo@exemple.fr", ministere="ministere-education-nationale")
    add("general@exemple.fr")
    assert find_courriels("bulletin_officiel", replace(seed, services=())) == ("general@exemple.fr",)


class TestCopies:
    def test_accents_capitals_and_blanks_do_not_matter(self, seed: Publiee) -> None:
        noms = (
            "Autre service\n Controleurs  BUDGÉTAIRE et comptable ministériels des services du Premier\u00a0ministre "
        )
        add("cbcm@exemple.fr", canal="copie", noms=noms)
        assert find_courriels("copie", seed, CBCM) == ("cbcm@exemple.fr",)
        assert find_courriels("copie", seed, "autre service") == ("cbcm@exemple.fr",)

    def test_a_part_of_a_name_is_not_the_name(self, seed: Publiee) -> None:
        add("cbcm@exemple.fr", canal="copie", noms=f"{CBCM} et du ministère")
        assert find_courriels("copie", seed, CBCM) == ()

    @pytest.mark.parametrize("destinataire", ["", "  "])
    def test_no_name_is_nobody(self, seed: Publiee, destinataire: str) -> None:
        add("cbcm@exemple.fr", canal="copie", noms="\n\n")
        assert find_courriels("copie", seed, destinataire) == ()

    def test_that_of_the_ministere_goes_first_here_too(self, seed: Publiee) -> None:
        add("tous@exemple.fr", canal="copie", noms=CBCM)
        add("menj@exemple.fr", canal="copie", noms=CBCM, ministere="ministere-education-nationale")
        assert find_courriels("copie", seed, CBCM) == ("menj@exemple.fr",)
