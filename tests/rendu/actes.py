"""Acts to set: those of the examples, as the importer reads them, and the worst that a text can hold."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2

from importers.documents.pipeline import read_text
from portal.domain.convention import Article, Convention
from portal.rendu.pdf import write_pdf

EXEMPLES = sorted((Path(__file__).parent.parent.parent / "examples" / "documents").glob("*.txt"))
SEED = next(path for path in EXEMPLES if path.stem == "convention_menj_dinum_2024")
UID = "k3f7q9xz"
ADRESSE = f"https://delegations.example.fr/id/convention/{UID}"
JOUR = date(2026, 1, 5)


@cache
def read_exemple(path: Path) -> Convention:
    return read_text(path.read_text(encoding="utf-8")).convention


def print_pdf(convention: Convention) -> bytes:
    return write_pdf(convention, uid=UID, adresse=ADRESSE, jour=JOUR)


def acte_of(corps: str) -> Convention:
    return Convention("Convention d’essai", articles=(Article("1", "Objet", corps),))


def read_pages(contenu: bytes) -> str:
    """The text that a reader's program takes from the pages; a hyphen at the end of a line is one of the text."""
    with pypdfium2.PdfDocument(contenu) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\x02", "-\n")


def words(texte: str) -> list[str]:
    return re.findall(r"\w+", texte)
