"""What a PDF holds beside its text, which an editor must know before the file is public: French sentences."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from importers.documents.pdf.couche_texte import Couche

_CHEMIN = re.compile(r"[A-Za-z]:\\|\\\\|/(?:home|Users|tmp|mnt)/|file:")
_NOTES = frozenset({pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_HIGHLIGHT,
                    pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_UNDERLINE, pdfium_c.FPDF_ANNOT_CARET})  # fmt: skip
"""The annotations by which a reader comments a page."""
LONGUEUR = 80
"""The characters of a name or a title that a sentence quotes."""
SIGNATURE = ((30, 300), (12, 160))
"""Points: the widths and the heights of a signature that is pasted on a page."""
ANNOTATIONS_MAXIMUM = 2_000


def list_remarques(document: pdfium.PdfDocument, couches: Sequence[Couche]) -> tuple[str, ...]:
    return tuple((*_read_metadata(document), *_read_attachments(document), *_read_pages(couches)))


def _read_metadata(document: pdfium.PdfDocument) -> Iterator[str]:
    """The author, and what names a folder of a workplace (ISO 32000-1, 14.3.3)."""
    lues = document.get_metadata_dict(skip_empty=True)
    if lues.get("Author"):
        yield f"Les propriétés du fichier nomment un auteur : « {_quote(lues['Author'])} »."
    for cle in ("Title", "Subject", "Keywords", "Creator", "Producer"):
        if _CHEMIN.search(lues.get(cle, "")):
            yield f"Les propriétés du fichier donnent un chemin de dossier : « {_quote(lues[cle])} »."


def _read_attachments(document: pdfium.PdfDocument) -> Iterator[str]:
    jointes = document.count_attachments()
    if jointes:
        yield f"Le fichier contient {_count(jointes, 'pièce jointe', 'pièces jointes')} : cela n'est pas lu."
    if pdfium_c.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        yield "Le fichier contient un programme (JavaScript), qui n'est pas exécuté."
    signatures = pdfium_c.FPDF_GetSignatureCount(document)
    if signatures > 0:
        porte = _count(signatures, "signature électronique", "signatures électroniques")
        yield f"Le fichier porte {porte} : une copie modifiée n'est plus signée."


def _read_pages(couches: Sequence[Couche]) -> Iterator[str]:
    commentees = [rang for rang, couche in enumerate(couches, start=1) if couche.commentee]
    if commentees:
        yield f"{_name_pages(commentees)} porte des commentaires, qui ne sont pas lus."
    cachees = [rang for rang, couche in enumerate(couches, start=1) if couche.cache]
    if cachees:
        yield f"{_name_pages(cachees)} porte un texte caché, qui n'est pas lu."
    images = [rang for rang, couche in enumerate(couches, start=1) if couche.image]
    if images:
        yield f"{_name_pages(images)} est une image : des signatures manuscrites peuvent s'y voir."
    signees = [rang for rang, couche in enumerate(couches, start=1) if not couche.image and _may_be_signed(couche)]
    if signees:
        yield f"{_name_pages(signees)} porte une image qui peut être une signature manuscrite."


def has_notes(page: pdfium.PdfPage) -> bool:
    """Say whether a reader has commented a page."""
    nombre = min(pdfium_c.FPDFPage_GetAnnotCount(page), ANNOTATIONS_MAXIMUM)
    return any(_read_genre(page, rang) in _NOTES for rang in range(nombre))


def _read_genre(page: pdfium.PdfPage, rang: int) -> int:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, rang)
    try:
        return int(pdfium_c.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _may_be_signed(couche: Couche) -> bool:
    """Say whether a page holds a picture of the size of a signature in its lower two thirds, where acts are signed."""
    (largeur_minimum, largeur_maximum), (hauteur_minimum, hauteur_maximum) = SIGNATURE
    return any(
        largeur_minimum <= droite - gauche <= largeur_maximum
        and hauteur_minimum <= haut - bas <= hauteur_maximum
        and haut < couche.page.hauteur * 2 / 3
        for gauche, bas, droite, haut in couche.dessins.images
    )


def _name_pages(rangs: Sequence[int]) -> str:
    if len(rangs) == 1:
        return f"La page {rangs[0]}"
    premiers = ", ".join(map(str, rangs[:10]))
    return f"Chacune des pages {premiers}{' et suivantes' if len(rangs) > 10 else ''}"


def _count(nombre: int, un: str, plusieurs: str) -> str:
    return f"une {un}" if nombre == 1 else f"{nombre} {plusieurs}"


def _quote(texte: str) -> str:
    net = " ".join("".join(signe if signe.isprintable() else " " for signe in texte).split())
    return net if len(net) <= LONGUEUR else f"{net[:LONGUEUR]}…"
