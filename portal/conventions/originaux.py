"""The bytes of signed files, kept by their SHA-256 in a private storage."""

import hashlib
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from portal.conventions.models import Original


def keep(contenu: bytes, nom: str) -> Original:
    """Stores `contenu` unless it is held already, and gives its row.

    The file is written before the row: a row without its file cannot be, a file without its row is
    harmless and is taken up by the next import of the same bytes.
    """
    sha256 = hashlib.sha256(contenu).hexdigest()
    storage = storages["originaux"]
    path = path_of(sha256)
    if not storage.exists(path) or storage.size(path) != len(contenu):
        storage.delete(path)
        storage.save(path, ContentFile(contenu))
    original, _made = Original.objects.get_or_create(sha256=sha256, defaults={"nom": nom[:255], "taille": len(contenu)})
    return original


def read(original: Original) -> BinaryIO:
    """The bytes, open for reading; raises `FileNotFoundError` if the storage lost them."""
    return storages["originaux"].open(path_of(original.sha256))


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
