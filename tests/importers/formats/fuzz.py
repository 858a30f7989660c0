"""Mutates made files and reads them in the sandbox: `python -m tests.importers.formats.fuzz FORMAT N [--seed S]`.

The files come from the maker of the format (`tests/importers/fabrique/FORMAT.py`): its `make` in all its `MANIERES`,
and its own `mutate(contenu, hasard)` where it has one. What is looked for is a process that dies, or outlasts its time
or its memory, and a reading that says what cannot be (`invariants.py`); each such file is written to a folder, with the
traceback that reading it here gives, and ends the run with 1. `--seconds` ends a run before its N files.
"""

import argparse
import logging
import math
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from importlib import import_module
from io import BytesIO
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree

from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.pipeline import read_text
from importers.documents.sandbox import Sandbox
from tests.importers.fabrique import pdf, scan
from tests.importers.formats.invariants import find_broken

EXAMPLES = Path(__file__).parents[3] / "examples" / "documents"
TEXTS = 6
MORT = "échoue"
"""A word of the message that says that the process died: in a fuzzed file, a traceback."""
LONG = 20  # seconds
MEMOIRE = 1024  # MiB that a process holds at most
PAGE = 1500
"""Characters of a text that is made a scan: two pages at most, for OCR takes seconds for each."""

Mutation = Callable[[bytes, random.Random], bytes]

_ATTRIBUT = re.compile(rb'="[^"]{0,40}"')
_BALISE = re.compile(rb"<[^<>]{1,300}>")
_NOMBRES = ("-1", "0", "1", "9", "999999999", "9" * 30, "", "é", "%9%1%%", "none")
_VALEURS = [
    b'="-1"',
    b'="0"',
    b'="999999999"',
    b'="99999999999999999999"',
    b'=""',
    b'="\xc3\xa9"',
    b'="&#0;"',
    b'="%9%1%%"',
]


def flip(contenu: bytes, hasard: random.Random) -> bytes:
    octets = bytearray(contenu)
    for _ in range(hasard.choice((1, 3, 30))):
        octets[hasard.randrange(len(octets))] = hasard.randrange(256)
    return bytes(octets)


def truncate(contenu: bytes, hasard: random.Random) -> bytes:
    return contenu[: hasard.randrange(len(contenu))]


def splice(contenu: bytes, hasard: random.Random) -> bytes:
    """Copy a stretch to another place, over what is there or between."""
    debut = hasard.randrange(len(contenu))
    morceau = contenu[debut : debut + hasard.choice((5, 200, 5000))]
    place = hasard.randrange(len(contenu))
    return contenu[:place] + morceau * hasard.choice((1, 1, 50)) + contenu[place + hasard.choice((0, len(morceau))) :]


def cut(contenu: bytes, hasard: random.Random) -> bytes:
    debut = hasard.randrange(len(contenu))
    return contenu[:debut] + contenu[debut + hasard.choice((1, 50, 2000)) :]


def disturb_tags(contenu: bytes, hasard: random.Random) -> bytes:
    """Change the value of an attribute, or drop, double or swap tags."""
    motif = hasard.choice((_ATTRIBUT, _BALISE))
    places = [trouve.span() for trouve in motif.finditer(contenu)]
    for debut, fin in sorted(hasard.sample(places, min(len(places), hasard.choice((1, 4)))), reverse=True):
        neuf = hasard.choice(_VALEURS) if motif is _ATTRIBUT else contenu[debut:fin] * hasard.choice((0, 2, 40))
        contenu = contenu[:debut] + neuf + contenu[fin:]
    return contenu


def disturb_tree(contenu: bytes, hasard: random.Random) -> bytes:
    """Move, copy, drop or rename elements of an XML part, which stays one; other bytes are flipped."""
    try:
        racine = etree.fromstring(contenu)
    except etree.XMLSyntaxError:
        return flip(contenu, hasard)
    for _ in range(hasard.choice((1, 3, 20))):
        elements = list(racine.iter())
        element, autre = hasard.choice(elements), hasard.choice(elements)
        parent = element.getparent()
        geste = hasard.choice(("move", "copy", "drop", "rename", "attribute"))
        if geste == "copy":
            autre.append(deepcopy(element))
        elif geste == "rename":
            element.tag = autre.tag
        elif geste == "attribute" and element.attrib:
            element.set(hasard.choice(list(element.attrib)), hasard.choice(_NOMBRES))
        elif parent is not None:
            parent.remove(element)
            if geste == "move":
                hasard.choice(list(racine.iter())).append(element)
    return etree.tostring(racine, xml_declaration=True, encoding="UTF-8")


BYTES: tuple[Mutation, ...] = (flip, truncate, splice, cut, disturb_tags)


