"""A listing is set against what is known: what is certain, what is doubtful, what is absent, and what says nothing."""

from dataclasses import replace
from datetime import date

import pytest

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

    @pytest.mark.parametrize(
        ("titres", "entree"),
        [
            (("Outils du lot 1", "Outils du lot 2"), "Outils du lot 2"),
            (("Convention relative à la paie", "Charte relative à la paie"), "Charte relative à la paie"),
        ],
    )
    def test_of_two_titles_of_the_same_words_the_very_same_is_it(self, titres: tuple[str, ...], entree: str) -> None:
        connues = tuple(Connue(titre, titre, nor="ECFE1637857J", date=MENJ.date) for titre in titres)
        for nor in (None, "ECFE1637857J"):
            (ecart,) = match(Entree(entree, URL, nor=nor, date=MENJ.date), connues=connues)
            assert (ecart.uid, ecart.certain) == (entree, True)

    def test_a_nor_that_twins_share_is_for_the_editor(self) -> None:
        jumelles = tuple(replace(MENJ, uid=uid) for uid in ("un", "deux"))
        (ecart,) = match(Entree(MENJ.titre, URL, nor=MENJ.nor, date=MENJ.date), connues=jumelles)
        assert not ecart.certain

    @pytest.mark.parametrize(
        "titre", ["Outils de la paie, lot 3", "Outils de la paie, lot B", "Outils de la paie en 2027"]
    )
    def test_another_number_is_another_act(self, titre: str) -> None:
        paie = replace(MENJ, titre="Outils de la paie, lot 1, série A, en 2026", nor=None)
        for parties in ((), ("MENJ", "DINUM")):
            (ecart,) = match(Entree(titre, URL, date=MENJ.date, parties=parties), connues=(paie,))
            assert ecart.uid is None or not ecart.certain

    def test_a_title_that_says_only_the_day_is_no_proof(self) -> None:
        connue = replace(MENJ, titre="Convention du 1er septembre 2024", nor=None)
        (ecart,) = match(Entree(connue.titre, URL, date=MENJ.date), connues=(connue,))
        assert (ecart.uid, ecart.certain) == ("menj", False)
        (nommee,) = match(Entree(connue.titre, URL, date=MENJ.date, parties=("MENJ", "DINUM")), connues=(connue,))
        assert nommee.certain

    def test_an_entry_that_says_only_the_day_may_be_any_act_of_that_day(self) -> None:
        vues = tuple(replace(connue, vue=True, url=connue.uid) for connue in (MENJ, DGT))
        ecarts = match(Entree("Délégation de gestion du 1er septembre 2024", URL, date=MENJ.date), connues=vues)
        assert [(ecart.etat, ecart.certain) for ecart in ecarts] == [(Etat.NOUVEAU, False)]

    def test_the_ministere_in_the_name_of_its_direction_is_no_party(self) -> None:
        justice = replace(
            DGT, parties=("Ministère de la justice", "Secrétariat général du ministère de la justice|SG"), vue=True
        )
        entree = Entree("Achats", URL, date=DGT.date, parties=("Secrétariat général du ministère de la justice", "ENM"))
        (ecart,) = match(entree, connues=(justice,))
        assert (ecart.uid, ecart.certain) == ("dgt", False)

    def test_a_sigle_that_both_parties_have_names_one(self) -> None:
        homonymes = replace(DGT, parties=("Secrétariat général A|SG", "Secrétariat général B|SG"))
        (ecart,) = match(Entree("Achats confiés par le SG", URL, date=DGT.date), connues=(homonymes,))
        assert (ecart.uid, ecart.certain) == ("dgt", False)

    def test_the_parties_of_one_act_and_the_title_of_another_are_for_the_editor(self) -> None:
        entree = Entree(MENJ.titre, URL, date=DGT.date, parties=("DGT", "DARES"))
        (ecart,) = match(entree)
        assert not ecart.certain
        assert "un autre acte a ce titre" in ecart.motif

    def test_of_several_acts_of_the_same_parties_a_likely_title_tells(self) -> None:
        paie = replace(DGT, uid="paie", titre="Convention relative à la paie des agents du ministère")
        parties = ("DGT", "DARES")
        (proche,) = match(Entree("Paie des agents", URL, date=DGT.date, parties=parties), connues=(DGT, paie))
        assert (proche.uid, proche.certain) == ("paie", True)
        (loin,) = match(Entree("Viticulture des agents", URL, date=DGT.date, parties=parties), connues=(DGT, paie))
        assert not loin.certain

    def test_a_reference_of_two_acts_is_that_of_the_day_or_for_the_editor(self) -> None:
        actes = tuple(
            Connue(str(rang), f"Acte {rang}", reference="FTAP-2022-031", date=date(2022, 5, rang)) for rang in (3, 4)
        )
        (du_jour,) = match(Entree("Convention n° FTAP-2022-031", URL, date=date(2022, 5, 4)), connues=actes)
        assert (du_jour.uid, du_jour.certain) == ("4", True)
        (sans_jour,) = match(Entree("Convention n° FTAP-2022-031", URL), connues=actes)
        assert (sans_jour.uid, sans_jour.certain) == ("3", False)

    def test_the_title_of_one_act_may_print_the_reference_of_another(self) -> None:
        mere = Connue("mere", "Convention relative à la paie", reference="FTAP-2022-031", date=MENJ.date)
        application = Connue("application", "Application de la convention FTAP-2022-031 aux archives", date=MENJ.date)
        (du_jour,) = match(Entree(application.titre, URL, date=MENJ.date), connues=(mere, application))
        assert (du_jour.uid, du_jour.certain) == ("application", True)
        for entree in (
            Entree(application.titre, URL),
            Entree(
                f"{application.titre} de la défense et des anciens combattants",
                URL,
                date=MENJ.date,
                parties=("DGT", "DARES"),
            ),
        ):
            (ecart,) = match(entree, connues=(mere, replace(application, parties=DGT.parties)))
            assert (ecart.uid, ecart.certain) == ("mere", False)

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

    def test_what_an_entry_may_be_that_another_took_is_not_absent(self) -> None:
        """It is by its parties the act of the first, which is it by its title; it may be the other of these parties."""
        autre = replace(DGT, uid="autre", titre="Archives", vue=True)
        entrees = (
            Entree(DGT.titre, "a", date=DGT.date, parties=("DGT", "DARES")),
            Entree(f"{DGT.titre} (2)", "b", date=DGT.date, parties=("DGT", "DARES")),
        )
        ecarts = match(*entrees, connues=(DGT, autre))
        assert [(ecart.uid, ecart.certain) for ecart in ecarts] == [("dgt", True), ("dgt", False)]

    def test_nor_is_what_it_may_be_by_a_weaker_proof(self) -> None:
        ailleurs = replace(DGT, vue=True, url="https://exemple.fr/dgt")
        (ecart,) = match(
            Entree(DGT.titre, URL, nor=MENJ.nor, date=date(2024, 9, 2)), connues=(MENJ, replace(ailleurs, date=None))
        )
        assert (ecart.uid, ecart.certain) == ("menj", False)

    def test_none_of_many_twins_is_absent_where_one_is_shown(self) -> None:
        jumelles = tuple(replace(self.VUE, uid=str(rang), nor=None, nor_vu=None, url=str(rang)) for rang in range(500))
        (ecart,) = match(Entree(MENJ.titre, "https://exemple.fr/a"), connues=jumelles)
        assert not ecart.certain

    def test_one_act_at_two_addresses_is_at_one(self) -> None:
        entrees = tuple(replace(self.ENTREE, url=url) for url in ("b", "a"))
        ecarts = match(*entrees, connues=(MENJ,))
        assert [ecart.certain for ecart in ecarts] == [False, True]

    def test_two_entries_of_one_nor_that_say_otherwise_are_for_the_editor(self) -> None:
        entrees = tuple(replace(self.ENTREE, titre=titre, url=titre) for titre in ("Archives", "Achats"))
        ecarts = match(*entrees, connues=(self.VUE,))
        assert [(ecart.etat, ecart.certain) for ecart in ecarts] == [(Etat.MODIFIE, False)] * 2


