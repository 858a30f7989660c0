"""Elasticsearch as it comes through Maven, with our French filters in it, unpacked in `var/services`.

Made in a folder of another name, which is renamed at the end: what was cut short is never taken for the whole.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.serveurs.serveur import ServeurIndisponible

VERSION = "9.5.3"
ARTEFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
EMPREINTE = "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d"
JAVA = 21
JVM = Path("/usr/lib/jvm")
GREFFON = Path(__file__).parent.parent / "analysis_fr"
DOSSIER = Path(__file__).resolve().parents[3] / "var" / "services"
EBAUCHE = ".ebauche-"


def find_jdk() -> Path:
    """A JDK of Java 21 or later, where there is one."""
    dits = [Path(os.environ[nom]) for nom in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(nom)]
    for dossier in [*dits, *sorted(JVM.glob("*"))]:
        if (dossier / "bin" / "javac").exists() and _java_version(dossier) >= JAVA:
            return dossier
    raise ServeurIndisponible(
        f"Elasticsearch demande un JDK {JAVA} ou plus récent, et il n'y en a pas dans JAVA_HOME, ES_JAVA_HOME ni "
        f"{JVM} (sous Debian 13 : apt install openjdk-{JAVA}-jdk-headless)."
    )


def install(jdk: Path) -> Path:
    """The folder of the server, made the first time; one process makes it while the others wait."""
    serveur = DOSSIER / f"elasticsearch-{VERSION}-{_fingerprint()}"
    if serveur.exists():
        return serveur
    DOSSIER.mkdir(parents=True, exist_ok=True)
    with _alone():
        if serveur.exists():
            return serveur
        for reste in [*DOSSIER.glob(f"{EBAUCHE}*"), *DOSSIER.glob("elasticsearch-*")]:
            shutil.rmtree(reste)
        with tempfile.TemporaryDirectory(prefix=EBAUCHE, dir=DOSSIER) as ebauche:
            _make(Path(ebauche), jdk).rename(serveur)
    return serveur


def _java_version(jdk: Path) -> int:
    try:
        texte = (jdk / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    trouve = re.search(r'^JAVA_VERSION="(\d+)', texte, re.MULTILINE)
    return int(trouve[1]) if trouve else 0


def _fingerprint() -> str:
    """Tells one state of our filters from another: a change of them makes the server anew."""
    somme = hashlib.sha256()
    for source in sorted(GREFFON.iterdir()):
        somme.update(source.read_bytes())
    return somme.hexdigest()[:8]


@contextmanager
def _alone() -> Iterator[None]:
    with (DOSSIER / "verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield


def _make(ebauche: Path, jdk: Path) -> Path:
    archive = _fetch(ebauche)
    with zipfile.ZipFile(archive) as contenu:
        contenu.extractall(ebauche)
    serveur = ebauche / f"elasticsearch-{VERSION}"
    for programme in (serveur / "bin").iterdir():
        programme.chmod(0o755)  # zipfile forgets it
    _build_filters(serveur, jdk)
    return serveur


def _fetch(ebauche: Path) -> Path:
    if shutil.which("mvn") is None:
        raise ServeurIndisponible("Maven n'est pas installé (sous Debian : apt install maven).")
    _run(
        ["mvn", "--batch-mode", "--quiet", "dependency:copy", f"-Dartifact={ARTEFACT}", f"-DoutputDirectory={ebauche}"],
        "Maven n'a pas pu apporter Elasticsearch.",
    )
    archive = ebauche / f"elasticsearch-{VERSION}.zip"
    with archive.open("rb") as octets:
        if hashlib.file_digest(octets, "sha256").hexdigest() != EMPREINTE:
            raise ServeurIndisponible(f"Le fichier d'Elasticsearch {VERSION} que donne Maven n'est pas celui attendu.")
    return archive


def _build_filters(serveur: Path, jdk: Path) -> None:
    greffon = serveur / "plugins" / "analysis-fr"
    greffon.mkdir()
    with tempfile.TemporaryDirectory(dir=serveur.parent) as classes:
        sources = sorted(map(str, GREFFON.glob("*.java")))
        bibliotheques = str(serveur / "lib" / "*")
        _run(
            [str(jdk / "bin" / "javac"), "--release", str(JAVA), "-cp", bibliotheques, "-d", classes, *sources],
            "Les filtres français d'Elasticsearch ne se compilent pas.",
        )
        _run(
            [str(jdk / "bin" / "jar"), "--create", "--file", str(greffon / "analysis-fr.jar"), "-C", classes, "."],
            "Les filtres français d'Elasticsearch ne s'assemblent pas.",
        )
    shutil.copy(GREFFON / "named_components.json", greffon)
    descripteur = {
        "name": "analysis-fr",
        "description": "French filters of the tests",
        "version": _fingerprint(),
        "elasticsearch.version": VERSION,
        "java.version": str(JAVA),
    }
    lignes = "".join(f"{nom}={valeur}\n" for nom, valeur in descripteur.items())
    (greffon / "stable-plugin-descriptor.properties").write_text(lignes, encoding="ascii")


def _run(command: list[str], echec: str) -> None:
    fait = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if fait.returncode:
        raise ServeurIndisponible(f"{echec}\n{fait.stdout.strip()}")
