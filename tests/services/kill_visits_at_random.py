"""Kills a visit of the listings, and the sending of dossiers, at random, many times, and shows that nothing is lost.

`python -m tests.services.kill_visits_at_random 100`: each round visits a listing on the loopback, which changes
meanwhile, and sends by e-mail and to data.gouv.fr, played on the loopback, in a process that gets SIGKILL after a
random delay. At the end two more runs end by themselves, and these must hold: the acts that the listing shows are
published, and no other; each move of a state follows the one before; each sending is done; each e-mail that left has a
try that was kept before it; each act is one dataset, whole and public; no visit of the archive is damaged.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

from tests.publications.datagouv.serveur import CLE, ORGANISATION, DataGouv, serve_data_gouv
from tests.serveur import Envoi, Serveur, serve

ROOT = Path(__file__).resolve().parent.parent.parent
ACTES, PAR_PAGE = 30, 6
INVARIANTS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.services.reglages"
import django
django.setup()
import json, sys
from collections import Counter
from django.conf import settings
from importers.archive import Archive
from portal.publications.models import Essai, Mouvement, Publication, Transmission, Visite
for publication in Publication.objects.prefetch_related("mouvements"):
    etat = "attendue"
    for mouvement in publication.mouvements.all():
        assert mouvement.avant == etat, f"{publication} : {mouvement} après {etat}"
        etat = mouvement.apres
    assert etat == publication.etat, f"{publication} : {publication.etat} sans mouvement depuis {etat}"
archive = Archive(settings.ARCHIVE_DIR)
visites = archive.list_visites("gouvernement")
reponses = sum(1 for visite in visites for _ in archive.replay("gouvernement", visite))
par_courriel = Transmission.objects.exclude(publication__canal="data_gouv")
essais = {str(t.cle): t.essais.count() for t in par_courriel}
print(json.dumps({
    "vus": sorted(Publication.objects.filter(canal="gouvernement", etat="publiee").values_list("nor", flat=True)),
    "absents": Publication.objects.filter(canal="gouvernement", etat="absente").count(),
    "echecs": [str(e) for e in Essai.objects.filter(fin="echoue").values_list("message", flat=True)],
    "transmissions": Counter(Transmission.objects.values_list("etat", flat=True)),
    "dernieres": Counter(p.transmissions.last().etat for p in Publication.objects.all()),
    "faites": [str(cle) for cle in par_courriel.filter(etat="faite").values_list("cle", flat=True)],
    "essais": essais, "interrompus": Essai.objects.filter(fin="interrompu").count(),
    "visites": len(visites), "reponses": reponses, "enregistrees": Visite.objects.count(),
    "mouvements": Mouvement.objects.count(),
    "uids": sorted(Publication.objects.filter(canal="data_gouv", etat="transmise").values_list("uid", flat=True)),
}))
"""


