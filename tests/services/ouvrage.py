"""The work of a process that is to be killed: it visits a listing and sends what is due, until it is stopped.

`python -m tests.services.ouvrage prepare N` makes N public acts; `… visite ADRESSE` goes on until it is killed, or ends
by itself once with `--une-fois`.
"""

import os
import random
import sys
from dataclasses import replace
from datetime import timedelta
from io import StringIO

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.services.reglages"

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from importers.listings import SOURCES
from portal.conventions import actions as pages
from portal.conventions import followers
from portal.conventions.installation import install
from portal.domain.convention import Canal, PublicationPrevue
from portal.http import session
from portal.publications import actions
from portal.publications.models import Correspondant, Publication, Transmission
from portal.publications.transmission import transmit_due
from tests.factories import ConventionFactory

SOURCE = "gouvernement"
PREVUES = (
    PublicationPrevue(Canal.GOUVERNEMENT, "site du Gouvernement"),
    PublicationPrevue(Canal.DATA_GOUV, "plateforme data.gouv.fr"),
)


def prepare(nombre: int) -> None:
    """Makes the acts, with who receives them; each asks for its copy and its entry to be sent."""
    call_command("migrate", verbosity=0)
    install()
    get_user_model().objects.create_superuser("editeur")
    for canal, noms in (("copie", "Contrôleur budgétaire"), ("gouvernement", "")):
        Correspondant.objects.create(canal=canal, noms=noms, courriel=f"{canal}@exemple.fr")
    with followers.paused():
        for rang in range(nombre):
            acte = ConventionFactory(
                titre=f"Convention de délégation de gestion relative à l'ouvrage {rang:03}",
                nor=f"MENA26{rang:05}X",
                publications_prevues=PREVUES,
                copies=("Contrôleur budgétaire",),
            )
            pages.publish_page(pages.create_draft(acte))
    for publication in Publication.objects.filter(canal__in=("copie", "gouvernement")):
        actions.request(publication, timezone.now())


def work(adresse: str, *, once: bool) -> None:
    """Visits and sends, again and again, in an order that chance gives."""
    session.PAUSE = 0
    SOURCES[SOURCE] = replace(SOURCES[SOURCE], departs=(adresse,))
    for nom in set(SOURCES) - {SOURCE}:
        del SOURCES[nom]
    editeur = get_user_model().objects.get()
    print("commencé", flush=True)
    while True:
        if once or random.random() < 0.5:
            send(editeur)
        if once or random.random() < 0.5:
            call_command("sync_publications", stdout=StringIO())
        if once:
            return


def send(editeur: object) -> None:
    """Takes up what a stop cut, without the waits, and sends it with a few more; what was cut too often is asked for
    again, as an editor does.
    """
    actions.recover(timezone.now(), bail=timedelta(0))
    Transmission.objects.filter(etat="a_faire").update(prochain_essai=timezone.now())
    for echouee in Publication.objects.filter(transmissions__etat="echouee"):
        if echouee.transmissions.latest("pk").etat == "echouee":
            actions.request(echouee, timezone.now(), auteur=editeur)
    for publication in random.sample(list(Publication.objects.exclude(canal="data_gouv")), 4):
        actions.request(publication, timezone.now(), auteur=editeur)
    transmit_due()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    else:
        work(sys.argv[2], once="--une-fois" in sys.argv)
