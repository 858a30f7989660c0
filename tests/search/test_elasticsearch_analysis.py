"""Elasticsearch gives the terms of search.analysis, from the same places of the same texts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, product
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import ELIDED, LONGEST_TOKEN, analyse, forms, normalise
from search.engines.elasticsearch_analysis import index_settings
from tests.search.test_analysis import GOLDEN

ACTES = sorted((Path(__file__).parents[2] / "examples" / "documents").glob("*.txt"))
ECRITS = [
    "L’État, l'ÉTAT, aujourd’hui et AUJOURD'HUI ; jusqu’au 31/12/2025, quoiqu'il lorsqu’elle PUISQU'ON",
    "l' l’ d'' ' ’ c'l'un entr'aide presqu'île d’l’eau ‘mot’ « l’“acte” »",
    "120\u202f000\u202f€ ; 1\u00a0234,56 € – 3.14 – 12:30 – a:b – «\u202fmot\u202f» !",
    "n° 12, n°12, nº 12, nᵒ 12, N°2024-117, art. L. 312-1-1, 1ᵉʳ, 1er, XIXᵉ, Mᵐᵉ, m², CO₂, ½, Ⅷ",
    "Αθήνα ΣΑΣ ὈΔΥΣΣΕΎΣ λόγος ; Москва ; İstanbul ; Łódź ; Þingvellir ; Straße ; ŒUVRE ; ĲSSEL ; ǅ ; ﬁn ; ƒ",
    "☐ Oui ☑ Non ★ © 2024 ™ ® ← ↔ ✔ 😀 👍🏽 👨‍👩‍👧 ❤️ 🇫🇷🇩🇪 🇫 1️⃣ #️⃣ 𝒳 l'😀 a😀b",
    "中文 かな カタカナ ﾜ 한국어 ไทยภาษา العربية עברית צה״ל हिन्दी",
    "prénom.nom@education.gouv.fr https://www.exemple.fr/a_b?c=d#e 0214-CEN2-INFO __a__ _ a_b 1_000 franc¸ais",
    f"{'z' * LONGEST_TOKEN} {'y' * (LONGEST_TOKEN + 1)} l'{'é' * 1000} {'anticonstitutionnellement' * 30} {'1' * 600}",
    "e\u0301te\u0301 visio\u00adconférence zéro\u200blargeur lié\u2060ici a\u200db \ufeffdébut x\u0338y",
    "",
    " \t\r\n\u2028",
]
LETTRES = st.characters(max_codepoint=0x24F, exclude_categories=["Cs"])
SIGNES = st.sampled_from(
    [*"'’‘.,:;_-/°ºª\u202f\u00a0\u00ad\u0301\u200d©™☐😀🇫🇷Σσςλж中かカ한", "l'", "D’", "QU'", "👍🏽", "❤️", "#️⃣"]
)
TEXTES = st.lists(LETTRES | SIGNES, max_size=80).map("".join)


class Mot(NamedTuple):
    """A term and the part of the text that gave it."""

    terme: str
    ecrit: str


class Chaine:
    """Runs texts through analysers of an index that has both chains."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._ask = partial(client.indices.analyze, index=index)

    def read(self, textes: Sequence[str], **analysis: Any) -> list[list[Mot]]:
        """The words of each text. They go in one request, and come back in one row, one unit between two texts."""
        octets = [texte.encode("utf-16-le") for texte in textes]
        debuts = list(accumulate((len(texte) // 2 + 1 for texte in octets), initial=0))
        trouves: list[list[Mot]] = [[] for _ in textes]
        for token in self._ask(text=list(textes), **analysis)["tokens"]:
            rang = bisect_right(debuts, token["start_offset"]) - 1
            debut, fin = (2 * (token[bound] - debuts[rang]) for bound in ("start_offset", "end_offset"))
            trouves[rang].append(Mot(token["token"], octets[rang][debut:fin].decode("utf-16-le")))
        return trouves


@pytest.fixture(scope="module")
def chaine(elasticsearch: Elasticsearch) -> Iterator[Chaine]:
    index = f"analyse-{uuid4().hex}"
    settings = {**index_settings(), "number_of_replicas": 0, "analyze": {"max_token_count": 1_000_000}}
    elasticsearch.indices.create(index=index, settings=settings)
    yield Chaine(elasticsearch, index)
    elasticsearch.indices.delete(index=index)


def test_every_golden_line_gives_the_tokens_of_lucene(chaine: Chaine) -> None:
    read = chaine.read([texte for texte, _ in GOLDEN], analyzer="francais")
    found = [" ".join(mot.terme for mot in mots) for mots in read]
    assert len(found) == 30_025
    assert [(got, line) for got, line in zip(found, GOLDEN, strict=True) if got != line[1]] == []


@pytest.mark.parametrize("texte", [*ACTES, *ECRITS], ids=lambda texte: getattr(texte, "stem", repr(texte)[:30]))
def test_a_text_gives_the_terms_and_the_words_of_search_analysis(chaine: Chaine, texte: Path | str) -> None:
    hold(chaine, texte.read_text(encoding="utf-8") if isinstance(texte, Path) else texte)


def test_each_line_of_the_acts_gives_the_terms_and_the_words_of_search_analysis(chaine: Chaine) -> None:
    lignes = [ligne for acte in ACTES for ligne in acte.read_text(encoding="utf-8").splitlines()]
    assert len(lignes) > 1_000
    hold(chaine, *lignes)


@given(st.lists(TEXTES, min_size=1, max_size=20))
def test_any_text_gives_the_terms_and_the_words_of_search_analysis(chaine: Chaine, textes: list[str]) -> None:
    hold(chaine, *textes)


def test_the_case_of_an_article_does_not_matter(chaine: Chaine) -> None:
    """As where elision comes after the lower case."""
    after: dict[str, Any] = {
        "tokenizer": "standard",
        "filter": ["lowercase", {"type": "elision", "articles": sorted(ELIDED)}, "racine_francaise", "asciifolding"],
    }
    textes = [
        f"{write(article)}{apostrophe}Autorité"
        for article, write, apostrophe in product(sorted(ELIDED), (str.lower, str.upper, str.capitalize), "'’")
    ]
    found = chaine.read(textes, analyzer="francais")
    assert found == chaine.read(textes, **after)
    assert found == [[Mot("autorit", texte)] for texte in textes]


def test_without_its_option_elision_keeps_an_article_in_capitals(chaine: Chaine) -> None:
    """The plugin of the tests does as a full Elasticsearch does."""
    strict = {"type": "elision", "articles": ["l"]}
    found = chaine.read(["l'acte L'acte"], tokenizer="standard", filter=[strict])
    assert [mot.terme for mot in found[0]] == ["acte", "L'acte"]


def hold(chaine: Chaine, *textes: str) -> None:
    """Both chains give for each text, once normalised, what search.analysis gives."""
    normalises = [normalise(texte) for texte in textes]
    expected = [[Mot(token.terme, texte[token.debut : token.fin]) for token in analyse(texte)] for texte in normalises]
    assert chaine.read(normalises, analyzer="francais") == expected
    found = [[mot.terme for mot in mots] for mots in chaine.read(normalises, analyzer="formes")]
    assert found == [forms(texte) for texte in normalises]
