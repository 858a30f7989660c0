"""Who sees the board, and which acts on it: an editor sees those whose pages he may change."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.permissions import page_permission_policy

from portal.conventions.models import ActePage
from portal.publications.models import EcartOuvert, Publication


def may_use_board(user: Any) -> bool:
    if isinstance(user, AnonymousUser):
        return False
    return bool(user.is_superuser or page_permission_policy.user_has_any_permission(user, ["add", "change"]))


def actes_of(user: Any) -> "QuerySet[ActePage]":
    """The pages of acts that `user` may change."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return ActePage.objects.filter(pk__in=pages.values("pk"))


def publications_of(user: Any) -> "QuerySet[Publication]":
    """What is published of an act whose page was deleted is for the administrators."""
    if user.is_superuser:
        return Publication.objects.all()
    return Publication.objects.filter(uid__in=actes_of(user).values("uid"))


def ecarts_of(user: Any) -> "QuerySet[EcartOuvert]":
    """An entry that is no act yet is for every editor."""
    if user.is_superuser:
        return EcartOuvert.objects.all()
    return EcartOuvert.objects.filter(Q(uid="") | Q(uid__in=actes_of(user).values("uid")))
