"""Reads settings from the environment; a wrong value stops the start with one French sentence."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email


def read(name: str, default: str, parse: Callable[[str], Any], expected: str, *, secret: bool = False) -> Any:
    """The parsed value of variable `name`; raises `ImproperlyConfigured` naming what is `expected`.

    The error never shows what a `secret` variable holds.
    """
    found = os.environ.get(name) or default
    try:
        return parse(found)
    except (ValueError, KeyError, LookupError, ValidationError) as error:
        if secret:
            raise ImproperlyConfigured(f"{name} ne convient pas ; il faut {expected}.") from None
        raise ImproperlyConfigured(f"{name} vaut « {found} » ; il faut {expected}.") from error


def parse_site(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def parse_hosts(text: str) -> tuple[str, ...]:
    """Names or addresses of hosts parted by commas, or nothing."""
    hosts = tuple(host.strip().lower() for host in text.split(",") if host.strip())
    if not all(map(_HOST.fullmatch, hosts)):
        raise ValueError(text)
    return hosts


def parse_flag(text: str) -> bool:
    return {"1": True, "0": False}[text]


def parse_secret(text: str) -> str:
    if len(text) < 50:
        raise ValueError("too short")
    return text


def parse_jours(text: str) -> int:
    """A number of days, from 1 to 3650."""
    jours = int(text)
    if not 1 <= jours <= 3650:
        raise ValueError(text)
    return jours


def parse_ligne(text: str) -> str:
    """One line of at most 300 characters, or nothing."""
    if len(text) > 300 or not text.isprintable():
        raise ValueError(text)
    return " ".join(text.split())


def parse_telephone(text: str) -> str:
    """A French or international number as it is to be shown, or nothing."""
    if text and not (_TELEPHONE.fullmatch(text) and 4 <= sum(map(str.isdigit, text)) <= 15):
        raise ValueError(text)
    return text


def parse_courriel(text: str) -> dict[str, Any]:
    """How e-mail leaves: `console:` writes it where the portal runs, `smtp://` and `smtps://` (with TLS from the start)
    send it by a server, whose name and password, if any, are in the address. `smtp://…?tls=1` starts TLS.
    """
    parts = urlsplit(text)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.query not in ("", "tls=1"):
        raise ValueError(parts.scheme)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.query == "tls=1",
    }


def parse_api(text: str) -> str:
    """The base address of an API that is asked with a key: encrypted, but on the machine itself; it ends with `/`."""
    parts = urlsplit(text)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme not in ("https", "http") or not parts.hostname or (parts.scheme == "http" and not local):
        raise ValueError(text)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(text)
    return text if text.endswith("/") else f"{text}/"


def parse_cle(text: str) -> str:
    """A key that a header may hold, or nothing."""
    if not _CLE.fullmatch(text):
        raise ValueError("not a key")
    return text


def parse_identifiant(text: str) -> str:
    """The identifier of an organisation of data.gouv.fr, or nothing."""
    if not _IDENTIFIANT.fullmatch(text):
        raise ValueError(text)
    return text


def parse_adresse(text: str) -> str:
    """An e-mail address."""
    validate_email(text)
    return text


def parse_contact(text: str) -> str:
    """The address of a person (e-mail) or of a form (https), as a link needs it, or nothing."""
    if "@" in text:
        validate_email(text)
        return f"mailto:{text}"
    if text:
        URLValidator(schemes=["https", "http"])(text)
    return text


_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*")
_CLE = re.compile(r"[!-~]{0,2000}")
_IDENTIFIANT = re.compile(r"([0-9a-f]{24})?")
# What Elasticsearch takes for a name, without what patterns of names mean something by.
_NOM_INDEX = re.compile(r"(/[a-z0-9][a-z0-9_-]{0,100})?/?")
_BASE_REDIS = re.compile(r"(/\d{0,3})?")
_TELEPHONE = re.compile(r"\+?[\d .()-]+")


def parse_folder(scheme: str) -> Callable[[str], Path]:
    """Parses an address such as `file:///path`, of that scheme, as a folder."""

    def parse(text: str) -> Path:
        parts = urlsplit(text)
        if parts.scheme != scheme or parts.netloc or not parts.path.strip("/"):
            raise ValueError(text)
        return Path(unquote(parts.path))

    return parse


class Recherche(NamedTuple):
    """Where searches are answered: by the cluster `grappe` if any, else, or when it is away, in `dossier`."""

    dossier: Path
    grappe: str = ""


def parse_recherche(par_defaut: Path) -> Callable[[str], Recherche]:
    """Parses `embedded:///folder`, or the address of an Elasticsearch with the name of its index,
    `https://name:secret@host:9200/conventions?secours=/folder`; its folder is `par_defaut` where none is given.
    """

    def parse(text: str) -> Recherche:
        parts = urlsplit(text)
        if parts.scheme == "embedded":
            return Recherche(parse_folder("embedded")(text))
        query = dict(parse_qsl(parts.query, strict_parsing=True, keep_blank_values=True)) if parts.query else {}
        folder = query.pop("secours", str(par_defaut))
        known = parts.scheme in ("https", "http") and parts.hostname and not query and not parts.fragment
        if not known or not _NOM_INDEX.fullmatch(parts.path) or parts.port == 0 or not folder.startswith("/"):
            raise ValueError(parts.scheme)
        return Recherche(Path(folder), parts._replace(query="").geturl())

    return parse


def parse_database(text: str) -> dict[str, Any]:
    config = dict(dj_database_url.parse(text))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = SQLITE_OPTIONS
    return config


def parse_cache(text: str) -> dict[str, Any]:
    """What is remembered for a while: `locmem:` keeps it in each process, `redis://` and `rediss://` (with TLS) in a
    server that all processes share, whose name and password, if any, are in the address.
    """
    parts = urlsplit(text)
    if text == "locmem:":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not _BASE_REDIS.fullmatch(parts.path):
        raise ValueError(parts.scheme)
    if parts.query or parts.fragment or parts.port == 0:
        raise ValueError(parts.scheme)
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": text,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},  # a page waits no longer for it, in seconds
    }


# Measured: with a deferred transaction two writers fail on « database is locked »; with these, none does.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}
