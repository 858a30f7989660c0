"""Pictures without their metadata: who took them, where, with what. The points themselves are not touched.

JPEG (ITU-T T.81, annex B), PNG (W3C, 11.3), GIF89a, EMF (MS-EMF, 2.3.4.2), JPEG 2000 (ISO 15444-1, annex I).
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TUS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_JPEG = b"\xff\xd8\xff"
_MARQUE = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the coded points of a JPEG."""
_JP2 = b"\x00\x00\x00\x0cjP  "
_J2K = b"\xff\x4f\xff\x51"
_JP2_TUS = frozenset({b"uuid", b"xml ", b"uinf"})
_BMP = b"BM"
_GIF = (b"GIF87a", b"GIF89a")
_WMF = b"\xd7\xcd\xc6\x9a"
_EMF = b" EMF"
_EMF_SIGNATURE, _EMF_DESCRIPTION = 40, 60
"""Bytes from the start of an EMF: its signature, the length and the place of its description."""
_ORIENTATION = 0x0112
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"
"""Exif with nothing but the orientation."""


def clean_image(contenu: bytes) -> bytes | None:
    """The same picture, None where it is of a kind that is not known here or is broken."""
    try:
        return _clean(contenu)
    except (struct.error, IndexError):
        return None


def _clean(contenu: bytes) -> bytes | None:
    if contenu.startswith(_JPEG):
        return _clean_jpeg(contenu)
    if contenu.startswith(_PNG):
        return _PNG + b"".join(_clean_png(contenu))
    if contenu.startswith(_GIF):
        return b"".join(_clean_gif(contenu))
    if contenu[_EMF_SIGNATURE : _EMF_SIGNATURE + len(_EMF)] == _EMF:
        return _clean_emf(contenu)
    if contenu.startswith(_JP2):
        return _clean_jp2(contenu)
    return contenu if contenu.startswith((_BMP, _WMF, _J2K)) else None


def _clean_jpeg(contenu: bytes) -> bytes | None:
    """A JPEG without Exif, XMP, IPTC and comments; its colours and its orientation are kept.

    What lies after its end (a second picture, with an Exif of its own) is left out.
    """
    sorties, place = [contenu[:2]], 2
    while contenu[place] == 0xFF:
        marque = contenu[place + 1]
        if marque == 0xD9:
            return b"".join((*sorties, b"\xff\xd9"))
        if marque == 0xFF:  # a byte of filling
            place += 1
            continue
        fin = place + 2 + struct.unpack_from(">H", contenu, place + 2)[0]
        sorties += _keep_segment(marque, contenu[place:fin], contenu)
        place = fin
        if marque == 0xDA:
            suivante = _MARQUE.search(contenu, fin)
            place = suivante.start() if suivante else len(contenu)
            sorties.append(contenu[fin:place])
            if not suivante:  # cut short, as some scanners leave it
                return b"".join(sorties)
    return None


def _keep_segment(marque: int, segment: bytes, contenu: bytes) -> Iterator[bytes]:
    if marque == 0xE1:
        if segment[4:8] == b"Exif" and (sens := _read_orientation(contenu)) > 1:
            exif = _EXIF % sens
            yield b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    elif marque in (0xE0, 0xEE) or (marque == 0xE2 and segment[4:15] == b"ICC_PROFILE"):
        yield segment if marque != 0xE0 else _clean_jfif(segment)
    elif not (0xE0 <= marque <= 0xEF or marque == 0xFE):
        yield segment


def _clean_jfif(segment: bytes) -> bytes:
    """JFIF without its thumbnail; another APP0 (a JFXX thumbnail) is left out."""
    if segment[4:8] != b"JFIF":
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"


def _read_orientation(contenu: bytes) -> int:
    try:
        with Image.open(BytesIO(contenu)) as image:
            sens = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 1
    return sens if isinstance(sens, int) and 1 <= sens <= 8 else 1


def _clean_png(contenu: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while True:
        longueur, genre = struct.unpack_from(">I4s", contenu, place)
        fin = place + 12 + longueur
        if genre not in _PNG_TUS:
            yield contenu[place:fin]
        if genre == b"IEND":
            return
        place = fin


def _clean_gif(contenu: bytes) -> Iterator[bytes]:
    """A GIF without comments, texts and XMP; only the extension that repeats an animation is kept of the applications."""
    place = 13 + _palette(contenu[10])
    yield contenu[:place]
    while (bloc := contenu[place]) != 0x3B:
        debut = place
        if bloc == 0x2C:
            place = _skip_blocks(contenu, place + 11 + _palette(contenu[place + 9]))
            garde = True
        else:
            garde = contenu[place + 1] == 0xF9 or contenu[place + 3 : place + 14] == b"NETSCAPE2.0"
            place = _skip_blocks(contenu, place + 2)
        if garde:
            yield contenu[debut:place]
    yield b"\x3b"


def _palette(octet: int) -> int:
    return 3 << ((octet & 7) + 1) if octet & 0x80 else 0


def _skip_blocks(contenu: bytes, place: int) -> int:
    while contenu[place]:
        place += contenu[place] + 1
    return place + 1


def _clean_emf(contenu: bytes) -> bytes:
    longueur, debut = struct.unpack_from("<II", contenu, _EMF_DESCRIPTION)
    if not longueur:
        return contenu
    fin = min(debut + 2 * longueur, len(contenu))
    return contenu[:debut] + bytes(max(0, fin - debut)) + contenu[fin:]


def _clean_jp2(contenu: bytes) -> bytes:
    """A JPEG 2000 without its boxes of metadata."""
    sorties, place = [], 0
    while place + 8 <= len(contenu):
        longueur, genre = struct.unpack_from(">I4s", contenu, place)
        if longueur == 1:
            longueur = struct.unpack_from(">Q", contenu, place + 8)[0]
        fin = place + longueur if longueur >= 8 else len(contenu)
        if genre not in _JP2_TUS:
            sorties.append(contenu[place:fin])
        place = fin
    return b"".join(sorties)
