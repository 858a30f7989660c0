"""Makes PDF files out of example texts, in the manners of the services that write them."""

import json
import random
import re
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from tests.importers.fabrique.composition import find_blocs


@dataclass(frozen=True, slots=True)
class Maniere:
    """How an act is set. `colonnes` of the page; `filets` of the tables: "tous", "horizontaux" or "aucun"; `cesure`
    cuts words at the end of lines; `entete` and `pied` run on each page, N for its number and T for the last; `serre`
    parts no paragraphs; `cadre` sets signatures in a table with borders.
    """

    police: str = "Liberation Serif"
    corps: float = 11
    colonnes: int = 1
    filets: str = "tous"
    justifie: bool = True
    cesure: bool = False
    entete: str = ""
    pied: str = ""
    serre: bool = False
    cadre: bool = False


MANIERES = {
    "simple": Maniere(pied="N/T"),
    "ministere": Maniere(
        police="Liberation Sans",
        corps=10,
        cesure=True,
        entete="Secrétariat général – Bureau des finances",
        pied="Page N sur T",
        cadre=True,
    ),
    "sobre": Maniere(police="DejaVu Sans", corps=9.5, justifie=False, filets="aucun"),
    "bulletin": Maniere(
        corps=9.5, colonnes=2, cesure=True, filets="horizontaux", entete="Bulletin officiel – Délégations", pied="N"
    ),
    "serre": Maniere(corps=12, cesure=True, filets="horizontaux", pied="- N -", serre=True),
    "machine": Maniere(police="DejaVu Sans Mono", corps=9, justifie=False, pied="N"),
}

POLICES = frozenset(typst.Fonts().families())
"""The fonts of this machine: where one is missing another is set, whose small figures are letters of their own."""

_MODELE = Path(__file__).with_name("acte.typ").read_bytes()

COLONNES_ETROITES = 4
"""An act with a wider table is not set in two columns."""


def make(texte: str, maniere: str = "simple") -> bytes:
    """Set a text as a PDF, in one of the `MANIERES`."""
    composes, reglee = find_blocs(texte), MANIERES[maniere]
    if any(len(bloc.rangees[0]) > COLONNES_ETROITES for bloc in composes if bloc.genre == "tableau"):
        reglee = replace(reglee, colonnes=1)
    blocs = json.dumps([asdict(bloc) for bloc in composes])
    return compile_typst(_MODELE, blocs=blocs, maniere=json.dumps(asdict(reglee)))


def compile_typst(source: str | bytes, **entrees: str) -> bytes:
    """Set a Typst source, with the texts that it reads by `sys.inputs`."""
    octets = source if isinstance(source, bytes) else source.encode()
    contenu = typst.compile(octets, sys_inputs=entrees)
    assert isinstance(contenu, bytes)
    return contenu


def mutate(contenu: bytes, hasard: random.Random) -> bytes:
    """Change a number, a name or an operator of a PDF whose streams are laid open; leave what is no PDF as it is."""
    try:
        with pikepdf.open(BytesIO(contenu)) as document:
            tampon = BytesIO()
            document.save(tampon, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, qdf=True)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return contenu
    ouvert = tampon.getvalue()
    motif = hasard.choice((_NOMBRE, _NOM, _OPERATEUR))
    places = [trouve.span() for trouve in motif.finditer(ouvert)]
    for debut, fin in sorted(hasard.sample(places, min(len(places), hasard.choice((1, 5, 50)))), reverse=True):
        autre = hasard.choice(places)
        neuf = hasard.choice(_VALEURS) if motif is _NOMBRE else ouvert[slice(*autre)]
        ouvert = ouvert[:debut] + neuf + ouvert[fin:]
    return ouvert


_NOMBRE = re.compile(rb"(?<=[\s\[])-?\d+(?:\.\d+)?(?=[\s\]])")
_NOM = re.compile(rb"/[A-Za-z]{1,30}")
_OPERATEUR = re.compile(rb"(?<=\s)(?:BT|ET|Tj|TJ|Tf|Tm|Td|cm|q|Q|re|m|l|f|S|Do|BDC|EMC)(?=\s)")
_VALEURS = (b"0", b"-1", b"99999999", b"-99999999999", b"1e30", b"0.00001", b"65536", b"2147483648")
