"""The conventions that the measures of search are made on, as the portal would hold them, without a database.

The acts of `examples/documents`, read by the importer, and a fixed number of invented conventions around them: what is
sought must come before what only looks like it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from bench.generator import AROUND, generate_named, generate_one, name, rank_of
from importers.documents.pipeline import read_text
from portal.conventions.installation import SERVICES
from portal.conventions.publiees import Publiee, ServiceRef
from portal.conventions.rattachement import normalise
from portal.domain.convention import Convention, Partie
from search import indexing
from search.engines.base import Engine

EXAMPLES = Path(__file__).parent.parent / "examples" / "documents"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def read_corpus(generated: int = AROUND) -> Iterator[Publiee]:
    """The acts of the examples under the name of their file, then `generated` invented conventions."""
    registre = _Registre()
    yield from map(registre.attach, read_acts())
    yield from map(registre.attach, publish_generated(generated))


def read_acts(folder: Path = EXAMPLES) -> Iterator[Publiee]:
    """The conventions of the texts of `folder`, each with its avenants, as they are on the portal."""
    acts = [
        publish(path.stem, read_text(path.read_text(encoding="utf-8")).convention)
        for path in sorted(folder.glob("*.txt"))
    ]
    avenants = [act for act in acts if act.convention.avenant]
    for act in acts:
        if not act.convention.avenant:
            yield replace(act, avenants=tuple(one for one in avenants if _changes(one.convention, act.convention)))


def publish_generated(nombre: int) -> Iterator[Publiee]:
    for uid, convention in generate_named(nombre):
        yield publish(uid, convention)


def publish(uid: str, convention: Convention) -> Publiee:
    return Publiee(uid, f"/conventions/{uid}/", convention, MOMENT, MOMENT)


def rebuild(engine: Engine, publiees: Iterable[Publiee]) -> None:
    """Makes the index of `engine` anew from `publiees`, without a database."""
    by_uid = {publiee.uid: publiee for publiee in publiees}
    indexing.rebuild(engine, _sources(lambda uids: {uid: by_uid[uid] for uid in uids}, sorted(by_uid)))


def rebuild_generated(engine: Engine, nombre: int, processes: int, *, courtes: bool = False) -> None:
    """Makes the index of `engine` anew from `nombre` invented conventions, written when they are asked for."""
    read = partial(read_generated, courtes=courtes)
    indexing.rebuild(engine, _sources(read, map(name, range(nombre))), processes=processes)


def read_generated(uids: Iterable[str], *, courtes: bool = False) -> dict[str, Publiee]:
    return {uid: publish(uid, generate_one(rank_of(uid), courte=courtes)) for uid in uids}


def _sources(read: Callable[[Iterable[str]], Mapping[str, Publiee]], uids: Iterable[str]) -> indexing.Sources:
    """A portal of which nothing changes."""
    return indexing.Sources(lambda: 0, lambda _seq, _limit: [], read, lambda _after: iter(uids))


def _changes(avenant: Convention, convention: Convention) -> bool:
    """Whether `avenant` says that it changes `convention`, as `conventions.actions` finds it."""
    said = avenant.avenant
    return said is not None and (
        said.convention_reference == convention.reference
        if said.convention_reference
        else said.convention_date == convention.date_signature and _names(avenant) & _names(convention) != set()
    )


def _names(convention: Convention) -> set[str]:
    return {normalise(partie.nom) for partie in convention.parties}


class _Registre:
    """The register that a new installation starts with; `rattachement.Registre` reads its own in the database."""

    def __init__(self) -> None:
        self.services = {
            entry["slug"]: ServiceRef(
                cle=entry["slug"],
                nom=entry["nom"],
                sigle=entry.get("sigle", ""),
                ministere=entry["slug"] if entry.get("est_ministere") else entry.get("ministere"),
                autres_noms=tuple(entry.get("autres_noms", ())),
            )
            for entry in json.loads(SERVICES.read_text(encoding="utf-8"))
        }

    @cached_property
    def by_name(self) -> dict[str, str]:
        return {
            normalise(nom): service.cle
            for service in self.services.values()
            for nom in (service.nom, service.sigle, *service.autres_noms)
            if nom
        }

    def attach(self, publiee: Publiee) -> Publiee:
        """`publiee` with its parties matched to the register, and the services that they are, as its page has them."""
        convention = publiee.convention
        parties = tuple(replace(partie, service=self.match(partie)) for partie in convention.parties)
        keys = [key for partie in parties if (key := partie.service)]
        ministeres = [ministere for key in keys if (ministere := self.services[key].ministere)]
        return replace(
            publiee,
            convention=replace(convention, parties=parties),
            services=tuple(self.services[key] for key in dict.fromkeys([*keys, *ministeres])),
        )

    def match(self, partie: Partie) -> str | None:
        """The key of the service that the printed name names, or else its sigle."""
        found = (self.by_name.get(normalise(nom)) for nom in (partie.nom, partie.sigle) if nom)
        return next((key for key in found if key), None)
