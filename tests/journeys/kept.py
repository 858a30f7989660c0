"""The whole database of a test, kept once and put back many times: much faster than making it again."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.db import connection
from psycopg import sql

SETTLE_SECONDS, QUIET_LOOKS = 10.0, 10


class Kept(ABC):
    @abstractmethod
    def keep(self) -> None:
        """Takes the database as it is."""

    @abstractmethod
    def restore(self) -> None:
        """Puts it back as it was."""

    def settle(self) -> None:  # noqa: B027 - SQLite waits by itself
        """Waits until no request of the live server reads the database any more: it is about to be emptied."""


@contextmanager
def keep_database(folder: Path) -> Iterator[Kept]:
    if connection.vendor == "postgresql":
        yield _KeptTables()
        return
    copy = sqlite3.connect(folder / "database.sqlite3", check_same_thread=False)
    yield _KeptFile(copy)
    copy.close()


class _KeptFile(Kept):
    """SQLite copies a database into another, page by page."""

    def __init__(self, copy: sqlite3.Connection) -> None:
        self.copy = copy

    def keep(self) -> None:
        connection.ensure_connection()
        connection.connection.backup(self.copy)

    def restore(self) -> None:
        connection.ensure_connection()
        self.copy.backup(connection.connection)


class _KeptTables(Kept):
    """PostgreSQL gives each table as it stands, and takes it back; meanwhile no reference is checked."""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}

    def keep(self) -> None:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                with cursor.copy(self._say("COPY {} TO STDOUT", table)) as copy:
                    self.rows[table] = b"".join(bytes(part) for part in copy)

    def restore(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table in self.rows:
                cursor.execute(self._say("TRUNCATE {} CASCADE", table))
            for table, rows in self.rows.items():
                with cursor.copy(self._say("COPY {} FROM STDIN", table)) as copy:
                    copy.write(rows)
            cursor.execute("SET session_replication_role = origin")
            for table in self.rows:
                for sequence in connection.introspection.get_sequences(cursor, table):
                    self._advance(cursor, sequence["table"], sequence["column"])

    def _advance(self, cursor: Any, table: str, column: str) -> None:
        """Has the next row get a number of its own."""
        highest = sql.SQL("SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({}), 1)) FROM {}")
        cursor.execute(highest.format(sql.Identifier(column), sql.Identifier(table)), [f'"{table}"', column])

    def settle(self) -> None:
        others = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        deadline, quiet = monotonic() + SETTLE_SECONDS, 0
        with connection.cursor() as cursor:
            # A request is idle too between two of its queries.
            while monotonic() < deadline and quiet < QUIET_LOOKS:
                cursor.execute(others)
                quiet = 0 if cursor.fetchone()[0] else quiet + 1
                sleep(0.05)

    def _say(self, statement: str, table: str) -> sql.Composed:
        return sql.SQL(statement).format(sql.Identifier(table))
