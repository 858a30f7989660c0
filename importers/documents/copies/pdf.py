"""PDF written anew: the pages as they are seen, without what the file says beside them (ISO 32000-1).

What is drawn by an annotation or typed in a field becomes a part of its page; the comments are taken out.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from importers.documents.copies.chemins import is_public_address, names_file
from importers.documents.copies.images import clean_image
from importers.documents.illisible import Illisible

_DU_CATALOGUE = frozenset(
    "Type Pages PageLabels Outlines Dests Names Lang MarkInfo StructTreeRoot OCProperties OutputIntents PageMode PageLayout".split()
)
_DE_LA_PAGE = frozenset(
    "Type Parent MediaBox CropBox BleedBox TrimBox ArtBox Rotate Resources Contents Group UserUnit Annots StructParents Tabs".split()
)
_DU_LIEN = frozenset("Type Subtype Rect Border BS C QuadPoints H F A Dest StructParent".split())
_DU_TRAIT = frozenset(
    "Type Subtype Rect Border BS BE C IC CA F AP AS QuadPoints L LE Vertices InkList RD Q DA StructParent OC".split()
)
_COMMENTAIRES = frozenset(
    "Text Popup FileAttachment Sound Movie Screen RichMedia 3D Caret TrapNet PrinterMark Projection".split()
)
_A_OTER = tuple(
    f"/{cle}"
    for cle in "Metadata PieceInfo LastModified AA JS AF Thumb OPI XFA CreatorInfo Perms DSS Collection UserProperties".split()
)
_ACTIONS = frozenset({"/GoTo", "/URI"})
_IMAGES = frozenset({"/DCTDecode", "/JPXDecode"})
"""The filters whose data is a file of its own, with its metadata (7.4.8 and 7.4.9)."""
_CACHEE, _NON_VUE = 1 << 1, 1 << 5
"""Flags of an annotation that nobody sees (12.5.3)."""
_ABIME = "Le PDF est abîmé : aucune copie publique n'en est faite, enregistrez-le de nouveau."


def scrub(contenu: bytes) -> bytes | None:
    """A PDF with the same pages. None where a picture of it cannot be cleaned, or a field is typed but not drawn.

    Raises `Illisible` where it is locked or broken.
    """
    try:
        with pikepdf.open(BytesIO(contenu)) as document:
            return _write(document) if _clean(document) else None
    except pikepdf.PasswordError as error:
        raise Illisible("Le PDF est protégé par un mot de passe : aucune copie publique n'en est faite.") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, zlib.error) as error:
        raise Illisible(_ABIME) from error


def _write(document: pikepdf.Pdf) -> bytes:
    """What is reachable, and nothing of the versions before: a file is only added to when it is corrected."""
    tampon = BytesIO()
    document.save(tampon, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return tampon.getvalue()


def _clean(document: pikepdf.Pdf) -> bool:
    if not _print_annotations(document):
        return False
    for cle in ("/Info", "/ID"):
        if cle in document.trailer:
            del document.trailer[cle]
    _keep(document.Root, _DU_CATALOGUE)
    if Name.Names in document.Root:
        _keep(document.Root.Names, frozenset({"Dests"}))
    for page in document.pages:
        _keep(page.obj, _DE_LA_PAGE)
    return all([_sweep(objet) for objet in document.objects])


def _keep(objet: Object, cles: frozenset[str]) -> None:
    for cle in list(objet.keys()):
        if cle[1:] not in cles:
            del objet[cle]


def _print_annotations(document: pikepdf.Pdf) -> bool:
    """Leave links and what is drawn over the pages; False where something typed in a field is drawn nowhere."""
    toutes = [annotation for page in document.pages for annotation in _annotations(page)]
    if any(_is_typed_only(annotation) for annotation in toutes):
        return False
    for page in document.pages:
        gardees = [annotation for annotation in _annotations(page) if _is_seen(annotation)]
        page.obj.Annots = Array(gardees)
    formulaire = document.Root.get("/AcroForm")
    if isinstance(formulaire, Dictionary) and "/NeedAppearances" in formulaire:
        del formulaire["/NeedAppearances"]
    document.flatten_annotations("all")
    restees = [_keep_annotation(annotation) for page in document.pages for annotation in _annotations(page)]
    numeros = {annotation.objgen for annotation in restees}
    for annotation in toutes:
        if not annotation.is_indirect or annotation.objgen not in numeros:
            _keep(annotation, frozenset())  # the structure of the document may still lead to it
    return True


def _annotations(page: pikepdf.Page) -> Iterator[Object]:
    annotations = page.obj.get("/Annots")
    if isinstance(annotations, Array):
        yield from (annotation for annotation in cast("Any", annotations) if isinstance(annotation, Dictionary))


def _kind(annotation: Object) -> str:
    return str(annotation.get("/Subtype", ""))[1:]


def _is_seen(annotation: Object) -> bool:
    return _kind(annotation) not in _COMMENTAIRES and not int(annotation.get("/F", 0)) & (_CACHEE | _NON_VUE)


def _is_typed_only(annotation: Object) -> bool:
    """A field of text whose value only the reader's program draws."""
    parent = annotation.get("/Parent", annotation)
    valeur = annotation.get("/V", parent.get("/V") if isinstance(parent, Dictionary) else None)
    typed = isinstance(valeur, String) and bool(str(valeur).strip())
    return _kind(annotation) == "Widget" and _is_seen(annotation) and typed and "/AP" not in annotation


