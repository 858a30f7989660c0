"""What is expected, what is seen, and what is kept of each: the states of a publication, with their reasons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from lxml import html

from portal.conventions import followers
from portal.conventions.models import ActePage
from portal.domain.convention import Canal
from portal.publications import actions
from portal.publications.connues import read_connues
from portal.publications.entrees import Blocage, Entree, ListeBloquee
from portal.publications.models import EcartOuvert, EtatPublication, Mouvement, Publication
from portal.publications.reconciliation import Ecart, Etat, reconcile
from tests.publications.conftest import BULLETIN, DATA_GOUV, publish_acte

MARDI, MERCREDI, JEUDI = (datetime(2026, 3, jour, 9, 30, tzinfo=UTC) for jour in (3, 4, 5))
ENTREE = Entree(
    "Exécution financière",
    "https://www.education.gouv.fr/bo/2026/Hebdo9/MENA2600001X",
    date=date(2026, 1, 5),
    date_publication=date(2026, 2, 26),
    nor="MENA2600001X",
)


@pytest.fixture
def acte(portail: None) -> ActePage:
    return publish_acte(publications_prevues=(BULLETIN, DATA_GOUV))


def visit(entrees: Sequence[Entree], moment: datetime = MARDI, canal: Canal = Canal.BULLETIN_OFFICIEL) -> None:
    ecarts = list(reconcile(entrees, read_connues("bo_education", canal)))
    actions.record_visit(
        "bo_education", canal, "v", moment, ecarts, {entree.url: "f" * 64 for entree in entrees}, entiere=True
    )


def states(acte: ActePage) -> dict[str, str]:
    return dict(Publication.objects.filter(uid=acte.uid).values_list("canal", "etat"))


class TestExpected:
    def test_an_act_that_becomes_public_promises_its_publications(self, acte: ActePage) -> None:
        assert states(acte) == {"bulletin_officiel": "attendue", "data_gouv": "attendue"}

    def test_what_is_promised_no_more_is_expected_no_more_and_may_be_again(self, acte: ActePage) -> None:
        promesses = list(acte.publications_prevues.all())
        for prevues, attendu in (([promesses[0]], "retiree"), (promesses, "attendue")):
            acte.publications_prevues.set(prevues)
            acte.save_revision().publish()
            followers.catch_up_all()
            assert states(acte) == {"bulletin_officiel": "attendue", "data_gouv": attendu}

    def test_a_withdrawn_act_expects_nothing_and_what_was_seen_stays(self, acte: ActePage) -> None:
        visit([ENTREE])
        acte.unpublish()
        followers.catch_up_all()
        assert states(acte) == {"bulletin_officiel": "publiee", "data_gouv": "retiree"}

    def test_the_journal_may_be_read_twice(self, acte: ActePage) -> None:
        avant = list(Publication.objects.values())
        actions.expect(acte.uid, ((Canal.BULLETIN_OFFICIEL, ""), (Canal.DATA_GOUV, "")), MARDI)
        assert list(Publication.objects.values()) == avant


class TestSeen:
    def test_what_is_shown_is_published_with_its_proof(self, acte: ActePage) -> None:
        visit([ENTREE])
        publication = Publication.objects.get(uid=acte.uid, canal=Canal.BULLETIN_OFFICIEL)
        assert (publication.etat, publication.url, publication.nor) == ("publiee", ENTREE.url, "MENA2600001X")
        assert (publication.date_publication, publication.verifiee_le, publication.preuve) == (
            date(2026, 2, 26),
            MARDI,
            "f" * 64,
        )
        mouvement = publication.mouvements.get()
        assert (mouvement.avant, mouvement.apres, mouvement.motif) == (
            "attendue",
            "publiee",
            "Vue sur la liste : même NOR MENA2600001X.",
        )

    def test_the_same_again_moves_only_the_day_of_the_check(self, acte: ActePage) -> None:
        visit([ENTREE])
        visit([ENTREE], MERCREDI)
        assert Publication.objects.get(source="bo_education").verifiee_le == MERCREDI
        assert Mouvement.objects.count() == 1

    def test_what_is_shown_no_more_is_absent_and_may_come_back(self, acte: ActePage) -> None:
        visit([ENTREE])
        visit([replace(ENTREE, nor="MENA2600002X", url="https://www.education.gouv.fr/bo/autre")], MERCREDI)
        assert states(acte)["bulletin_officiel"] == "absente"
        visit([ENTREE], JEUDI)
        assert states(acte)["bulletin_officiel"] == "publiee"
        assert list(Mouvement.objects.values_list("apres", flat=True)) == ["publiee", "absente", "publiee"]

    def test_a_doubtful_absence_that_becomes_certain_waits_no_more(self, acte: ActePage) -> None:
        visit([ENTREE])
        for confiance in (50, 100):
            absent = Ecart(Etat.ABSENT, "La liste ne le montre plus.", confiance, uid=acte.uid)
            actions.record_visit("bo_education", Canal.BULLETIN_OFFICIEL, "v", MERCREDI, [absent], {}, entiere=True)
            assert EcartOuvert.objects.count() == (confiance == 50)
        assert states(acte)["bulletin_officiel"] == "absente"

    def test_an_act_seen_where_it_was_not_promised_is_kept_too(self, acte: ActePage) -> None:
        visit([ENTREE], canal=Canal.JORF)
        publication = Publication.objects.get(canal=Canal.JORF)
        assert (publication.etat, publication.prevue) == (EtatPublication.PUBLIEE, False)

    def test_what_is_doubtful_or_new_waits_for_an_editor_once(self, acte: ActePage) -> None:
        doubtful = Entree(acte.titre, "https://exemple.fr/a")
        new = Entree("Délégation de gestion pour l'aviation civile", "https://exemple.fr/b")
        visit([doubtful, new])
        visit([doubtful, new], MERCREDI)
        ouverts = list(EcartOuvert.objects.values_list("cle", "etat", "uid", "vu_le"))
        assert ouverts == [
            ("https://exemple.fr/a", Etat.MODIFIE, acte.uid, MERCREDI),
            ("https://exemple.fr/b", Etat.NOUVEAU, "", MERCREDI),
        ]
        assert states(acte)["bulletin_officiel"] == "attendue"

    def test_entries_of_no_address_are_kept_apart(self, acte: ActePage) -> None:
        visit([Entree("Délégation de gestion, viticulture", ""), Entree("Délégation de gestion, aviation", "")])
        assert EcartOuvert.objects.count() == 2

    def test_entries_of_one_address_are_kept_apart_at_each_visit(self, acte: ActePage) -> None:
        ici = "https://exemple.fr/recueil"
        entrees = [Entree("Délégation de gestion, viticulture", ici), Entree("Délégation de gestion, aviation", ici)]
        for moment in (MARDI, MERCREDI):
            visit(entrees, moment)
            titres = [ecart.entree["titre"] for ecart in EcartOuvert.objects.order_by("pk")]
            assert titres == [entree.titre for entree in entrees]

    def test_a_doubt_that_is_lifted_waits_no_more(self, acte: ActePage) -> None:
        visit([replace(ENTREE, titre=acte.titre, nor=None, date=None)])
        assert EcartOuvert.objects.count() == 1
        visit([ENTREE], MERCREDI)
        assert not EcartOuvert.objects.exists()


class TestBlocked:
    BLOCAGE = ListeBloquee(Blocage.INTERDIT, "Le site refuse la lecture : enregistrez la page.")

    def test_nothing_becomes_absent(self, acte: ActePage) -> None:
        visit([ENTREE])
        actions.record_blocage("bo_education", Canal.BULLETIN_OFFICIEL, "v", MERCREDI, self.BLOCAGE, entiere=False)
        assert states(acte)["bulletin_officiel"] == "publiee"
        assert Publication.objects.get(source="bo_education").verifiee_le == MARDI

    def test_what_only_that_listing_shows_cannot_be_checked_until_it_is_read_again(self, acte: ActePage) -> None:
        actions.record_blocage("data_gouv", Canal.DATA_GOUV, "v", MARDI, self.BLOCAGE, entiere=True)
        assert states(acte)["data_gouv"] == "bloquee"
        actions.record_visit("data_gouv", Canal.DATA_GOUV, "v", MERCREDI, (), {}, entiere=True)
        assert states(acte)["data_gouv"] == "attendue"

    def test_one_text_that_cannot_be_read_says_nothing_of_the_others(self, acte: ActePage) -> None:
        actions.record_blocage("dila_jorf", Canal.DATA_GOUV, "v", MARDI, self.BLOCAGE, entiere=False)
        assert states(acte)["data_gouv"] == "attendue"

    def test_a_blocked_visit_is_not_the_one_to_compare_with(self, acte: ActePage) -> None:
        visit([ENTREE])
        actions.record_blocage("bo_education", Canal.BULLETIN_OFFICIEL, "v", MERCREDI, self.BLOCAGE, entiere=False)
        last = actions.last_whole("bo_education")
        assert last is not None
        assert (last.lues, last.moment) == (1, MARDI)


class TestThePage:
    def test_it_shows_where_the_act_is_published_and_when_it_was_checked(self, acte: ActePage, client: Client) -> None:
        texte = client.get(acte.adresse).content.decode()
        assert texte.count("Ce portail ne l’a pas vérifié.") == 2
        visit([ENTREE])
        page = html.fromstring(client.get(acte.adresse).content)
        assert ENTREE.url in page.xpath("//ul[@class='publications']//a/@href")
        texte = " ".join(page.text_content().split())
        assert "Publiée le 26 février 2026. NOR MENA2600001X. Vérifié le 3 mars 2026." in texte
        assert texte.count("Ce portail ne l’a pas vérifié.") == 1

    def test_it_says_what_is_shown_no_more(self, acte: ActePage, client: Client) -> None:
        visit([ENTREE])
        visit([replace(ENTREE, nor="MENA2600002X", url="https://exemple.fr/a")], MERCREDI)
        assert "N’y est plus" in client.get(acte.adresse).content.decode()
