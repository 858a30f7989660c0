from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from importers.documents.pipeline import read_text
from importers.table.doublons import find_doublons
from importers.table.models import Depot, Etat
from portal.conventions import actions, originaux
from portal.conventions.models import MinisterePage
from portal.conventions.rattachement import Registre
from portal.domain.contrat import lecture_to_json
from portal.domain.convention import Convention, Partie, Role

EXAMPLES = Path(__file__).parent.parent.parent.parent / "examples" / "documents"
CONVENTION = (EXAMPLES / "armees_dirisi_dinum_2023.txt").read_text(encoding="utf-8")
AVENANT = (EXAMPLES / "armees_dirisi_dinum_2023_avenant_1.txt").read_text(encoding="utf-8")


def page_of(slug: str) -> MinisterePage:
    """The page of the ministère of a service."""
    partie = Partie("", role=Role.DELEGANT, service=slug)
    return actions.find_ministere(Convention("", parties=(partie,)), Registre())


@pytest.fixture(autouse=True)
def no_cached_address() -> None:
    """Wagtail keeps the addresses of sites in the cache, where a test that installs anew leaves its own."""
    cache.clear()


@pytest.fixture
def education(portail: None) -> MinisterePage:
    return page_of("dne")


@pytest.fixture
def premier_ministre(portail: None) -> MinisterePage:
    return page_of("dinum")


def make_editor(name: str, *pages: Page) -> User:
    """Who may add, and correct, conventions under `pages`."""
    user = User.objects.create_user(name, password="x")
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for page in pages:
        for codename in ("add_page", "change_page"):
            permission = Permission.objects.get(codename=codename)
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editeur(education: MinisterePage) -> User:
    return make_editor("editeur", education)


@pytest.fixture
def poser(portail: None) -> Callable[..., Depot]:
    """Puts on the table a file that was read already."""

    def poser(auteur: User, texte: str = CONVENTION, nom: str = "acte.txt") -> Depot:
        original = originaux.keep(texte.encode(), nom)
        lecture = read_text(texte, source=nom)
        found = find_doublons(Registre().match_parties(lecture.convention), original)
        return Depot.objects.create(
            original=original,
            nom=nom,
            auteur=auteur,
            etat=Etat.LU,
            lecture=lecture_to_json(lecture),
            titre=lecture.convention.titre,
            doublon=found[0].page if found else None,
            motif_doublon=found[0].motif if found else "",
        )

    return poser


def matched(depot: Depot) -> dict[str, str]:
    """The parties as the form offers them first."""
    registre = Registre()
    parties = depot.read_lecture().convention.parties
    return {f"partie_{rang}": registre.match(partie) or "" for rang, partie in enumerate(parties)}


def status_of(client: Client, path: str) -> int:
    """The status of an answer, read to its end: it may hold a file open."""
    response = client.get(path)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code
