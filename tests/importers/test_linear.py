"""The work of reading grows as the length of the text does, whatever repeats in it.

Calls are counted, not seconds: `make bench-lecture` measures those.
"""

import sys
from types import FrameType

import pytest

from bench.lecture import MOTIFS, TITLE
from importers.documents.pipeline import read_text

COURT, FOIS = 500, 3


@pytest.mark.parametrize("motif", MOTIFS.values(), ids=MOTIFS)
def test_thrice_the_text_makes_about_thrice_the_calls(motif: str) -> None:
    _count_calls(motif, COURT)  # fills what is memoised
    assert _count_calls(motif, COURT * FOIS) < 1.1 * FOIS * _count_calls(motif, COURT)


def _count_calls(motif: str, fois: int) -> int:
    calls = 0

    def count(_frame: FrameType, _event: str, _arg: object) -> None:
        nonlocal calls
        calls += 1

    texte = TITLE + "".join(motif.format(rang) for rang in range(1, fois + 1))
    sys.setprofile(count)
    try:
        read_text(texte)
    finally:
        sys.setprofile(None)
    return calls
