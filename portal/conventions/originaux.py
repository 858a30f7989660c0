"""The bytes of signed files and of their public copies, kept by their SHA-256 in a private storage."""

import hashlib
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from portal.conventions.models import Original


def keep(contenu: bytes, nom: str) -> Original:
    """Stores `contenu` unless it is held already, and gives its row.

    The file is written before the row: a row without its file cannot be, a file without its row is
    harmless and is taken up by the next import of the same bytes.
    """
    sha256 = _store(contenu)
    original, _made = Original.objects.get_or_create(sha256=sha256, defaults={"nom": nom[:255], "taille": len(contenu)})
    return original


def keep_copie(original: Original, copie: bytes | None, nom: str) -> None:
    """Stores the public copy of `original`, which was read as the file `nom`; without one the public has no file, or
    the copy that was made before.

    The name under which it was kept first may have lied on its format: the one under which it was read does not.
    """
    if copie is not None:
        original.copie, original.copie_taille = _store(copie), len(copie)
    if PurePath(original.nom).suffix.lower() != PurePath(nom).suffix.lower():
        original.nom = nom[:255]
    original.save(update_fields=["copie", "copie_taille", "nom"])


def read(original: Original) -> BinaryIO:
    """The bytes, open for reading; raises `FileNotFoundError` if the storage lost them."""
    return _open(original.sha256)


def read_publique(original: Original) -> BinaryIO:
    """What the public may have of `original`; raises `FileNotFoundError` where that is nothing, and as `read` does."""
    if original.publique is None:
        raise FileNotFoundError(f"{original.sha256} has no public copy")
    return _open(original.publique[0])


def _store(contenu: bytes) -> str:
    sha256 = hashlib.sha256(contenu).hexdigest()
    storage = storages["originaux"]
    path = path_of(sha256)
    if not storage.exists(path) or storage.size(path) != len(contenu):
        storage.delete(path)
        storage.save(path, ContentFile(contenu))
    return sha256


def _open(sha256: str) -> BinaryIO:
    return storages["originaux"].open(path_of(sha256))


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
