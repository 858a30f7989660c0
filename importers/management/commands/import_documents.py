"""`manage.py import_documents PATH...`: reads signed files, and makes a draft page of each."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from importers.documents.fichiers import find_documents, open_document
from importers.documents.illisible import Illisible
from importers.documents.provenance import Provenance, read_provenance
from importers.documents.sandbox import Sandbox
from importers.table.doublons import find_doublons, report_doublon
from portal.conventions import actions, followers, originaux
from portal.conventions.models import Original
from portal.conventions.rattachement import Registre
from portal.domain.contrat import to_json
from portal.domain.convention import Gravite, Lecture

FATES = {
    actions.Etat.IMPORTEE: "",
    actions.Etat.RATTACHEE: "déjà présent, mis sous sa convention, ",
    actions.Etat.DEJA_PRESENTE: "déjà présent, ",
}
SEUL = ", sans la convention qu'il modifie : importez-la et publiez-la, puis relancez l'importation de ce fichier"
SANS_COPIE = "Une copie sans ses métadonnées n'en peut pas être faite : importez-le en PDF pour qu'il le soit."
BILAN = ("importé", "déjà présent", "doublon possible", "refusé")


class Command(BaseCommand):
    help = (
        "Lit des documents signés et fait de chacun un brouillon, publié à la demande si aucune règle ne s'y oppose. "
        "Un fichier déjà importé n'est pas relu : après un arrêt, la même commande reprend où elle en était."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN", help="fichiers ou dossiers")
        parser.add_argument("--dry-run", action="store_true", help="lit et montre, sans rien enregistrer")
        parser.add_argument("--json", action="store_true", help="écrit un objet JSON par ligne")
        parser.add_argument("--publish", action="store_true", help="publie ce qu'aucune règle n'arrête")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        choices = Namespace(**options)
        self._bilan: Counter[str] = Counter()
        with Sandbox() as sandbox, nullcontext() if choices.dry_run else followers.paused():
            # Only their paths are kept: an avenant is read again once every convention of the folder is held.
            documents = _shown(find_documents(paths))
            avenants = [path for path in documents if not self._take(path, sandbox, choices, wait=True)]
            for path in avenants:
                self._take(path, sandbox, choices)
        if not (choices.json or choices.dry_run):
            self.stdout.write("Bilan : " + ", ".join(_count(self._bilan[fate], fate) for fate in BILAN) + ".")
        if unread := self._bilan["refusé"]:
            raise CommandError(f"{unread} fichier(s) n'ont pas été lus ; les autres l'ont été.", returncode=1)

    def _take(self, path: Path, sandbox: Sandbox, choices: Namespace, *, wait: bool = False) -> bool:
        """Reads and imports a file. False where it holds an avenant that is to `wait` for its convention."""
        try:
            fictif = read_provenance(path) is Provenance.FICTIF
            contenu = open_document(path)
            held = None if choices.dry_run else actions.take_again(contenu, publish=choices.publish)
            if held and held.seul and wait:
                return False
            if held:
                self._complete(contenu, path, sandbox)
            if held and not choices.json:
                self._bilan["déjà présent"] += 1
                self.stdout.write(f"{path.name} : {_tell(held, choices)}")
                return True
            lecture = sandbox.read(contenu, path.name)
        except Illisible as error:
            self._bilan["refusé"] += 1
            self._say_unread(path, str(error), choices)
            return True
        if wait and lecture.convention.avenant and not choices.dry_run:
            return False
        fate = (
            "lu"
            if held or choices.dry_run
            else self._import(lecture, contenu, self._scrub(contenu, path, sandbox), fictif, choices)
        )
        self._say_read(lecture, fate, choices)
        return True

    def _complete(self, contenu: bytes, path: Path, sandbox: Sandbox) -> None:
        """Makes the public copy of a file that is held without one, from before copies were made."""
        original = Original.objects.get(sha256=sha256(contenu).hexdigest())
        if original.publique is None and (copie := self._scrub(contenu, path, sandbox)) is not None:
            originaux.keep_copie(original, copie, path.name)

    def _scrub(self, contenu: bytes, path: Path, sandbox: Sandbox) -> bytes | None:
        """The public copy of a file; a file that has none is imported all the same, and kept from the public."""
        try:
            copie = sandbox.scrub(contenu, path.name)
            motif = "" if copie is not None else SANS_COPIE
        except Illisible as error:
            copie, motif = None, str(error)
        if motif:
            self.stderr.write(f"{path.name} : le fichier ne sera pas public. {motif}")
        return copie

    def _import(self, lecture: Lecture, contenu: bytes, copie: bytes | None, fictif: bool, choices: Namespace) -> str:
        """What became of a document, in words; what another page seems to hold stays a draft, for an editor to say."""
        doublon = next(iter(find_doublons(Registre().match_parties(lecture.convention), None)), None)
        if doublon:
            lecture = replace(lecture, constats=(*lecture.constats, report_doublon(doublon)))
        publish = choices.publish and not doublon
        result = actions.import_lecture(lecture, contenu=contenu, copie=copie, fictif=fictif, publish=publish)
        self._bilan["doublon possible" if doublon else "importé"] += 1
        fate = _tell(result, choices) if not doublon else f"brouillon, doublon possible ({doublon.motif})"
        return fate

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


def _shown(paths: Iterable[Path]) -> Iterator[Path]:
    """The same paths, a bar of progress on the terminal where there is one."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from paths
        return
    everything = list(paths)
    yield from track(everything, "Importation", console=console)


def _tell(result: actions.Importation, choices: Namespace) -> str:
    fate = FATES[result.etat] + ("publié" if result.publiee else "brouillon")
    if choices.publish and result.refus and not result.publiee:
        fate += f", publication refusée ({' '.join(constat.message for constat in result.refus)})"
    return fate + SEUL if result.seul else fate


def _summary(lecture: Lecture) -> str:
    counts = {gravite: sum(constat.gravite is gravite for constat in lecture.constats) for gravite in Gravite}
    found = [_count(count, gravite.value) for gravite, count in counts.items() if count]
    return f"{lecture.convention.titre or 'sans titre'} ({', '.join(found) or 'aucun constat'})"


def _count(nombre: int, nom: str) -> str:
    """« 1 importé », « 3 importés », « 2 doublons possibles »."""
    return f"{nombre} " + (" ".join(f"{mot}s" if mot != "déjà" else mot for mot in nom.split()) if nombre > 1 else nom)
