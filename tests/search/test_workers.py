"""Several processes work as one would, and none outlives the one that began it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.workers import work
from tests.search import endless_work


def double(number: int) -> tuple[int, int]:
    """The double, and the process that made it."""
    return 2 * number, os.getpid()


def refuse(number: int) -> int:
    raise LookupError(f"{number} est refusé")


@pytest.mark.parametrize("processes", [1, 2])
def test_batches_come_in_their_order_and_few_are_read_ahead(processes: int) -> None:
    """What is read waits in memory: a rebuild of a million conventions must not hold them all."""
    read: list[int] = []

    def follow(number: int) -> int:
        read.append(number)
        return number

    for number, (batch, (made, process)) in enumerate(work(double, map(follow, range(50)), processes)):
        assert (batch, made) == (number, 2 * number)
        assert len(read) < number + 10
        assert (process == os.getpid()) == (processes == 1)
    assert len(read) == 50


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_in_a_process_is_raised(processes: int) -> None:
    with pytest.raises(LookupError, match="3 est refusé"):
        list(work(refuse, [3], processes))


def test_processes_end_with_the_one_that_began_them() -> None:
    command = [sys.executable, "-m", endless_work.__name__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(number) for number in parent.stdout.readline().split()]
        assert [is_alive(worker) for worker in workers] == [True, True]
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while any(map(is_alive, workers)):
        assert time.monotonic() < until, "a worker outlives its parent"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
