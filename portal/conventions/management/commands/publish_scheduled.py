"""`manage.py publish_scheduled`: publishes and withdraws what is due.

Replaces Wagtail's command of that name, which stops at the first page that a rule refuses: here each page
has its own transaction, and one refused page does not hold the others back.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision


class Command(BaseCommand):
    help = "Publie les pages dont la date est venue et retire celles dont la date est passée."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for page in Page.objects.live().filter(expire_at__lt=now).order_by("expire_at").specific():
            with transaction.atomic():
                page.unpublish(set_expired=True)
            self.stdout.write(f"Retirée : {page.title}")
        due = Revision.objects.filter(approved_go_live_at__lt=now)
        for pk in due.order_by("approved_go_live_at").values_list("pk", flat=True):
            self._publish(due, pk)

    def _publish(self, due: QuerySet[Revision], pk: int) -> None:
        title = ""
        try:
            with transaction.atomic():
                revision = due.select_for_update().filter(pk=pk).first()
                if revision is None:  # another run has published it meanwhile
                    return
                title = str(revision.as_object())
                revision.publish(user=revision.user)
        except ValidationError as error:
            # Left due, it would be tried and refused again at every run.
            Revision.objects.filter(pk=pk).update(approved_go_live_at=None)
            self.stderr.write(f"Refusée : {title} — {' '.join(error.messages)}")
        else:
            self.stdout.write(f"Publiée : {title}")
