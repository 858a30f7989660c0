"""What changes the reading table: a file is dropped, read again, taken off, or becomes a page."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from importers.documents.fichiers import SIZE_LIMIT
from importers.documents.formats import FORMATS
from importers.table.doublons import Motif
from importers.table.droits import may_add_under, may_edit
from importers.table.formulaire import Decision
from importers.table.models import Depot, Etat
from importers.table.tasks import read_depot
from portal.conventions import actions, originaux
from portal.conventions.models import ActePage, ConventionPage, Original
from portal.conventions.rattachement import Registre
from portal.domain.convention import Avenant, Convention, Lecture

NAME_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Reception:
    """What became of a file that was dropped; `deja` where it lay on the table already."""

    depot: Depot
    deja: bool = False


@transaction.atomic
def receive(file: "UploadedFile[Any]", user: Any) -> Reception:
    """Keeps a file and has it read after the commit; one that cannot be read is refused at once, and not kept."""
    nom = PurePath(file.name or "").name[-NAME_LIMIT:] or "sans nom"
    if refus := _refusal(nom, file.size or 0):
        return Reception(Depot.objects.create(nom=nom, etat=Etat.REFUSE, refus=refus, auteur=user))
    original: Any = originaux.keep(file.read(), nom)
    if known := Depot.objects.filter(original=original, auteur=user, page=None).exclude(etat=Etat.REFUSE).first():
        return Reception(known, deja=True)
    page = original.actes.first()
    depot = Depot.objects.create(
        original=original, nom=nom, auteur=user, doublon=page, motif_doublon=Motif.FICHIER if page else ""
    )
    _have_read(depot)
    return Reception(depot)


@transaction.atomic
def read_again(depot: Depot) -> None:
    """Has a file read again; raises `ValidationError` where that makes no sense."""
    depot = Depot.objects.select_for_update().get(pk=depot.pk)
    if not depot.may_be_read_again:
        raise ValidationError("Ce fichier est déjà une page, ou sa lecture est en cours.")
    Depot.objects.filter(pk=depot.pk).update(etat=Etat.EN_ATTENTE, refus="", debut_lecture=None)
    _have_read(depot)


def take_off(depot: Depot) -> None:
    """Takes a file off the table; raises `ValidationError` for one of which a page was made."""
    if depot.page_id is not None:
        raise ValidationError("Une page a été créée à partir de ce fichier : retirez la page, si elle est de trop.")
    depot.delete()


@transaction.atomic
def confirm(depot: Depot, decision: Decision, user: Any) -> ActePage:
    """Makes of a reading what the editor decided, once.

    Raises `ValidationError` where it was confirmed meanwhile, `PermissionDenied` for a page that he may not write.
    """
    depot = Depot.objects.select_for_update(of=("self",)).select_related("original").get(pk=depot.pk)
    if not depot.is_to_confirm or depot.original is None:
        raise ValidationError(f"Ce dépôt est déjà confirmé, ou n'est pas lu : {depot.nom}.")
    lecture = replace(depot.read_lecture(), convention=decision.convention)
    depot.page = _make_page(lecture, depot.original, decision, user)
    depot.save(update_fields=["page"])
    return depot.page


def _make_page(lecture: Lecture, original: Original, decision: Decision, user: Any) -> ActePage:
    if decision.revise is not None:
        if not may_edit(user, decision.revise):
            raise PermissionDenied
        return actions.revise_page(decision.revise, lecture, original=original, user=user)
    parent = decision.parent or actions.find_ministere(lecture.convention, Registre())
    if not may_add_under(user, parent):
        raise PermissionDenied
    if isinstance(parent, ConventionPage):
        lecture = replace(lecture, convention=as_avenant_of(lecture.convention, parent))
    return actions.draft_lecture(lecture, original=original, parent=parent, user=user)


def as_avenant_of(convention: Convention, changed: ConventionPage) -> Convention:
    """The act with what says which convention it changes; what it says itself is left."""
    if convention.avenant is not None:
        return convention
    return replace(convention, avenant=Avenant(None, changed.date_signature, changed.reference or None))


def _refusal(nom: str, taille: int) -> str:
    """Why a file is not even kept, in one French sentence; "" for one that may be read."""
    suffixe = PurePath(nom).suffix.lower()
    if suffixe not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        return f"Le format « {suffixe or 'sans extension'} » n'est pas lu : déposez un fichier {known}."
    if taille > SIZE_LIMIT:
        return f"Le fichier dépasse {SIZE_LIMIT // 1_000_000} Mo : découpez-le, ou déposez son texte."
    return "" if taille else "Le fichier est vide : vérifiez-le, ou déposez-en un autre."


def _have_read(depot: Depot) -> None:
    """The reading starts once the file is on the table for all to see."""
    transaction.on_commit(partial(read_depot.enqueue, depot.pk))
