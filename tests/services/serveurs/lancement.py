"""Runs a command beside the servers, and leaves nothing behind."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.services.serveurs.elasticsearch import Elasticsearch
from tests.services.serveurs.postgresql import Postgresql
from tests.services.serveurs.redis import Redis
from tests.services.serveurs.serveur import Serveur, ServeurIndisponible

SERVEURS: dict[str, type[Serveur]] = {kind.nom: kind for kind in (Postgresql, Redis, Elasticsearch)}
SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 30
"""Seconds that a command has to end, once it is interrupted."""


class Interruption(Exception):
    """A signal that asks us to stop."""

    def __init__(self, signum: int) -> None:
        self.signum = signum


def main(arguments: Sequence[str]) -> int:
    """The exit status of the command, or 1 where a server could not be had."""
    noms, command = _parse(arguments)
    for signum in SIGNAUX:
        signal.signal(signum, _interrupt)
    try:
        with running(*(SERVEURS[nom] for nom in noms)) as serveurs:
            variables = {nom: valeur for serveur in serveurs for nom, valeur in serveur.variables().items()}
            return _run(command, variables) if command else _show(variables)
    except ServeurIndisponible as error:
        print(error, file=sys.stderr)
        return 1
    except Interruption as interruption:
        return 128 + interruption.signum


@contextmanager
def running(*kinds: type[Serveur]) -> Iterator[list[Serveur]]:
    """Servers that answer, all started together; they are stopped, and their folder is removed, at the end."""
    parent = Path(tempfile.mkdtemp(prefix="portail-serveurs-"))
    serveurs = [kind(parent) for kind in kinds]
    try:
        parent.chmod(0o711)  # each server has a user of its own
        for serveur in serveurs:
            serveur.install()
        for serveur in serveurs:
            with _whole():
                serveur.start()
        for serveur in serveurs:
            serveur.wait()
        yield serveurs
    finally:
        with _deaf():
            for serveur in serveurs:
                serveur.stop()
            shutil.rmtree(parent)


def _parse(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    parser = argparse.ArgumentParser(
        prog="with_services",
        description="Lance une commande à côté de vrais serveurs, dont l'adresse est dans son environnement ; sans "
        "commande, montre ces adresses jusqu'à Ctrl-C.",
    )
    parser.add_argument("--seulement", choices=SERVEURS, action="append", help="un serveur, et non tous", metavar="NOM")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="la commande et ses arguments")
    choix = parser.parse_args(arguments)
    return choix.seulement or list(SERVEURS), choix.command


def _run(command: list[str], variables: dict[str, str]) -> int:
    processus = None
    try:
        with _whole():
            processus = subprocess.Popen(command, env={**os.environ, **variables})
        statut = processus.wait()
    except OSError as error:
        print(f"« {command[0]} » ne se lance pas : {error.strerror}.", file=sys.stderr)
        return 127
    except Interruption as interruption:
        with _deaf():
            _end(processus, interruption.signum)
        raise
    return statut if statut >= 0 else 128 - statut


def _end(processus: subprocess.Popen[bytes] | None, signum: int) -> None:
    if processus is None:
        return
    # Ctrl-C is given by the terminal to the command too; said twice, pytest would cut its own cleaning short.
    if signum != signal.SIGINT or not sys.stdin.isatty():
        processus.send_signal(signum)
    try:
        processus.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        processus.kill()
        processus.wait()


def _show(variables: dict[str, str]) -> NoReturn:
    for nom, valeur in variables.items():
        print(f"export {nom}={valeur}", flush=True)
    print("Les serveurs tournent jusqu'à Ctrl-C.", flush=True)
    while True:
        signal.pause()


def _interrupt(signum: int, _frame: FrameType | None) -> NoReturn:
    raise Interruption(signum)


@contextmanager
def _deaf() -> Iterator[None]:
    """No signal cuts short what is done here."""
    previous = {signum: signal.signal(signum, signal.SIG_IGN) for signum in SIGNAUX}
    try:
        yield
    finally:
        for signum, handler in previous.items():
            signal.signal(signum, handler)


@contextmanager
def _whole() -> Iterator[None]:
    """A signal that comes meanwhile is heard at the end: a process is not lost while it is being made."""
    heard: list[int] = []
    previous = {asked: signal.signal(asked, lambda signum, _: heard.append(signum)) for asked in SIGNAUX}
    try:
        yield
    finally:
        for asked, handler in previous.items():
            signal.signal(asked, handler)
    for signum in heard:
        signal.raise_signal(signum)
