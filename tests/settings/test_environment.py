"""What the environment may say, and what is told of a wrong value."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import (
    parse_api,
    parse_cache,
    parse_cle,
    parse_courriel,
    parse_identifiant,
    parse_jours,
    parse_recherche,
    read,
)


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


SECOURS = Path("/srv/index")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("embedded:///var/lib/index", (Path("/var/lib/index"), "")),
        ("https://moi:secret@grappe:9200/actes", (SECOURS, "https://moi:secret@grappe:9200/actes")),
        ("http://127.0.0.1:9200", (SECOURS, "http://127.0.0.1:9200")),
        ("http://grappe/actes?secours=/mnt/index", (Path("/mnt/index"), "http://grappe/actes")),
    ],
)
def test_where_searches_are_answered(text: str, expected: tuple[Path, str]) -> None:
    assert parse_recherche(SECOURS)(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "embedded:",
        "grappe:9200",
        "ftp://grappe/actes",
        "https://grappe/Actes",
        "https://grappe/a/b",
        "https://grappe/actes-*",
        "https://grappe:port/actes",
        "https://grappe/actes?autre=1",
        "https://grappe/actes?secours=ici",
    ],
)
def test_where_no_search_is_answered(text: str) -> None:
    with pytest.raises(ValueError):
        parse_recherche(SECOURS)(text)


@pytest.mark.parametrize(("text", "expected"), [("1", 1), ("3650", 3650)])
def test_days(text: str, expected: int) -> None:
    assert parse_jours(text) == expected


@pytest.mark.parametrize("text", ["0", "-3", "trente", "3651", ""])
def test_what_is_no_number_of_days(text: str) -> None:
    with pytest.raises(ValueError):
        parse_jours(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://demo.data.gouv.fr/api/1/", "https://demo.data.gouv.fr/api/1/"),
        ("https://www.data.gouv.fr/api/1", "https://www.data.gouv.fr/api/1/"),
        ("http://127.0.0.1:8080/api/1/", "http://127.0.0.1:8080/api/1/"),
    ],
)
def test_the_address_of_an_api(text: str, expected: str) -> None:
    assert parse_api(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.data.gouv.fr",
        "http://www.data.gouv.fr/api/1/",
        "ftp://a/",
        "https://moi@a/",
        "https://a/?b",
        "https://a/#b",
    ],
)
def test_what_is_no_address_of_an_api(text: str) -> None:
    with pytest.raises(ValueError):
        parse_api(text)


@pytest.mark.parametrize("text", ["deux mots", "clé", "une\nligne", "x" * 2001])
def test_a_key_that_no_header_may_hold_stops_the_start_and_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("DATAGOUV_API_KEY", text)
    with pytest.raises(ImproperlyConfigured) as caught:
        read("DATAGOUV_API_KEY", "", parse_cle, "une clé", secret=True)
    assert str(caught.value) == "DATAGOUV_API_KEY ne convient pas ; il faut une clé."


@pytest.mark.parametrize("text", ["", "534fff75a3a7292c64a77de4"])
def test_an_identifier_of_data_gouv(text: str) -> None:
    assert parse_identifiant(text) == text


@pytest.mark.parametrize("text", ["dinum", "534FFF75A3A7292C64A77DE4", "534fff75a3a7292c64a77de4/"])
def test_what_is_no_identifier_of_data_gouv(text: str) -> None:
    with pytest.raises(ValueError):
        parse_identifiant(text)


@pytest.mark.parametrize(
    ("text", "backend"),
    [
        ("locmem:", "locmem.LocMemCache"),
        ("redis://127.0.0.1:6379/0", "redis.RedisCache"),
        ("redis://hote", "redis.RedisCache"),
        ("rediss://moi:mot%2Fde%40passe@[2001:db8::1]:6380/12", "redis.RedisCache"),
    ],
)
def test_a_cache_is_in_the_process_or_in_a_redis(text: str, backend: str) -> None:
    cache = parse_cache(text)
    assert cache["BACKEND"] == f"django.core.cache.backends.{backend}"
    assert cache.get("LOCATION", "locmem:") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "locmem",
        "locmem:nom",
        "redis:",
        "redis://",
        "redis:///0",
        "redis://hote/base",
        "redis://hote/0/1",
        "redis://hote:0/1",
        "redis://hote:port/0",
        "redis://hote/0?db=2",
        "redis://hote/0#1",
        "memcached://hote",
        "http://hote:6379/0",
    ],
)
def test_what_is_no_address_of_a_cache(text: str) -> None:
    with pytest.raises(ValueError):
        parse_cache(text)


def test_the_password_of_a_cache_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "redis://moi:motdepasse@hote:port/0")
    with pytest.raises(ImproperlyConfigured) as caught:
        read("CACHE_URL", "locmem:", parse_cache, "locmem:, ou redis://…", secret=True)
    assert str(caught.value) == "CACHE_URL ne convient pas ; il faut locmem:, ou redis://…."
    assert caught.value.__cause__ is None
