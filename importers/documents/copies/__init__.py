"""The public copy of a signed file: what it shows, without what its file says of those who made it.

One module a family of formats, each with `scrub(contenu: bytes) -> bytes | None`. What is kept is listed, never what is
taken out: whatever a program adds tomorrow is left out too.
"""

from pathlib import PurePath

from importers.documents.copies import libre, pdf, texte, word

_FAMILLES = {".docx": word.scrub, ".odt": libre.scrub, ".pdf": pdf.scrub, ".txt": texte.scrub}


def scrub(contenu: bytes, extension: str) -> bytes | None:
    """The public copy of a file named with `extension` (".pdf"), None where there is no safe one.

    A web page and an old Word document have none, nor has a file that holds a thing which cannot be cleaned.
    Raises `Illisible` where the file is not what its extension says, is broken or is too large.
    """
    famille = _FAMILLES.get(PurePath(f"acte{extension}").suffix.lower())
    return None if famille is None else famille(contenu)
