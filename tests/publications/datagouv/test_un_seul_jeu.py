"""One dataset an act, whatever answer is lost, and whoever else writes there."""

import json

import pytest

from portal.conventions.publiees import Publiee
from portal.publications.canaux.data_gouv import send, withdraw
from portal.publications.dossiers import Dossier
from tests.publications.datagouv.conftest import envoi_of, fail, insist, meanwhile, names_of
from tests.publications.datagouv.serveur import (
    AUTRE_ORGANISATION,
    Accident,
    DataGouv,
)


class TestNeverTwo:
    def test_one_dataset_whichever_answer_is_lost(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        nombre = len(site.demandes)
        assert nombre > 8
        for rang in range(nombre):
            site.jeux.clear()
            site.demandes.clear()
            site.accidents = {rang: Accident(perdue=True)}
            insist(dossier, envoi_of(publiee))
            (jeu,) = site.of_acte(publiee.uid)
            assert names_of(jeu) == [piece.nom for piece in dossier.pieces], f"réponse {rang} perdue"
            assert jeu["private"] is False

    @pytest.mark.parametrize("supprime", [None, "2026-03-03T09:30:00"])
    def test_nor_when_it_is_brought_up_to_date(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, supprime: str | None
    ) -> None:
        envoi = envoi_of(publiee, send(dossier, envoi_of(publiee)).identifiant)
        (jeu,) = site.jeux.values()
        jeu["resources"][0]["checksum"]["value"] = "un autre fichier"
        jeu["resources"].pop()
        jeu["deleted"] = supprime
        avant = json.dumps(jeu)
        site.demandes.clear()
        send(dossier, envoi)
        for rang in range(len(site.demandes)):
            jeu |= json.loads(avant)
            site.demandes.clear()
            site.accidents = {rang: Accident(perdue=True)}
            insist(dossier, envoi)
            assert site.of_acte(publiee.uid) == [jeu]
            assert sorted(names_of(jeu)) == sorted(piece.nom for piece in dossier.pieces), f"réponse {rang} perdue"
            assert (jeu["private"], jeu["deleted"]) == (False, None)

    @pytest.mark.parametrize("statut", [503, 429, 500, 423])
    def test_nor_whichever_request_is_refused_for_a_time(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, statut: int
    ) -> None:
        send(dossier, envoi_of(publiee))
        for rang in range(len(site.demandes)):
            site.jeux.clear()
            site.demandes.clear()
            site.accidents = {rang: Accident(statut, entetes={"Retry-After": "1"})}
            site.accidents[rang + 1] = Accident(statut)
            insist(dossier, envoi_of(publiee))
            (jeu,) = site.of_acte(publiee.uid)
            assert names_of(jeu) == [piece.nom for piece in dossier.pieces]

    def test_it_is_looked_for_among_all_the_datasets(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        site.par_page = 3
        for rang in range(10):
            site.add(f"Autre {rang}")
        tenu = site.add("Le nôtre", extras={"delegation:uid": publiee.uid}, private=True)
        send(dossier, envoi_of(publiee))
        assert len(site.jeux) == 11
        assert tenu["private"] is False

    @pytest.mark.parametrize(
        "corps", [{"data": []}, [], {"data": [3], "next_page": None}, {"data": {}, "next_page": None}]
    )
    def test_where_they_cannot_be_listed_none_is_made(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, corps: object
    ) -> None:
        site.accidents = {0: Accident(200, corps)}
        assert not fail(dossier, envoi_of(publiee)).definitif
        assert site.jeux == {}

    @pytest.mark.parametrize("total", [45, None])
    def test_where_the_listing_is_cut_short_none_is_made(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, total: int | None
    ) -> None:
        site.accidents = {0: Accident(200, {"data": [], "total": total, "next_page": None})}
        assert not fail(dossier, envoi_of(publiee)).definitif
        assert site.jeux == {}

    def test_where_it_changes_while_it_is_read_it_is_read_again(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        """One that goes from the first page moves another, ours, to where it is not seen."""
        site.par_page = 3
        premier, *_autres = [site.add(f"Autre {rang}") for rang in range(3)]
        tenu = site.add("Le nôtre", extras={"delegation:uid": publiee.uid})
        for rang in range(4):
            site.add(f"Autre {rang}")
        meanwhile(site, lambda: site.jeux.pop(premier["id"]))
        assert insist(dossier, envoi_of(publiee)).identifiant == tenu["id"]
        assert site.of_acte(publiee.uid) == [tenu]

    def test_two_sendings_at_once_make_one(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        meanwhile(site, lambda: send(dossier, envoi_of(publiee)))
        send(dossier, envoi_of(publiee))
        (jeu,) = [jeu for jeu in site.of_acte(publiee.uid) if not jeu["deleted"]]
        assert names_of(jeu) == [piece.nom for piece in dossier.pieces]
        assert jeu["private"] is False

    def test_nor_do_they_send_a_file_twice(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        envoi = envoi_of(publiee, send(dossier, envoi_of(publiee)).identifiant)
        (jeu,) = site.jeux.values()
        jeu["resources"].clear()
        meanwhile(site, lambda: send(dossier, envoi))
        send(dossier, envoi)
        assert sorted(names_of(jeu)) == sorted(piece.nom for piece in dossier.pieces)

    def test_what_a_cut_sending_left_beside_it_is_taken_away(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        site.add("Commencé", extras={"delegation:uid": publiee.uid}, private=True)
        tenu = site.add("Le nôtre", extras={"delegation:uid": publiee.uid})
        assert send(dossier, envoi_of(publiee)).identifiant == tenu["id"]
        assert [jeu["title"] for jeu in site.jeux.values() if jeu["deleted"]] == ["Commencé"]

    def test_between_two_that_hold_something_an_editor_chooses(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        jumeaux = [site.add(titre, extras={"delegation:uid": publiee.uid}) for titre in ("Un", "Deux")]
        echec = fail(dossier, envoi_of(publiee))
        assert echec.definitif
        assert all(jeu["id"] in str(echec) for jeu in jumeaux)
        assert [demande.methode for demande in site.demandes] == ["GET"] * 3
        withdraw(envoi_of(publiee))
        assert all(jeu["private"] for jeu in jumeaux)

    def test_that_of_another_act_is_left_alone(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        autre = site.add("Un autre acte", extras={"delegation:uid": "autre"})
        assert send(dossier, envoi_of(publiee, autre["id"])).identifiant != autre["id"]
        assert autre["extras"] == {"delegation:uid": "autre"}

    def test_that_of_a_stranger_who_bears_our_key_is_left_alone(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        autre = site.add("Piège", AUTRE_ORGANISATION, extras={"delegation:uid": publiee.uid})
        send(dossier, envoi_of(publiee))
        assert len(site.of_acte(publiee.uid)) == 2
        assert autre["title"] == "Piège"
        assert fail(dossier, envoi_of(publiee, autre["id"])).definitif

    def test_one_that_was_deleted_there_comes_back(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        recu = send(dossier, envoi_of(publiee))
        for identifiant in (recu.identifiant, ""):
            site.jeux[recu.identifiant]["deleted"] = "2026-03-03T09:30:00"
            send(dossier, envoi_of(publiee, identifiant))
            (jeu,) = site.jeux.values()
            assert (jeu["deleted"], jeu["private"]) == (None, False)

    def test_one_that_is_gone_for_good_is_made_anew(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        recu = send(dossier, envoi_of(publiee))
        site.jeux.clear()
        assert send(dossier, envoi_of(publiee, recu.identifiant)).identifiant in site.jeux
