"""A listing is set against what is known: what is certain, what is doubtful, what is absent, and what says nothing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.convention import Nature
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.reconciliation import Connue, Ecart, Etat, guard, reconcile

MENJ = Connue(
    uid="menj",
    titre="Convention de délégation de gestion relative aux outils de visioconférence",
    nor="MENA2420224X",
    date=date(2024, 9, 1),
    parties=("Ministère de l'Éducation nationale|MENJ", "Direction interministérielle du numérique|DINUM"),
)
DGT = Connue(
    uid="dgt",
    titre="Convention relative à l'enquête sur les conditions de travail",
    date=date(2024, 9, 1),
    parties=("Direction générale du travail|DGT", "DARES"),
)
URL = "https://www.education.gouv.fr/bo/2024/Hebdo30/MENA2420224X"


def match(*entrees: Entree, connues: tuple[Connue, ...] = (MENJ, DGT)) -> list[Ecart]:
    return list(reconcile(entrees, connues))


class TestMatching:
    def test_a_nor_is_certain_whatever_the_title(self) -> None:
        (ecart,) = match(Entree("Exécution financière", URL, nor="MENA2420224X", date=date(2024, 9, 1)))
        assert (ecart.uid, ecart.etat, ecart.certain) == ("menj", Etat.MODIFIE, True)
        assert ecart.motif == "même NOR MENA2420224X"

    def test_a_nor_on_another_day_is_for_the_editor(self) -> None:
        (ecart,) = match(Entree("Exécution financière", URL, nor="MENA2420224X", date=date(2023, 9, 1)))
        assert (ecart.uid, ecart.certain) == ("menj", False)
        assert "1er septembre 2023 là et le 1er septembre 2024 ici" in ecart.motif

    def test_acts_that_share_a_nor_are_told_apart_by_their_titles(self) -> None:
        disi = [
            Connue(f"disi-{nom}", f"Délégation de gestion, DiSI {nom}", nor="ECFE1637857J") for nom in ("Est", "Ouest")
        ]
        (ecart,) = match(Entree("Délégation de gestion, DiSI Ouest", URL, nor="ECFE1637857J"), connues=(*disi,))
        assert (ecart.uid, ecart.certain) == ("disi-Ouest", True)
        (vague,) = match(Entree("Instruction", URL, nor="ECFE1637857J"), connues=(*disi,))
        assert not vague.certain

    def test_a_reference_that_the_title_prints(self) -> None:
        ftap = Connue(
            "ftap", "Convention « Dédouanement sans papier »", reference="FTAP-2022-031", date=date(2022, 5, 3)
        )
        (ecart,) = match(Entree("Convention n° FTAP-2022-031 (DITP)", URL), connues=(MENJ, ftap))
        assert (ecart.uid, ecart.certain, ecart.motif) == ("ftap", True, "même référence FTAP-2022-031")
        (autre_jour,) = match(Entree("Convention n° FTAP-2022-031", URL, date=date(2023, 1, 2)), connues=(MENJ, ftap))
        assert not autre_jour.certain

    def test_one_day_and_both_parties_by_name_or_sigle(self) -> None:
        titre = "Convention entre la direction générale du travail et la Dares"
        (ecart,) = match(Entree(titre, URL, date=date(2024, 9, 1)))
        assert (ecart.uid, ecart.certain) == ("dgt", True)
        assert ecart.motif == "même date de signature (1er septembre 2024) et mêmes parties"

    def test_one_day_and_the_same_title(self) -> None:
        (ecart,) = match(Entree(MENJ.titre.upper(), URL, date=date(2024, 9, 1)))
        assert (ecart.uid, ecart.certain) == ("menj", True)

    def test_a_title_alone_is_doubtful_however_near(self) -> None:
        (ecart,) = match(Entree(MENJ.titre, URL))
        assert (ecart.uid, ecart.certain, ecart.motif) == ("menj", False, "titre proche à 100%")

    @pytest.mark.parametrize(
        "autre",
        [
            {"nor": "MENA2499999X"},
            {"date": date(2022, 3, 4)},
            {"nature": Nature.AVENANT},
        ],
    )
    def test_what_contradicts_is_another_act(self, autre: dict[str, object]) -> None:
        (ecart,) = match(replace(Entree(MENJ.titre, URL), **autre))  # type: ignore[arg-type]
        assert (ecart.etat, ecart.uid) == (Etat.NOUVEAU, None)

    def test_nothing_in_common_is_new(self) -> None:
        (ecart,) = match(Entree("Délégation de gestion pour l'aviation civile", URL, date=date(2024, 9, 1)))
        assert (ecart.etat, ecart.certain) == (Etat.NOUVEAU, True)


class TestWhatWasSeen:
    VUE = replace(MENJ, vue=True, url=URL, nor_vu="MENA2420224X", date_publication=date(2024, 9, 12))
    ENTREE = Entree("Titre", URL, nor="MENA2420224X", date=MENJ.date, date_publication=date(2024, 9, 12))

    def test_the_same_changes_nothing_and_another_address_does(self) -> None:
        assert match(self.ENTREE, connues=(self.VUE,))[0].etat is Etat.RAPPROCHE
        assert match(replace(self.ENTREE, url=f"{URL}.htm"), connues=(self.VUE,))[0].etat is Etat.MODIFIE

    def test_a_page_that_does_not_date_its_publication_takes_nothing_back(self) -> None:
        assert match(replace(self.ENTREE, date_publication=None), connues=(self.VUE,))[0].etat is Etat.RAPPROCHE

    def test_what_is_no_longer_shown_is_absent_and_what_never_was_is_not(self) -> None:
        ecarts = match(Entree("Autre chose", "https://exemple.fr/a"), connues=(self.VUE, DGT))
        assert [(ecart.etat, ecart.uid) for ecart in ecarts] == [(Etat.NOUVEAU, None), (Etat.ABSENT, "menj")]

    def test_what_a_doubtful_entry_may_be_is_not_absent(self) -> None:
        (ecart,) = match(Entree(MENJ.titre, "https://exemple.fr/a"), connues=(self.VUE,))
        assert (ecart.etat, ecart.certain) == (Etat.MODIFIE, False)

    def test_none_of_those_that_an_entry_may_be_is_absent(self) -> None:
        jumelles = [replace(self.VUE, uid=uid, nor=None, nor_vu=None) for uid in ("un", "deux")]
        (ecart,) = match(replace(self.ENTREE, titre=MENJ.titre, nor=None), connues=(*jumelles,))
        assert not ecart.certain
        assert "1 autre acte aussi proche" in ecart.motif

    def test_no_absence_is_certain_beside_an_entry_that_is_like_many(self) -> None:
        nombreuses = [replace(self.VUE, uid=str(rang), titre=f"Outil {rang:03d}") for rang in range(100)]
        ecarts = match(Entree("Délégation de gestion, outil", "https://exemple.fr/a"), connues=(*nombreuses,))
        assert {ecart.etat for ecart in ecarts} == {Etat.NOUVEAU, Etat.ABSENT}
        assert not any(ecart.certain for ecart in ecarts)

    def test_an_act_that_is_shown_twice_stays_where_it_was(self) -> None:
        ailleurs = replace(self.ENTREE, url="https://exemple.fr/copie")
        premier, second = match(ailleurs, self.ENTREE, connues=(self.VUE,))
        assert (premier.certain, second.certain, second.etat) == (False, True, Etat.RAPPROCHE)
        assert "une autre entrée" in premier.motif


class TestGuard:
    @pytest.mark.parametrize(
        ("lues", "total", "precedentes", "blocage"),
        [
            (0, None, None, Blocage.VIDE),
            (0, 0, 12, Blocage.VIDE),
            (19, 20, None, Blocage.TRONQUEE),
            (6, None, 10, Blocage.CHUTE),
            (6, 6, 10, Blocage.CHUTE),
        ],
    )
    def test_a_listing_that_cannot_be_believed(
        self, lues: int, total: int | None, precedentes: int | None, blocage: Blocage
    ) -> None:
        with pytest.raises(ListeBloquee, match="rien n'est tenu pour absent") as levee:
            guard(lues, total, precedentes)
        assert levee.value.blocage is blocage

    def test_one_that_can(self) -> None:
        guard(20, 20, 21)
        guard(2, None, 3)
        guard(9, None, 10)


MOTS = st.lists(st.sampled_from(["numérique", "travail", "santé", "écoles", "réseau", "enquête"]), max_size=5)
JOURS = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3))
NORS = st.none() | st.sampled_from(["MENA2420224X", "TSSZ2530340X", "ARME1851116X"])


@st.composite
def entries(draw: st.DrawFn) -> Entree:
    return Entree(" ".join(draw(MOTS)), draw(st.sampled_from("abc")), draw(JOURS), draw(JOURS), draw(NORS))


@st.composite
def known(draw: st.DrawFn) -> list[Connue]:
    nombre = draw(st.integers(0, 4))
    return [
        Connue(
            str(rang),
            " ".join(draw(MOTS)),
            nor=draw(NORS),
            date=draw(JOURS),
            parties=("DGT", "DARES"),
            vue=draw(st.booleans()),
        )
        for rang in range(nombre)
    ]


@given(st.lists(entries(), max_size=6), known())
def test_each_entry_has_one_ecart_and_no_act_is_both_shown_and_absent(
    entrees: list[Entree], connues: list[Connue]
) -> None:
    ecarts = list(reconcile(entrees, connues))
    assert [ecart.entree for ecart in ecarts if ecart.entree] == entrees
    absents = [ecart.uid for ecart in ecarts if ecart.etat is Etat.ABSENT]
    montres = [ecart.uid for ecart in ecarts if ecart.entree and ecart.uid]
    certains = [ecart.uid for ecart in ecarts if ecart.entree and ecart.uid and ecart.certain]
    assert not set(absents) & set(montres)
    assert len(certains) == len(set(certains))
    if not montres:
        assert set(absents) == {connue.uid for connue in connues if connue.vue}
