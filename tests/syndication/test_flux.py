from collections.abc import Callable
from datetime import date
from email.utils import parsedate_to_datetime
from unittest import mock

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from portal.conventions import actions
from portal.conventions.models import ActePage
from portal.domain.convention import Canal
from portal.publications.actions.visites import mark_seen
from portal.publications.entrees import Entree
from portal.syndication.views import ENTREES
from search.models import Synonyme
from search.results import IndexIndisponible
from tests.factories import ConventionFactory

Index = Callable[[], None]
FLUX = pytest.mark.parametrize("flux", ["/conventions/flux.rss", "/conventions/flux.atom"])


def read(client: Client, adresse: str) -> feedparser.FeedParserDict:
    response = client.get(adresse)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def publish(**facts: object) -> ActePage:
    page = actions.create_draft(ConventionFactory(**facts))
    actions.publish_page(page)
    return page


@FLUX
def test_a_published_convention_is_in_the_feed_of_the_words_it_says(
    client: Client, index: Index, published: ActePage, flux: str
) -> None:
    index()
    (entry,) = read(client, f"{flux}?q=visioconférences").entries
    assert entry.id == f"http://127.0.0.1:8000/id/convention/{published.uid}"
    assert entry.link == f"http://127.0.0.1:8000{published.adresse}"
    assert read(client, f"{flux}?q=introuvable").entries == []


@FLUX
def test_filters_and_their_names_are_those_of_the_search_page(
    client: Client, index: Index, published: ActePage, flux: str
) -> None:
    index()
    parsed = read(client, f"{flux}?q=visioconférences&statut=en_vigueur&annee=abc")
    assert len(parsed.entries) == 1
    assert parsed.feed.title == "Conventions de délégation de gestion : «\u00a0visioconférences\u00a0», En vigueur"
    assert parsed.feed.link.endswith("/conventions/?q=visioconf%C3%A9rences&statut=en_vigueur")
    assert read(client, f"{flux}?statut=resiliee").entries == []


@FLUX
def test_the_newest_come_first_and_no_more_than_the_feed_holds(
    client: Client, index: Index, portail: None, flux: str
) -> None:
    assert ENTREES == 50
    pages = [publish() for _ in range(5)]
    index()
    with mock.patch("portal.syndication.views.ENTREES", 3):
        uids = [entry.id.rpartition("/")[2] for entry in read(client, flux).entries]
    assert len(set(uids)) == 3
    ages = [[page.uid for page in pages].index(uid) for uid in uids]
    assert ages == [4, 3, 2]


@FLUX
@pytest.mark.parametrize("tri", ["", "pertinence", "date", "date_croissante", "publication", "x"])
def test_an_old_convention_published_today_is_at_the_head_whatever_the_order_asked(
    client: Client, index: Index, portail: None, flux: str, tri: str
) -> None:
    recente = publish(date_signature=date(2026, 1, 5))
    ancienne = publish(date_signature=date(2019, 1, 5))
    encore = publish(date_signature=date(2022, 1, 5))
    actions.publish_page(recente)
    index()
    parsed = read(client, f"{flux}?tri={tri}")
    assert [entry.id.rpartition("/")[2] for entry in parsed.entries] == [encore.uid, ancienne.uid, recente.uid]
    published = [entry.published_parsed for entry in parsed.entries]
    assert published == sorted(published, reverse=True)
    assert "tri" not in parsed.feed.link


@FLUX
def test_a_feed_that_has_not_changed_is_not_sent_again(
    client: Client, index: Index, published: ActePage, flux: str
) -> None:
    index()
    first = client.get(flux)
    assert client.get(flux, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(flux, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert parsedate_to_datetime(first["Last-Modified"]).tzinfo is not None
    assert client.get(f"{flux}?q=autre", headers={"if-none-match": first["ETag"]}).status_code == 200
    publish()
    assert client.get(flux, headers={"if-none-match": first["ETag"]}).status_code == 200, "the journal went on"
    lagging = client.get(flux)
    index()
    assert client.get(flux, headers={"if-none-match": lagging["ETag"]}).status_code == 200, "the index caught up"


@FLUX
def test_a_synonym_makes_new_the_feeds_that_it_widens(
    client: Client, index: Index, published: ActePage, flux: str
) -> None:
    index()
    held = {q: client.get(f"{flux}?q={q}")["ETag"] for q in ("webconf", "autre")}
    assert read(client, f"{flux}?q=webconf").entries == []
    Synonyme.objects.create(termes="webconf\nvisioconférence")
    statuses = {q: client.get(f"{flux}?q={q}", headers={"if-none-match": etag}).status_code for q, etag in held.items()}
    assert statuses == {"webconf": 200, "autre": 304}
    assert len(read(client, f"{flux}?q=webconf").entries) == 1


@FLUX
def test_a_withdrawn_convention_leaves_the_feed(client: Client, index: Index, published: ActePage, flux: str) -> None:
    index()
    actions.withdraw_page(published, motif="Erreur.")
    assert read(client, flux).entries == [], "even before the index knows"
    index()
    assert read(client, flux).entries == []


@FLUX
def test_without_index_the_reader_is_told_to_come_back(client: Client, portail: None, flux: str) -> None:
    with mock.patch("portal.syndication.views.search", side_effect=IndexIndisponible("absent")):
        response = client.get(flux)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "ETag" not in response.headers


@FLUX
def test_a_feed_is_new_once_an_act_is_seen_elsewhere(
    client: Client, index: Index, published: ActePage, flux: str
) -> None:
    index()
    avant = client.get(flux)
    assert client.get(flux, headers={"If-None-Match": avant["ETag"]}).status_code == 304
    entree = Entree("Convention", "https://exemple.fr/jo/1")
    mark_seen(published.uid, entree, Canal.JORF, "dila_jorf", timezone.now(), "Vue.", "")
    apres = client.get(flux, headers={"If-None-Match": avant["ETag"]})
    assert apres.status_code == 200
    assert "https://exemple.fr/jo/1" in apres.content.decode()
