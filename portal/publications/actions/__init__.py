"""The one writer of the publications: each change of state has a reason, and is kept."""

from portal.publications.actions.attentes import ask_for, expect, set_echeance, stop_expecting, withdraw
from portal.publications.actions.brouillons import list_to_draft, record_draft, record_draft_failure
from portal.publications.actions.envois import (
    begin,
    mark_sent,
    record_failure,
    record_nothing_to_do,
    record_success,
    recover,
    request,
)
from portal.publications.actions.jugements import (
    accept_ecart,
    admit_divergences,
    correct_ecart,
    mark_published,
    reject_ecart,
)
from portal.publications.actions.visites import last_whole, record_blocage, record_visit

__all__ = [
    "accept_ecart",
    "admit_divergences",
    "ask_for",
    "begin",
    "correct_ecart",
    "expect",
    "last_whole",
    "list_to_draft",
    "mark_published",
    "mark_sent",
    "record_blocage",
    "record_draft",
    "record_draft_failure",
    "record_failure",
    "record_nothing_to_do",
    "record_success",
    "record_visit",
    "recover",
    "reject_ecart",
    "request",
    "set_echeance",
    "stop_expecting",
    "withdraw",
]
