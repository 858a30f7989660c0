"""Redis, the cache that several processes share."""

import shutil
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from tests.services.serveurs.serveur import HOTE, Serveur, ServeurIndisponible, find_ports


class Redis(Serveur):
    nom = "redis"
    limite = 30
    proprietaire = "nobody"  # it needs no user of its own: nothing of it is kept
    arret = signal.SIGTERM

    def __init__(self, parent: Path) -> None:
        super().__init__(parent)
        [self.port] = find_ports(1)

    def command(self) -> list[str]:
        serveur = shutil.which("redis-server", path="/usr/bin:/usr/local/bin:/bin")
        if serveur is None:
            raise ServeurIndisponible("Redis n'est pas installé (sous Debian : apt install redis-server).")
        return [serveur, "--port", str(self.port), "--bind", HOTE, "--save", "", "--appendonly", "no"]

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOTE, self.port), timeout=1) as prise:
                prise.sendall(b"PING\r\n")
                return prise.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def variables(self) -> Mapping[str, str]:
        return {"CACHE_URL": f"redis://{HOTE}:{self.port}/0"}
