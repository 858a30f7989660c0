"""Text without its accents and capitals, of the same length: a span found in it holds in the text itself."""

import re
import unicodedata

_CARACTERES = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
_TABLE = {
    **{ord(signe): unicodedata.normalize("NFD", signe)[0] for signe in _CARACTERES},
    **{ord(signe): "'" for signe in "\u2019\u02bc\u2018"},
    **{ord(signe): "-" for signe in "\u2010\u2011"},
    **{ord(signe): " " for signe in "\u00a0\u2007\u2009\u202f"},
}
_MINUSCULES = {code: signe.lower() for code in range(0x250) if len((signe := chr(code)).lower()) == 1}


def fold(texte: str) -> str:
    """Give the text in lower case without accents, with plain apostrophes, hyphens and spaces; as long as `texte`."""
    return texte.translate(_TABLE).translate(_MINUSCULES)


def any_of(*motifs: str) -> re.Pattern[str]:
    """Compile one pattern of folded text from alternatives, each of which begins at the beginning of a word."""
    return re.compile(rf"\b(?:{'|'.join(motifs)})", re.MULTILINE)
