"""What the tests of data.gouv.fr share: the site on the loopback, an act, and how the outbox sends."""

import json
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytest_django import Settings

from portal.conventions.models import ActePage
from portal.conventions.publiees import Publiee, publiee_of
from portal.http.session import Session
from portal.publications.canaux.data_gouv import prepare, send
from portal.publications.datagouv import client
from portal.publications.dossiers import Dossier, EchecTransmission, Envoi, Recu
from tests.publications.datagouv.serveur import (
    CLE,
    ORGANISATION,
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
