"""One server: how it is started, waited for and stopped."""

import os
import pwd
import random
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

HOTE = "127.0.0.1"
LIGNES_MONTREES = 30
PATIENCE = 10
"""Seconds that a server has to stop."""


class ServeurIndisponible(Exception):
    """A server cannot be had; the message is a French sentence."""


class Serveur(ABC):
    """A server whose data is in a folder of its own, which dies with the process that started it.

    To be started from the main thread: Linux stops the server when the thread that started it ends.
    """

    nom: ClassVar[str]
    limite: ClassVar[int]
    """Seconds after which a server that does not answer is given up."""
    proprietaire: ClassVar[str]
    """The user that it runs as where everything runs as root."""
    arret: ClassVar[signal.Signals]
    """What stops it at once: its data is to be thrown away."""

    def __init__(self, parent: Path) -> None:
        self.dossier = parent / self.nom
        self._processus: subprocess.Popen[bytes] | None = None

    def install(self) -> None:
        """Gets what the server is made of, or raises `ServeurIndisponible`."""
        self.command()

    @abstractmethod
    def command(self) -> list[str]:
        """What runs the server, in its folder, in the foreground."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers."""

    @abstractmethod
    def variables(self) -> Mapping[str, str]:
        """What a command must have in its environment to use the server."""

    def prepare(self) -> None:  # noqa: B027 - most read nothing
        """Writes in the folder what the server reads at its start."""

    def environment(self) -> Mapping[str, str]:
        """What is added to the environment of the server."""
        return {}

    def start(self) -> None:
        """Starts the server and returns at once; one that was stopped starts again, on its port and its data."""
        self.dossier.mkdir(mode=0o700, exist_ok=True)
        self.prepare()
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", self.proprietaire, self.dossier], check=True)
        with self._journal().open("ab") as journal:
            self._processus = subprocess.Popen(
                [*self.run_as_owner(), *self.command()],
                cwd=self.dossier,
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the command: the servers outlive it
            )

    def wait(self) -> None:
        """Waits until the server answers; raises `ServeurIndisponible` with the end of its log."""
        assert self._processus is not None
        fin = time.monotonic() + self.limite
        while not self.is_ready():
            if (statut := self._processus.poll()) is not None:
                raise ServeurIndisponible(f"{self.nom} s'est arrêté au démarrage ({statut}).{self._last_lines()}")
            if time.monotonic() > fin:
                raise ServeurIndisponible(f"{self.nom} ne répond pas après {self.limite} s.{self._last_lines()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stops the server at once, if it runs, and waits until it is gone."""
        if self._processus is None or self._processus.poll() is not None:
            return
        self.strike()
        try:
            self._processus.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self._processus.pid, signal.SIGKILL)
            self._processus.wait()

    def strike(self) -> None:
        """Sends what stops the server."""
        assert self._processus is not None
        os.killpg(self._processus.pid, self.arret)

    def run_as_owner(self) -> list[str]:
        """What is put before a command for it to run as the user of the server, and to be stopped if we are killed."""
        devant = ["setpriv", f"--pdeathsig={self.arret.name.removeprefix('SIG')}"]
        if os.geteuid() == 0:
            utilisateur = pwd.getpwnam(self.proprietaire)
            devant += [f"--reuid={utilisateur.pw_uid}", f"--regid={utilisateur.pw_gid}", "--clear-groups"]
        return [*devant, "--"]

    def _journal(self) -> Path:
        return self.dossier / "journal"

    def _last_lines(self) -> str:
        lignes = self._journal().read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([" Fin de son journal :", *lignes[-LIGNES_MONTREES:]])


def find_ports(nombre: int) -> list[int]:
    """Free ports on loopback, below those that Linux gives to the clients (32768 and over).

    A client that knocks at the port of a stopped server must not be given that very port as its own, and so keep the
    server from coming back.
    """
    trouves: list[int] = []
    for port in random.sample(range(15000, 32000), 1000):
        with socket.socket() as prise:
            try:
                prise.bind((HOTE, port))
            except OSError:
                continue
        trouves.append(port)
        if len(trouves) == nombre:
            return trouves
    raise ServeurIndisponible("Aucun port n'est libre sur la boucle locale.")
