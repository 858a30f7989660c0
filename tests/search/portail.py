"""A portal in memory: a journal, and what is public."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from portal.conventions.publiees import Publiee
from search.indexing import Sources
from tests.search.builders import make_convention, make_publiee


@dataclass(frozen=True)
class Row:
    seq: int
    uid: str


@dataclass
class Portail:
    """A journal and what is public, in memory."""

    rows: list[Row] = field(default_factory=list)
    public: dict[str, Publiee] = field(default_factory=dict)

    def publish(self, uid: str, corps: str = "texte") -> None:
        self.public[uid] = make_publiee(uid, make_convention(corps))
        self.rows.append(Row(len(self.rows) + 1, uid))

    def withdraw(self, uid: str) -> None:
        del self.public[uid]
        self.rows.append(Row(len(self.rows) + 1, uid))

    @property
    def sources(self) -> Sources:
        return Sources(
            head=lambda: len(self.rows),
            read_since=lambda seq, limite: [row for row in self.rows if row.seq > seq][:limite],
            read_published=self.read_published,
            iter_uids=self.iter_uids,
        )

    def read_published(self, wanted: Iterable[str]) -> dict[str, Publiee]:
        return {uid: self.public[uid] for uid in wanted if uid in self.public}

    def iter_uids(self, after: str) -> Iterator[str]:
        yield from [uid for uid in sorted(self.public) if uid > after]


@pytest.fixture
def portail() -> Portail:
    portail = Portail()
    portail.publish("a", "ancien")
    portail.publish("b")
    return portail
