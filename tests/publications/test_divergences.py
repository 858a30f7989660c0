"""What a listing shows otherwise than the act, and what the portal keeps of each act to set against it."""

from dataclasses import replace
from datetime import date

import pytest

from portal.conventions.models import ActePage
from portal.domain.convention import Canal, Nature
from portal.publications.connues import read_connues
from portal.publications.entrees import Entree
from portal.publications.models import Publication
from portal.publications.reconciliation import reconcile
from tests.publications.test_reconciliation import MENJ, URL, match


class TestDivergences:
    CONNUE = replace(MENJ, vue=True, url=URL, empreinte="a" * 64)

    @pytest.mark.parametrize(
        ("montre", "phrase"),
        [
            ({"date": date(2024, 9, 2)}, "signé le 2 septembre 2024 là, le 1er septembre 2024 ici"),
            ({"nor": "MENA2499999X"}, "NOR MENA2499999X là, MENA2420224X ici"),
            ({"nature": Nature.AVENANT}, "avenant là, et non ici"),
            ({"empreinte": "b" * 64}, "une version antérieure de l'acte, transmise avant sa dernière modification"),
        ],
    )
    def test_what_the_entry_says_otherwise(self, montre: dict[str, object], phrase: str) -> None:
        entree = Entree(MENJ.titre, URL, nor=MENJ.nor, date=MENJ.date, nature=Nature.CONVENTION, empreinte="a" * 64)
        (semblable,) = match(entree, connues=(self.CONNUE,))
        assert semblable.divergences == ()
        (ecart,) = match(replace(entree, **montre), connues=(self.CONNUE,))  # type: ignore[arg-type]
        assert (ecart.certain, ecart.divergences) == (True, (phrase,))

    def test_an_avenant_that_is_shown_as_another_nature(self) -> None:
        avenant = replace(self.CONNUE, nature=Nature.AVENANT)
        (ecart,) = match(Entree(MENJ.titre, URL, nature=Nature.CONVENTION), connues=(avenant,))
        assert ecart.divergences == ("avenant ici, et non là",)

    @pytest.mark.parametrize(
        "titre",
        [
            "",
            "Convention de délégation de gestion du 1er septembre 2024",
            "Convention de délégation de gestion entre le MENJ et la direction interministérielle du numérique",
            "Délégation relative à la paie",
            "Exécution financière",
            "Délégation de gestion MENA2420224X",
            "Convention relative aux outils de visioconférence et à leur maintenance dans les rectorats de région",
        ],
    )
    def test_what_one_does_not_say_is_no_divergence(self, titre: str) -> None:
        muette = replace(self.CONNUE, nor=None, date=None, empreinte="")
        for entree, connue in (
            (Entree(titre, URL), self.CONNUE),
            (Entree(titre, URL, nor=MENJ.nor, date=MENJ.date, empreinte="b" * 64), muette),
        ):
            (ecart,) = match(entree, connues=(connue,))
            assert (ecart.certain, ecart.divergences) == (True, ())

    def test_a_doubtful_entry_has_none(self) -> None:
        (ecart,) = match(Entree("Paie", URL, nor=MENJ.nor, date=date(2024, 9, 2)))
        assert (ecart.uid, ecart.certain, ecart.divergences) == ("menj", False, ())


class TestReadConnues:
    """What the portal keeps of each act on a channel, as a listing is set against it."""

    def test_an_act_that_was_transmitted_is_known_at_its_address_and_was_not_seen(self, acte: ActePage) -> None:
        faits = {"etat": "transmise", "url": URL, "empreinte": "a" * 64}
        Publication.objects.filter(uid=acte.uid, canal=Canal.DATA_GOUV).update(**faits)
        (connue,) = read_connues("data_gouv", Canal.DATA_GOUV)
        assert (connue.url, connue.vue, connue.empreinte) == (URL, False, "a" * 64)
        (ecart,) = reconcile([Entree("Autre titre", URL, empreinte="b" * 64)], [connue])
        assert ecart.certain
        assert "version antérieure" in " ".join(ecart.divergences)
        assert list(reconcile([Entree("Autre", "https://exemple.fr/a", nor="TSSZ2530340X")], [connue]))[1:] == []

    @pytest.mark.parametrize(
        ("source", "etat", "vue"),
        [
            ("data_gouv", "publiee", True),
            ("data_gouv", "divergente", True),
            ("data_gouv", "absente", False),
            ("data_gouv", "bloquee", False),
            ("editeur", "publiee", False),
        ],
    )
    def test_seen_is_what_this_source_showed_last(self, acte: ActePage, source: str, etat: str, vue: bool) -> None:
        faits = {"etat": etat, "url": URL, "source": source, "nor": "MENA2600001X"}
        Publication.objects.filter(uid=acte.uid, canal=Canal.DATA_GOUV).update(**faits)
        (connue,) = read_connues("data_gouv", Canal.DATA_GOUV)
        assert (connue.url, connue.vue, connue.nor_vu) == (URL, vue, "MENA2600001X" if vue else None)
