"""PDF: the text layer of each page, or what OCR reads of a page that is a picture."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from importers.documents.formats import Extrait
from importers.documents.illisible import Illisible
from importers.documents.mise_en_page import Page, compose
from importers.documents.pdf.couche_texte import Couche, read_couche
from importers.documents.pdf.numeros import repair_numeros
from importers.documents.pdf.ocr import read_scan
from importers.documents.pdf.remarques import has_notes, list_remarques
from importers.documents.pdf.tesseract import ABSENT, is_installed
from portal.domain.convention import Qualite

EXTENSIONS = (".pdf",)
SECONDS = 300
"""OCR takes two seconds a page, on one core."""
PAGES_MAXIMUM = 400
SCANS_MAXIMUM = 80
MOTS_MAXIMUM = 1_000_000
"""Words of a file: a recueil of 400 full pages has 300,000."""

_ENTETE = 1024
"""The header of a PDF stands within its first 1024 bytes (ISO 32000-1, annex H, note 13)."""
_SIGNATURES = (
    (b"PK\x03\x04", "un document Word, LibreOffice ou ZIP"),
    (b"\xd0\xcf\x11\xe0", "un document Word ancien"),
    (b"{\\rtf", "un document RTF"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"\x89PNG", "une image PNG"),
    (b"II*\x00", "une image TIFF"),
    (b"MM\x00*", "une image TIFF"),
)
_HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_MOT = re.compile(r"[^\W\d_]{2,}")
FLOU = (
    "Le scan n'est pas assez net pour être lu : numérisez l'acte de nouveau, à 300 points par pouce et bien droit, ou"
    " importez une version avec du texte."
)
PEU = 40
"""A page with fewer words over a picture of its size was stamped or numbered: its text is in the picture."""
ILLISIBLE = 0.3
"""The share of characters without a meaning from which a text layer is of no use."""
DESSINEE = 50
"""Drawings on a page without a word: its letters may be drawn."""


def extract(contenu: bytes) -> Extrait:
    """The text of a PDF, page after page. Raises `Illisible` where it is no PDF, locked, broken, too long, or a scan
    that nothing here can read.
    """
    _check_signature(contenu)
    with _open(contenu) as document:
        if len(document) > PAGES_MAXIMUM:
            raise Illisible(f"Le PDF a plus de {PAGES_MAXIMUM} pages : n'importez que celles de l'acte.")
        try:
            couches = [_read_page(document, rang) for rang in range(len(document))]
            return _build(document, couches)
        except pdfium.PdfiumError as error:
            raise Illisible("Le PDF est abîmé : enregistrez-le de nouveau, puis importez-le.") from error


def _check_signature(contenu: bytes) -> None:
    if not contenu.strip():
        raise Illisible("Le fichier est vide : vérifiez-le, ou importez-en un autre.")
    if b"%PDF-" in contenu[:_ENTETE]:
        return
    for signature, nom in _SIGNATURES:
        if contenu.startswith(signature):
            raise Illisible(f"Ce fichier nommé .pdf est en fait {nom} : donnez-lui sa vraie extension.")
    if _HTML.match(contenu[:_ENTETE]):
        raise Illisible("Ce fichier nommé .pdf est en fait une page HTML : enregistrez-la en .html, puis importez-la.")
    raise Illisible("Ce fichier nommé .pdf n'est pas un PDF : vérifiez le fichier.")


def _open(contenu: bytes) -> pdfium.PdfDocument:
    """Open a PDF, with the empty password where it is locked with none."""
    try:
        return pdfium.PdfDocument(contenu)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Illisible(
                "Le PDF est protégé par un mot de passe : enregistrez-en une copie sans protection, puis importez-la."
            ) from error
        raise Illisible("Le PDF est abîmé ou incomplet : téléchargez-le de nouveau, puis importez-le.") from error


def _read_page(document: pdfium.PdfDocument, rang: int) -> Couche:
    page = document[rang]
    try:
        commentee = has_notes(page)
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            page = _print_fields(document, rang, page)
        return replace(read_couche(page), commentee=commentee)
    except ValueError as error:
        raise Illisible(f"La page {rang + 1} du PDF porte trop de texte : vérifiez le fichier.") from error
    finally:
        page.close()


def _print_fields(document: pdfium.PdfDocument, rang: int, page: pdfium.PdfPage) -> pdfium.PdfPage:
    """Print what was typed in the fields of a form on their page, which is loaded again; it is in no text layer else."""
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return document[rang]


def _build(document: pdfium.PdfDocument, couches: Sequence[Couche]) -> Extrait:
    scannees = [rang for rang, couche in enumerate(couches) if _is_scanned(couche)]
    remarques = list_remarques(document, couches)
    if sum(len(couche.page.mots) for couche in couches) > MOTS_MAXIMUM:
        raise Illisible("Le PDF porte plus d'un million de mots : n'importez que les pages de l'acte.")
    if len(scannees) > SCANS_MAXIMUM:
        raise Illisible(f"Le PDF a plus de {SCANS_MAXIMUM} pages scannées : n'importez que celles de l'acte.")
    pages = [couche.page for couche in couches]
    present = is_installed() if scannees else True
    lues = {rang: _read_scan(document, rang) if present else None for rang in scannees}
    perdues = [rang for rang, page in lues.items() if page is None]
    if perdues and len(perdues) == sum(map(_holds_something, couches)):
        raise Illisible(FLOU if present else ABSENT)
    pages = [lues.get(rang, page) or replace(page, mots=()) for rang, page in enumerate(pages)]
    texte, debuts = compose(repair_numeros(pages) if len(perdues) < len(scannees) else pages)
    if perdues:
        remarques = (*remarques, _warn_unread(perdues, present))
    return Extrait(texte, _judge_qualite(couches, len(scannees), len(perdues)), debuts, remarques)


def _judge_qualite(couches: Sequence[Couche], scannees: int, perdues: int) -> Qualite:
    if scannees > perdues or (not scannees and any(couche.invisible for couche in couches)):
        return Qualite.OCR
    return Qualite.SCAN if perdues else Qualite.NATIF


def _is_scanned(couche: Couche) -> bool:
    """Say whether the text of a page is not in its text layer, or cannot be read there."""
    mots = sum(bool(_MOT.search(mot.texte)) for mot in couche.page.mots)
    if couche.inconnus > ILLISIBLE:
        return True
    if couche.image:
        return mots < PEU if not couche.invisible else mots < len(couche.page.mots) / 3 or not mots
    return not couche.page.mots and couche.dessins.objets > DESSINEE


def _holds_something(couche: Couche) -> bool:
    return bool(couche.page.mots) or _is_scanned(couche)


def _warn_unread(rangs: Sequence[int], present: bool) -> str:
    pages = ", ".join(str(rang + 1) for rang in rangs)
    remede = "numérisez-les de nouveau, plus nettes" if present else "installez tesseract-ocr et tesseract-ocr-fra"
    return f"Des pages sont des images et n'ont pas été lues ({pages}) : {remede}."


def _read_scan(document: pdfium.PdfDocument, rang: int) -> Page | None:
    page = document[rang]
    try:
        return read_scan(page)
    finally:
        page.close()
