"""`make bench-lecture`: what reading a document costs, in each format, as a ratio to the bare library in the same run.

Every file is read in turn by every way, so that a change of the machine's speed touches all alike: the bare library
that opens the format, our text of it, our facts of that text, the whole reading in the sandbox as `import_documents`
does it. One process works at a time: the rates are those of one core.
"""

import argparse
import io
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2 as pdfium
from lxml import etree, html

from importers.documents.formats import FORMATS
from importers.documents.pdf.tesseract import is_installed
from importers.documents.pipeline import read_text
from importers.documents.sandbox import Sandbox
from tests.importers.fabrique import docx as makes_docx
from tests.importers.fabrique import html as makes_html
from tests.importers.fabrique import odt as makes_odt
from tests.importers.fabrique import pdf as makes_pdf
from tests.importers.fabrique import scan as makes_scan

EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
ROUNDS = 3
SLOW = 3
"""Files of a format of which each takes seconds: an old Word document, a scan."""
DPI = 200
TITLE = "Convention de délégation de gestion\n\nArticle 1 : Financement\n\nCrédits\t2024\t2025\n"
HEADING = "titres d'articles"
MOTIFS = {
    HEADING: "Article {}\nTitre\n\nPhrase.\n\n",
    "titres numérotés": "{}. Titre\n\nPhrase.\n\n",
    "annexes": "Annexe {}\nTitre\n\nPhrase.\n\n",
    "notes": "(1) Titre de la note\n",
    "visas": "Vu le décret n° 2004-1085 du 14 octobre 2004 ;\n",
    "signatures": "Fait à Paris, le 3 mars 2024\n\n",
    "échéances": "2024\t1000\t2000\n",
    "crédits": "AE\t{0}\t2\nCP\t{0}\t3\n",
    "une seule phrase": "Le délégant confie au délégataire. ",
}
TIMES = (5_000, 20_000)
HEADINGS = 100_000

Way = Callable[[bytes], Any]


def main() -> None:
    print(f"{'format':6} {'fichiers':>8}  {'nu':>9} {'texte':>9} {'et faits':>9} {'bac à sable':>11}   rapport au nu")
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder, Sandbox() as sandbox:
        for name, files, bare in families(Path(folder)):
            measure(name, files, bare, sandbox)
    print(f"\ncoût d'un motif répété, en s de processeur, {TIMES[0]} puis {TIMES[1]} fois")
    for name, motif in MOTIFS.items():
        court, long = (processor_time(motif, times) for times in TIMES)
        print(f"{name:18} {court:6.2f} {long:7.2f}  rapport {long / court:5.2f}")
    print(f"{HEADINGS} titres d'articles : {processor_time(MOTIFS[HEADING], HEADINGS):.1f} s")


def families(folder: Path) -> Iterator[tuple[str, list[bytes], Way]]:
    """Each format, files of it, and how its library alone opens one."""
    textes = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    words = [makes_docx.make(texte) for texte in textes]
    yield ".txt", [texte.encode() for texte in textes], lambda file: re.findall(r"\w+", file.decode())
    yield ".docx", words, lambda file: parse_member(file, "word/document.xml")
    yield ".odt", [makes_odt.make(texte) for texte in textes], lambda file: parse_member(file, "content.xml")
    yield ".html", [makes_html.make(texte) for texte in textes], lambda file: html.fromstring(file).text_content()
    pdfs = [makes_pdf.make(texte) for texte in textes]
    yield ".pdf", pdfs, read_pdf
    if shutil.which("soffice"):
        yield ".doc", [save_as_doc(word, folder, rank) for rank, word in enumerate(words[:SLOW])], convert_in(folder)
    if is_installed():
        yield "scan", [makes_scan.make(pdf) for pdf in pdfs[:SLOW]], read_pictures


def parse_member(file: bytes, name: str) -> list[str]:
    with ZipFile(io.BytesIO(file)) as archive:
        return list(etree.fromstring(archive.read(name)).itertext())


def read_pdf(file: bytes) -> list[str]:
    with pdfium.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def read_pictures(file: bytes) -> list[bytes]:
    """What Tesseract reads of each page as it is."""
    with pdfium.PdfDocument(file) as document:
        return [read_picture(page) for page in document]


def read_picture(page: pdfium.PdfPage) -> bytes:
    picture = io.BytesIO()
    page.render(scale=DPI / 72, grayscale=True).to_pil().save(picture, "PNG")
    command = ["tesseract", "-", "-", "-l", "fra", "--dpi", str(DPI), "--psm", "4", "hocr"]
    limit = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, input=picture.getvalue(), capture_output=True, check=True, env=limit).stdout  # noqa: S603 our own


def save_as_doc(word: bytes, folder: Path, rank: int) -> bytes:
    path = folder / f"{rank}.docx"
    path.write_bytes(word)
    return convert(path, "doc")


def convert_in(folder: Path) -> Way:
    def run(file: bytes) -> bytes:
        path = folder / "acte.doc"
        path.write_bytes(file)
        return convert(path, "docx")

    return run


def convert(path: Path, to: str) -> bytes:
    profile = f"-env:UserInstallation=file://{path.parent / 'profil'}"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 our own
    return path.with_suffix(f".{to}").read_bytes()


def measure(name: str, files: list[bytes], bare: Way, sandbox: Sandbox) -> None:
    """Prints documents a second by each way, and how many times the bare library's time each takes."""
    extension = ".pdf" if name == "scan" else name
    extract = FORMATS[extension]
    ways: list[Way] = [
        bare,
        extract,
        lambda file: read_text(extract(file).texte),
        lambda file: sandbox.read(file, f"acte{extension}"),
    ]
    rounds = 1 if len(files) == SLOW else ROUNDS
    times = [[math.inf] * len(files) for _ in ways]
    for _ in range(rounds):
        for rank, file in enumerate(files):
            for spent, way in zip(times, ways, strict=True):
                spent[rank] = min(spent[rank], timed(way, file))
    rates = [len(files) / sum(spent) for spent in times]
    ratios = "  ".join(f"{rates[0] / rate:.3g}" for rate in rates[1:])
    print(f"{name:6} {len(files):8}  " + " ".join(f"{rate:7.3g}/s" for rate in rates) + f"     {ratios}")


def timed(way: Way, file: bytes) -> float:
    start = time.perf_counter()
    way(file)
    return time.perf_counter() - start


def processor_time(motif: str, times: int) -> float:
    """Seconds of this process that the reading of a text takes where a motif repeats."""
    texte = TITLE + "".join(motif.format(rank) for rank in range(1, times + 1))
    start = time.process_time()
    read_text(texte)
    return time.process_time() - start


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args(sys.argv[1:])
    main()
