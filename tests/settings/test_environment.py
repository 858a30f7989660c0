"""What the environment may say, and what is told of a wrong value."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import parse_courriel, parse_jours, read


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "imap://moi:motdepasse@exemple.fr")
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL ne convient pas ; il faut smtp://") as caught:
        read("EMAIL_URL", "", parse_courriel, "smtp://…", secret=True)
    assert caught.value.__cause__ is None
    assert "motdepasse" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://courrier.exemple.fr", ("courrier.exemple.fr", 25, "", "", False, False)),
        ("smtp://moi:mot%2Fde%40passe@courrier:587?tls=1", ("courrier", 587, "moi", "mot/de@passe", False, True)),
        ("smtps://courrier", ("courrier", 465, "", "", True, False)),
    ],
)
def test_a_mail_server_is_read_from_its_address(text: str, expected: tuple[object, ...]) -> None:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    read_settings = parse_courriel(text)
    assert tuple(read_settings[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("text", ["", "smtp://", "http://exemple.fr", "smtp://a:b:c", "smtp://a?tls=2", "smtp://a:x"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_courriel(text)


@pytest.mark.parametrize(("text", "expected"), [("1", 1), ("3650", 3650)])
def test_days(text: str, expected: int) -> None:
    assert parse_jours(text) == expected


@pytest.mark.parametrize("text", ["0", "-3", "trente", "3651", ""])
def test_what_is_no_number_of_days(text: str) -> None:
    with pytest.raises(ValueError):
        parse_jours(text)