def main(rounds: int, graine: int) -> None:
    hasard = random.Random(graine)
    with tempfile.TemporaryDirectory() as folder, serve() as serveur, serve_data_gouv() as data_gouv:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/portail.sqlite3",
            "DOSSIER_DES_ESSAIS": folder,
            "FETCH_ALLOW_HOSTS": "127.0.0.1",
            "DATAGOUV_API_URL": data_gouv.adresse,
            "DATAGOUV_API_KEY": CLE,
            "DATAGOUV_ORGANISATION": ORGANISATION,
        }
        run(environment, "-m", "tests.services.ouvrage", "prepare", str(ACTES))
        killed, montres = 0, list(range(ACTES))
        for rang in range(rounds):
            montres = sorted(hasard.sample(range(ACTES), hasard.randint(ACTES * 9 // 10, ACTES)))
            adresse = show(serveur, montres)
            killed += kill_after(hasard.uniform(0, 3), environment, adresse)
            print(f"{rang + 1}/{rounds} tués : {killed}", flush=True)
        for _ in range(2):  # the first goes on with a visit that was cut, which saw the listing as it was then
            run(environment, "-m", "tests.services.ouvrage", "visite", show(serveur, montres), "--une-fois")
        told = json.loads(run(environment, "-c", INVARIANTS).splitlines()[-1])
        judge(told, montres, Path(folder, "courriels"))
        judge_jeux(data_gouv, told["uids"])


def show(serveur: Serveur, montres: list[int]) -> str:
    """A listing of these acts, some a page; its address."""
    pages = [montres[debut : debut + PAR_PAGE] for debut in range(0, len(montres), PAR_PAGE)]
    for numero, page in enumerate(pages, 1):
        lignes = "".join(
            f"<li><a href='/acte/{rang}'>Convention de délégation de gestion relative à l'ouvrage {rang:03}</a> "
            f"NOR : MENA26{rang:05}X</li>"
            for rang in page
        )
        suite = f"<nav><a rel='next' href='/liste?page={numero + 1}'>Page suivante</a></nav>"
        corps = (
            f"<html><main><h1>Délégations de gestion</h1><ul>{lignes}</ul></main>{suite * (numero < len(pages))}</html>"
        )
        serveur.answer(f"/liste?page={numero}", Envoi(corps=corps.encode(), entetes={"Content-Type": "text/html"}))
    return serveur.locate("/liste?page=1")


def kill_after(delay: float, environment: dict[str, str], adresse: str) -> bool:
    """Whether the work was still going on when it was killed, `delay` seconds after it had begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.ouvrage", "visite", adresse],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    _out, erreurs = process.communicate()
    if not alive:
        sys.exit(f"Le travail s'est arrêté de lui-même : {erreurs.decode()}")
    return alive


def judge_jeux(data_gouv: DataGouv, uids: list[str]) -> None:
    """Ends with an act that is not one dataset, whole and public."""
    vus = Counter(jeu["extras"]["delegation:uid"] for jeu in data_gouv.jeux.values())
    if len(uids) != ACTES or vus != Counter(uids):
        sys.exit(f"Jeux de données : {vus} ; actes transmis : {len(uids)}")
    for jeu in data_gouv.jeux.values():
        noms = [ressource["extras"].get("delegation:piece") for ressource in jeu["resources"]]
        if (
            jeu["private"]
            or len(set(noms)) != len(noms)
            or noms[0] != f"convention-{jeu['extras']['delegation:uid']}.pdf"
        ):
            sys.exit(f"Jeu de données incomplet : {jeu['private']}, {noms}")
    creations = sum(
        demande.methode == "POST" and demande.chemin == "/api/1/datasets/" for demande in data_gouv.demandes
    )
    print(f"{len(vus)} jeux de données, {creations} créations demandées, {len(data_gouv.demandes)} demandes.")


def judge(vu: dict[str, Any], montres: list[int], courriels: Path) -> None:
    """Ends with what does not hold, or says what was seen."""
    attendus = [f"MENA26{rang:05}X" for rang in montres]
    if vu["vus"] != attendus:
        sys.exit(f"Vus : {vu['vus']} ; montrés : {attendus}")
    if set(vu["dernieres"]) != {"faite"} or vu["echecs"]:
        sys.exit(f"Transmissions : {vu['dernieres']}, {vu['echecs']}")
    partis = Counter(cle for path in courriels.iterdir() for cle in list_keys(path.read_bytes()))
    manquent = set(vu["faites"]) - set(partis)  # one that a newer demand replaced need not have left
    en_trop = {cle: nombre for cle, nombre in partis.items() if nombre > vu["essais"].get(cle, 0)}
    if en_trop or manquent:
        sys.exit(f"Courriels sans essai gardé : {en_trop} ; jamais partis : {manquent}")
    print(
        f"{len(partis)} envois par courriel, {sum(partis.values())} courriels, {sum(vu['essais'].values())} essais.",
        f"Essais coupés : {vu['interrompus']}. Transmissions : {vu['transmissions']}.",
        f"Visites à l'archive : {vu['visites']}, {vu['reponses']} réponses ; enregistrées : {vu['enregistrees']}.",
        f"Mouvements : {vu['mouvements']}. Actes absents : {vu['absents']}.",
        sep="\n",
    )


def list_keys(contenu: bytes) -> list[str]:
    """The keys of the sendings in a file of e-mails; one that a stop cut in the writing left, as far as one knows."""
    messages = contenu.split(b"-" * 79 + b"\n")
    idents = [str(message_from_bytes(message)["Message-ID"] or "") for message in messages if message.strip()]
    return [ident.strip("<>").partition("@")[0] for ident in idents if ident]


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)[:200]} : {done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
