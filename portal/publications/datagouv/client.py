"""The API of data.gouv.fr (udata, version 1): what is asked of it."""

import json
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from django.conf import settings

from portal.http.multipart import write_multipart
from portal.http.session import Cause, Inaccessible, Limites, Reponse, Session
from portal.publications.datagouv.refus import ADRESSE, PLUS_TARD, explain, read_json, unreadable
from portal.publications.dossiers import EchecTransmission, Piece

Objet = dict[str, Any]

LIMITES = Limites(connexion=60.0, lecture=60.0, total=120.0)
"""A body must be sent whole within the seconds of `connexion`: a scan may weigh tens of megabytes."""
DELAI = 600.0
"""Seconds after which a sending asks nothing more: long before another may take it for cut (`actions.envois.BAIL`)."""
PAGE = 100
"""Datasets of a page of the look-up."""
PAGES_MAXIMUM = 1_000
MASQUE = "total,next_page,data{id,deleted,extras,organization{id}}"
"""What is asked of each dataset of the look-up: whole, a page of a hundred may weigh tens of megabytes."""
IDENTIFIANT = 100
"""Characters of the identifier of a dataset or of a resource, at most."""


class Client:
    """Asks data.gouv.fr under the key of the settings; a context manager. Every method raises `EchecTransmission`."""

    def __init__(self, session: Session | None = None) -> None:
        self._session = session or Session(LIMITES)
        self._fin = time.monotonic() + DELAI

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.__exit__()

    def read_dataset(self, identifiant: str) -> Objet | None:
        """A dataset by its identifier, be it private or deleted (`deleted`); None where there is none."""
        reponse = self._ask("GET", _locate(identifiant), admis=(404, 410))
        return None if reponse.statut in (404, 410) else _read_dataset(reponse)

    def list_datasets(self) -> list[Objet]:
        """Every dataset of the organisation, the oldest first, as MASQUE shows it: private, archived and deleted ones
        too. Raises where the listing is cut short, or changes while it is read: one that is missed would be made twice.
        """
        vus: dict[str, Objet] = {}
        totaux: set[Any] = set()
        for numero in range(1, PAGES_MAXIMUM + 1):
            page = self._read_page(numero)
            vus |= {id_of(jeu): jeu for jeu in page["data"]}
            totaux.add(page.get("total"))
            if not page["next_page"]:
                break
        if totaux != {len(vus)}:
            raise EchecTransmission(f"La liste des jeux de données n'a pu être lue entière : {PLUS_TARD}")
        return list(vus.values())

    def create_dataset(self, jeu: Mapping[str, Any]) -> Objet:
        """Makes a dataset. Never asked twice by itself: without an answer, it may have been made."""
        return _read_dataset(self._ask("POST", "datasets/", jeu))

    def update_dataset(self, identifiant: str, jeu: Mapping[str, Any]) -> Objet:
        return _read_dataset(self._ask("PUT", _locate(identifiant), jeu))

    def delete_dataset(self, identifiant: str) -> None:
        """Takes a dataset away; one that is not there any more is as well."""
        self._ask("DELETE", _locate(identifiant), admis=(404, 410))

    def upload_resource(self, identifiant: str, piece: Piece, ressource: str = "") -> Objet:
        """Sends a file: a new resource, or in the place of that of `ressource`. Gives the resource."""
        suite = f"resources/{quote(ressource, safe='')}/upload/" if ressource else "upload/"
        corps, genre = write_multipart(piece.nom, piece.mime, piece.contenu)
        return _read_object(self._send("POST", f"{_locate(identifiant)}{suite}", corps, {"Content-Type": genre}))

    def update_resource(self, identifiant: str, ressource: str, faits: Mapping[str, Any]) -> None:
        self._ask("PUT", f"{_locate(identifiant)}resources/{quote(ressource, safe='')}/", faits)

    def delete_resource(self, identifiant: str, ressource: str) -> None:
        """Takes a resource away; one that is not there any more is as well."""
        self._ask("DELETE", f"{_locate(identifiant)}resources/{quote(ressource, safe='')}/", admis=(404, 410))

    def _read_page(self, numero: int) -> Objet:
        params = {"organization": settings.DATAGOUV_ORGANISATION, "sort": "created", "page_size": PAGE, "page": numero}
        reponse = self._send("GET", f"datasets/?{urlencode(params)}", entetes={"X-Fields": MASQUE}, admis=(404,))
        if reponse.statut == 404 and numero == 1:
            raise EchecTransmission(ADRESSE, definitif=True)
        page = _read_object(reponse)
        jeux = page.get("data")
        if not isinstance(jeux, list) or not all(isinstance(jeu, dict) for jeu in jeux) or "next_page" not in page:
            raise unreadable()
        return page

    def _ask(
        self, methode: str, chemin: str, objet: Mapping[str, Any] | None = None, *, admis: tuple[int, ...] = ()
    ) -> Reponse:
        if objet is None:
            return self._send(methode, chemin, admis=admis)
        corps = json.dumps(objet, ensure_ascii=False).encode()
        return self._send(methode, chemin, corps, {"Content-Type": "application/json"})

    def _send(
        self,
        methode: str,
        chemin: str,
        corps: bytes = b"",
        entetes: Mapping[str, str] = MappingProxyType({}),
        admis: tuple[int, ...] = (),
    ) -> Reponse:
        """The answer. Raises `EchecTransmission` where it is a refusal that is not among `admis`."""
        if time.monotonic() > self._fin:
            raise EchecTransmission(f"data.gouv.fr répond trop lentement : {PLUS_TARD}")
        adresse = urljoin(settings.DATAGOUV_API_URL, chemin)
        cle = {"X-API-KEY": settings.DATAGOUV_API_KEY, "Accept": "application/json"}
        try:
            reponse = self._session.send(methode, adresse, corps=corps, entetes={**cle, **entetes})
        except Inaccessible as error:
            raise EchecTransmission(str(error), definitif=error.cause is Cause.INTERDITE) from error
        if reponse.statut >= 300 and reponse.statut not in admis:
            raise explain(reponse)
        return reponse


def id_of(objet: Mapping[str, Any]) -> str:
    """The identifier of a dataset or of a resource. Raises `EchecTransmission` where there is none that can be kept."""
    identifiant = objet.get("id")
    if not isinstance(identifiant, str) or not 0 < len(identifiant) <= IDENTIFIANT:
        raise unreadable()
    return identifiant


def find_page(jeu: Mapping[str, Any]) -> str:
    """The public page of a dataset, as the API gives it; "" where that is no web address."""
    page = str(jeu.get("page") or "")
    return page if urlsplit(page).scheme in ("http", "https") and len(page) <= 2_000 else ""


def extras_of(objet: Mapping[str, Any]) -> Objet:
    """The extras of a dataset or of a resource."""
    extras = objet.get("extras")
    return extras if isinstance(extras, dict) else {}


def _locate(identifiant: str) -> str:
    return f"datasets/{quote(identifiant, safe='')}/"


def _read_dataset(reponse: Reponse) -> Objet:
    jeu = _read_object(reponse)
    id_of(jeu)  # what has no identifier is no dataset
    return jeu


def _read_object(reponse: Reponse) -> Objet:
    try:
        lu = read_json(reponse)
    except ValueError as error:
        raise unreadable() from error
    if not isinstance(lu, dict):
        raise unreadable()
    return lu
