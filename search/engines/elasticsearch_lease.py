"""Who may write to an index of the cluster, for a while: a lock that outlives no process by much.

It spares work, and keeps a rebuilt index from being put in use while rows are written to the old one; what is
written stays right without it, by the versions of documents. It is told by the clocks of the web machines, which
must agree within a few seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep, time
from typing import Any
from uuid import uuid4

from elasticsearch.exceptions import ConflictError

from search.engines.elasticsearch_cluster import Cluster, translated
from search.results import MoteurIndisponible

WRITING, REBUILDING = "ecriture", "reconstruction"
"""The leases of an alias: of its index in use, and of the one that is being made."""

SECONDS = 30.0
"""How long a lease lasts that is not renewed. It may run out during one very long request: its holder then learns it
at the next one, and what it wrote meanwhile is right.
"""

POLL_SECONDS = 0.2


class Lease:
    """The lease `nom` of one alias."""

    def __init__(self, cluster: Cluster, nom: str) -> None:
        self.client = cluster.writing
        self.index = f"{cluster.alias}-verrous"
        self.nom = nom
        self.holder = uuid4().hex
        self.renewed = 0.0

    def take(self) -> bool:
        """Takes the lease, unless somebody has it."""
        with translated():
            found = self.client.options(ignore_status=404).get(index=self.index, id=self.nom)
            if found.get("found") and found["_source"]["jusque"] > time():
                return False
            return self._write(found)

    def renew(self) -> None:
        """Keeps the lease; raises `MoteurIndisponible` where another has taken it meanwhile."""
        if monotonic() - self.renewed < SECONDS / 4:
            return
        with translated():
            found = self.client.options(ignore_status=404).get(index=self.index, id=self.nom)
            if not self._is_ours(found) or not self._write(found):
                raise MoteurIndisponible("Un autre processus écrit dans l'index de recherche.")

    def release(self) -> None:
        with translated():
            found = self.client.options(ignore_status=404).get(index=self.index, id=self.nom)
            if self._is_ours(found):
                guard = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
                self.client.options(ignore_status=(404, 409)).delete(index=self.index, id=self.nom, **guard)

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Holds the lease if nobody does; yields whether it is held."""
        held = self.take()
        try:
            yield held
        finally:
            if held:
                self.release()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Holds the lease, once whoever holds it has done; raises `MoteurIndisponible` after twice its length."""
        deadline = monotonic() + 2 * SECONDS
        while not self.take():
            if monotonic() > deadline:
                raise MoteurIndisponible("Un autre processus ne cesse d'écrire dans l'index de recherche.")
            sleep(POLL_SECONDS)
        try:
            yield
        finally:
            self.release()

    def _is_ours(self, found: Any) -> bool:
        return bool(found.get("found")) and found["_source"]["titulaire"] == self.holder

    def _write(self, found: Any) -> bool:
        """Writes that we hold the lease, if nothing was written since `found` was read."""
        guard = (
            {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
            if found.get("found")
            else {"op_type": "create"}
        )
        source = {"titulaire": self.holder, "jusque": time() + SECONDS}
        try:
            self.client.index(index=self.index, id=self.nom, document=source, **guard)
        except ConflictError:
            return False
        self.renewed = monotonic()
        return True
