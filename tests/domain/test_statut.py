from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.convention import Convention, Duree, Reconduction
from portal.domain.statut import Statut, bornes, statut, statut_between
from tests.strategies import dates, durees

CONVENTIONS = st.builds(Convention, titre=st.just("Convention"), date_signature=st.none() | dates, duree=durees)

DEBUT, FIN, RESILIATION = date(2025, 1, 1), date(2025, 12, 31), date(2025, 7, 1)
JOUR = timedelta(days=1)
BORNEE = Convention("Convention", duree=Duree(date_effet=DEBUT, date_fin=FIN))


@pytest.mark.parametrize(
    ("au", "attendu"),
    [
        (DEBUT - JOUR, Statut.A_VENIR),
        (DEBUT, Statut.EN_VIGUEUR),
        (DEBUT + JOUR, Statut.EN_VIGUEUR),
        (FIN - JOUR, Statut.EN_VIGUEUR),
        (FIN, Statut.EN_VIGUEUR),
        (FIN + JOUR, Statut.ECHUE),
    ],
)
def test_around_each_bound(au, attendu):
    assert statut(BORNEE, au) is attendu


@pytest.mark.parametrize(
    ("au", "attendu"),
    [
        (RESILIATION - JOUR, Statut.EN_VIGUEUR),
        (RESILIATION, Statut.RESILIEE),
        (RESILIATION + JOUR, Statut.RESILIEE),
        (FIN + JOUR, Statut.RESILIEE),
    ],
)
def test_around_the_resiliation(au, attendu):
    assert statut(BORNEE, au, RESILIATION) is attendu


SIGNEE = date(2024, 12, 1)


@pytest.mark.parametrize(
    ("signature", "duree", "attendues"),
    [
        (SIGNEE, Duree(), (SIGNEE, None)),
        (SIGNEE, Duree(date_effet=DEBUT, date_fin=FIN), (DEBUT, FIN)),
        (None, Duree(date_fin=FIN), (None, FIN)),
        (None, Duree(date_effet=DEBUT, date_fin=DEBUT), (DEBUT, DEBUT)),
        (None, Duree(date_effet=FIN, date_fin=DEBUT), (None, None)),
        (SIGNEE, Duree(date_fin=FIN, reconduction=Reconduction.TACITE), (SIGNEE, None)),
        (SIGNEE, Duree(date_fin=FIN, reconduction=Reconduction.EXPRESSE), (SIGNEE, FIN)),
        (None, Duree(), (None, None)),
    ],
)
def test_the_bounds_are_what_is_known(signature, duree, attendues):
    assert bornes(Convention("Convention", date_signature=signature, duree=duree)) == attendues


def test_without_a_beginning_only_the_end_is_known():
    sans_debut = Convention("Convention", duree=Duree(date_fin=FIN))
    assert statut(sans_debut, FIN) is None
    assert statut(sans_debut, FIN + JOUR) is Statut.ECHUE


@given(CONVENTIONS, dates, st.none() | dates)
def test_the_search_engine_computes_the_same(convention, au, resiliation):
    debut, fin = bornes(convention)
    assert statut_between(debut, fin, au, resiliation) == statut(convention, au, resiliation)


@given(CONVENTIONS, dates, dates, st.none() | dates)
def test_time_only_goes_forward(convention, un_jour, un_autre, resiliation):
    avant, apres = (statut(convention, au, resiliation) for au in sorted((un_jour, un_autre)))
    ordre = list(Statut)
    assert avant is None or apres is None or ordre.index(avant) <= ordre.index(apres)
