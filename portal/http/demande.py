"""What may be asked: an address of a public site, as a request, and the addresses that are public.

An address that a page names is a stranger's word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import requests
from django.conf import settings

from portal.http.reponse import Cause, Inaccessible

ROBOT = "delegations-de-gestion"
"""The name under which robots.txt knows this robot."""

_PORTS = {"http": 80, "https": 443}
_HOTE = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Demande:
    """A request that the guard let through, but for the addresses of its host."""

    requete: requests.PreparedRequest
    schema: str
    hote: str
    port: int
    origine: str


def prepare(url: str, entetes: Mapping[str, str], methode: str = "GET", corps: bytes = b"") -> Demande:
    """Raises `Inaccessible` where an address is none that may be asked."""
    try:
        requete = requests.Request(methode, url, headers={**entetes, **_presentation()}, data=corps).prepare()
        parts = urlsplit(str(requete.url))
        hote, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise forbidden(url, "est mal écrite") from error
    if parts.scheme not in _PORTS:
        raise forbidden(url, "n'est pas celle d'une page (http ou https)")
    if "@" in parts.netloc:
        raise forbidden(url, "contient un nom d'utilisateur")
    if not _HOTE.fullmatch(hote) or max(map(len, hote.split("."))) > 63:
        raise forbidden(url, "est mal écrite")
    if port is None:
        port = _PORTS[parts.scheme]
    elif port not in _PORTS.values() and hote not in settings.FETCH_ALLOW_HOSTS:
        raise forbidden(url, f"demande le port {port}")
    requete.headers["Host"] = parts.netloc
    return Demande(requete, parts.scheme, hote, port, f"{parts.scheme}://{parts.netloc}")


def _presentation() -> dict[str, str]:
    """Who asks, and for what; only codings whose decompression is bounded here."""
    return {
        "User-Agent": f"{ROBOT} (+{settings.SITE_URL})",
        "Accept-Language": "fr",
        "Accept-Encoding": "gzip, deflate",
    }


def is_public(adresse: str) -> bool:
    """An address of the public internet, by itself and by the IPv4 address that it may stand for."""
    ip: IPv4Address | IPv6Address = ip_address(adresse)
    if isinstance(ip, IPv6Address):
        cachee = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            cachee = IPv4Address(int(ip) & 0xFFFFFFFF)
        if not cachee:
            return ip in _UNICAST and ip.is_global
        ip = cachee
    return ip.is_global and not ip.is_multicast


def forbidden(url: str | None, pourquoi: str) -> Inaccessible:
    return Inaccessible(Cause.INTERDITE, f"L'adresse « {url} » {pourquoi} : indiquez celle d'une page publique.")
