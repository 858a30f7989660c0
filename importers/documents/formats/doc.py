"""Old Word documents (.doc), made .docx by LibreOffice where it is installed."""

import resource
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from importers.documents.etiquettes import OLE, check_label
from importers.documents.formats import Extrait, docx
from importers.documents.illisible import Illisible

EXTENSIONS = (".doc",)
SECONDS = 60
FILES = 64 << 20  # bytes of a file that it may write: the document made, the profile of LibreOffice

_COMMANDE = "soffice"
_DEMARRAGE = 10
"""Seconds kept for reading what was made, and for LibreOffice to be stopped."""


def extract(contenu: bytes) -> Extrait:
    """What Word prints of an old document. Raises `Illisible`."""
    check_label(contenu, ".doc")
    if not contenu.startswith(OLE):
        raise Illisible("Ce fichier nommé .doc n'est pas un document Word : importez-le dans son vrai format.")
    soffice = shutil.which(_COMMANDE)
    if soffice is None or not _may_write():
        raise Illisible(
            "Un ancien document Word (.doc) n'est pas lu ici : enregistrez-le en .docx, ou installez LibreOffice."
        )
    with TemporaryDirectory(prefix="doc-") as dossier:
        return docx.extract(_convert(soffice, contenu, Path(dossier)))


def _may_write() -> bool:
    limite, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return limite == resource.RLIM_INFINITY or limite >= FILES


def _convert(soffice: str, contenu: bytes, dossier: Path) -> bytes:
    """The same document as .docx, made without network, macros or a profile of anybody's."""
    source, produit = dossier / "acte.doc", dossier / "acte.docx"
    source.write_bytes(contenu)
    options = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={(dossier / 'profil').as_uri()}"]
    commande = [soffice, *options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(dossier), str(source)]
    try:
        subprocess.run(commande, check=True, capture_output=True, timeout=SECONDS - _DEMARRAGE, cwd=dossier)  # noqa: S603
        return produit.read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        raise Illisible(
            "LibreOffice n'a pas pu ouvrir ce fichier .doc : enregistrez-le en .docx, puis importez-le."
        ) from error
