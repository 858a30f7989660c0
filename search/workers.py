"""Processes that work on batches, for as long as the one that began them lives.

Its imports are few, and none needs Django to be set up: that is the first thing that a worker does.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

import django

FEW = 5_000
"""Conventions for which beginning other processes, about two seconds, is not worth it."""

AHEAD = 2
"""Batches for each process that are worked on, or done and not yet taken: what they give is held in memory."""

Batch = TypeVar("Batch")
Made = TypeVar("Made")


def processes_for(nombre: int, most: int | None = None) -> int:
    """How many are to read `nombre` conventions: `most`, or one for each processor that this process may use."""
    return (most or len(os.sched_getaffinity(0))) if nombre > FEW else 1


def work(task: Callable[[Batch], Made], batches: Iterable[Batch], processes: int) -> Iterator[tuple[Batch, Made]]:
    """Each batch with what `task` makes of it, in their order; within this process where it is to be the only one.

    With more, `task` and what it takes and gives are pickled, and it starts from new processes, with Django set up.
    """
    if processes == 1:
        yield from ((batch, task(batch)) for batch in batches)
        return
    waiting: deque[tuple[Batch, Future[Made]]] = deque()
    # Begun anew rather than forked: this process has threads, and connections that cannot be shared.
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin) as pool:
        for batch in batches:
            waiting.append((batch, pool.submit(task, batch)))
            if len(waiting) > processes * AHEAD:
                yield _take(waiting)
        while waiting:
            yield _take(waiting)


def _take(waiting: deque[tuple[Batch, Future[Made]]]) -> tuple[Batch, Made]:
    batch, made = waiting.popleft()
    return batch, made.result()


def _begin() -> None:
    django.setup()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool whose process is killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
