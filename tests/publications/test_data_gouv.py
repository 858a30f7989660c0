"""data.gouv.fr is told of each act: one dataset an act, whatever answer is lost, and nothing said to anyone else."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler

import pytest
from pytest_django import Settings

from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee, publiee_of
from portal.http.session import Session
from portal.publications.canaux.data_gouv import SANS_CLE, find_obstacle, prepare, send, withdraw
from portal.publications.datagouv import client
from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Piece, Recu
from tests.publications.conftest import publish_acte
from tests.publications.datagouv_serveur import (
    AUTRE_ORGANISATION,
    CLE,
    ORGANISATION,
    Accident,
    DataGouv,
    Demande,
    Reponse,
    serve_data_gouv,
)


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataGouv]:
    """data.gouv.fr, with our key; no request waits for its turn."""
    monkeypatch.setattr("portal.http.session.PAUSE", 0)
    monkeypatch.setattr(client, "Session", partial(Session, sleep=lambda _secondes: None))
    with serve_data_gouv() as site:
        settings.DATAGOUV_API_URL = site.adresse
        settings.DATAGOUV_API_KEY, settings.DATAGOUV_ORGANISATION = CLE, ORGANISATION
        yield site


@pytest.fixture
def publiee(acte: ActePage) -> Publiee:
    return publiee_of(acte)


@pytest.fixture
def dossier(publiee: Publiee) -> Dossier:
    return prepare(publiee, "")


def envoi_of(publiee: Publiee, identifiant: str = "") -> Envoi:
    return Envoi(publiee.uid, "cle-de-l-envoi", identifiant)


def fail(dossier: Dossier, envoi: Envoi) -> EchecTransmission:
    """The failure of a sending, which never shows the key."""
    with pytest.raises(EchecTransmission, match=r" : .+\.$") as echec:
        send(dossier, envoi)
    assert CLE not in str(echec.value)
    return echec.value


def insist(dossier: Dossier, envoi: Envoi) -> Recu:
    """Sends as the outbox does: again until it is done."""
    for _ in range(4):
        try:
            return send(dossier, envoi)
        except EchecTransmission as echec:
            if echec.definitif:
                raise
    return send(dossier, envoi)


def meanwhile(site: DataGouv, do: Callable[[], object]) -> None:
    """Does something between the next answer and its arrival."""
    answer = site.answer

    def answer_late(demande: Demande) -> Reponse:
        site.answer = answer
        reponse: Reponse = json.loads(json.dumps(answer(demande)))
        do()
        return reponse

    site.answer = answer_late


def names_of(jeu: dict[str, object]) -> list[str]:
    return [ressource["extras"]["delegation:piece"] for ressource in jeu["resources"]]


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


class TestRefused:
    @pytest.mark.parametrize(
        ("accident", "definitif", "mots"),
        [
            (Accident(401, {"message": "Expired API token"}), True, "refuse la clé"),
            (Accident(403, {"message": "No"}), True, "ne permet pas de publier"),
            (Accident(400, {"errors": {"title": ["Trop long"]}}), True, "(« title : Trop long »)"),
            (Accident(400, {"message": "Bad\nthing"}), True, "(« Bad thing »)"),
            (Accident(413), True, "trop lourd"),
            (Accident(423, {"message": "Read only"}), False, "lecture seule"),
            (Accident(429, entetes={"Retry-After": "120"}), False, "trop de demandes"),
            (Accident(500, {"message": "x" * 1000}), False, "erreur 500"),
            (Accident(302, entetes={"Location": "http://169.254.169.254/"}), True, "pas à cette adresse"),
            (Accident(400, {"errors": {"resources": {"0": {"title": ["Requis"]}}}}), True, "(« resources : Requis »)"),
            (Accident(400, {"message": f"Bad key {CLE}"}), True, "(« Bad key … »)"),
        ],
    )
    def test_the_editor_knows_what_to_do(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, accident: Accident, definitif: bool, mots: str
    ) -> None:
        site.accidents = {1: accident}  # the creation
        echec = fail(dossier, envoi_of(publiee))
        assert (echec.definitif, mots in str(echec)) == (definitif, True)
        assert len(str(echec)) < 600
        assert echec.attente == (120 if accident.statut == 429 else 0)
        assert len(site.demandes) == 2

    def test_a_wrong_key_says_so(self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier) -> None:
        settings.DATAGOUV_API_KEY = "une-autre"
        assert "refuse la clé" in str(fail(dossier, envoi_of(publiee)))

    def test_another_organisation_says_so(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.DATAGOUV_ORGANISATION = AUTRE_ORGANISATION
        assert "ne permet pas de publier" in str(fail(dossier, envoi_of(publiee)))

    @pytest.mark.parametrize("rang", [0, 1, 2])
    def test_what_is_no_json_is_said(self, site: DataGouv, publiee: Publiee, dossier: Dossier, rang: int) -> None:
        for brute in (_answer_html, _answer_deep, _bar):
            site.accidents = {len(site.demandes) + rang: Accident(brute=brute)}
            assert not fail(dossier, envoi_of(publiee)).definitif

    @pytest.mark.parametrize("corps", [{}, {"id": 3}, {"id": ""}, {"id": "a" * 101}, ["id"]])
    def test_an_identifier_that_cannot_be_kept_is_not(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, corps: object
    ) -> None:
        send(dossier, envoi_of(publiee))
        for rang in (1, 2):  # the dataset that is read, then the one that is written
            site.accidents = {len(site.demandes) + rang: Accident(200, corps)}
            assert not fail(dossier, envoi_of(publiee)).definitif

    def test_an_address_of_no_api_says_so(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.DATAGOUV_API_URL = site.adresse.replace("/api/1/", "/")
        echec = fail(dossier, envoi_of(publiee))
        assert (echec.definitif, "DATAGOUV_API_URL" in str(echec)) == (True, True)

    def test_a_redirect_to_a_private_address_gets_nothing(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier
    ) -> None:
        with serve_data_gouv() as interne:
            site.accidents = {0: Accident(307, entetes={"Location": interne.adresse})}
            fail(dossier, envoi_of(publiee))
            assert interne.demandes == []

    def test_a_private_address_of_the_api_is_not_asked(
        self, site: DataGouv, settings: Settings, publiee: Publiee, dossier: Dossier
    ) -> None:
        settings.FETCH_ALLOW_HOSTS = ()
        assert fail(dossier, envoi_of(publiee)).definitif
        assert site.demandes == []

    def test_a_slow_drip_does_not_hang(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "LIMITES", client.Limites(total=0.5))
        site.accidents = {0: Accident(brute=_drip)}
        debut = time.monotonic()
        assert "lentement" in str(fail(dossier, envoi_of(publiee)))
        assert time.monotonic() - debut < 10

    def test_a_sending_that_lasts_asks_nothing_more(
        self, site: DataGouv, publiee: Publiee, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client, "DELAI", -1.0)
        assert "lentement" in str(fail(dossier, envoi_of(publiee)))
        assert site.demandes == []


def _answer_html(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")


def _bar(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\n<html>")


def _answer_deep(handler: BaseHTTPRequestHandler) -> None:
    corps = b"[" * 200_000
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(corps), corps))


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    with suppress(OSError):  # the reader goes
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
