"""The one writer: commands, views, hooks and importers change conventions only through these functions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from portal.conventions import mapping, originaux, publication
from portal.conventions.models import (
    ActePage,
    AvenantPage,
    ConventionPage,
    ConventionsIndexPage,
    MinisterePage,
    Original,
    Service,
)
from portal.conventions.rattachement import Registre
from portal.domain.contrat import constat_to_json
from portal.domain.convention import Constat, Convention, Gravite, Lecture, Nature, Role

A_RATTACHER = "ministere-a-preciser"


class Etat(StrEnum):
    IMPORTEE = "importee"
    RATTACHEE = "rattachee"
    DEJA_PRESENTE = "deja_presente"


@dataclass(frozen=True, slots=True)
class Importation:
    """What became of one document.

    `refus` holds the constats that stop its publication, `seul` tells of an avenant that is not under its convention.
    """

    uid: str
    etat: Etat
    publiee: bool
    refus: tuple[Constat, ...] = ()
    seul: bool = False


@transaction.atomic
def import_lecture(
    lecture: Lecture,
    *,
    contenu: bytes,
    copie: bytes | None = None,
    publish: bool = False,
    fictif: bool = False,
    user: Any = None,
) -> Importation:
    """Makes a draft page of a reading, and publishes it where no rule stops it.

    `contenu` is the signed file itself: a file whose bytes a page already holds is not imported again, but an avenant
    that stood alone is put under its convention once that is held. `copie` is its public copy, None where it
    has none.
    `fictif` marks an invented example wherever it is shown.
    """
    if held := take_again(contenu, publish=publish, user=user):
        return held
    original = originaux.keep(contenu, lecture.source)
    originaux.keep_copie(original, copie, lecture.source)
    registre = Registre()
    lecture = replace(lecture, convention=registre.match_parties(lecture.convention))
    parent = find_parent(lecture.convention, registre)
    page = draft_lecture(lecture, original=original, parent=parent, fictif=fictif, user=user)
    return _publish_if_asked(page, Etat.IMPORTEE, publish, user)


@transaction.atomic
def take_again(contenu: bytes, *, publish: bool = False, user: Any = None) -> Importation | None:
    """What becomes of a file whose bytes a page holds already, without reading it again; `None` where no page does."""
    known = ActePage.objects.filter(original=sha256(contenu).hexdigest()).order_by("pk").first()
    return _take_again(known, publish, user) if known else None


@transaction.atomic
def draft_lecture(
    lecture: Lecture, *, original: Original, parent: Page, fictif: bool = False, user: Any = None
) -> ActePage:
    """A draft page of a reading under `parent`: an avenant under a convention, a convention under a ministère.

    The parties stay matched as they are, and another page may hold the same file: who calls has decided.
    """
    page = _new_page(parent, lecture.convention, _of_reading(lecture), fictif)
    _keep_source(page, lecture, original)
    return _place(page, parent, user)


@transaction.atomic
def revise_page(page: ActePage, lecture: Lecture, *, original: Original, user: Any = None) -> ActePage:
    """Writes the facts of a reading over those of `page`, as a draft version; what is public stays as it is."""
    revised = page.get_latest_revision_as_object()
    mapping.to_page(lecture.convention, revised, _services_of(lecture.convention))
    revised.constats_lecture = [constat_to_json(constat) for constat in _of_reading(lecture)]
    _keep_source(revised, lecture, original)
    revised.has_unpublished_changes = True
    revised.save_revision(user=user, clean=False, log_action=True)
    return revised


@transaction.atomic
def create_draft(
    convention: Convention, *, constats: tuple[Constat, ...] = (), fictif: bool = False, user: Any = None
) -> ActePage:
    """A draft of `convention`, under the convention that it changes or under its délégant's ministère."""
    registre = Registre()
    convention = registre.match_parties(convention)
    parent = find_parent(convention, registre)
    return _place(_new_page(parent, convention, constats, fictif), parent, user)


def find_parent(convention: Convention, registre: Registre) -> ConventionPage | MinisterePage:
    """The one convention that it changes where that is held, or else the page of its délégant's ministère."""
    return _convention_changed_by(convention) or find_ministere(convention, registre)


def _new_page(parent: Page, convention: Convention, constats: tuple[Constat, ...], fictif: bool) -> ActePage:
    """A page of the kind that `parent` holds, not saved."""
    page: ActePage = AvenantPage() if isinstance(parent, ConventionPage) else ConventionPage()
    mapping.to_page(convention, page, _services_of(convention))
    page.constats_lecture = [constat_to_json(constat) for constat in constats]
    page.fictif = fictif
    return page


def _services_of(convention: Convention) -> dict[str, Service]:
    cles = [partie.service for partie in convention.parties if partie.service]
    return {service.slug: service for service in Service.objects.filter(slug__in=cles)}


def _place(page: ActePage, parent: Page, user: Any) -> ActePage:
    page.live = False
    page.has_unpublished_changes = True
    page.owner = user
    parent.add_child(instance=page)
    _save_draft(page, user)
    return page


def publish_page(page: ActePage, *, user: Any = None, at: datetime | None = None) -> None:
    """Publishes the latest revision of `page`, now or at a future moment.

    Raises `ValidationError` with the words of the rules that stop it; nothing is changed then.
    """
    revision = page.get_latest_revision() or page.save_revision(user=user, clean=False)
    latest = revision.as_object()
    publication.verify(latest)
    with transaction.atomic():
        if at is not None:
            if at <= timezone.now():
                raise ValidationError("La date de publication est passée : choisissez une date à venir.")
            latest.go_live_at = at
            revision = latest.save_revision(user=user)
        revision.publish(user=user)
    page.refresh_from_db()


