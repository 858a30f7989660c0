"""Holds the gate and writes the journal, from the only signals always sent inside the page's own transaction.

Wagtail's `page_published` comes after the commit, and also for a page that is only scheduled; saving and
deleting a `Page` are seen on every path: admin, bulk, scheduled, workflow, code, copy, move. The same act may be
saved as a `ConventionPage`, as an `ActePage` or, with its state alone, as a `Page`. A raw save (a row of a fixture, or
the one that says the kind of a page) changes nothing by itself.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Page

from portal.conventions import journal, mapping, publication
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, Partie, Service
from portal.domain.contrat import empreinte

PUBLIC_STATE = ("live", "live_revision_id", "url_path")
# What is shown besides the facts of the document, which the empreinte sums up.
SHOWN = ("original_id", "fictif", "conventionpage__date_resiliation")
SERVICE_SHOWN = ("nom", "sigle", "slug", "autres_noms", "est_ministere", "ministere_id")
FACTS = frozenset(
    name
    for model in (ActePage, ConventionPage, AvenantPage)
    for field in model._meta.local_fields
    for name in (field.name, field.attname)
)


def connect() -> None:
    pre_save.connect(note_public_state, dispatch_uid="journal.pre_save")
    pre_save.connect(hold_gate, dispatch_uid="publication.pre_save")
    post_save.connect(record_save, dispatch_uid="journal.post_save")
    pre_delete.connect(record_delete, sender=Page, dispatch_uid="journal.pre_delete")
    pre_save.connect(note_service, sender=Service, dispatch_uid="journal.service.pre_save")
    post_save.connect(record_service, sender=Service, dispatch_uid="journal.service")


def note_public_state(sender: type, instance: Any, raw: bool, **_kwargs: Any) -> None:
    if not raw and _is_acte(instance):
        instance._public_state = _public_state(instance.pk) or dict.fromkeys((*PUBLIC_STATE, *SHOWN, "path"))


def hold_gate(sender: type, instance: Any, raw: bool, update_fields: Collection[str] | None, **_kwargs: Any) -> None:
    """Raises `ValidationError` where a save would make or keep public what a rule stops."""
    if raw or not _is_acte(instance) or not instance.live:
        return
    if not isinstance(instance, ActePage):
        if not instance._public_state["live"]:
            publication.verify(instance.specific)
    elif update_fields is None:
        publication.verify(instance)
    elif written := FACTS.union({"live"}).intersection(update_fields):
        stored = ActePage.objects.get(pk=instance.pk)
        for name in written:
            setattr(stored, name, getattr(instance, name))
        publication.verify(stored)


def record_save(sender: type, instance: Any, raw: bool, update_fields: Collection[str] | None, **_kwargs: Any) -> None:
    if raw or not _is_acte(instance):
        return
    before, now = instance._public_state, _public_state(instance.pk)
    if now["live"] and not before["live"]:
        _date_publication(instance)
    # A partial save leaves the other facts in the database as they were, whatever the instance holds.
    whole = isinstance(instance, ActePage) and update_fields is None
    acte = instance if whole else ActePage.objects.get(pk=instance.pk)
    if not now["live"]:
        if before["live"]:
            _record_withdrawn(acte, getattr(instance, "motif_retrait", ""))
    elif acte.is_avenant and not acte.get_parent(update=True).live:
        # Moved under a convention that is not public: its address is under it.
        acte.specific.unpublish()
        _record_convention_above(before["path"])
    elif _shows_change(acte, before, now, update_fields):
        _record_public(acte, before)


def record_delete(sender: type, instance: Page, **_kwargs: Any) -> None:
    acte = ActePage.objects.filter(pk=instance.pk).values("uid", "live", "path").first()
    if acte and journal.write_withdrawn(acte["uid"], journal.Nature.SUPPRESSION) and acte["live"]:
        _record_convention_above(acte["path"])


def _date_publication(page: Any) -> None:
    """Wagtail dates what it publishes itself, and not a page that code saves as live."""
    moment = timezone.now()
    if Page.objects.filter(pk=page.pk, first_published_at=None).update(
        first_published_at=moment, last_published_at=moment
    ):
        page.first_published_at = page.last_published_at = moment


def note_service(sender: type, instance: Service, **_kwargs: Any) -> None:
    instance._shown = Service.objects.filter(pk=instance.pk).values(*SERVICE_SHOWN).first()


def record_service(sender: type, instance: Service, created: bool, **_kwargs: Any) -> None:
    """A new name of a service shows on every public page that it is a partie of."""
    if created or instance._shown == Service.objects.values(*SERVICE_SHOWN).get(pk=instance.pk):
        return
    parties = Partie.objects.filter(service__in=[instance, *instance.services.all()], acte__live=True)
    actes = ActePage.objects.filter(pk__in=parties.values("acte_id")).order_by("path")
    written = set()
    for acte in actes:
        _write_public(acte)
        written.add(acte.path)
    for path in {acte.path for acte in actes if acte.is_avenant}:
        if path[: -Page.steplen] not in written:
            written.add(path[: -Page.steplen])
            _record_convention_above(path)


def _is_acte(instance: Any) -> bool:
    return isinstance(instance, ActePage) or (
        type(instance) is Page and instance.pk is not None and issubclass(instance.specific_class or Page, ActePage)
    )


def _public_state(pk: int | None) -> Any:
    return ActePage.objects.filter(pk=pk).values(*PUBLIC_STATE, *SHOWN, "path").first()


def _shows_change(acte: ActePage, before: Any, now: Any, update_fields: Collection[str] | None) -> bool:
    names = ("live", "url_path", *SHOWN) if update_fields else (*PUBLIC_STATE, *SHOWN)
    if any(before[name] != now[name] for name in names):
        return True
    last = journal.last_of(acte.uid)
    return last is None or last.empreinte != empreinte(mapping.from_page(acte))


def _record_public(acte: ActePage, before: dict[str, Any]) -> None:
    _write_public(acte)
    if acte.is_avenant:
        for path in {before["path"], acte.path} - {None}:
            _record_convention_above(path)
    elif before["url_path"] and before["url_path"].split("/")[-2] != acte.slug:
        for avenant in AvenantPage.objects.child_of(acte).live():
            _write_public(avenant)


def _record_withdrawn(acte: ActePage, motif: str) -> None:
    journal.write_withdrawn(acte.uid, journal.Nature.RETRAIT, motif=motif)
    if acte.is_avenant:
        _record_convention_above(acte.path)
        return
    # Their address is under the convention's, which is gone.
    for avenant in AvenantPage.objects.child_of(acte).live():
        avenant.motif_retrait = motif
        avenant.unpublish()


def _record_convention_above(path: str) -> None:
    """An avenant is shown on its convention's page: what changes one changes the other."""
    convention = ConventionPage.objects.live().filter(path=path[: -ConventionPage.steplen]).first()
    if convention and (last := journal.last_of(convention.uid)) and last.nature not in journal.WITHDRAWN:
        _write_public(convention)


def _write_public(acte: ActePage) -> None:
    journal.write_public(acte.uid, empreinte(mapping.from_page(acte)))
