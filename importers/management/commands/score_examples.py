"""`manage.py score_examples [CHEMIN...]`: reads the examples, and counts what was read of each family of facts."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from importers.documents.fichiers import EXPECTED_RESULT, find_documents, open_document
from importers.documents.sandbox import Sandbox
from importers.documents.score import Comparaison, Compte, compare, sum_comptes
from portal.domain.contrat import to_json

EXAMPLES = [settings.BASE_DIR / "examples" / folder for folder in ("documents", "lecture")]


class Command(BaseCommand):
    help = "Mesure la lecture des exemples : rappel et précision de chaque famille de faits, faux non signalés."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="CHEMIN", default=EXAMPLES)
        parser.add_argument("--faits", action="store_true", help="montre chaque fait manquant ou faux")

    def handle(self, *args: Any, paths: list[Path], faits: bool, **options: Any) -> None:
        console = Console(file=cast("IO[str]", self.stdout))
        comparaisons = dict(_compare_all(paths))
        console.print(_table_of_files(comparaisons))
        console.print(_table_of_families(comparaisons))
        if faits:
            for nom, comparaison in comparaisons.items():
                for signe, couples in (("-", comparaison.manquants), ("+", comparaison.faux)):
                    for famille, valeur in couples:
                        self.stdout.write(f"{nom} {signe} {famille} : {valeur[:200]}")


def _compare_all(paths: list[Path]) -> Iterator[tuple[str, Comparaison]]:
    with Sandbox() as sandbox:
        for document in find_documents(paths):
            attendu = document.with_suffix(EXPECTED_RESULT)
            if attendu.exists():
                lecture = sandbox.read(open_document(document), document.name)
                yield document.name, compare(json.loads(attendu.read_text(encoding="utf-8")), to_json(lecture))


def _table_of_files(comparaisons: dict[str, Comparaison]) -> Table:
    table = Table("document", *("faits", "lus", "justes", "rappel", "précision", "faux non signalés"))
    for nom, comparaison in comparaisons.items():
        table.add_row(nom, *_cells(comparaison.total), str(len(comparaison.muets)))
    table.add_row(
        "total",
        *_cells(sum_comptes(c.total for c in comparaisons.values())),
        str(sum(len(c.muets) for c in comparaisons.values())),
    )
    return table


def _table_of_families(comparaisons: dict[str, Comparaison]) -> Table:
    table = Table("famille", *("faits", "lus", "justes", "rappel", "précision"))
    par_famille: dict[str, list[Compte]] = defaultdict(list)
    for comparaison in comparaisons.values():
        for famille, compte in comparaison.par_famille.items():
            par_famille[famille].append(compte)
    for famille, comptes in sorted(par_famille.items()):
        table.add_row(famille, *_cells(sum_comptes(comptes)))
    return table


def _cells(compte: Compte) -> tuple[str, ...]:
    return str(compte.attendus), str(compte.lus), str(compte.justes), f"{compte.rappel:.1%}", f"{compte.precision:.1%}"
