import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conventions.publiees import Publiee, ServiceRef
from portal.domain.convention import Canal, Convention
from portal.publications.models import EtatPublication
from portal.publications.preuves import Preuve
from portal.syndication.feeds import AtomFeed, RssFeed, write_feed
from tests.factories import ConventionFactory

PUBLIEE = Publiee(
    uid="abcd2345",
    adresse="/conventions/convention-abcd2345/",
    convention=ConventionFactory(titre="Convention « essai » & <suite>"),
    publiee_le=datetime(2026, 2, 1, 9, 30, tzinfo=UTC),
    modifiee_le=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    services=(
        ServiceRef("menj", "Ministère de l'Éducation nationale", "MENJ", "menj"),
        ServiceRef("dne", "Direction du numérique pour l'éducation", "DNE", "menj"),
    ),
)
FORMATS = pytest.mark.parametrize("feed_class", [AtomFeed, RssFeed])


def read(
    feed_class: type, *publiees: Publiee, precision: str = "", preuves: tuple[Preuve, ...] = ()
) -> feedparser.FeedParserDict:
    xml = write_feed(
        feed_class,
        publiees,
        {publiee.uid: preuves for publiee in publiees},
        precision=precision,
        page="/conventions/?q=essai&annee=2026",
        self_url="/conventions/flux?q=essai&annee=2026",
        updated=datetime(2026, 1, 1, tzinfo=UTC),
    )
    parsed = feedparser.parse(xml)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@FORMATS
def test_an_entry_says_who_what_when_and_how_much(feed_class: type) -> None:
    (entry,) = read(feed_class, PUBLIEE).entries
    assert entry.id == "http://127.0.0.1:8000/id/convention/abcd2345"
    assert entry.link == "http://127.0.0.1:8000/conventions/convention-abcd2345/"
    assert entry.title in ("Convention « essai » & <suite>", "Convention « essai » &amp; &lt;suite>")
    assert entry.summary.replace("\u202f", " ").replace("\u00a0", " ") == (
        "DNE → DINUM. Signée le 5 janvier 2026. AE 120 000 €. Héberger les applications."
    )
    assert entry.published_parsed[:5] == (2026, 2, 1, 9, 30)
    assert [tag.term for tag in entry.tags] == [
        "Convention de délégation de gestion", "Ministère de l'Éducation nationale", "Programme 214"
    ]  # fmt: skip


@FORMATS
def test_an_entry_says_where_the_act_is_published_and_not_where_it_is_only_expected(feed_class: type) -> None:
    vue = Preuve(
        Canal.BULLETIN_OFFICIEL,
        etat=EtatPublication.PUBLIEE,
        url="https://exemple.fr/a?b=1&c=2",
        nor="MENA2600001X",
        date_publication=date(2026, 2, 26),
    )
    attendue = Preuve(Canal.DATA_GOUV, etat=EtatPublication.ATTENDUE, url="https://exemple.fr/d")
    (entry,) = read(feed_class, PUBLIEE, preuves=(vue, attendue)).entries
    summary = html.unescape(entry.summary)
    assert summary.endswith("Bulletin officiel : https://exemple.fr/a?b=1&c=2, le 26 février 2026, NOR MENA2600001X.")
    assert "data.gouv.fr" not in summary


def test_both_formats_identify_and_date_alike() -> None:
    atom, rss = read(AtomFeed, PUBLIEE), read(RssFeed, PUBLIEE)
    assert atom.entries[0].id == rss.entries[0].id
    assert atom.feed.updated_parsed[:5] == rss.feed.updated_parsed[:5] == (2026, 3, 1, 12, 0)
    assert atom.entries[0].updated_parsed[:5] == (2026, 3, 1, 12, 0)


@FORMATS
def test_the_feed_says_which_search_it_is(feed_class: type) -> None:
    feed = read(feed_class, PUBLIEE, precision="«\u00a0essai\u00a0»").feed
    assert feed.title == "Conventions de délégation de gestion : «\u00a0essai\u00a0»"
    assert feed.link == "http://127.0.0.1:8000/conventions/?q=essai&annee=2026"
    assert {link.rel: link.href for link in feed.links}["self"] == (
        "http://127.0.0.1:8000/conventions/flux?q=essai&annee=2026"
    )


def test_an_avenant_renews_the_entry_of_its_convention() -> None:
    avenant = replace(PUBLIEE, uid="efgh6789", modifiee_le=datetime(2026, 4, 2, tzinfo=UTC))
    assert read(AtomFeed, replace(PUBLIEE, avenants=(avenant,))).entries[0].updated_parsed[:3] == (2026, 4, 2)


@FORMATS
def test_an_empty_feed_is_dated_too(feed_class: type) -> None:
    feed = read(feed_class)
    assert feed.entries == []
    assert feed.feed.updated_parsed[:3] == (2026, 1, 1)


def test_what_is_not_known_is_not_written() -> None:
    (entry,) = read(AtomFeed, replace(PUBLIEE, convention=Convention(titre="Convention"))).entries
    assert entry.summary == "délégant non précisé → délégataire non précisé."


@FORMATS
@given(texte=st.text())
def test_any_text_makes_a_feed_that_reads(feed_class: type, texte: str) -> None:
    convention = ConventionFactory(titre=f"Convention {texte}", objet=texte)
    xml = write_feed(
        feed_class,
        [replace(PUBLIEE, convention=convention)],
        {PUBLIEE.uid: [Preuve(Canal.JORF, etat=EtatPublication.PUBLIEE, url=texte, nor=texte)]},
        precision=texte,
        page="/conventions/",
        self_url="/conventions/flux",
        updated=PUBLIEE.publiee_le,
    )
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", xml)
    parsed = feedparser.parse(xml)
    assert not parsed.bozo
    assert len(parsed.entries) == 1
