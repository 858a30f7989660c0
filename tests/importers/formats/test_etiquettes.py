"""A file whose name lies gets one sentence that says what it is and what to do."""

import zipfile
from io import BytesIO

import pytest

from importers.documents.etiquettes import OLE
from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from tests.importers.fabrique import docx, html, odt

ACTE = "Article 1 : Objet\n\nLe délégant confie au délégataire la gestion."


def archive(*noms: str) -> bytes:
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w") as zip_:
        for nom in noms:
            zip_.writestr(nom, "x")
    return tampon.getvalue()


VRAIS = {
    "Word (.docx)": docx.make(ACTE),
    "LibreOffice (.odt)": odt.make(ACTE),
    "page web": html.make(ACTE),
    "PDF": b"%PDF-1.7\n",
    "RTF": b"{\\rtf1\\ansi Convention}",
    "image": b"\x89PNG\r\n\x1a\n",
    "(.doc)": OLE + b"\0" * 600,
    "ZIP": archive("lisez-moi.txt"),
    "classeur": archive("xl/workbook.xml"),
    "diaporama": archive("ppt/presentation.xml"),
    "archive web": b"From: <Saved>\r\nMIME-Version: 1.0\r\n\r\n<html>",
}
LUS = {".docx": "Word (.docx)", ".odt": "LibreOffice (.odt)", ".html": "page web", ".doc": "(.doc)"}


FAUX = [(nom, extension) for nom in VRAIS for extension, lu in LUS.items() if nom != lu]


@pytest.mark.parametrize(("nom", "extension"), FAUX)
def test_a_file_under_a_wrong_name_is_named(nom: str, extension: str) -> None:
    with pytest.raises(Illisible) as refus:
        FORMATS[extension](VRAIS[nom])
    assert nom in str(refus.value)
    assert str(refus.value).endswith(".")


@pytest.mark.parametrize("extension", LUS)
@pytest.mark.parametrize("contenu", [b"", b"\0\0\0", b" \n"])
def test_an_empty_file_is_said_to_be(contenu: bytes, extension: str) -> None:
    with pytest.raises(Illisible, match="vide"):
        FORMATS[extension](contenu)


@pytest.mark.parametrize("extension", [".docx", ".doc"])
def test_a_password_is_said(extension: str) -> None:
    with pytest.raises(Illisible, match="mot de passe"):
        FORMATS[extension](OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
