"""What a reader asks for, frozen: the address of the search page and nothing else.

Page, feeds, exports and API are renderings of the same `SearchQuery -> Results`. `parse` reads the
address and repairs what is wrong in it; `to_params` writes it back, as short as can be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from portal.domain.convention import Canal, Nature
from portal.domain.identifiers import PROGRAMME
from portal.domain.statut import Statut
from search.analysis import terms
from search.values import (
    clean,
    parse_cents,
    parse_choice,
    parse_first_day,
    parse_last_day,
    parse_year,
    write_euros,
)

LAST_PAGE = 1_000
"""Ten thousand results deep: no engine goes much further, and no reader should have to."""

LONGEST_Q = 500
LONGEST_VALUE = 300
MOST_VALUES = 50


class Tri(StrEnum):
    """The order of results: by relevance, date of signature (newest or oldest first), amount, publication here."""

    PERTINENCE = "pertinence"
    DATE = "date"
    DATE_CROISSANTE = "date_croissante"
    MONTANT = "montant"
    MONTANT_CROISSANT = "montant_croissant"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search, every field optional.

    Values of one field widen the search (OR), fields narrow it (AND); the values of a field are kept
    sorted and single, so that one search has one form. Services and ministères are
    keys of the register or, for a partie that the register does not hold, its printed name.
    Amounts are euro cents; `exercice` is the year they are counted in (all years when `None`).
    `du` and `au` bound the date of signature, both included.
    """

    q: str = ""
    delegant: tuple[str, ...] = ()
    delegataire: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    ministere: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    annee: tuple[int, ...] = ()
    statut: tuple[str, ...] = ()
    nature: tuple[str, ...] = ()
    canal: tuple[str, ...] = ()
    ae_min: int | None = None
    ae_max: int | None = None
    cp_min: int | None = None
    cp_max: int | None = None
    exercice: int | None = None
    du: date | None = None
    au: date | None = None
    tri: Tri = Tri.PERTINENCE
    page: int = 1

    def __post_init__(self) -> None:
        for name in LISTS:
            values = getattr(self, name)
            if len(values) > 1:
                object.__setattr__(self, name, tuple(sorted(set(values))))


