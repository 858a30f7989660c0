"""Who may use the reading table, and who sees which files on it.

An editor sees the files that he dropped, and those of the authors who may add conventions nowhere else than he may.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from importers.table.models import Depot
from portal.conventions.models import ActePage, ConventionsIndexPage, MinisterePage


def places_of(user: Any) -> frozenset[int]:
    """The keys of the pages, the index of conventions and those of ministères, under which `user` may add."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "add")
    return frozenset(
        pages.filter(pk__in=Page.objects.type(ConventionsIndexPage, MinisterePage)).values_list("pk", flat=True)
    )


def may_use_table(user: Any) -> bool:
    return not isinstance(user, AnonymousUser) and bool(places_of(user))


def depots_seen_by(user: Any) -> "QuerySet[Depot]":
    if user.is_superuser:
        return Depot.objects.all()
    return Depot.objects.filter(auteur__in=[user.pk, *_authors_seen_by(user)])


def _authors_seen_by(user: Any) -> list[int]:
    """Rights are those of groups: authors of the same groups are asked for once."""
    ours = places_of(user)
    authors: Any = get_user_model().objects.filter(depots__isnull=False).exclude(pk=user.pk).distinct()
    by_rights: dict[Any, list[Any]] = {}
    for author in authors.prefetch_related("groups"):
        rights = (author.is_active, author.is_superuser, frozenset(group.pk for group in author.groups.all()))
        by_rights.setdefault(rights, []).append(author)
    same = [alike for alike in by_rights.values() if (theirs := places_of(alike[0])) and theirs <= ours]
    return [author.pk for alike in same for author in alike]


def may_edit(user: Any, page: ActePage) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


def may_add_under(user: Any, page: Page) -> bool:
    return bool(page.permissions_for_user(user).can_add_subpage())


def may_see(user: Any, page: ActePage) -> bool:
    """What is public is seen by all; a draft by who may edit it."""
    return page.live or may_edit(user, page)
