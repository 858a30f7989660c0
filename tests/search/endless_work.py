"""Run as a program: says which two processes work for it, then waits to be killed."""

import os
import sys
import time

from search.workers import work


def tell(turn: int) -> int:
    time.sleep(0.5)
    return os.getpid()


if __name__ == "__main__":
    workers: set[int] = set()
    working = work(tell, iter(int, 1), 2)
    for _, worker in working:
        workers.add(worker)
        if len(workers) == 2:
            break
    sys.stdout.write(" ".join(map(str, workers)) + "\n")
    sys.stdout.flush()
    time.sleep(60)