def edit_members(contenu: bytes, hasard: random.Random) -> bytes:
    """Mutate, drop, double or swap members of an archive; other bytes are given back as they are."""
    try:
        with ZipFile(BytesIO(contenu)) as archive:
            membres = [(nom, archive.read(nom)) for nom in archive.namelist()]
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return flip(contenu, hasard)
    if not membres:
        return contenu
    rang, autre = hasard.randrange(len(membres)), hasard.randrange(len(membres))
    geste = hasard.choice(("mutate", "mutate", "mutate", "mutate", "drop", "swap", "rename"))
    if geste == "mutate" and membres[rang][1]:
        membres[rang] = (membres[rang][0], hasard.choice((*BYTES, *[disturb_tree] * 8))(membres[rang][1], hasard))
    elif geste == "drop":
        del membres[rang]
    elif geste == "swap":
        membres[rang] = (membres[rang][0], membres[autre][1])
    else:
        membres[rang] = (membres[rang][0].swapcase(), membres[rang][1])
    tampon = BytesIO()
    with ZipFile(tampon, "w", ZIP_DEFLATED) as archive:
        for nom, membre in membres:
            archive.writestr(nom, membre)
    return tampon.getvalue()


def make_sources(nom: str) -> list[bytes]:
    """The files of a format before they are mutated."""
    textes = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))[:TEXTS]]
    if nom == "scan":
        feuilles = [pdf.make(texte[:PAGE]) for texte in textes]
        return [scan.make(feuille, scanner) for feuille in feuilles for scanner in scan.SCANNERS.values()]
    module = import_module(f"tests.importers.fabrique.{nom}")
    return [module.make(texte, maniere) for texte in textes for maniere in module.MANIERES]


def mutations_of(nom: str, contenu: bytes) -> list[Mutation]:
    propre = pdf.mutate if nom == "scan" else getattr(import_module(f"tests.importers.fabrique.{nom}"), "mutate", None)
    zippe = [edit_members] * 15 if contenu.startswith(b"PK") else []
    return [*BYTES, *zippe, *([propre] * 6 if propre else [])]


def run(nom: str, nombre: int, graine: int, dossier: Path, secondes: float) -> int:
    """Read `nombre` mutated files of a format; give how many were found at fault, and print what happened."""
    hasard = random.Random(graine)
    sources = make_sources(nom)
    source = "acte.pdf" if nom == "scan" else f"acte.{nom}"
    issues: Counter[str] = Counter()
    fautes = 0
    plus_long = 0.0
    depart = time.perf_counter()
    with Sandbox() as sandbox:
        for rang in range(nombre):
            contenu = hasard.choice(sources)
            for _ in range(hasard.choice((1, 1, 2, 4))):
                contenu = hasard.choice(mutations_of(nom, contenu))(contenu, hasard) or b"\0"
            debut = time.perf_counter()
            issue, faute = _read(sandbox, contenu, source)
            duree = time.perf_counter() - debut
            plus_long = max(plus_long, duree)
            issues[issue] += 1
            if faute or duree > LONG:
                fautes += 1
                _report(contenu, dossier / f"{nom}-{graine}-{rang}{Path(source).suffix}", f"{issue} ({duree:.1f} s)")
            if time.perf_counter() - depart > secondes:
                break
    memoire = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    _say(f"{nom} : {issues.total()} fichiers, {fautes} fautes, {plus_long:.1f} s au plus, {memoire} Mo au plus")
    for issue, fois in issues.most_common():
        _say(f"{fois:6d}  {issue}")
    return fautes


def _say(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


def _read(sandbox: Sandbox, contenu: bytes, source: str) -> tuple[str, bool]:
    """Give how the reading of a file ended, and whether it is a fault."""
    try:
        lecture = sandbox.read(contenu, source)
    except Illisible as refus:
        issue = str(refus)
        return issue, MORT in issue or "secondes" in issue
    except Exception:  # noqa: BLE001 whatever it is, it is a fault
        return f"traceback\n{traceback.format_exc()}", True
    memoire = max(map(_peak, active_children()), default=0)
    if memoire > MEMOIRE:
        sandbox.close()
        return f"{memoire} Mo", True
    invraisemblances = find_broken(lecture)
    return " ; ".join(invraisemblances) or "lu", bool(invraisemblances)


def _peak(processus: BaseProcess) -> int:
    """The most memory that a process held, in MiB (proc_pid_status(5), VmHWM)."""
    trouve = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{processus.pid}/status").read_text(encoding="utf-8"))
    return int(trouve[1]) // 1024 if trouve else 0


def _report(contenu: bytes, chemin: Path, issue: str) -> None:
    chemin.write_bytes(contenu)
    _say(f"{chemin} : {issue}")
    if MORT in issue:
        try:
            read_text(FORMATS[chemin.suffix](contenu).texte)
        except Exception:  # noqa: BLE001 the traceback is what is looked for
            traceback.print_exc()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format")
    parser.add_argument("nombre", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=math.inf)
    options = parser.parse_args()
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    dossier = Path(tempfile.mkdtemp(prefix="fuzz-"))
    return bool(run(options.format, options.nombre, options.seed, dossier, options.seconds))


if __name__ == "__main__":
    sys.exit(main())
