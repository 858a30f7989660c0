"""`/api/v1/`: what the portal knows, for other sites to read; no key, no cookie, nothing to write.

Its description is `/api/v1/openapi.json` (OpenAPI 3.1).
"""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, NinjaAPI, Schema, Status

from portal.conventions import journal
from portal.conventions.models import ActePage
from portal.conventions.publiees import publiee_of
from portal.publications.preuves import Preuve, list_copies, list_preuves, read_preuves
from portal.syndication.feeds import absolute
from search.values import clean

api = NinjaAPI(
    title="Délégations de gestion",
    version="1",
    description="Les conventions de délégation de gestion des services de l'État, et où chacune est publiée.",
    urls_namespace="api-1",
    docs_url=None,
)


class PublicationOut(Schema):
    """A channel of publication, and what is known of the act there."""

    canal: str
    libelle: str = Field(description="Le canal, tel que l'acte l'imprime.")
    etat: str | None = Field(description="Ce que le portail en sait ; null s'il ne l'a ni vérifié ni transmis.")
    url: str | None
    nor: str | None
    date_publication: date | None
    transmise_le: datetime | None
    verifiee_le: datetime | None
    divergences: list[str] = Field(description="Ce qui y est publié autrement que sur le portail.")


class CopieOut(Schema):
    """Who is to have a copy, and when it was sent."""

    destinataire: str
    transmise_le: datetime | None


class PublicationsOut(Schema):
    """Where an act is published, with what proves it."""

    uid: str
    adresse: str
    publications: list[PublicationOut]
    copies: list[CopieOut]


class Erreur(Schema):
    """Why there is no answer, in French."""

    message: str


@api.get(
    "/conventions/{uid}/publications",
    response={200: PublicationsOut, 404: Erreur, 410: Erreur},
    summary="Où un acte est publié",
    operation_id="lirePublications",
)
def read_publications(request: HttpRequest, uid: str) -> PublicationsOut | Status[dict[str, str]]:
    """The channels that an act promises or where it was seen, each with its address and the day of the last check."""
    uid = clean(uid)  # PostgreSQL refuses to look for a control character
    page = ActePage.objects.live().filter(uid=uid).first()
    if page is None:
        return _find_nothing(uid)
    publiee = publiee_of(page.specific)
    tenues = read_preuves([uid]).get(uid, [])
    return PublicationsOut(
        uid=uid,
        adresse=absolute(publiee.adresse),
        publications=[_to_publication(preuve) for preuve in list_preuves(publiee.convention, tenues)],
        copies=[
            CopieOut(destinataire=copie.libelle, transmise_le=copie.transmise_le)
            for copie in list_copies(publiee.convention, tenues)
        ],
    )


def _find_nothing(uid: str) -> Status[dict[str, str]]:
    """410 with the public reason where the act was public once."""
    last = journal.last_of(uid)
    if last is None:
        return Status(404, {"message": "Aucun acte public n'a cet identifiant."})
    return Status(410, {"message": last.motif or "L'acte n'est plus public ; aucun motif n'en est donné."})


def _to_publication(preuve: Preuve) -> PublicationOut:
    return PublicationOut(
        canal=preuve.canal,
        libelle=preuve.libelle,
        etat=preuve.etat.value if preuve.etat else None,
        url=preuve.url or None,
        nor=preuve.nor or None,
        date_publication=preuve.date_publication,
        transmise_le=preuve.transmise_le,
        verifiee_le=preuve.verifiee_le,
        divergences=list(preuve.divergences),
    )
