"""What the tests of search start from: public conventions made of plain objects, and an index of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from importers.documents.pipeline import read_text
from portal.conventions.publiees import Publiee
from portal.domain.convention import Article, Convention, Partie, Role
from search.document import to_document
from search.engines.base import Cursor, Engine, Written
from search.query import SearchQuery
from search.results import Facet, Fragment, Results
from search.service import run

SEED = Path(__file__).parents[2] / "examples" / "documents" / "convention_menj_dinum_2024.txt"
MOMENT = datetime(2024, 9, 2, 8, tzinfo=UTC)
JOUR = date(2024, 10, 1)
START = Cursor()


def read_seed() -> Convention:
    return read_text(SEED.read_text(encoding="utf-8")).convention


def make_publiee(uid: str, convention: Convention, **facts: Any) -> Publiee:
    return Publiee(
        uid=uid,
        adresse=facts.pop("adresse", f"/conventions/{uid}/"),
        convention=convention,
        publiee_le=facts.pop("publiee_le", MOMENT),
        modifiee_le=MOMENT,
        **facts,
    )


def make_convention(corps: str = "", **facts: Any) -> Convention:
    """A small convention; `corps` is the text of its only article."""
    defaults = {
        "titre": "Convention de délégation de gestion",
        "date_signature": date(2024, 1, 15),
        "parties": (
            Partie("Direction du numérique", Role.DELEGANT, service="dne"),
            Partie("Direction interministérielle du numérique", Role.DELEGATAIRE, "DINUM", service="dinum"),
        ),
        "articles": (Article("1", "Objet", corps),) if corps else (),
    }
    return Convention(**(defaults | facts))


def fill(engine: Engine, publiees: Iterable[Publiee], cursor: Cursor = START) -> Engine:
    """Makes the index of `engine` anew with these conventions."""
    with engine.open_rebuild() as new:
        assert new is not None
        new.put(write(engine, *publiees))
        new.commit(cursor)
        new.swap(lambda _writer: None)
    return engine


def write(engine: Engine, *publiees: Publiee) -> list[Written]:
    return [engine.write(to_document(publiee)) for publiee in publiees]


def put(engine: Engine, *publiees: Publiee, cursor: Cursor = START, gone: tuple[str, ...] = ()) -> None:
    with engine.open_writer() as writer:
        assert writer is not None
        writer.put(write(engine, *publiees))
        writer.delete(gone)
        writer.commit(cursor)


def of(uid: str, corps: str = "", **facts: Any) -> Publiee:
    return make_publiee(uid, make_convention(corps, **facts))


def find(engine: Engine, q: str = "", aujourdhui: date = JOUR, **filters: Any) -> Results:
    return run(SearchQuery(q=q, **filters), aujourdhui, engine, lambda _keys: {})


def uids(results: Results) -> list[str]:
    return [hit.uid for hit in results.hits]


def facet(results: Results, nom: str) -> dict[str, int]:
    found: Facet = next(one for one in results.facets if one.nom == nom)
    return {value.valeur: value.nombre for value in found.valeurs}


def marked(fragments: Iterable[Fragment]) -> str:
    """The fragments as one text, the marked words in brackets."""
    return "".join(f"[{one.texte}]" if one.marque else one.texte for one in fragments)
