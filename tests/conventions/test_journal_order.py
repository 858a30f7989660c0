"""`seq` is the order of the commits, with two writers at once: a reader who has seen n never meets a row below."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from portal.conventions import journal

WAIT = 10  # seconds, far more than either writer needs


@pytest.fixture
def threads() -> Iterator[list[threading.Thread]]:
    started: list[threading.Thread] = []
    yield started
    for thread in started:
        thread.join(WAIT)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_for_the_commit_of_the_first(threads: list[threading.Thread]) -> None:
    has_written, may_commit, seen = threading.Event(), threading.Event(), []

    def first() -> None:
        try:
            with transaction.atomic():
                journal.write("premier", "publication")
                has_written.set()
                may_commit.wait(WAIT)
        finally:
            connection.close()

    def second() -> None:
        try:
            has_written.wait(WAIT)
            with transaction.atomic():
                journal.write("second", "publication")
            seen.append([(row.seq, row.uid) for row in journal.read_since(0)])
        finally:
            connection.close()

    for target in (first, second):
        threads.append(threading.Thread(target=target))
        threads[-1].start()
    has_written.wait(WAIT)
    threads[1].join(0.3)
    assert seen == [], "the second writer did not wait"
    may_commit.set()
    threads[1].join(WAIT)
    assert seen == [[(1, "premier"), (2, "second")]]
