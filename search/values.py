"""One value of the address, as readers and other sites write it; `None` where it is not such a value."""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from portal.domain.dates import parse_date
from portal.domain.fold import fold
from search.analysis import normalise

_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000, "md": 1_000_000_000, "mds": 1_000_000_000}
_AMOUNT = re.compile(
    r"(?P<units>\d{1,15})(?:[.,](?P<decimals>\d{1,6}))?(?P<multiple>k|mds?|m)?(?:€|eur|euros?)?", re.ASCII
)
_TOO_MANY_CENTS = 10**17  # more than any budget, and far within what an index holds in an integer
_YEAR = re.compile(r"(?:1[89]|20|21)[0-9]{2}")
SHORT = 80
"""Signs of a text, a heading or a name, that is likely to be that of other conventions too: it is cleaned once."""

_UNSEEN = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "", "Co": "", "Cn": ""}


def clean(text: str) -> str:
    """`text` on one line, in composed letters, without what cannot be seen: controls, halves of a character."""
    return _clean_short(text) if len(text) <= SHORT else _clean(text)


def _clean(text: str) -> str:
    line = " ".join(normalise(text).split())
    if line.isprintable():
        return line
    seen = "".join(_UNSEEN.get(unicodedata.category(sign), sign) for sign in line)
    return " ".join(seen.split())


_clean_short = lru_cache(maxsize=10_000)(_clean)


def parse_cents(text: str) -> int | None:
    """Integer cents of « 100000 », « 100 000,50 € », « 10k », « 2,5 M€ »; rounded to the cent.

    « 100.000 » is refused: it may be a hundred, or a hundred thousand.
    """
    found = _AMOUNT.fullmatch("".join(text.lower().split()))
    if found is None or (not found["multiple"] and len(found["decimals"] or "") > 2):
        return None
    euros = Decimal(f"{found['units']}.{found['decimals'] or 0}") * _MULTIPLES[found["multiple"] or ""]
    cents = int((euros * 100).to_integral_value(ROUND_HALF_UP))
    return cents if cents < _TOO_MANY_CENTS else None


def write_euros(cents: int) -> str:
    """The shortest text that `parse_cents` reads back: « 100000 », « 99.50 »."""
    euros, rest = divmod(cents, 100)
    return f"{euros}.{rest:02}" if rest else str(euros)


def parse_year(text: str) -> int | None:
    """A year from 1800 to 2199, in four figures."""
    return int(text) if _YEAR.fullmatch(text) else None


def parse_first_day(text: str) -> date | None:
    """A date written in French or ISO form; for a year alone, its first day."""
    year = parse_year(text)
    return date(year, 1, 1) if year else _parse_day(text)


def parse_last_day(text: str) -> date | None:
    """A date written in French or ISO form; for a year alone, its last day."""
    year = parse_year(text)
    return date(year, 12, 31) if year else _parse_day(text)


def _parse_day(text: str) -> date | None:
    day = parse_date(text)
    return day if day and parse_year(str(day.year)) else None


def parse_choice(text: str, choices: frozenset[str]) -> str | None:
    """The one of `choices` that `text` means, whatever its accents, capitals and spaces: « En vigueur »."""
    key = "_".join(fold(text).replace("-", " ").replace("_", " ").split())
    return key if key in choices else None
