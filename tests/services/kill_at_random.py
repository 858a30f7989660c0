"""Kills the importer at random, many times, and shows that nothing is lost.

`python -m tests.services.kill_at_random 50`: each round imports, publishes and indexes invented conventions in a
process of its own, which gets SIGKILL after a random delay, and so does another that makes the index anew. Then, as a
restart does, the followers catch up, and two things must hold: no public page without its journal row, no journal row
that the index lacks. The index is on the cluster at ELASTICSEARCH_URL where there is one.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONVENTIONS_A_ROUND = 40
LEASE_SECONDS = 60
"""What the lease of a killed writer lasts on a cluster, and more: until then the others leave the index to it."""

INVARIANTS = """
from portal.conventions import journal
from portal.conventions.models import ActePage
for uid in ActePage.objects.live().values_list("uid", flat=True):
    last = journal.last_of(uid)
    assert last is not None and last.nature not in journal.WITHDRAWN, f"page {uid} sans ligne au journal"
print(ActePage.objects.live().count(), journal.head())
"""


def main(rounds: int, graine: int) -> None:
    hasard = random.Random(graine)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/portail.sqlite3",
            "SEARCH_URL": search_url(folder),
            "STORAGE_URL": f"file://{folder}/originaux",
        }
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "install_portal")
        begin = time_to_begin(environment)
        imports = rebuilds = 0
        for rang in range(rounds):
            total = str((rang + 1) * CONVENTIONS_A_ROUND)
            imports += kill_after(begin + hasard.uniform(0, 6), environment, "add_demo", total, "--no-pause")
            rebuilds += kill_after(begin + hasard.uniform(0, 2), environment, "rebuild_index")
            follow(environment)
            counts = manage(environment, "shell", "-c", INVARIANTS)
            killed = f"imports tués : {imports}, reconstructions tuées : {rebuilds}"
            print(f"{rang + 1}/{rounds} {killed}, pages publiées et tête du journal : {counts}", flush=True)


def time_to_begin(environment: dict[str, str]) -> float:
    """Seconds in which a command loads the portal, before it does anything."""
    start = time.monotonic()
    manage(environment, "shell", "-c", "pass")
    return time.monotonic() - start


def search_url(folder: str) -> str:
    cluster = os.environ.get("ELASTICSEARCH_URL")
    return f"{cluster}/tues-{os.getpid()}?secours={folder}/index" if cluster else f"embedded://{folder}/index"


def follow(environment: dict[str, str]) -> None:
    """Follows the journal, as each minute does, until the index is complete."""
    until = time.monotonic() + LEASE_SECONDS
    while True:
        manage(environment, "follow_journal")
        if not run(environment, "check_index").returncode:
            return
        if time.monotonic() > until:
            manage(environment, "check_index")
        time.sleep(1)


def kill_after(delay: float, environment: dict[str, str], *arguments: str) -> bool:
    """Whether the command was still at work when it was killed, after `delay` seconds."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(delay)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


def manage(environment: dict[str, str], *arguments: str) -> str:
    """The last line of what a command says; an error of the command ends this program."""
    done = run(environment, *arguments)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} : {done.stdout}{done.stderr}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
