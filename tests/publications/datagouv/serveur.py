"""data.gouv.fr on the loopback: it keeps datasets, and answers as udata does to what a channel asks of it.

What it holds to: titles of 350 characters at most, known licences and frequencies, tags made slugs of 3 to 96
characters; a PUT leaves what it does not name as it is, but for tags and temporal coverage, which it empties, and
`private: null`, which publishes; extras are replaced whole; an organisation that the key is no member of is an error of
the form; a deleted dataset answers 410 but to its owner; files are uploaded, and put before the others; a file keeps
its `filetype`, and takes its title from its name at each upload; a listing shows the owner what is private, archived
or deleted, and of each dataset what `X-Fields` asks for.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler
from typing import Any
from unicodedata import normalize
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from tests.serveur import listen

CLE = "cle-de-l-organisation"
ORGANISATION, AUTRE_ORGANISATION = "5" * 24, "6" * 24
LICENCES = ("lov2", "fr-lo", "notspecified")
FREQUENCES = ("punctual", "irregular", "annual", "unknown")
JEU, RESSOURCE = r"/api/1/datasets/([^/]+)/", r"resources/([^/]+)/"
Reponse = tuple[int, Any]


@dataclass
class Demande:
    methode: str
    chemin: str
    corps: bytes
    entetes: Mapping[str, str]

    @property
    def json(self) -> dict[str, Any]:
        lu: dict[str, Any] = json.loads(self.corps)
        return lu


@dataclass
class Accident:
    """What happens to the n-th request: it is refused (`statut`), or done and its answer lost (`perdue`), or `brute`
    writes all that is answered.
    """

    statut: int = 0
    corps: Any = None
    entetes: Mapping[str, str] = field(default_factory=dict)
    perdue: bool = False
    brute: Callable[[BaseHTTPRequestHandler], None] | None = None


class DataGouv:
    """`jeux` are the datasets by identifier, `demandes` all that was asked, in order; it takes `debit` bytes a second
    and shows `par_page` datasets at once.
    """

    def __init__(self, port: int) -> None:
        self.adresse = f"http://127.0.0.1:{port}/api/1/"
        self.jeux: dict[str, dict[str, Any]] = {}
        self.fichiers: dict[str, bytes] = {}
        self.demandes: list[Demande] = []
        self.accidents: dict[int, Accident] = {}
        self.proprietaires = {CLE: ORGANISATION}
        self.par_page = 20
        self.debit = 100_000_000

    def add(self, titre: str = "Un jeu", organisation: str = ORGANISATION, **faits: Any) -> dict[str, Any]:
        """A dataset that someone made by other means."""
        jeu: dict[str, Any] = {
            "id": f"{len(self.jeux):024x}",
            "title": titre,
            "description": "Décrit.",
            "tags": [],
            "license": "lov2",
            "frequency": "unknown",
            "temporal_coverage": None,
            "extras": {},
            "private": False,
            "deleted": None,
            "archived": None,
            "organization": {"id": organisation},
            "resources": [],
            **faits,
        }
        jeu["page"] = f"https://www.data.gouv.fr/datasets/{jeu['id']}/"
        self.jeux[jeu["id"]] = jeu
        return jeu

    def of_acte(self, uid: str) -> list[dict[str, Any]]:
        return [jeu for jeu in self.jeux.values() if jeu["extras"].get("delegation:uid") == uid]

    def answer(self, demande: Demande) -> Reponse:
        chemin = urlsplit(demande.chemin).path
        if demande.methode != "GET" and self._owner(demande) is None:
            return 401, {"message": "Invalid API token"}
        for methode, motif, do in self._routes():
            trouve = re.fullmatch(motif, chemin)
            if methode == demande.methode and trouve:
                reponse: Reponse = do(demande, *trouve.groups())
                return reponse
        return 404, {"message": "Not found"}

    def _routes(self) -> Iterator[tuple[str, str, Callable[..., Reponse]]]:
        yield "GET", "/api/1/datasets/", self._list
        yield "POST", "/api/1/datasets/", self._create
        yield "GET", JEU, self._read
        yield "PUT", JEU, self._update
        yield "DELETE", JEU, self._delete
        yield "POST", f"{JEU}upload/", self._upload
        yield "POST", f"{JEU}{RESSOURCE}upload/", self._upload
        yield "PUT", f"{JEU}{RESSOURCE}", self._update_resource
        yield "DELETE", f"{JEU}{RESSOURCE}", self._delete_resource

    def _owner(self, demande: Demande) -> str | None:
        return self.proprietaires.get(demande.entetes.get("X-API-KEY", ""))

    def _sees(self, demande: Demande, jeu: Mapping[str, Any]) -> bool:
        public = not (jeu["private"] or jeu["deleted"] or jeu["archived"])
        return public or jeu["organization"]["id"] == self._owner(demande)

    def _list(self, demande: Demande) -> Reponse:
        params = {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(demande.chemin).query).items()}
        organisation = params.get("organization", "")
        if not re.fullmatch("[0-9a-f]{24}", organisation):
            return 400, {"message": "Organization arg must be an identifier"}
        vus = [
            jeu for jeu in self.jeux.values() if jeu["organization"]["id"] == organisation and self._sees(demande, jeu)
        ]
        taille, page = min(int(params["page_size"]), self.par_page), int(params["page"])
        reste = len(vus) > page * taille
        suite = f"{self.adresse}datasets/?page={page + 1}" if reste else None
        if page > 1 and not vus[(page - 1) * taille :]:
            return 404, {"message": "Not found"}
        masque = re.search(r"data{([\w,]+)", demande.entetes.get("X-Fields", ""))
        noms = masque[1].split(",") if masque else None
        data = [
            {nom: jeu[nom] for nom in noms or jeu} for jeu in vus[(page - 1) * taille : page * taille]
        ]  # fmt: skip
        return 200, {"data": data, "page": page, "page_size": taille, "total": len(vus), "next_page": suite}

    def _create(self, demande: Demande) -> Reponse:
        envoye = demande.json
        if erreurs := _validate(envoye):
            return 400, {"errors": erreurs}
        if envoye.get("organization") != self._owner(demande):
            return 400, {"errors": {"organization": ["Permission denied for this organization"]}}
        faits = {nom: envoye[nom] for nom in ("title", "description") if nom in envoye}
        jeu = self.add(faits.pop("title"))
        return 201, self._write(jeu, envoye)

    def _find(self, demande: Demande, identifiant: str) -> tuple[Reponse | None, dict[str, Any]]:
        jeu = self.jeux.get(identifiant)
        if jeu is None or (jeu["private"] and not self._sees(demande, jeu)):
            return (404, {"message": "Dataset not found"}), {}
        if not self._sees(demande, jeu):
            return (410, {"message": "Dataset has been deleted"}), {}
        return None, jeu

    def _read(self, demande: Demande, identifiant: str) -> Reponse:
        refus, jeu = self._find(demande, identifiant)
        return refus or (200, jeu)

    def _update(self, demande: Demande, identifiant: str) -> Reponse:
        refus, jeu = self._find(demande, identifiant)
        if refus:
            return refus
        envoye = demande.json
        if jeu["deleted"] and envoye.get("deleted", True) is not None:
            return 410, {"message": "Dataset has been deleted"}
        if jeu["organization"]["id"] != self._owner(demande):
            return 403, {"message": "You do not have the permission"}
        if erreurs := _validate({"title": jeu["title"], "description": jeu["description"], **envoye}):
            return 400, {"errors": erreurs}
        return 200, self._write(jeu, envoye)

    def _delete(self, demande: Demande, identifiant: str) -> Reponse:
        refus, jeu = self._find(demande, identifiant)
        if refus or jeu["deleted"]:
            return refus or (410, {"message": "Dataset has been deleted"})
        jeu["deleted"] = "2026-01-05T09:30:00"
        return 204, None

    def _write(self, jeu: dict[str, Any], envoye: Mapping[str, Any]) -> dict[str, Any]:
        for nom in ("title", "description", "license", "frequency", "extras", "deleted", "archived"):
            if nom in envoye:
                jeu[nom] = envoye[nom]
        jeu["tags"] = [_slug(tag) for tag in envoye.get("tags") or ()]
        jeu["temporal_coverage"] = envoye.get("temporal_coverage")
        if "private" in envoye:
            jeu["private"] = bool(envoye["private"])
        return jeu

    def _upload(self, demande: Demande, identifiant: str, ressource: str = "") -> Reponse:
        refus, jeu = self._find(demande, identifiant)
        if refus:
            return refus
        nom, contenu = _read_file(demande)
        if nom.endswith(".html"):
            return 400, {"message": "This file type is not allowed."}
        tenue = next((r for r in jeu["resources"] if r["id"] == ressource), None)
        if ressource and tenue is None:
            return 404, {"message": "Resource does not exist"}
        if tenue is None:
            rang = f"2026-01-05T09:30:{len(self.fichiers):02}"
            tenue = {"id": str(uuid4()), "created_at": rang, "extras": {}, "type": "main", "filetype": "file"}
            jeu["resources"].insert(0, tenue)
        somme = sha1(contenu).hexdigest()
        tenue |= {
            "title": nom,
            "url": f"https://static.data.gouv.fr/resources/jeu/{uuid4()}/{nom}",
            "filesize": len(contenu),
            "checksum": {"type": "sha1", "value": somme},
        }
        self.fichiers[tenue["id"]] = contenu
        return (200 if ressource else 201), {**tenue, "success": True}

    def _resource(self, demande: Demande, identifiant: str, ressource: str) -> tuple[Reponse | None, Any, Any]:
        refus, jeu = self._find(demande, identifiant)
        tenue = next((r for r in jeu.get("resources", ()) if r["id"] == ressource), None)
        return refus or ((404, {"message": "Resource does not exist"}) if tenue is None else None), jeu, tenue

    def _update_resource(self, demande: Demande, identifiant: str, ressource: str) -> Reponse:
        refus, _jeu, tenue = self._resource(demande, identifiant, ressource)
        if refus:
            return refus
        envoye = demande.json
        if envoye.get("filetype", tenue["filetype"]) != tenue["filetype"]:
            return 400, {"message": "Cannot modify filetype after creation"}
        tenue |= {nom: envoye[nom] for nom in ("title", "description", "type", "extras") if nom in envoye}
        return 200, tenue

    def _delete_resource(self, demande: Demande, identifiant: str, ressource: str) -> Reponse:
        refus, jeu, tenue = self._resource(demande, identifiant, ressource)
        if refus:
            return refus
        jeu["resources"].remove(tenue)
        return 204, None


def _validate(envoye: Mapping[str, Any]) -> dict[str, list[str]]:
    """The errors of a form, by field, as udata writes them."""
    erreurs = {}
    if not 0 < len(envoye.get("title") or "") <= 350:
        erreurs["title"] = ["Field cannot be longer than 350 characters."]
    if not envoye.get("description"):
        erreurs["description"] = ["This field is required."]
    if envoye.get("license", "lov2") not in LICENCES:
        erreurs["license"] = ["Unknown license"]
    if envoye.get("frequency", "unknown") not in FREQUENCES:
        erreurs["frequency"] = ["Not a valid choice"]
    if not all(3 <= len(_slug(tag)) <= 96 for tag in envoye.get("tags") or ()):
        erreurs["tags"] = ["Tag must be between 3 and 96 characters long."]
    periode = envoye.get("temporal_coverage")
    if periode and (not periode.get("start") or (periode["end"] or "9") < periode["start"]):
        erreurs["temporal_coverage"] = ["Unable to parse date range"]
    return erreurs


def _slug(texte: str) -> str:
    ascii_ = normalize("NFKD", texte.lower()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", ascii_).strip("-")


def _read_file(demande: Demande) -> tuple[str, bytes]:
    """The name and the bytes of the file of a form."""
    borne = re.search("boundary=(.+)", demande.entetes["Content-Type"])
    assert borne
    partie = demande.corps.split(f"--{borne[1]}".encode())[1]
    entetes, _, contenu = partie.partition(b"\r\n\r\n")
    nom = re.search(rb'name="file"; filename="([^"]+)"', entetes)
    assert nom
    return nom[1].decode(), contenu.removesuffix(b"\r\n")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: DataGouv

    def do_GET(self) -> None:
        corps = self._read(int(self.headers.get("Content-Length") or 0))
        demande = Demande(self.command, self.path, corps, self.headers)
        accident = self.site.accidents.pop(len(self.site.demandes), Accident())
        self.site.demandes.append(demande)
        if accident.brute:
            self.close_connection = True
            accident.brute(self)
        elif accident.statut:
            self._send(accident.statut, accident.corps, accident.entetes)
        elif accident.perdue:
            self.close_connection = True
            self.site.answer(demande)
        else:
            self._send(*self.site.answer(demande), {})

    do_POST = do_PUT = do_DELETE = do_GET

    def _read(self, reste: int) -> bytes:
        lus = []
        while reste > 0:
            lus.append(self.rfile.read(min(reste, self.site.debit)))
            reste -= len(lus[-1])
            time.sleep(1 if reste else 0)
        return b"".join(lus)

    def _send(self, statut: int, reponse: Any, entetes: Mapping[str, str]) -> None:
        corps = b"" if reponse is None else json.dumps(reponse).encode()
        self.send_response(statut)
        for nom, valeur in {"Content-Type": "application/json", **entetes}.items():
            self.send_header(nom, valeur)
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_message: object) -> None:
        pass


@contextmanager
def serve_data_gouv() -> Iterator[DataGouv]:
    """The site, until the end of the block."""
    handler = type("Handler", (_Handler,), {})
    with listen(handler) as port:
        handler.site = DataGouv(port)
        yield handler.site
