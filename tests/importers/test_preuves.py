"""An editor opens the very page that proves a publication; nobody else, and nothing else of the archive."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.conf import settings
from django.test import Client

from importers.archive import Archive
from portal.conventions.models import ActePage
from portal.http.session import Reponse
from portal.publications.models import Publication

PAGE = b"<script>alert(1)</script>"
EMPREINTE = sha256(PAGE).hexdigest()
ADRESSE = f"/admin/preuves/{EMPREINTE}/"


@pytest.fixture
def prouvee(published: ActePage) -> Publication:
    reponse = Reponse("https://exemple.fr/liste", 200, {}, PAGE, datetime(2026, 3, 3, tzinfo=UTC))
    Archive(settings.ARCHIVE_DIR).keep(reponse, "gouvernement", "20260303T093000Z")
    return Publication.objects.create(uid=published.uid, canal="gouvernement", etat="publiee", preuve=EMPREINTE)


def test_it_is_downloaded_as_it_came(admin_client: Client, prouvee: Publication) -> None:
    assert ADRESSE in admin_client.get(f"/admin/publications/{prouvee.pk}/").content.decode()
    response = admin_client.get(ADRESSE)
    assert response.content == PAGE
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_what_proves_nothing_is_not_given(admin_client: Client, prouvee: Publication) -> None:
    Publication.objects.update(preuve="")
    assert admin_client.get(ADRESSE).status_code == 404
    assert admin_client.get("/admin/preuves/..%2f..%2fsecret/").status_code == 404


def test_what_is_lost_is_not_found(admin_client: Client, prouvee: Publication) -> None:
    Publication.objects.update(preuve="a" * 64)
    assert admin_client.get(f"/admin/preuves/{'a' * 64}/").status_code == 404


def test_nobody_else_has_it(client: Client, prouvee: Publication) -> None:
    assert client.get(ADRESSE).status_code == 302
