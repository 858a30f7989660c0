"""Writes the journal from the only signals that are always sent inside the page's own transaction.

Wagtail's `page_published` comes after the commit, and also for a page that is only scheduled; saving and
deleting a `Page` are seen on every path: admin, bulk, scheduled, workflow, code, copy, move.
"""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.models import Page

from portal.conventions import journal, mapping
from portal.conventions.models import ActePage, AvenantPage, ConventionPage, Partie, Service
from portal.domain.contrat import empreinte

PUBLIC_STATE = ("live", "live_revision_id", "url_path")


def connect() -> None:
    pre_save.connect(note_public_state, dispatch_uid="journal.pre_save")
    post_save.connect(record_save, dispatch_uid="journal.post_save")
    pre_delete.connect(record_delete, sender=Page, dispatch_uid="journal.pre_delete")
    post_save.connect(record_service, sender=Service, dispatch_uid="journal.service")


def note_public_state(sender: type, instance: Any, **_kwargs: Any) -> None:
    if _is_acte(instance):
        stored = Page.objects.filter(pk=instance.pk).values(*PUBLIC_STATE, "path").first()
        instance._public_state = stored or dict.fromkeys((*PUBLIC_STATE, "path"))


def record_save(sender: type, instance: Any, update_fields: frozenset[str] | None, **_kwargs: Any) -> None:
    if not _is_acte(instance):
        return
    before = instance._public_state
    now = Page.objects.values(*PUBLIC_STATE).get(pk=instance.pk)
    acte = instance if isinstance(instance, ActePage) else instance.specific
    if now["live"]:
        # A partial save leaves the facts in the database as they were, whatever the instance holds.
        compared = ("live", "url_path") if update_fields else PUBLIC_STATE
        same = all(before[name] == now[name] for name in compared)
        if not same or not (update_fields or _recorded(acte)):
            _record_public(acte, before)
    elif before["live"]:
        _record_withdrawn(acte)


def record_delete(sender: type, instance: Page, **_kwargs: Any) -> None:
    acte = ActePage.objects.filter(pk=instance.pk).values("uid", "live", "path").first()
    if acte and journal.write_withdrawn(acte["uid"], journal.Nature.SUPPRESSION) and acte["live"]:
        _record_convention_above(acte["path"])


def record_service(sender: type, instance: Service, created: bool, **_kwargs: Any) -> None:
    """A new name of a service shows on every public page that it is a partie of."""
    if not created:
        parties = Partie.objects.filter(service__in=[instance, *instance.services.all()], acte__live=True)
        for acte in ActePage.objects.filter(pk__in=parties.values("acte_id")).specific():
            _write_public(acte)


def _is_acte(instance: Any) -> bool:
    return isinstance(instance, ActePage) or (
        type(instance) is Page and instance.pk is not None and issubclass(instance.specific_class or Page, ActePage)
    )


def _recorded(acte: ActePage) -> bool:
    last = journal.last_of(acte.uid)
    return last is not None and last.empreinte == empreinte(mapping.from_page(acte))


def _record_public(acte: ActePage, before: dict[str, Any]) -> None:
    _write_public(acte)
    if isinstance(acte, AvenantPage):
        for path in {before["path"], acte.path} - {None}:
            _record_convention_above(path)
    elif before["url_path"] and before["url_path"].split("/")[-2] != acte.slug:
        for avenant in AvenantPage.objects.child_of(acte).live():
            _write_public(avenant)


def _record_withdrawn(acte: ActePage) -> None:
    journal.write_withdrawn(acte.uid, journal.Nature.RETRAIT, motif=getattr(acte, "motif_retrait", ""))
    if isinstance(acte, ConventionPage):
        # Their address is under the convention's, which is gone.
        for avenant in AvenantPage.objects.child_of(acte).live():
            avenant.unpublish()
    else:
        _record_convention_above(acte.path)


def _record_convention_above(path: str) -> None:
    """An avenant is shown on its convention's page: what changes one changes the other."""
    convention = ConventionPage.objects.live().filter(path=path[: -ConventionPage.steplen]).first()
    if convention and (last := journal.last_of(convention.uid)) and last.nature not in journal.WITHDRAWN:
        _write_public(convention)


def _write_public(acte: ActePage) -> None:
    journal.write_public(acte.uid, empreinte(mapping.from_page(acte)))
