"""What the public may have of a signed file: its copy, a text as it is, and else nothing."""

import hashlib

import pytest

from portal.conventions import actions, originaux
from portal.conventions.models import ConventionPage, Original
from tests.conventions.test_actions import CONTENU, lecture
from tests.factories import ConventionFactory

COPIE = b"La copie, sans les auteurs"


@pytest.fixture
def original(portail: None) -> Original:
    return originaux.keep(CONTENU, "acte.pdf")


def read_publique(original: Original) -> bytes:
    with originaux.read_publique(original) as copie:
        return copie.read()


def test_the_copy_is_kept_beside_the_original_which_stays(original: Original) -> None:
    originaux.keep_copie(original, COPIE, "acte.pdf")
    original.refresh_from_db()
    assert original.publique == (hashlib.sha256(COPIE).hexdigest(), len(COPIE))
    assert read_publique(original) == COPIE
    with originaux.read(original) as signed:
        assert signed.read() == CONTENU


@pytest.mark.parametrize("nom", ["acte.pdf", "acte.docx", "acte.html", "acte.doc", "acte"])
def test_without_a_copy_the_public_has_nothing(portail: None, nom: str) -> None:
    original = originaux.keep(CONTENU, nom)
    assert original.publique is None
    with pytest.raises(FileNotFoundError):
        originaux.read_publique(original)


@pytest.mark.parametrize("nom", ["acte.txt", "ACTE.TXT"])
def test_a_text_needs_no_copy(portail: None, nom: str) -> None:
    assert read_publique(originaux.keep(CONTENU, nom)) == CONTENU


def test_a_copy_that_fails_leaves_the_one_that_was_made(original: Original) -> None:
    originaux.keep_copie(original, COPIE, "acte.pdf")
    originaux.keep_copie(original, None, "acte.pdf")
    assert read_publique(original) == COPIE


def test_a_name_that_lied_on_the_format_opens_nothing(portail: None) -> None:
    originaux.keep(CONTENU, "acte.txt")
    original = originaux.keep(CONTENU, "acte.pdf")
    originaux.keep_copie(original, None, "acte.pdf")
    assert (original.nom, original.publique) == ("acte.pdf", None)


@pytest.mark.parametrize("copie", [COPIE, None])
def test_an_import_keeps_the_copy_that_it_is_given(portail: None, copie: bytes | None) -> None:
    reading = lecture(ConventionFactory())
    result = actions.import_lecture(reading, contenu=CONTENU, copie=copie)
    page = ConventionPage.objects.get(uid=result.uid)
    assert read_publique(page.original) == (copie or CONTENU)
