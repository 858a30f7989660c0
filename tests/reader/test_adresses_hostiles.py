"""No query string, path or header under /conventions/ makes the server fail."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.conventions.models import ConventionPage

PARAMS = (
    "q", "delegant", "delegataire", "service", "ministere", "programme", "annee", "statut", "nature", "canal",
    "ae_min", "ae_max", "cp_min", "cp_max", "exercice", "du", "au", "tri", "page",
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.sampled_from(
        ["abc", "-1", "1e9", "٣", '"', "AND (", "*", "\x00", "2024-02-30", "x" * 3000, "en_vigueur", "é" * 600]
    ),
)
QUERIES = st.lists(st.tuples(st.sampled_from(PARAMS) | st.text(max_size=8), VALUES), max_size=6)
PATHS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["%00", "..", "%ff", "original", "a" * 3000]
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.text(st.characters(codec="latin-1", min_codepoint=32, exclude_characters="\x7f"), max_size=30)
        for name in ("if-none-match", "if-modified-since", "range", "accept", "accept-language", "cookie")
    },
)
HOSTILE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("chemin", ["/conventions/", "/conventions/flux.rss", "/conventions/flux.atom"])
@given(params=QUERIES, headers=HEADERS)
@example(params=[("annee", "abc"), ("page", "-1"), ("tri", "x"), ("q", '"')], headers={})
@HOSTILE
def test_any_search_answers(
    client: Client, index: Callable[[], None], convention: ConventionPage, chemin: str, params: list, headers: dict
) -> None:
    index()
    assert client.get(chemin, query_params=params, headers=headers).status_code in (200, 304)


@given(chemin=PATHS, params=QUERIES, headers=HEADERS)
@HOSTILE
def test_any_path_answers(client: Client, convention: ConventionPage, chemin: str, params: list, headers: dict) -> None:
    for base in ("/conventions/", convention.adresse, "/id/convention/"):
        response = client.get(f"{base}{chemin}", query_params=params, headers=headers)
        b"".join(response)  # a streamed file is closed once it is read
        assert response.status_code < 500
