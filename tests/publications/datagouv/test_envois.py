"""data.gouv.fr is told of each act, of its changes, and of its withdrawal."""

import json
from dataclasses import replace

import pytest
from pytest_django import Settings

from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee, publiee_of
from portal.publications.canaux.data_gouv import SANS_CLE, find_obstacle, prepare, send, withdraw
from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Piece
from tests.publications.conftest import publish_acte
from tests.publications.datagouv.conftest import envoi_of, names_of
from tests.publications.datagouv.serveur import (
    Accident,
    DataGouv,
)


class TestSent:
    def test_an_act_is_a_public_dataset_with_its_files(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        recu = send(dossier, envoi_of(publiee))
        (jeu,) = site.of_acte(publiee.uid)
        assert (recu.identifiant, recu.adresse) == (jeu["id"], jeu["page"])
        assert (jeu["title"], jeu["private"], jeu["license"]) == (publiee.convention.titre, False, "lov2")
        assert jeu["temporal_coverage"] == {"start": "2026-01-05", "end": "2027-12-31"}
        assert jeu["extras"] == {
            "delegation:uid": publiee.uid,
            "delegation:nor": "MENA2600001X",
            "delegation:adresse": f"http://127.0.0.1:8000/id/convention/{publiee.uid}",
            "delegation:empreinte": dossier.empreinte,
        }
        assert len(jeu["description"]) > 100
        assert names_of(jeu) == [piece.nom for piece in dossier.pieces]
        contenus = [site.fichiers[ressource["id"]] for ressource in jeu["resources"]]
        assert contenus == [piece.contenu for piece in dossier.pieces]
        assert jeu["resources"][0]["title"] == "Mise en forme accessible (PDF/UA)"

    def test_each_write_says_whether_it_is_public_and_none_but_the_last_does(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        send(dossier, envoi_of(publiee))
        ecrits = [
            demande.json["private"]
            for demande in site.demandes
            if demande.methode in ("POST", "PUT") and "title" in demande.corps.decode("latin-1") and
            "/resources/" not in demande.chemin and "upload" not in demande.chemin
        ]  # fmt: skip
        assert ecrits == [True, False]

    def test_a_second_sending_brings_the_same_dataset_up_to_date(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, acte: ActePage
    ) -> None:
        recu = send(dossier, envoi_of(publiee))
        avant = [ressource["id"] for ressource in site.jeux[recu.identifiant]["resources"]]
        acte.titre = "Convention corrigée"
        acte.save_revision().publish()
        corrige = prepare(publiee_of(acte), "")
        for identifiant in (recu.identifiant, ""):
            send(corrige, envoi_of(publiee, identifiant))
            (jeu,) = site.jeux.values()
            assert jeu["title"] == "Convention corrigée"
            assert [ressource["id"] for ressource in jeu["resources"]] == avant
            assert site.fichiers[jeu["resources"][0]["id"]] == corrige.pieces[0].contenu

    def test_a_file_that_did_not_change_is_not_sent_again(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        send(dossier, envoi_of(publiee))
        site.demandes.clear()
        send(dossier, envoi_of(publiee))
        assert not [demande for demande in site.demandes if "upload" in demande.chemin]

    def test_what_is_no_more_sent_is_taken_away_and_what_others_added_stays(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        recu = send(dossier, envoi_of(publiee))
        jeu = site.jeux[recu.identifiant]
        jeu["resources"].append({"id": "a", "title": "Un ajout", "filetype": "remote", "extras": {}})
        jeu["extras"]["autre:cle"] = "gardée"
        moins = Dossier(dossier.nom, dossier.titre, dossier.message, dossier.pieces[:2], faits=dossier.faits)
        send(moins, envoi_of(publiee, recu.identifiant))
        assert [ressource["title"] for ressource in jeu["resources"][2:]] == ["Un ajout"]
        assert jeu["extras"]["autre:cle"] == "gardée"

    def test_a_file_whose_upload_had_no_answer_is_taken_away_too(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        site.accidents = {4: Accident(perdue=True)}  # the first upload: that of the last piece
        with pytest.raises(EchecTransmission):
            send(dossier, envoi_of(publiee))
        (jeu,) = site.jeux.values()
        assert [ressource["extras"] for ressource in jeu["resources"]] == [{}]
        moins = replace(dossier, pieces=dossier.pieces[:-1])
        send(moins, envoi_of(publiee))
        assert names_of(jeu) == [piece.nom for piece in moins.pieces]

    def test_what_others_say_of_a_file_stays(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        (jeu,) = site.jeux.values()
        jeu["resources"][0] |= {"title": "Renommé", "extras": {**jeu["resources"][0]["extras"], "check:status": 200}}
        send(dossier, envoi_of(publiee))
        assert jeu["resources"][0]["title"] == "Mise en forme accessible (PDF/UA)"
        assert jeu["resources"][0]["extras"]["check:status"] == 200

    def test_one_that_was_archived_is_seen_again(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        (jeu,) = site.jeux.values()
        jeu["archived"] = "2026-03-03T09:30:00"
        send(dossier, envoi_of(publiee))
        assert jeu["archived"] is None

    def test_a_listing_asks_for_no_more_than_it_needs(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        assert "description" not in site.demandes[0].entetes["X-Fields"]
        assert "X-Fields" not in site.demandes[-1].entetes

    def test_a_heavy_file_may_take_its_time(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        site.debit = 4_000_000
        lourde = Piece(f"document-signe-{publiee.uid}.pdf", "application/pdf", b"x" * 24_000_000, "document signé")
        send(replace(dossier, pieces=(*dossier.pieces, lourde)), envoi_of(publiee))
        assert lourde.contenu in site.fichiers.values()

    def test_a_long_title_is_cut_and_nothing_of_an_act_is_markup(self, site: DataGouv, portail: None) -> None:
        page = publish_acte(titre="Convention " + "d’essai " * 60, objet="[lien](http://exemple.fr) <script> *a*")
        dossier = prepare(publiee_of(page), "")
        send(dossier, Envoi(page.uid, "c"))
        (jeu,) = site.of_acte(page.uid)
        assert len(jeu["title"]) == 350
        assert r"\[lien\]\(http://exemple.fr\) \<script\> \*a\*" in jeu["description"]

    def test_without_a_key_nothing_is_sent(self, settings: Settings, publiee: Publiee) -> None:
        assert find_obstacle(publiee, "") == SANS_CLE


class TestWithdrawn:
    def test_it_is_private_and_comes_back_as_it_was(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        (jeu,) = site.jeux.values()
        avant = json.dumps(jeu)
        withdraw(envoi_of(publiee))
        assert jeu == {**json.loads(avant), "private": True}
        send(dossier, envoi_of(publiee))
        assert json.dumps(jeu) == avant

    def test_where_there_is_nothing_it_is_done(self, site: DataGouv, publiee: Publiee) -> None:
        assert withdraw(envoi_of(publiee)).message == "Il n'y a plus rien à retirer de data.gouv.fr."

    def test_a_lost_answer_changes_nothing(self, site: DataGouv, publiee: Publiee, dossier: Dossier) -> None:
        send(dossier, envoi_of(publiee))
        site.accidents = {len(site.demandes) + 2: Accident(perdue=True)}
        withdraw(envoi_of(publiee))  # a PUT is tried anew
        (jeu,) = site.jeux.values()
        assert jeu["private"] is True
