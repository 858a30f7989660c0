"""PostgreSQL, the database of a public site."""

import shlex
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.services.serveurs.serveur import HOTE, Serveur, ServeurIndisponible, find_ports


class Postgresql(Serveur):
    nom = "postgresql"
    limite = 60
    proprietaire = "postgres"  # made by the package of Debian; PostgreSQL refuses to run as root
    arret = signal.SIGQUIT

    def __init__(self, parent: Path) -> None:
        super().__init__(parent)
        [self.port] = find_ports(1)

    def command(self) -> list[str]:
        bin = _find_programs()
        make = [bin / "initdb", "-D", "base", "-U", "portail", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        serve = [bin / "postgres", "-D", "base", "-p", self.port, "-k", self.dossier]
        serve += ["-c", f"listen_addresses={HOTE}", "-c", "fsync=off"]
        script = f"[ -d base ] || {_quoted(make)} && exec {_quoted(serve)}"
        return ["sh", "-c", script]

    def is_ready(self) -> bool:
        question = [str(_find_programs() / "pg_isready"), "--quiet", "-h", HOTE, "-p", str(self.port)]
        return subprocess.run(question).returncode == 0

    def variables(self) -> Mapping[str, str]:
        return {"DATABASE_URL": f"postgres://portail@{HOTE}:{self.port}/postgres"}


def _find_programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda dossier: int(dossier.parent.name))
    if not versions:
        raise ServeurIndisponible("PostgreSQL n'est pas installé (sous Debian : apt install postgresql).")
    return versions[-1]


def _quoted(command: list[object]) -> str:
    return shlex.join(map(str, command))
