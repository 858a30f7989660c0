"""From paths to readings: which files are read, and what each of them says."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from importers.documents.formats import FORMATS
from importers.documents.illisible import Illisible
from importers.documents.provenance import NAME as PROVENANCE

SIZE_LIMIT = 20_000_000  # bytes
EXPECTED_RESULT = ".expected.json"  # lies beside an example, and is no document


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those under the folders named, in the order of their names; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            inside = (child for child in sorted(path.rglob("*")) if child.is_file())
            yield from (child for child in inside if _is_document(child.relative_to(path)))
        else:
            yield path


def open_document(path: Path) -> bytes:
    """The bytes of a file of a known format; raises `Illisible` with one French sentence that says what to do."""
    if path.suffix.lower() not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise Illisible(f"Le format « {path.suffix or 'sans extension'} » n'est pas lu : importez un fichier {known}.")
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Illisible(f"Le fichier dépasse {SIZE_LIMIT // 1_000_000} Mo : découpez-le, ou importez son texte.")
        return path.read_bytes()
    except OSError as error:
        raise Illisible(f"Le fichier ne peut pas être ouvert ({error.strerror}) : vérifiez son chemin.") from error


def _is_document(path: Path) -> bool:
    beside = path.name.endswith(EXPECTED_RESULT) or path.name == PROVENANCE
    return not beside and not any(part.startswith(".") for part in path.parts)
