"""Makes text files as services write them, and mistreats them as copying, extracting and typing do."""

import codecs
import random
import re
from collections.abc import Callable

MANIERES = {
    "simple": ("utf-8", "\n"),
    "windows": ("cp1252", "\r\n"),
    "marque": ("utf-8-sig", "\r\n"),
    "large": ("utf-16", "\n"),
}
"""The encoding, and the end of the lines."""

Geste = Callable[[str, random.Random], str]


def make(texte: str, maniere: str = "simple") -> bytes:
    """The file of a text; a character that its encoding lacks is written « ? »."""
    encoding, fin = MANIERES[maniere]
    return texte.replace("\n", fin).encode(encoding, "replace")


def mutate(contenu: bytes, hasard: random.Random) -> bytes:
    """Change the lines, the blanks, the words or the numbers of a text, its encoding kept."""
    encoding = _encoding(contenu)
    return hasard.choice(GESTES)(contenu.decode(encoding, "replace"), hasard).encode(encoding, "replace")


def _encoding(contenu: bytes) -> str:
    if contenu.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        contenu.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def shuffle_lines(texte: str, hasard: random.Random) -> str:
    """Set a run of lines in another order."""
    lignes = texte.split("\n")
    debut = hasard.randrange(len(lignes))
    fin = debut + hasard.choice((2, 10, len(lignes)))
    dedans = lignes[debut:fin]
    hasard.shuffle(dedans)
    return "\n".join([*lignes[:debut], *dedans, *lignes[fin:]])


def repeat_lines(texte: str, hasard: random.Random) -> str:
    lignes = texte.split("\n")
    debut = hasard.randrange(len(lignes))
    dedans = lignes[debut : debut + hasard.choice((1, 3, 30))]
    return "\n".join([*lignes[:debut], *dedans * hasard.choice((2, 5, 100)), *lignes[debut:]])


def drop_blanks(texte: str, hasard: random.Random) -> str:
    """Drop some blanks, or those of one kind all."""
    motif = hasard.choice((r" ", r"\n", r"[ \t]{2,}", r"\n\n+", r"\t"))
    part = hasard.choice((0.01, 0.2, 1))
    return re.sub(motif, lambda trouve: "" if hasard.random() < part else trouve[0], texte)


def double_blank_lines(texte: str, hasard: random.Random) -> str:
    return texte.replace("\n", "\n" * hasard.choice((2, 3, 20)))


def swap_words(texte: str, hasard: random.Random) -> str:
    morceaux = re.split(r"(\s+)", texte)
    for _ in range(hasard.choice((1, 20, 300))):
        un, autre = (2 * hasard.randrange((len(morceaux) + 1) // 2) for _ in range(2))
        morceaux[un], morceaux[autre] = morceaux[autre], morceaux[un]
    return "".join(morceaux)


def cut_in_half(texte: str, hasard: random.Random) -> str:
    milieu = len(texte) // 2
    return texte[:milieu] if hasard.random() < 0.5 else texte[milieu:]


def glue_pages(texte: str, hasard: random.Random) -> str:
    """Repeat the text, or two halves of it, as the pages of one file, a number or a running header between."""
    entre = hasard.choice(("", "\f", "\n12\n", "\n\nPage 3 sur 9\n", "\nBulletin officiel n° 12      4\n", "   "))
    milieu = len(texte) // 2
    return hasard.choice((texte + entre + texte, texte[milieu:] + entre + texte[:milieu], entre.join((texte,) * 10)))


def change_numbers(texte: str, hasard: random.Random) -> str:
    part = hasard.choice((0.02, 0.2, 1))
    return re.sub(r"\d+", lambda trouve: hasard.choice(_NOMBRES) if hasard.random() < part else trouve[0], texte)


def change_letters(texte: str, hasard: random.Random) -> str:
    """Read some letters for others, as OCR and lost encodings do."""
    table = str.maketrans(dict(hasard.sample(list(zip(_LUES, _PRISES, strict=True)), 4)))
    return hasard.choice((texte.upper, texte.lower, lambda: texte.translate(table)))()


GESTES: tuple[Geste, ...] = (
    shuffle_lines,
    repeat_lines,
    drop_blanks,
    double_blank_lines,
    swap_words,
    cut_in_half,
    glue_pages,
    change_numbers,
    change_letters,
)
_NOMBRES = (
    "0",
    "1",
    "13",
    "31",
    "999",
    "1000",
    "1789",
    "2999",
    "99999",
    "000 000 000",
    "9" * 15,
    "9" * 40,
    "²",
    "٣",
    "",
)
_LUES = "lIO0éàç'’ -\n.:;e"
_PRISES = "1lo°e\u0301\u00a0»«\t\u00ad\u2028,;:\u0430"
