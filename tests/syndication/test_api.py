"""What another site reads of the publications of an act."""

from datetime import UTC, date, datetime

from django.test import Client

from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.models import ActePage
from portal.domain.convention import Canal, PublicationPrevue
from portal.publications.actions.visites import mark_seen
from portal.publications.entrees import Entree
from portal.publications.models import Publication
from tests.factories import ConventionFactory

MARDI = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def publish() -> ActePage:
    prevues = (PublicationPrevue(Canal.BULLETIN_OFFICIEL, "bulletin du ministère"), PublicationPrevue(Canal.DATA_GOUV))
    page = pages.create_draft(ConventionFactory(publications_prevues=prevues, copies=("Contrôleur budgétaire",)))
    pages.publish_page(page)
    followers.catch_up_all()
    return page


def test_each_channel_is_told_with_its_proof(client: Client, portail: None) -> None:
    page = publish()
    entree = Entree("A", "https://exemple.fr/a", date_publication=date(2026, 2, 26), nor="MENA2600001X")
    mark_seen(
        page.uid,
        entree,
        Canal.BULLETIN_OFFICIEL,
        "bo_education",
        MARDI,
        "Vue.",
        "",
        divergences=["signé un autre jour"],
    )
    response = client.get(f"/api/v1/conventions/{page.uid}/publications")
    lu = response.json()
    assert lu["adresse"] == f"http://127.0.0.1:8000{page.adresse}"
    bulletin, data_gouv = lu["publications"]
    assert bulletin == {
        "canal": "bulletin_officiel",
        "libelle": "bulletin du ministère",
        "etat": "divergente",
        "url": "https://exemple.fr/a",
        "nor": "MENA2600001X",
        "date_publication": "2026-02-26",
        "transmise_le": None,
        "verifiee_le": "2026-03-03T09:30:00Z",
        "divergences": ["signé un autre jour"],
    }
    assert (data_gouv["canal"], data_gouv["etat"], data_gouv["url"]) == ("data_gouv", None, None)
    assert lu["copies"] == [{"destinataire": "Contrôleur budgétaire", "transmise_le": None}]


def test_what_an_editor_does_not_expect_is_no_proof(client: Client, portail: None) -> None:
    page = publish()
    Publication.objects.filter(uid=page.uid).update(etat="retiree")
    lu = client.get(f"/api/v1/conventions/{page.uid}/publications").json()
    assert {publication["etat"] for publication in lu["publications"]} == {None}


def test_there_is_none_of_what_was_never_public_nor_of_what_is_no_more(client: Client, portail: None) -> None:
    draft = pages.create_draft(ConventionFactory())
    for uid in (draft.uid, "inconnu", "%00", "é" * 400):
        response = client.get(f"/api/v1/conventions/{uid}/publications")
        assert (response.status_code, response.json()) == (404, {"message": "Aucun acte public n'a cet identifiant."})
    page = publish()
    pages.withdraw_page(page, motif="Publiée par erreur.")
    response = client.get(f"/api/v1/conventions/{page.uid}/publications")
    assert (response.status_code, response.json()) == (410, {"message": "Publiée par erreur."})


def test_nothing_is_written(client: Client, portail: None) -> None:
    assert client.post(f"/api/v1/conventions/{publish().uid}/publications").status_code == 405


def test_the_api_describes_itself(client: Client) -> None:
    description = client.get("/api/v1/openapi.json").json()
    assert list(description["paths"]) == ["/api/v1/conventions/{uid}/publications"]
