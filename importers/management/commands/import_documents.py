"""`manage.py import_documents PATH...`: reads signed files, and makes a draft page of each."""

import json
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.documents.fichiers import find_documents, read_document
from importers.documents.illisible import Illisible
from importers.documents.provenance import Provenance, read_provenance
from importers.documents.sandbox import Sandbox
from portal.conventions import actions, followers
from portal.domain.contrat import to_json
from portal.domain.convention import Gravite, Lecture

FATES = {
    actions.Etat.IMPORTEE: "",
    actions.Etat.RATTACHEE: "déjà présent, mis sous sa convention, ",
    actions.Etat.DEJA_PRESENTE: "déjà présent, ",
}
SEUL = ", sans la convention qu'il modifie : importez-la et publiez-la, puis relancez l'importation de ce fichier"


class Command(BaseCommand):
    help = "Lit des documents signés et fait de chacun un brouillon, publié à la demande si aucune règle ne s'y oppose."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN", help="fichiers ou dossiers")
        parser.add_argument("--dry-run", action="store_true", help="lit et montre, sans rien enregistrer")
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")
        parser.add_argument("--publish", action="store_true", help="publie ce qu'aucune règle n'arrête")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        choices = Namespace(**options)
        self._unread = 0
        with Sandbox() as sandbox, nullcontext() if choices.dry_run else followers.paused():
            # Only their paths are kept: an avenant is read again once every convention of the folder is held.
            avenants = [path for path in find_documents(paths) if not self._take(path, sandbox, choices, wait=True)]
            for path in avenants:
                self._take(path, sandbox, choices)
        if self._unread:
            raise CommandError(f"{self._unread} fichier(s) n'ont pas été lus ; les autres l'ont été.", returncode=1)

    def _take(self, path: Path, sandbox: Sandbox, choices: Namespace, *, wait: bool = False) -> bool:
        """Reads and imports a file. False where it holds an avenant that is to `wait` for its convention."""
        try:
            fictif = read_provenance(path) is Provenance.FICTIF
            lecture, contenu = read_document(path, sandbox)
        except Illisible as error:
            self._unread += 1
            self._say_unread(path, str(error), choices)
            return True
        if wait and lecture.convention.avenant and not choices.dry_run:
            return False
        self._say_read(lecture, "lu" if choices.dry_run else _import(lecture, contenu, fictif, choices), choices)
        return True

    def _say_unread(self, path: Path, erreur: str, choices: Namespace) -> None:
        if choices.json:
            self.stdout.write(json.dumps({"source": path.name, "erreur": erreur}, ensure_ascii=False))
        else:
            self.stderr.write(f"{path.name} : {erreur}")

    def _say_read(self, lecture: Lecture, fate: str, choices: Namespace) -> None:
        if choices.json:
            self.stdout.write(json.dumps(to_json(lecture), ensure_ascii=False))
        else:
            self.stdout.write(f"{lecture.source} : {fate} — {_summary(lecture)}")


def _import(lecture: Lecture, contenu: bytes, fictif: bool, choices: Namespace) -> str:
    """What became of a document, in words."""
    result = actions.import_lecture(lecture, contenu=contenu, fictif=fictif, publish=choices.publish)
    fate = FATES[result.etat] + ("publié" if result.publiee else "brouillon")
    if choices.publish and not result.publiee:
        fate += f", publication refusée ({' '.join(constat.message for constat in result.refus)})"
    return fate + SEUL if result.seul else fate


def _summary(lecture: Lecture) -> str:
    counts = {gravite: sum(constat.gravite is gravite for constat in lecture.constats) for gravite in Gravite}
    found = [f"{count} {gravite.value}{'s' if count > 1 else ''}" for gravite, count in counts.items() if count]
    return f"{lecture.convention.titre or 'sans titre'} ({', '.join(found) or 'aucun constat'})"
