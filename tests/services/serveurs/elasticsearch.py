"""Elasticsearch, the search engine of a public site: one node, without security."""

import http.client
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.services.serveurs import distribution
from tests.services.serveurs.serveur import HOTE, Serveur, find_ports

# As little as the index of the tests needs, and no log of the garbage collector.
OPTIONS = "-Xms512m\n-Xmx512m\n-Xlog:disable\n-Xlog:all=warning:stderr\n"


class Elasticsearch(Serveur):
    nom = "elasticsearch"
    limite = 180
    # Elasticsearch refuses to run as root, and brings no user of its own when it comes from Maven. This one is on every
    # machine, where that of PostgreSQL is not, and owns nothing.
    proprietaire = "nobody"
    arret = signal.SIGTERM

    def __init__(self, parent: Path) -> None:
        super().__init__(parent)
        self.port, self._port_interne = find_ports(2)

    @property
    def pid_file(self) -> Path:
        """Holds the number of the process of the node; `bin/elasticsearch` is only its parent."""
        return self.dossier / "pid"

    @property
    def pid(self) -> int | None:
        """The process of the node, once it has begun to start."""
        try:
            return int(self.pid_file.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def install(self) -> None:
        self._jdk = distribution.find_jdk()
        self._distribution = distribution.install(self._jdk)

    def prepare(self) -> None:
        self.pid_file.unlink(missing_ok=True)
        self._copy_if_unreadable()
        for nom in ("config", "data", "logs", "tmp"):
            (self.dossier / nom).mkdir(exist_ok=True)
        config = self.dossier / "config"
        shutil.copytree(self._distribution / "config", config, dirs_exist_ok=True)
        (config / "jvm.options.d" / "portail.options").write_text(OPTIONS, encoding="ascii")
        reglages = {
            "cluster.name": "portail-essais",
            "discovery.type": "single-node",
            "network.host": HOTE,
            "http.port": self.port,
            "transport.port": self._port_interne,
            "path.data": str(self.dossier / "data"),
            "path.logs": str(self.dossier / "logs"),
            "xpack.security.enabled": False,
            # A machine whose disk is nearly full would leave every index without its shard.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        lignes = "".join(f"{nom}: {json.dumps(valeur)}\n" for nom, valeur in reglages.items())
        (config / "elasticsearch.yml").write_text(lignes, encoding="utf-8")

    def command(self) -> list[str]:
        return [str(self._distribution / "bin" / "elasticsearch"), "-p", str(self.pid_file)]

    def environment(self) -> Mapping[str, str]:
        return {
            "ES_JAVA_HOME": str(self._jdk),
            "ES_PATH_CONF": str(self.dossier / "config"),
            "ES_TMPDIR": str(self.dossier / "tmp"),
            "ES_JAVA_OPTS": "",
            "JDK_JAVA_OPTIONS": "-XX:-UsePerfData",  # no folder of statistics in /tmp
        }

    def is_ready(self) -> bool:
        connexion = http.client.HTTPConnection(HOTE, self.port, timeout=5)
        try:
            connexion.request("GET", "/_cluster/health")
            reponse = connexion.getresponse()
            return reponse.status == 200 and json.load(reponse)["status"] in ("green", "yellow")
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connexion.close()

    def variables(self) -> Mapping[str, str]:
        return {"ELASTICSEARCH_URL": f"http://{HOTE}:{self.port}", "ELASTICSEARCH_PID_FILE": str(self.pid_file)}

    def _copy_if_unreadable(self) -> None:
        """Brings the server where its user may read it: a clone may well be in a folder of root's own."""
        if subprocess.run([*self.run_as_owner(), "test", "-r", self._distribution / "lib"]).returncode:
            copie = self.dossier / "distribution"
            shutil.copytree(self._distribution, copie)
            self._distribution = copie

    def strike(self) -> None:
        """Kills the node, whose parent then ends by itself: killed together, the node could outlive the folder."""
        pid = self.pid
        if pid is None:
            super().strike()
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            super().strike()
