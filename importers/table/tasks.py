"""The reading of a dropped file, in the background."""

import logging

from django.utils import timezone
from django_tasks import task

from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from importers.table.doublons import find_doublons
from importers.table.models import Depot, Etat
from portal.conventions import originaux
from portal.conventions.models import Original
from portal.conventions.rattachement import Registre
from portal.domain.contrat import lecture_to_json
from portal.domain.convention import Gravite, Lecture

logger = logging.getLogger(__name__)

ECHEC = "La lecture a échoué sans que le fichier soit en cause : relancez-la, ou signalez-le à l'administrateur."
PERDU = "Le fichier gardé est introuvable : déposez-le de nouveau."


@task()
def read_depot(pk: int) -> None:
    """Reads a file that waits, once: a task that is run again, or twice at a time, finds nothing to do."""
    begun = timezone.now()
    waiting = Depot.objects.filter(pk=pk, etat=Etat.EN_ATTENTE)
    if not waiting.update(etat=Etat.EN_LECTURE, debut_lecture=begun):
        return
    depot = Depot.objects.select_related("original").get(pk=pk)
    try:
        _write(depot, _read(depot))
    except Illisible as error:
        _refuse(depot, str(error))
    except Exception:
        _refuse(depot, ECHEC)
        raise


def _read(depot: Depot) -> Lecture:
    """What the file says, its public copy being kept beside it. Raises `Illisible`, in French."""
    original: Original | None = depot.original
    if original is None:
        raise Illisible(PERDU)
    try:
        with originaux.read(original) as file:
            contenu = file.read()
    except FileNotFoundError as error:
        raise Illisible(PERDU) from error
    with Sandbox() as sandbox:
        lecture = sandbox.read(contenu, depot.nom)
        originaux.keep_copie(original, _scrub(contenu, depot, sandbox), depot.nom)
    return lecture


def _scrub(contenu: bytes, depot: Depot, sandbox: Sandbox) -> bytes | None:
    """The public copy, made now and not at the confirmation, which holds the lock of the database.

    A file that has none is read all the same: the screen says that the public will not have it.
    """
    try:
        return sandbox.scrub(contenu, depot.nom)
    except Illisible as error:
        logger.warning("Aucune copie publique de « %s » : %s", depot.nom, error)
        return None


def _write(depot: Depot, lecture: Lecture) -> None:
    gravites = [constat.gravite for constat in lecture.constats]
    found = find_doublons(Registre().match_parties(lecture.convention), depot.original)
    _end(
        depot,
        etat=Etat.LU,
        refus="",
        lecture=lecture_to_json(lecture),
        titre=lecture.convention.titre,
        erreurs=gravites.count(Gravite.ERREUR),
        avertissements=gravites.count(Gravite.AVERTISSEMENT),
        doublon=found[0].page if found else None,
        motif_doublon=found[0].motif if found else "",
    )


def _refuse(depot: Depot, refus: str) -> None:
    _end(depot, etat=Etat.REFUSE, refus=refus)


def _end(depot: Depot, **facts: object) -> None:
    """Writes how the reading ended, unless another one was begun meanwhile."""
    same_reading = Depot.objects.filter(pk=depot.pk, etat=Etat.EN_LECTURE, debut_lecture=depot.debut_lecture)
    same_reading.update(**facts)