LISTS = ("delegant", "delegataire", "service", "ministere", "programme", "annee", "statut", "nature", "canal")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The nearest valid search, and a French sentence for each thing that was repaired."""

    query: SearchQuery
    remarques: tuple[str, ...] = ()


def parse(params: Mapping[str, Any]) -> ParsedQuery:
    """The search that the parameters of an address ask for: a Django `QueryDict`, or lists of texts by name.

    It never fails. A wrong value is left aside, or replaced by the nearest valid one, and said in
    `remarques`; empty values and unknown parameters are passed over.
    """
    return _Address(params).parse()


def to_params(query: SearchQuery) -> list[tuple[str, str]]:
    """The parameters of the address of `query`: always the same for the same search, none for a default.

    `parse` gives the search back.
    """
    params = []
    for field in fields(query):
        value = getattr(query, field.name)
        if value != field.default:
            items = value if isinstance(value, tuple) else (value,)
            params += [(field.name, _write(field.name, item)) for item in items]
    return params


def _write(name: str, value: Any) -> str:
    if name in AMOUNTS:
        return write_euros(value)
    return value.isoformat() if isinstance(value, date) else str(value)


AMOUNTS = ("ae_min", "ae_max", "cp_min", "cp_max")
CHOICES = {"statut": frozenset(Statut), "nature": frozenset(Nature), "canal": frozenset(Canal)}
EXPECTED_AMOUNT = "n'est pas un montant en euros (par exemple 100000, 10k ou 2,5M)"
EXPECTED_YEAR = "n'est pas une année à quatre chiffres"
EXPECTED_CHOICES = {
    name: f"n'est pas une valeur de « {name} » ({', '.join(sorted(choices))})" for name, choices in CHOICES.items()
}
EXPECTED_DAY = "n'est pas une date (par exemple 2024-09-01 ou 1/9/2024)"

Value = TypeVar("Value")


class _Address:
    """The parameters of one address as they are read, and what had to be said of them."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        lists = getattr(params, "lists", params.items)
        self.params: dict[str, Sequence[str]] = dict(lists())
        self.remarques: list[str] = []

    def parse(self) -> ParsedQuery:
        values: dict[str, Any] = {"q": self.read_q()}
        for name in ("delegant", "delegataire", "service", "ministere"):
            values[name] = self.read_many(name, str, "")
        values["programme"] = self.read_many("programme", _parse_programme, "n'est pas un programme (trois chiffres)")
        values["annee"] = self.read_many("annee", parse_year, EXPECTED_YEAR)
        for name, choices in CHOICES.items():
            values[name] = self.read_choices(name, choices)
        for kind in ("ae", "cp"):
            low, high = (self.read_one(f"{kind}_{end}", parse_cents, EXPECTED_AMOUNT) for end in ("min", "max"))
            inverted = f"Le montant minimal des {kind.upper()} dépasse le maximal"
            values[f"{kind}_min"], values[f"{kind}_max"] = self.put_in_order(low, high, inverted)
        values["exercice"] = self.read_one("exercice", parse_year, EXPECTED_YEAR)
        first = self.read_one("du", parse_first_day, EXPECTED_DAY)
        last = self.read_one("au", parse_last_day, EXPECTED_DAY)
        values["du"], values["au"] = self.put_in_order(first, last, "La date de début suit la date de fin")
        values["tri"] = self.read_tri(values["q"])
        values["page"] = self.read_page()
        return ParsedQuery(SearchQuery(**values), tuple(self.remarques))

    def texts(self, name: str) -> list[str]:
        """The values given to `name`, cleaned, without the empty ones that a form sends."""
        given = self.params.get(name)
        if not given:
            return []
        cleaned = [clean(value) for value in ([given] if isinstance(given, str) else given)]
        return [value for value in dict.fromkeys(cleaned) if value]

    def text(self, name: str) -> str:
        texts = self.texts(name)
        if len(texts) > 1:
            self.note(f"Le paramètre « {name} » est donné plusieurs fois : seule sa dernière valeur est retenue.")
        return texts[-1] if texts else ""

    def note(self, remarque: str) -> None:
        self.remarques.append(remarque)

    def read_q(self) -> str:
        q = self.text("q")
        if len(q) <= LONGEST_Q:
            return q
        self.note(f"La recherche est trop longue : seuls ses {LONGEST_Q} premiers caractères sont cherchés.")
        return q[:LONGEST_Q].strip()

    def read_many(self, name: str, read: Callable[[str], Value | None], expected: str) -> tuple[Value, ...]:
        texts = self.texts(name)
        if len(texts) > MOST_VALUES:
            self.note(f"« {name} » a trop de valeurs : seules les {MOST_VALUES} premières sont retenues.")
        values = (self.read_value(text, read, expected) for text in texts[:MOST_VALUES])
        return tuple(value for value in values if value is not None)

    def read_choices(self, name: str, choices: frozenset[str]) -> tuple[str, ...]:
        return self.read_many(name, lambda text: parse_choice(text, choices), EXPECTED_CHOICES[name])

    def read_one(self, name: str, read: Callable[[str], Value | None], expected: str) -> Value | None:
        text = self.text(name)
        return self.read_value(text, read, expected) if text else None

    def read_value(self, text: str, read: Callable[[str], Value | None], expected: str) -> Value | None:
        too_long = len(text) > LONGEST_VALUE
        value = None if too_long else read(text)
        if value is None:
            reason = "est trop long" if too_long else expected
            self.note(f"« {_shorten(text)} » {reason} : ce filtre est laissé de côté.")
        return value

    def put_in_order(self, low: Any, high: Any, inverted: str) -> tuple[Any, Any]:
        if low is None or high is None or low <= high:
            return low, high
        self.note(f"{inverted} : les deux bornes ont été échangées.")
        return high, low

    def read_tri(self, q: str) -> Tri:
        text = self.text("tri")
        choice = parse_choice(text, frozenset(Tri)) if text else Tri.PERTINENCE
        if choice is None:
            used = "par pertinence" if terms(q) else "du plus récent au plus ancien"
            self.note(f"Le tri « {_shorten(text)} » n'existe pas : les résultats sont triés {used}.")
        return Tri(choice or Tri.PERTINENCE)

    def read_page(self) -> int:
        text = self.text("page")
        if not text:
            return 1
        if not (text.isascii() and text.isdecimal() and text.strip("0")):
            self.note(f"La page « {_shorten(text)} » n'existe pas : voici la première.")
            return 1
        page = int(text) if len(text) < 10 else LAST_PAGE + 1
        if page > LAST_PAGE:
            self.note(f"Les résultats s'arrêtent à la page {LAST_PAGE} : c'est elle qui est montrée.")
        return min(page, LAST_PAGE)


def _parse_programme(text: str) -> str | None:
    return None if PROGRAMME.explain(text) else PROGRAMME.normalise(text)


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
