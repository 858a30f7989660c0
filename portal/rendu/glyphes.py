"""What a tagged PDF can show of a text: the signs that the fonts of Typst hold, each by itself."""

import re
import unicodedata

_COUVERTURE = """
20-377 37A-37F 384-38A 38C 38E-3A1 3A3-3E1 3F0-4FF 531-556 559-58A 5D0-5EA 60C 61B 61F 621-63A 640-64A 660-66D 6F0-6F9
10D0-10FF 1D00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7C 1F80-1FB4 1FB6-1FC4 1FC6-1FD2
1FD6-1FDA 1FDD-1FED 1FF2-1FF4 1FF6-1FFE 2002-2040 2042 2044-2052 2054-205F 2070-2071 2074-208E 2090-209C 20A0-20C0
2100-211E 2120 2122 2124 2127-2151 2153-2184 2189 2190-23FF 2422-2423 2460-262F 2638-268B 2701-2704 2706-2709 270C-2727
2729-274B 274D 274F-2752 2756 2758-275E 2761-277F 2794 2798-27AF 27B1-27CA 27CC 27CE-27E5 27F0-27FF 2900-2B73 2B76-2B95
2C60-2C7F FB00-FB06 FFFC-FFFD
"""
"""The signs of the fonts that Typst 0.15 carries, but marks and scripts whose signs join: tests/rendu asks Typst."""
_MUETTES = re.compile("[\u00ad\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
LARGEUR = 45
"""Characters that a line of a page always holds."""
COUPURE = "\u200b"


def write_displayable(texte: str, largeur: int = LARGEUR) -> str:
    """Write a text, on one line, with signs that have a glyph.

    Accents are joined to their letters. Another sign is written by its number, « [U+1F600] », so that none is lost
    unseen; only what shows nothing by itself (controls, marks of direction, variation selectors) is left out. COUPURE
    stands where a word of more than `largeur` characters may be cut.
    """
    texte = _MUETTES.sub("", unicodedata.normalize("NFC", texte))
    lisible = "".join(signe if signe in SIGNES else _describe(signe) for signe in texte)
    # After a slash or a hyphen a line is cut anyway.
    return re.sub(rf"[^\s/-]{{{largeur}}}(?=\S)", rf"\g<0>{COUPURE}", lisible)


def _describe(signe: str) -> str:
    if signe.isspace():
        return " "
    return "" if unicodedata.category(signe) in ("Cc", "Cf") else f"[U+{ord(signe):04X}]"


def _read_couverture() -> frozenset[str]:
    bornes = [[int(borne, 16) for borne in etendue.split("-")] for etendue in _COUVERTURE.split()]
    signes = (chr(code) for debut, *fin in bornes for code in range(debut, (fin or [debut])[0] + 1))
    return frozenset(signe for signe in signes if unicodedata.category(signe)[0] not in "CM")


SIGNES = _read_couverture()
