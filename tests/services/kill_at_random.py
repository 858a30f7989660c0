"""Kills the importer at random, many times, and shows that nothing is lost.

`python -m tests.services.kill_at_random 50`: each round imports, publishes and indexes invented conventions in a
process of its own, which gets SIGKILL after a random delay. Then, as a restart does, the followers catch up, and two
things must hold: no public page without its journal row, no journal row that the index lacks.
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
            "SEARCH_URL": f"embedded://{folder}/index",
            "STORAGE_URL": f"file://{folder}/originaux",
        }
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "install_portal")
        killed = 0
        for rang in range(rounds):
            killed += kill_after(hasard.uniform(1.5, 7), environment, (rang + 1) * CONVENTIONS_A_ROUND)
            manage(environment, "follow_journal")
            manage(environment, "check_index")
            counts = manage(environment, "shell", "-c", INVARIANTS)
            print(f"{rang + 1}/{rounds} tués : {killed}, pages publiées et tête du journal : {counts}", flush=True)


def kill_after(delay: float, environment: dict[str, str], total: int) -> bool:
    """Whether the import was still at work when it was killed, after `delay` seconds."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "add_demo", str(total), "--no-pause"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(delay)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} : {done.stdout}{done.stderr}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
