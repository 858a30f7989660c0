"""The servers of the tests are made whole, give their address, and leave nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from tests.services.serveurs import distribution
from tests.services.serveurs.lancement import running
from tests.services.serveurs.redis import Redis
from tests.services.serveurs.serveur import Serveur, ServeurIndisponible

LANCEUR = Path(__file__).parent / "with_services"
needs_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server n'est pas installé")


class Muet(Serveur):
    """A server that says why it does not start."""

    nom = "muet"
    limite = 1
    proprietaire = "nobody"
    arret = signal.SIGTERM
    script = "echo plus de place >&2; exit 3"
    made: ClassVar[list["Muet"]] = []

    def install(self) -> None:
        self.made.append(self)

    def command(self) -> list[str]:
        return ["sh", "-c", self.script]

    def is_ready(self) -> bool:
        return False

    def variables(self) -> Mapping[str, str]:
        return {}


class Lent(Muet):
    """A server that never answers, and does not hear what would stop it."""

    nom = "lent"
    script = "trap '' TERM; echo patience; while :; do sleep 1; done"


@needs_redis
def test_the_command_has_the_address_and_gives_its_status() -> None:
    lance = launch("sh", "-c", "echo $CACHE_URL; exit 7")
    assert lance.communicate()[0].startswith("redis://127.0.0.1:")
    assert lance.returncode == 7


@needs_redis
def test_a_command_that_is_not_there_is_told() -> None:
    lance = launch("aucune-commande")
    assert lance.communicate() == ("", None)
    assert lance.returncode == 127


@needs_redis
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_leaves_nothing_behind(signum: signal.Signals) -> None:
    lance = launch("sh", "-c", "echo prêt; exec sleep 60")
    assert lance.stdout is not None
    lance.stdout.readline()
    enfants = Path(f"/proc/{lance.pid}/task/{lance.pid}/children").read_text(encoding="ascii").split()
    dossiers = [Path(f"/proc/{pid}/cwd").readlink() for pid in enfants]
    assert any(dossier.name == "redis" for dossier in dossiers)
    lance.send_signal(signum)
    lance.communicate(timeout=20)
    assert lance.returncode == 128 + signum
    assert not [pid for pid in enfants if Path(f"/proc/{pid}").exists()]
    assert not [dossier for dossier in dossiers if dossier.name == "redis" and dossier.parent.exists()]


@needs_redis
def test_a_killed_launcher_takes_the_server_with_it() -> None:
    lance = launch("sh", "-c", "echo prêt; exec sleep 60")
    assert lance.stdout is not None
    lance.stdout.readline()
    enfants = Path(f"/proc/{lance.pid}/task/{lance.pid}/children").read_text(encoding="ascii").split()
    dossiers = {Path(f"/proc/{pid}/cwd").readlink(): int(pid) for pid in enfants}
    [redis] = [dossier for dossier in dossiers if dossier.name == "redis"]
    lance.kill()
    [commande] = set(dossiers) - {redis}
    os.kill(dossiers[commande], signal.SIGKILL)
    lance.communicate()
    fin = time.monotonic() + 10
    while is_running(dossiers[redis]) and time.monotonic() < fin:
        time.sleep(0.1)
    assert not is_running(dossiers[redis])
    shutil.rmtree(redis.parent)


@needs_redis
def test_a_server_that_was_stopped_starts_again_at_the_same_address() -> None:
    with running(Redis) as [redis]:
        redis.stop()
        assert not redis.is_ready()
        redis.start()
        redis.wait()
        assert redis.is_ready()
    assert not redis.is_ready()
    assert not redis.dossier.parent.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Muet, "muet s'est arrêté au démarrage (3). Fin de son journal :\nplus de place"),
        (Lent, "lent ne répond pas après 1 s. Fin de son journal :\npatience"),
    ],
)
def test_a_server_that_does_not_start_is_told_with_its_log(
    kind: type[Muet], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.services.serveurs.serveur.PATIENCE", 0.5)
    with pytest.raises(ServeurIndisponible) as caught, running(kind):
        pytest.fail("it never answers")
    assert str(caught.value) == said
    assert not kind.made.pop().dossier.parent.exists()


def test_what_was_cut_short_is_not_taken_for_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "DOSSIER", tmp_path / "services")
    faits: list[Path] = []

    def make(ebauche: Path, jdk: Path) -> Path:
        serveur = ebauche / "serveur"
        serveur.mkdir()
        faits.append(ebauche)
        if len(faits) == 1:
            raise ServeurIndisponible("coupé")
        return serveur

    monkeypatch.setattr(distribution, "_make", make)
    reste = tmp_path / "services" / f"{distribution.EBAUCHE}tué"
    reste.mkdir(parents=True)
    with pytest.raises(ServeurIndisponible, match="coupé"):
        distribution.install(tmp_path)
    serveur = distribution.install(tmp_path)
    assert distribution.install(tmp_path) == serveur
    assert serveur.is_dir()
    assert len(faits) == 2
    assert {path.name for path in serveur.parent.iterdir()} == {serveur.name, "verrou"}


@pytest.mark.parametrize(
    ("version", "found"), [("21.0.5", True), ("25", True), ("17.0.15", False), ("1.8.0_392", False)]
)
def test_a_jdk_is_looked_for_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, found: bool
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "javac").touch()
    (tmp_path / "release").write_text(f'IMPLEMENTOR="Debian"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(distribution, "JVM", tmp_path / "aucun")
    if found:
        assert distribution.find_jdk() == tmp_path
    else:
        with pytest.raises(ServeurIndisponible, match="Elasticsearch demande un JDK 21"):
            distribution.find_jdk()


def launch(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, LANCEUR, "--seulement", "redis", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
