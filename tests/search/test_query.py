from dataclasses import fields
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.convention import Canal, Nature
from portal.domain.statut import Statut
from search.query import LAST_PAGE, LONGEST_Q, MOST_VALUES, ParsedQuery, SearchQuery, Tri, parse, to_params
from search.values import clean, parse_cents, write_euros

NAMES = [field.name for field in fields(SearchQuery)]

texts = st.text(max_size=40).map(clean).filter(bool)
cents = st.none() | st.integers(0, 10**15)
years = st.integers(1800, 2199)
days = st.none() | st.dates(date(1800, 1, 1), date(2199, 12, 31))


def several(values: st.SearchStrategy[str] | st.SearchStrategy[int]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=4).map(tuple)


def in_order(query: SearchQuery) -> bool:
    bounds = ((query.ae_min, query.ae_max), (query.cp_min, query.cp_max), (query.du, query.au))
    return all(low is None or high is None or low <= high for low, high in bounds)


searches = st.builds(
    SearchQuery,
    q=st.text(max_size=60).map(clean),
    delegant=several(texts),
    delegataire=several(texts),
    service=several(texts),
    ministere=several(texts),
    programme=several(st.integers(0, 999).map("{:03d}".format)),
    annee=several(years),
    statut=several(st.sampled_from([one.value for one in Statut])),
    nature=several(st.sampled_from([one.value for one in Nature])),
    canal=several(st.sampled_from([one.value for one in Canal])),
    ae_min=cents,
    ae_max=cents,
    cp_min=cents,
    cp_max=cents,
    exercice=st.none() | years,
    du=days,
    au=days,
    tri=st.sampled_from(Tri),
    page=st.integers(1, LAST_PAGE),
).filter(in_order)


def lists_of(params: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [value for other, value in params if other == name] for name, _ in params}


@given(searches)
def test_parsing_what_was_written_gives_the_search_back(query: SearchQuery) -> None:
    assert parse(lists_of(to_params(query))) == ParsedQuery(query)


@given(searches)
def test_an_address_is_canonical(query: SearchQuery) -> None:
    params = to_params(query)
    again = parse(lists_of(list(reversed(params)))).query
    assert to_params(again) == params


def test_a_search_of_everything_has_no_parameter() -> None:
    assert to_params(SearchQuery()) == []
    assert parse({}) == ParsedQuery(SearchQuery())


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.lists(st.text(max_size=60), max_size=4)))
def test_no_address_is_an_error(params: dict[str, list[str]]) -> None:
    parsed = parse(params)
    assert parse(lists_of(to_params(parsed.query))).query == parsed.query
    assert all(remarque.endswith(".") for remarque in parsed.remarques)


def test_the_order_of_publication_has_its_own_address() -> None:
    assert to_params(SearchQuery(tri=Tri.PUBLICATION)) == [("tri", "publication")]


def test_a_django_query_dict_is_read() -> None:
    params = QueryDict("q=%C3%A9tat&annee=2024&annee=2023&utm_source=lettre")
    assert parse(params) == ParsedQuery(SearchQuery(q="état", annee=(2023, 2024)))


def test_values_have_one_form() -> None:
    assert SearchQuery(annee=(2024, 2022, 2024)) == SearchQuery(annee=(2022, 2024))


def test_wrong_values_are_said_and_the_nearest_search_is_run() -> None:
    parsed = parse({"annee": ["abc"], "page": ["-1"], "tri": ["x"], "q": ['"']})
    assert parsed.query == SearchQuery(q='"')
    assert parsed.remarques == (
        "« abc » n'est pas une année à quatre chiffres : ce filtre est laissé de côté.",
        "Le tri « x » n'existe pas : les résultats sont triés du plus récent au plus ancien.",
        "La page « -1 » n'existe pas : voici la première.",
    )


@pytest.mark.parametrize(
    ("params", "query"),
    [
        ({"annee": ["2024", "24"]}, SearchQuery(annee=(2024,))),
        ({"statut": ["En vigueur", "périmée"]}, SearchQuery(statut=("en_vigueur",))),
        ({"nature": ["Convention", "contrat"]}, SearchQuery(nature=("convention",))),
        ({"canal": ["data-gouv", "twitter"]}, SearchQuery(canal=("data_gouv",))),
        ({"programme": ["0214", "21"]}, SearchQuery(programme=("214",))),
        ({"ae_min": ["-5"]}, SearchQuery()),
        ({"ae_min": ["beaucoup"], "ae_max": ["10k"]}, SearchQuery(ae_max=1_000_000)),
        ({"ae_min": ["2M"], "ae_max": ["1M"]}, SearchQuery(ae_min=100_000_000, ae_max=200_000_000)),
        ({"ae_min": ["100.000"]}, SearchQuery()),
        ({"du": ["2025"], "au": ["2024"]}, SearchQuery(du=date(2024, 12, 31), au=date(2025, 1, 1))),
        ({"du": ["31/02/2024"]}, SearchQuery()),
        ({"exercice": ["vingt"]}, SearchQuery()),
        ({"tri": ["prix"], "q": ["état"]}, SearchQuery(q="état")),
        ({"page": ["0"]}, SearchQuery()),
        ({"page": ["1e3"]}, SearchQuery()),
        ({"page": ["9" * 30]}, SearchQuery(page=LAST_PAGE)),
        ({"delegant": ["x" * 400, "dne"]}, SearchQuery(delegant=("dne",))),
        ({"tri": ["date", "date_croissante"]}, SearchQuery(tri=Tri.DATE_CROISSANTE)),
    ],
)
def test_repairs_are_said_once(params: dict[str, list[str]], query: SearchQuery) -> None:
    parsed = parse(params)
    assert parsed.query == query
    assert len(parsed.remarques) == 1


@pytest.mark.parametrize(
    ("params", "query"),
    [
        ({"annee": [""], "ae_min": [" "], "q": ["  "], "page": [""]}, SearchQuery()),
        ({"q": ["a\x00b\u200b  c\n"]}, SearchQuery(q="a b c")),
        ({"q": ["e\u0301tat"]}, SearchQuery(q="état")),
        ({"ae_min": ["100 000"]}, SearchQuery(ae_min=10_000_000)),
        ({"ae_min": ["100\u202f000,50 €"]}, SearchQuery(ae_min=10_000_050)),
        ({"cp_min": ["2,5M"], "cp_max": ["3 M€"]}, SearchQuery(cp_min=250_000_000, cp_max=300_000_000)),
        ({"du": ["2024-09-01"], "au": ["1er octobre 2024"]}, SearchQuery(du=date(2024, 9, 1), au=date(2024, 10, 1))),
        ({"du": ["2024"], "au": ["2024"]}, SearchQuery(du=date(2024, 1, 1), au=date(2024, 12, 31))),
        ({"tri": ["Publication"]}, SearchQuery(tri=Tri.PUBLICATION)),
        ({"page": ["007"]}, SearchQuery(page=7)),
    ],
)
def test_what_is_merely_written_otherwise_is_not_a_mistake(params: dict[str, list[str]], query: SearchQuery) -> None:
    assert parse(params) == ParsedQuery(query)


def test_lengths_are_bounded() -> None:
    parsed = parse({"q": ["mot " * 1000], "service": [f"s{n}" for n in range(1000)]})
    assert len(parsed.query.q) <= LONGEST_Q
    assert len(parsed.query.service) == MOST_VALUES
    assert len(parsed.remarques) == 2


@given(st.integers(0, 10**17 - 1))
def test_amounts_are_read_back(amount: int) -> None:
    assert parse_cents(write_euros(amount)) == amount
