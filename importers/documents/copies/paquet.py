"""Writes a zipped document anew: the order, the dates and the comments of the old archive are not in it."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

_SANS_DATE = (1980, 1, 1, 0, 0, 0)


def write_zip(membres: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """The archive of `membres`, (name, bytes), in their order; `stored` are the names not to be compressed."""
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        for nom, contenu in membres:
            info = ZipInfo(nom, _SANS_DATE)
            info.compress_type = ZIP_STORED if nom in stored else ZIP_DEFLATED
            archive.writestr(info, contenu)
    return tampon.getvalue()


def write_xml(racine: etree._Element) -> bytes:
    return etree.tostring(racine, xml_declaration=True, encoding="UTF-8", standalone=True)