def withdraw_page(page: ActePage, *, motif: str, user: Any = None) -> None:
    """Takes a page from the public. `motif` is shown in its place; raises `ValidationError` without one."""
    if not motif.strip():
        raise ValidationError("Indiquez le motif du retrait : il est montré à la place de la page.")
    page.motif_retrait = motif.strip()
    page.unpublish(user=user)


@transaction.atomic
def attach_avenant(page: ConventionPage, convention: ConventionPage) -> AvenantPage:
    """Puts an avenant that stands alone under the convention that it changes; the same page, public if it was.

    Raises `ValidationError` for a public one whose convention is not.
    """
    if page.live and not convention.live:
        raise ValidationError("La convention que cet avenant modifie n'est pas publiée : publiez-la d'abord.")
    _make_avenant(page)
    AvenantPage.objects.get(pk=page.pk).move(convention, pos="last-child")
    return AvenantPage.objects.get(pk=page.pk)


def _make_avenant(page: ConventionPage) -> None:
    """Changes the row that says the kind of the page: the facts are all in the table that both kinds share.

    The row is deleted directly, since an ordinary delete would take the versions of the page with it.
    """
    kind = ContentType.objects.get_for_model(AvenantPage)
    ConventionPage.objects.filter(pk=page.pk)._raw_delete(router.db_for_write(ConventionPage))
    AvenantPage(actepage_ptr_id=page.pk).save_base(raw=True)
    Page.objects.filter(pk=page.pk).update(content_type=kind)
    for kept in (Revision.objects, WorkflowState.objects):
        kept.filter(base_content_type__model="page", object_id=str(page.pk)).update(content_type=kind)


def _take_again(known: ActePage, publish: bool, user: Any) -> Importation:
    """What becomes of a file that a page holds: nothing, unless it is an avenant that has found its convention."""
    page = known.specific
    corrected = mapping.from_page(page.get_latest_revision_as_object())
    convention = None if known.is_avenant else _convention_changed_by(corrected)
    if convention is None or (page.live and not convention.live):
        return Importation(page.uid, Etat.DEJA_PRESENTE, page.live, seul=_stands_alone(page))
    return _publish_if_asked(attach_avenant(page, convention), Etat.RATTACHEE, publish, user)


def _publish_if_asked(page: ActePage, etat: Etat, publish: bool, user: Any) -> Importation:
    refus = publication.refusals(page)
    never_public = page.first_published_at is None  # what an editor withdrew is for an editor to restore
    if publish and not refus and never_public:
        publish_page(page, user=user)
    return Importation(page.uid, etat, page.live, refus, seul=_stands_alone(page))


def _stands_alone(page: ActePage) -> bool:
    return bool(mapping.from_page(page).avenant) and not page.is_avenant


def _keep_source(page: ActePage, lecture: Lecture, original: Original) -> None:
    page.original = original
    page.qualite = lecture.qualite.value


def _save_draft(page: ActePage, user: Any) -> None:
    page.save()
    page.save_revision(user=user, clean=False)


def _of_reading(lecture: Lecture) -> tuple[Constat, ...]:
    """What only the reading could see: the rules find the rest again on the page, as it is corrected.

    A reading's constat never stops publication by itself, since no correction of the page would lift it.
    """
    found_again = {(constat.regle, constat.champ) for constat in publication.judge(lecture.convention, lecture.qualite)}
    return tuple(
        constat
        for constat in lecture.constats
        if (constat.regle, constat.champ) not in found_again and constat.gravite is not Gravite.ERREUR
    )


def _convention_changed_by(convention: Convention) -> ConventionPage | None:
    """The one convention held that an avenant names by its reference, or else by its date and a partie."""
    avenant = convention.avenant
    if not avenant:
        return None
    conventions = ConventionPage.objects.filter(modifie_un_acte=False).exclude(nature=Nature.AVENANT)
    candidates = conventions.none()
    if avenant.convention_reference:
        candidates = conventions.filter(reference=avenant.convention_reference)
    if not candidates and avenant.convention_date:
        services = {partie.service for partie in convention.parties} - {None}
        candidates = conventions.filter(
            date_signature=avenant.convention_date, parties__service__slug__in=services
        ).distinct()
    return candidates[0] if len(candidates) == 1 else None


def find_ministere(convention: Convention, registre: Registre) -> MinisterePage:
    """The page of the ministère of its délégant, or of another partie; made where there is none yet."""
    for partie in sorted(convention.parties, key=lambda partie: partie.role is not Role.DELEGANT):
        if service := registre.services.get(partie.service or ""):
            ministere = service if service.est_ministere else service.ministere
            if ministere:
                return _ministere_page(ministere)
    return _ministere_page(None)


def _ministere_page(ministere: Service | None) -> MinisterePage:
    place = {"service": ministere} if ministere else {"slug": A_RATTACHER}
    found = MinisterePage.objects.filter(**place).first()
    if found:
        return found
    index = ConventionsIndexPage.objects.get()
    titre, slug = (ministere.nom, ministere.slug) if ministere else ("Ministère à préciser", A_RATTACHER)
    return index.add_child(instance=MinisterePage(title=titre[:255], slug=slug, service=ministere))
