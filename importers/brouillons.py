"""Drafts of what a listing certainly shows and the portal does not hold: its document, fetched, read, and never public.

The document is a stranger's: it comes by the guarded session, is kept in the archive, and is read in the sandbox. It is
made a draft only where it says that it is the act of the entry; an editor does the rest.
"""

import logging
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from importers.collecte import Collecte
from importers.documents.etiquettes import recognise
from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.sandbox import Sandbox
from importers.listings import PageVue
from importers.listings.page_html import is_web
from importers.listings.refus import check_statut
from importers.table.doublons import find_doublons, report_doublon
from portal.conventions import actions as conventions
from portal.conventions.rattachement import Registre
from portal.domain.convention import Constat, Convention, Lecture
from portal.domain.dates import format_date
from portal.domain.identifiers import NOR
from portal.domain.regles import constat
from portal.http.session import Reponse
from portal.publications import actions
from portal.publications.actions.jugements import to_entree
from portal.publications.entrees import Entree, ListeBloquee
from portal.publications.models import EcartOuvert

logger = logging.getLogger(__name__)

LIMITE = 50
"""Entries of which a draft is tried at one visit: the rest waits for the next."""

ECHEC = "Le document a été lu, mais aucun brouillon n'a pu en être fait : signalez-le à l'administrateur."

_EXTENSION = re.compile(r"\((\.\w{1,8})\)$")
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


class AucunBrouillon(Exception):  # noqa: N818
    """No draft is made of an entry. The message is a French sentence that says why, and what to do; `muet` says that
    no answer was had from the host.
    """

    def __init__(self, message: str, *, muet: bool = False) -> None:
        super().__init__(message)
        self.muet = muet


@dataclass(slots=True)
class Bilan:
    """What became of the entries that were tried: `faits` drafts, `refuses` of which none could be made this time."""

    faits: int = 0
    refuses: int = 0


def make_drafts(source: str, collecte: Collecte) -> Bilan:
    """Makes drafts of the entries of a source that wait for one, `LIMITE` at most, and keeps why of the others.

    A host that gives no answer, or wants no robot, is not asked again at this visit: its other entries wait.
    """
    bilan, muets = Bilan(), set[str]()
    with Sandbox() as sandbox:
        for ecart in actions.list_to_draft(source, LIMITE):
            entree = to_entree(ecart.entree or {})
            adresse = entree.document or entree.url
            if _find_hote(adresse) in muets:
                continue
            try:
                _make_draft(ecart, entree, _fetch(adresse, collecte), sandbox)
                bilan.faits += 1
            except AucunBrouillon as refus:
                actions.record_draft_failure(ecart.pk, str(refus))
                bilan.refuses += 1
                if refus.muet:
                    muets.add(_find_hote(adresse))
    return bilan


def _find_hote(adresse: str) -> str:
    """The host of an address, "" for one that has none."""
    try:
        return urlsplit(adresse).hostname or ""
    except ValueError:
        return ""


def _fetch(adresse: str, collecte: Collecte) -> Reponse:
    """The document at an address. Raises `AucunBrouillon` where it is not had."""
    if not is_web(adresse):
        raise AucunBrouillon("La liste ne donne pas l'adresse du document : importez-le, ou rapprochez l'entrée.")
    try:
        reponse = collecte.fetch_document(adresse)
    except ListeBloquee as error:
        raise AucunBrouillon(str(error), muet=True) from error
    try:
        check_statut(PageVue(reponse.url, reponse.contenu, reponse.statut, reponse.entetes))
    except ListeBloquee as error:
        raise AucunBrouillon(str(error)) from error
    if reponse.statut != 200:
        raise AucunBrouillon(f"Le site n'a pas donné le document (réponse {reponse.statut}) : importez-le vous-même.")
    return reponse


def _make_draft(ecart: EcartOuvert, entree: Entree, reponse: Reponse, sandbox: Sandbox) -> None:
    """Reads a document and makes a draft of it. Raises `AucunBrouillon`."""
    # The name is ours: what the site calls its file says nothing sure of what it is.
    nom = f"{ecart.source}_{sha256(reponse.contenu).hexdigest()[:12]}{_find_extension(reponse)}"
    try:
        lecture = sandbox.read(reponse.contenu, nom)
    except Illisible as error:
        raise AucunBrouillon(str(error)) from error
    _check_same(lecture.convention, entree)
    lecture = replace(lecture, constats=(*lecture.constats, _report_origine(ecart, entree)))
    copie = _scrub(reponse.contenu, nom, sandbox)
    try:
        _import(ecart, lecture, reponse.contenu, copie)
    except Exception as error:
        # A stranger's document must not stop the visits that follow, whatever it holds.
        logger.exception("Aucun brouillon de « %s »", entree.document or entree.url)
        raise AucunBrouillon(ECHEC) from error


def _find_extension(reponse: Reponse) -> str:
    """The extension of the format that the bytes are of, or else that the site says. Raises `AucunBrouillon`."""
    nom = recognise(reponse.contenu)
    media = reponse.entetes.get("content-type", "").partition(";")[0].strip().lower()
    trouvee = _EXTENSION.search(nom) if nom else None
    extension = (trouvee[1] if trouvee else "") if nom else _TYPES.get(media, "")
    if extension not in FORMATS:
        quoi = nom or f"un fichier d'un type inconnu ({media[:100] or 'non précisé'})"
        raise AucunBrouillon(f"L'adresse donne {quoi}, qui n'est pas lu : importez l'acte dans un autre format.")
    return extension


def _check_same(convention: Convention, entree: Entree) -> None:
    """Raises `AucunBrouillon` where a document does not say that it is the act of an entry."""
    if not convention.parties:
        raise AucunBrouillon("Aucune partie n'est lue dans le document : vérifiez qu'il est bien une délégation.")
    lu, vu = (NOR.normalise(nor) if nor else "" for nor in (convention.nor, entree.nor))
    meme_jour = entree.date is not None and convention.date_signature == entree.date
    if lu and vu and lu != vu:
        raise AucunBrouillon(f"Le document porte le NOR {lu}, et la liste le NOR {vu} : cherchez le bon document.")
    if not (lu and lu == vu) and not meme_jour:
        message = "Ni le NOR ni la date de signature de la liste ne sont lus dans le document : comparez-les vous-même."
        raise AucunBrouillon(message)


def _report_origine(ecart: EcartOuvert, entree: Entree) -> Constat:
    jour = format_date(timezone.localdate(ecart.vu_le))
    message = (
        f"Document pris à l'adresse {entree.document or entree.url}, que la liste « {ecart.source} » montrait le "
        f"{jour} : comparez-le à l'acte signé."
    )
    return constat("O1", message=message)


def _scrub(contenu: bytes, nom: str, sandbox: Sandbox) -> bytes | None:
    """The public copy; a document that has none is a draft all the same, and is kept from the public."""
    try:
        return sandbox.scrub(contenu, nom)
    except Illisible as error:
        logger.warning("Aucune copie publique de « %s » : %s", nom, error)
        return None


@transaction.atomic
def _import(ecart: EcartOuvert, lecture: Lecture, contenu: bytes, copie: bytes | None) -> None:
    """The draft, and the mark that no other is to be made: both, or neither."""
    doublons = find_doublons(Registre().match_parties(lecture.convention), None)
    constats = (*lecture.constats, *map(report_doublon, doublons[:1]))
    fait = conventions.import_lecture(replace(lecture, constats=constats), contenu=contenu, copie=copie)
    actions.record_draft(ecart.pk, fait.uid)