class TestTheAddress:
    """An act is what its address shows, unless all else denies it."""

    VUE = TestWhatWasSeen.VUE

    @pytest.mark.parametrize("vue", [True, False])
    def test_an_entry_at_the_address_of_an_act_is_it(self, vue: bool) -> None:
        connue = replace(self.VUE, vue=vue, nor_vu=None)
        (ecart,) = match(Entree("Tout autre titre", URL), connues=(connue, DGT))
        assert (ecart.uid, ecart.confiance, ecart.motif) == ("menj", 100, "même adresse que la dernière fois")

    def test_it_goes_before_the_title_of_another(self) -> None:
        (ecart,) = match(Entree(DGT.titre, URL, date=DGT.date), connues=(self.VUE, DGT))
        assert (ecart.uid, ecart.certain) == ("menj", True)

    @pytest.mark.parametrize(
        ("nor", "jour", "certain"),
        [
            ("MENA2499999X", date(2022, 3, 4), False),
            ("MENA2499999X", MENJ.date, True),
            ("MENA2499999X", None, True),
            ("MENA2420224X", date(2022, 3, 4), True),
            (None, date(2022, 3, 4), True),
        ],
    )
    def test_another_nor_and_another_day_together_deny_it(
        self, nor: str | None, jour: date | None, certain: bool
    ) -> None:
        (ecart,) = match(Entree(MENJ.titre, URL, nor=nor, date=jour), connues=(self.VUE,))
        assert (ecart.uid, ecart.certain) == ("menj", certain)

    def test_the_nor_that_was_seen_there_is_its_own(self) -> None:
        connue = replace(self.VUE, nor_vu="MENA2499999X")
        (ecart,) = match(Entree(MENJ.titre, URL, nor="MENA2499999X", date=date(2022, 3, 4)), connues=(connue,))
        assert ecart.certain

    def test_the_nor_of_another_act_makes_it_doubtful(self) -> None:
        autre = replace(DGT, nor="TSSZ2530340X", vue=True, url="https://exemple.fr/dgt")
        (ecart,) = match(Entree("Autre chose", URL, nor=autre.nor), connues=(replace(self.VUE, nor=None), autre))
        assert (ecart.uid, ecart.certain) == ("menj", False)

    def test_an_address_that_shows_certainly_another_act_shows_it_no_more(self) -> None:
        autre = replace(DGT, nor="TSSZ2530340X", date=date(2022, 3, 4))
        ecarts = match(Entree("Autre", URL, nor=autre.nor, date=autre.date), connues=(self.VUE, autre))
        assert [(ecart.etat, ecart.uid, ecart.certain) for ecart in ecarts] == [
            (Etat.MODIFIE, "dgt", True),
            (Etat.ABSENT, "menj", True),
        ]

    def test_several_acts_of_one_page_are_told_apart_among_themselves(self) -> None:
        page = tuple(
            Connue(nom, f"Délégation de gestion, DiSI {nom}", date=MENJ.date, vue=True, url=URL)
            for nom in ("Est", "Ouest", "Nord")
        )
        ailleurs = replace(page[0], uid="ailleurs", url="https://exemple.fr/ailleurs")
        entrees = tuple(Entree(connue.titre, URL, date=connue.date) for connue in page)
        ecarts = match(*entrees, connues=(ailleurs, *page))
        assert [(ecart.uid, ecart.certain) for ecart in ecarts[:3]] == [(connue.uid, True) for connue in page]
        (absent,) = ecarts[3:]
        assert (absent.etat, absent.uid) == (Etat.ABSENT, "ailleurs")

    def test_an_act_that_joins_another_on_its_page_is_new_for_an_editor(self) -> None:
        premiere = Connue("est", "Délégation de gestion, DiSI Est", vue=True, url=URL)
        (est, ouest) = match(
            Entree(premiere.titre, URL), Entree("Délégation de gestion, DiSI Ouest", URL), connues=(premiere,)
        )
        assert (est.uid, est.certain) == ("est", False)  # two entries of one page: the address proves nothing
        assert (ouest.etat, ouest.certain) == (Etat.NOUVEAU, False)

    def test_the_nor_of_an_act_elsewhere_goes_before_a_page_of_several(self) -> None:
        page = tuple(replace(MENJ, uid=uid, titre=uid, nor=None, vue=True, url=URL) for uid in ("Paie", "Achats"))
        ailleurs = replace(DGT, nor="TSSZ2530340X")
        (ecart, *_) = match(Entree("Paie", URL, nor=ailleurs.nor, date=MENJ.date), connues=(*page, ailleurs))
        assert (ecart.uid, ecart.certain) == ("dgt", True)


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

    @pytest.mark.parametrize(("lues", "total", "precedentes"), [(20, 20, 21), (2, None, 3), (9, None, 10)])
    def test_one_that_can(self, lues: int, total: int | None, precedentes: int | None) -> None:
        try:
            guard(lues, total, precedentes)
        except ListeBloquee as blocage:
            pytest.fail(str(blocage))
