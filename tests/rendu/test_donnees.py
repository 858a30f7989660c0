"""The JSON of an act reads back as the same convention."""

import json

from hypothesis import given

from portal.domain.contrat import convention_from_json
from portal.domain.convention import Convention
from portal.rendu.donnees import write_json
from tests import strategies
from tests.rendu.actes import ADRESSE, SEED, UID, acte_of, read_exemple


def read_back(contenu: bytes) -> Convention:
    objet = json.loads(contenu)
    assert (objet.pop("identifiant"), objet.pop("adresse")) == (UID, ADRESSE)
    return convention_from_json(objet)


@given(strategies.conventions)
def test_any_convention_reads_back_equal(convention: Convention) -> None:
    assert read_back(write_json(convention, uid=UID, adresse=ADRESSE)) == convention


def test_it_is_read_by_people_too() -> None:
    texte = write_json(read_exemple(SEED), uid=UID, adresse=ADRESSE).decode("utf-8")
    assert '"titre": "Convention de délégation de gestion du 1er septembre 2024"' in texte


def test_a_lone_surrogate_reads_back() -> None:
    convention = acte_of("a\ud800b")
    assert read_back(write_json(convention, uid=UID, adresse=ADRESSE)) == convention