def _keep_annotation(annotation: Object) -> Object:
    _keep(annotation, _DU_LIEN if _kind(annotation) == "Link" else _DU_TRAIT)
    return annotation


def _sweep(objet: Object) -> bool:
    """Clean an object and all that it holds directly; False where it is a picture that cannot be cleaned."""
    pile, propre = [objet], True
    while pile:
        courant = pile.pop()
        if isinstance(courant, Stream):
            propre = _clean_stream(courant) and propre
        if isinstance(courant, Dictionary | Stream):
            _clean_dictionary(courant)
            pile += [valeur for _, valeur in _direct(courant.items())]
        elif isinstance(courant, Array):
            pile += [valeur for _, valeur in _direct(enumerate(cast("Any", courant)))]
    return propre


def _direct(paires: Any) -> Iterator[tuple[Any, Object]]:
    yield from ((cle, valeur) for cle, valeur in paires if isinstance(valeur, Object) and not valeur.is_indirect)


def _clean_dictionary(objet: Object) -> None:
    for cle in _A_OTER:
        if cle in objet:
            del objet[cle]
    action = objet.get("/A")
    if isinstance(action, Dictionary) and "/S" in action and not _may_stay(action):
        del objet["/A"]
    for cle in ("/Alt", "/T", "/TU"):
        texte = objet.get(cle)
        if isinstance(texte, String) and names_file(str(texte)):
            del objet[cle]
    if objet.get("/Type") == Name.OCG and isinstance(objet.get("/Usage"), Dictionary) and "/User" in objet.Usage:
        del objet.Usage["/User"]


def _may_stay(action: Object) -> bool:
    """Keep a link to a place of the file, or of the web; what it goes on to do is taken out."""
    if "/Next" in action:
        del action["/Next"]
    if str(action.S) not in _ACTIONS:
        return False
    return str(action.S) == "/GoTo" or is_public_address(str(action.get("/URI", "")))


def _clean_stream(flux: Stream) -> bool:
    filtres = flux.get("/Filter")
    noms = [str(filtre) for filtre in cast("Any", filtres)] if isinstance(filtres, Array) else [str(filtres)]
    if noms[-1] not in _IMAGES:
        return True
    octets = flux.read_raw_bytes()
    if noms[:-1] == ["/FlateDecode"]:
        octets = zlib.decompress(octets)
    elif len(noms) > 1:
        return False
    propre = clean_image(octets)
    if propre is not None:
        flux.write(propre, filter=Name(noms[-1]), decode_parms=None)
    return propre is not None
