import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.convention import Constat, Gravite, Qualite
from portal.domain.regles import Examen, constat, examine, sort_constats, texte_integral
from portal.domain.regles.registre import regle
from tests.domain.reglages import WHOLE_CONVENTIONS
from tests.domain.regles.examens import build_examen
from tests.strategies import conventions

CHAMP = re.compile(r"[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*")
RANGS = list(Gravite)


def read_champ(objet, champ):
    """Follow a path; raises where it leads nowhere."""
    for nom, rang in re.findall(r"([a-z_]+)(?:\[(\d+)\])?", champ):
        objet = getattr(objet, nom)
        objet = objet[int(rang)] if rang else objet
    return objet


@WHOLE_CONVENTIONS
@given(conventions, st.sampled_from(Qualite))
def test_the_constats_of_any_convention_are_well_formed(convention, qualite):
    texte = texte_integral(convention)
    constats = examine(Examen(convention, texte, qualite))
    assert [c.gravite for c in constats] == sorted((c.gravite for c in constats), key=RANGS.index)
    for trouve in constats:
        assert trouve.message
        assert (trouve.debut is None) == (trouve.fin is None)
        assert trouve.debut is None or 0 <= trouve.debut < trouve.fin <= len(texte)
        if trouve.champ is not None:
            assert CHAMP.fullmatch(trouve.champ)
            read_champ(convention, trouve.champ)


def test_the_ordinary_convention_has_no_constat():
    assert examine(build_examen()) == ()


def test_the_gravest_first_then_by_place():
    rangs = [
        Constat("Q2", Gravite.ERREUR, "e", 5, 6),
        Constat("D4", Gravite.ERREUR, "e"),
        Constat("Q1", Gravite.AVERTISSEMENT, "a", 0, 1),
        Constat("Q1", Gravite.AVERTISSEMENT, "a", 3, 4),
        Constat("V1", Gravite.AVERTISSEMENT, "a"),
        Constat("B1", Gravite.INFO, "i"),
    ]
    assert sort_constats(tuple(reversed(rangs))) == tuple(rangs)


@pytest.mark.parametrize(("debut", "fin"), [(1, None), (None, 1), (2, 1), (-1, 2)])
def test_an_impossible_passage_is_refused(debut, fin):
    with pytest.raises(ValueError, match="constat D4"):
        constat("D4", message="m", debut=debut, fin=fin)


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="Z9"):
        constat("Z9", message="m")


def test_a_rule_needs_a_free_identifier_and_words():
    def sans_docstring(examen):
        return iter(())

    def double(examen):
        """Une règle de trop."""
        return iter(())

    with pytest.raises(ValueError, match="Z9"):
        regle("Z9", gravite=Gravite.INFO, source="s", titre="t")(sans_docstring)
    with pytest.raises(ValueError, match="D1"):
        regle("D1", gravite=Gravite.INFO, source="s", titre="t")(double)
