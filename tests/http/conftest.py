"""What the tests of the session share: a site on the loopback, a session whose clock passes without waiting."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from pytest_django import Settings

from portal.http.session import Cause, Inaccessible, Limites, Session
from tests.serveur import HOTE, Horloge, Serveur, make_certificat, serve


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with serve() as serveur:
        yield serveur


@pytest.fixture
def serveur_chiffre(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Serveur]:
    """A site at `HOTE` with TLS, whose certificate is trusted."""
    settings.FETCH_ALLOW_HOSTS = (HOTE, "127.0.0.1")
    with make_certificat() as certificat, serve(certificat) as serveur:
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificat))
        yield serveur


@pytest.fixture
def horloge() -> Horloge:
    return Horloge()


@pytest.fixture
def session(horloge: Horloge) -> Iterator[Session]:
    with Session(clock=horloge, sleep=horloge.sleep) as session:
        yield session


@pytest.fixture
def connexions(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The addresses that a connection is made to; none succeeds."""
    tentees: list[tuple[str, int]] = []

    def refuse(adresse: tuple[str, int], *_options: object, **_autres: object) -> None:
        tentees.append(adresse)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", refuse)
    return tentees


def open_session(
    limites: Limites | None = None, adresses: Callable[[str, int], Sequence[str]] | None = None
) -> Session:
    horloge = Horloge()
    resolve = adresses or (lambda _hote, _port: ["127.0.0.1"])
    return Session(limites or Limites(), resolve=resolve, clock=horloge, sleep=horloge.sleep)


def refuse(session: Session, url: str) -> Cause:
    """Why the session refuses an address; it says so in a French sentence with what to do."""
    with pytest.raises(Inaccessible, match=r" : .+\.$") as refus:
        session.fetch(url)
    return refus.value.cause
