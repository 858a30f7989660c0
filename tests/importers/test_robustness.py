"""Whatever the text, it is read or refused in French; what a fact or a constat points to is in the text."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.pipeline import read_text
from tests.strategies import MOTS

WORDS = st.sampled_from(
    [*MOTS, "Entre", "Vu le décret", "Article 1 :", "1.", "\n", "\n\n", "\t", "AE", "CP", "2024", "Fait à Paris, le",
     "Pour le délégant,", "représentée par", "ci-après dénommée «", "»", "Annexe 1", "NOR : MENE2511873X", "|", ";"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300)


@given(texte=TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused(texte: str) -> None:
    if not any(map(str.isalnum, texte)):
        with pytest.raises(Illisible, match=r"\.$"):
            read_text(texte)
        return
    lecture = read_text(texte)
    for constat in lecture.constats:
        if constat.debut is not None and constat.fin is not None:
            assert 0 <= constat.debut <= constat.fin <= len(texte)


@given(contenu=st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_text_or_refused(contenu: bytes) -> None:
    with suppress(Illisible):
        assert "\r" not in FORMATS[".txt"](contenu).texte


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert FORMATS[".txt"]("Convention signée\r\nà Orléans".encode(encoding)).texte == "Convention signée\nà Orléans"
