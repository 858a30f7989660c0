"""`manage.py send_rappels`: tells each editor by e-mail what waits for him on the board."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.publications.bilan import Point, make_bilan
from portal.publications.tableau.droits import may_use_board


class Command(BaseCommand):
    help = "Envoie à chaque éditeur ce qui l'attend sur le tableau des publications ; rien à qui n'a rien à faire."

    def handle(self, *args: Any, **options: Any) -> None:
        envoyes, manques = 0, []
        editeurs: Any = get_user_model().objects.filter(is_active=True).exclude(email="")
        for editeur in editeurs.order_by("pk"):
            points = make_bilan(editeur, timezone.localdate()) if may_use_board(editeur) else []
            if not points:
                continue
            try:
                send_mail(_write_sujet(points), _write_corps(points), settings.DEFAULT_FROM_EMAIL, [editeur.email])
                envoyes += 1
            except (SMTPException, OSError) as error:
                manques.append(f"{editeur.email} ({error})")
        self.stdout.write(f"Rappels envoyés : {envoyes}.")
        if manques:
            raise CommandError(f"Rappels non envoyés : {', '.join(manques)}. Vérifiez EMAIL_URL.")


def _write_sujet(points: list[Point]) -> str:
    return f"Délégations de gestion : {points[0].phrase}" + (" et d'autres points" if len(points) > 1 else "")


def _write_corps(points: list[Point]) -> str:
    lignes = [f"- {point.phrase} : {settings.SITE_URL}{point.adresse}" for point in points]
    return "\n".join(["Ce qui vous attend sur le tableau des publications :", "", *lignes, ""])
