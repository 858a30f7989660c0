"""`manage.py import_documents PATH...`: reads signed files, and makes a draft page of each."""

import json
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.documents.fichiers import find_documents, read_document
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from portal.conventions import actions, followers
from portal.domain.contrat import to_json
from portal.domain.convention import Gravite, Lecture


class Command(BaseCommand):
    help = "Lit des documents signés et fait de chacun un brouillon, publié à la demande si aucune règle ne s'y oppose."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN", help="fichiers ou dossiers")
        parser.add_argument("--dry-run", action="store_true", help="lit et montre, sans rien enregistrer")
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")
        parser.add_argument("--publish", action="store_true", help="publie ce qu'aucune règle n'arrête")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        choices = Namespace(**options)
        unread = 0
        with Sandbox() as sandbox, nullcontext() if choices.dry_run else followers.paused():
            for path in find_documents(paths):
                try:
                    lecture, contenu = read_document(path, sandbox)
                except Illisible as error:
                    unread += 1
                    self._say_unread(path, str(error), choices)
                else:
                    self._take(lecture, contenu, choices)
        if unread:
            raise CommandError(f"{unread} fichier(s) n'ont pas été lus ; les autres l'ont été.", returncode=1)

    def _say_unread(self, path: Path, erreur: str, choices: Namespace) -> None:
        if choices.json:
            self.stdout.write(json.dumps({"source": path.name, "erreur": erreur}, ensure_ascii=False))
        else:
            self.stderr.write(f"{path.name} : {erreur}")

    def _take(self, lecture: Lecture, contenu: bytes, choices: Namespace) -> None:
        fate = "lu" if choices.dry_run else self._import(lecture, contenu, choices.publish)
        if choices.json:
            self.stdout.write(json.dumps(to_json(lecture), ensure_ascii=False))
        else:
            self.stdout.write(f"{lecture.source} : {fate} — {_summary(lecture)}")

    def _import(self, lecture: Lecture, contenu: bytes, publish: bool) -> str:
        result = actions.import_lecture(lecture, contenu=contenu, publish=publish)
        if result.etat is actions.Etat.DEJA_PRESENTE:
            return "déjà présent"
        if result.publiee:
            return "publié"
        if publish:
            return f"brouillon, publication refusée ({' '.join(constat.message for constat in result.refus)})"
        return "brouillon"


def _summary(lecture: Lecture) -> str:
    counts = {gravite: sum(constat.gravite is gravite for constat in lecture.constats) for gravite in Gravite}
    found = [f"{count} {gravite.value}{'s' if count > 1 else ''}" for gravite, count in counts.items() if count]
    return f"{lecture.convention.titre or 'sans titre'} ({', '.join(found) or 'aucun constat'})"
