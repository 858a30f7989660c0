"""Both engines answer alike: totals, facets, sums and orders are equal, and nearly so what comes first by relevance."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean
from string import ascii_lowercase
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generator import WORDS, generate
from portal.conventions.publiees import Publiee
from portal.domain.statut import Statut
from search.analysis import form
from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery, Tri
from search.results import Results
from search.service import run
from tests.search.builders import fill
from tests.search.typed import typed_texts
from tests.services.alias import lend_alias

# Filling both engines takes long: one process of xdist does it, and all these tests.
pytestmark = pytest.mark.xdist_group("moteurs")

JOUR = date(2024, 6, 1)
CONVENTIONS = 1_500
QUERIES = 300
OVERLAP = 0.95


def published() -> list[Publiee]:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Publiee(f"a{rank:05}", f"/conventions/a{rank:05}/", convention, moment, moment)
        for rank, convention in enumerate(generate(CONVENTIONS))
    ]


@pytest.fixture(scope="module")
def engines(elasticsearch: Elasticsearch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    folder: Path = tmp_path_factory.mktemp("moteurs")
    with lend_alias(elasticsearch, os.environ["ELASTICSEARCH_URL"]) as adresse:
        publiees = published()
        yield fill(EmbeddedEngine(folder), publiees), fill(ElasticsearchEngine(adresse), publiees)


def ask(engine: Engine, query: SearchQuery) -> Results:
    return run(query, JOUR, engine, lambda _: {}, sommes=True)


def told(results: Results) -> dict[str, Any]:
    """What does not depend on relevance."""
    return {
        "total": results.total,
        "facets": results.facets,
        "sommes": results.sommes,
        "pages": results.pages,
        "remarques": results.remarques,
        "corrigee": results.corrigee,
    }


def typed_queries() -> list[str]:
    """What readers type: words alone and together, phrases, beginnings, fields, identifiers, alternatives."""
    chance = random.Random(1)
    words, services = WORDS["mots"], [one["sigle"] for one in WORDS["services"]]
    outils, prestations = WORDS["outils"], WORDS["prestations"]
    forms = [
        lambda: chance.choice(words),
        lambda: " ".join(chance.sample(words, 2)),
        lambda: f"{chance.choice(words)} OU {chance.choice(words)}",
        lambda: f"{chance.choice(words)} -{chance.choice(words)}",
        lambda: f'"{" ".join(chance.choice(outils).split()[:2])}"',
        lambda: f'"{" ".join(chance.choice(prestations).split()[:3])}"~3',
        lambda: f"{chance.choice(words)[:4]}*",
        lambda: f"delegant:{chance.choice(services)} {chance.choice(words)}",
        lambda: f"objet:({chance.choice(words)} OU {chance.choice(outils).split()[-1]})",
        lambda: f"programme {chance.choice(('124', '214', '349'))} {chance.choice(words)}",
        lambda: f"{chance.choice(services)} annee:{chance.randrange(2018, 2026)}..",
        lambda: f"{chance.choice(prestations)} ae:>{chance.randrange(10, 900)}k",
    ]
    return [forms[rank % len(forms)]() for rank in range(QUERIES)]


def test_what_is_counted_is_equal_and_what_comes_first_nearly(engines: tuple[Engine, Engine]) -> None:
    overlaps = []
    for q in typed_queries():
        one, other = (ask(engine, SearchQuery(q=q)) for engine in engines)
        assert told(one) == told(other), q
        first, second = ({hit.uid for hit in results.hits} for results in (one, other))
        if first:
            overlaps.append(len(first & second) / len(first))
    assert len(overlaps) > QUERIES / 2
    assert mean(overlaps) >= OVERLAP, mean(overlaps)


@pytest.mark.parametrize("tri", [tri for tri in Tri if tri is not Tri.PERTINENCE])
@pytest.mark.parametrize("q", ["", "gestion", "marché OU hébergement"])
def test_orders_are_equal(engines: tuple[Engine, Engine], tri: Tri, q: str) -> None:
    for page in (1, 2, 30):
        one, other = (ask(engine, SearchQuery(q=q, tri=tri, page=page)) for engine in engines)
        assert one == other


filters = st.fixed_dictionaries(
    {},
    optional={
        "annee": st.lists(st.integers(2018, 2026), max_size=2).map(tuple),
        "programme": st.lists(st.sampled_from(["124", "214", "999"]), max_size=2).map(tuple),
        "statut": st.lists(st.sampled_from([one.value for one in Statut]), max_size=2).map(tuple),
        "nature": st.lists(st.sampled_from(["convention", "charte", "avenant"]), max_size=2).map(tuple),
        "delegant": st.lists(st.sampled_from([one["nom"] for one in WORDS["services"]]), max_size=2).map(tuple),
        "ae_min": st.integers(0, 10**9),
        "cp_max": st.integers(0, 10**9),
        "exercice": st.integers(2017, 2030),
        "du": st.dates(date(2018, 1, 1), date(2026, 1, 1)),
        "tri": st.sampled_from(Tri),
        "page": st.integers(1, 200),
    },
)
words = st.lists(st.sampled_from([*WORDS["mots"], "OU", "-gestion", "annee:2023", "vis*"]), max_size=4).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(words | typed_texts(), filters)
def test_any_search_is_counted_alike(engines: tuple[Engine, Engine], q: str, values: dict[str, Any]) -> None:
    one, other = (ask(engine, replace(SearchQuery(q=q), **values)) for engine in engines)
    assert told(one) == told(other)
    if one.query.tri is not Tri.PERTINENCE:
        assert one.hits == other.hits


@pytest.mark.parametrize("debut", ["conv", "ges", "herb", "num", "xyz"])
def test_words_are_completed_alike(engines: tuple[Engine, Engine], debut: str) -> None:
    one, other = (engine.complete(debut, 8) for engine in engines)
    assert one == other


@pytest.mark.parametrize("forme", ["hebergment", "convetion", "gestoin", "zzzz", "numerique", "applicaton", "dbap"])
def test_words_that_resemble_are_found_alike(engines: tuple[Engine, Engine], forme: str) -> None:
    one, other = (engine.resemble(forme, 3) for engine in engines)
    assert one == other


def misspell(mot: str, chance: random.Random) -> str:
    """The form of `mot` with one to three slips: a letter too many, missing, another, or in the place of the next."""
    letters = list(form(mot))
    for _ in range(chance.randint(1, 3)):
        rank = chance.randrange(1, len(letters) - 1)
        match chance.randrange(4):
            case 0:
                letters.insert(rank, chance.choice(ascii_lowercase))
            case 1 if len(letters) > 4:
                del letters[rank]
            case 2:
                letters[rank] = chance.choice(ascii_lowercase)
            case _:
                letters[rank : rank + 2] = reversed(letters[rank : rank + 2])
    return "".join(letters)


def test_misspelt_words_are_found_alike(engines: tuple[Engine, Engine]) -> None:
    chance = random.Random(2)
    for mot in WORDS["mots"] * 3:
        forme = misspell(mot, chance)
        one, other = (engine.resemble(forme, 3) for engine in engines)
        assert one == other, forme
