"""From what a format holds, paragraphs and tables, to the one intermediate text that all formats give.

A paragraph is parted from the next by a blank line, its own line breaks kept; a row of a table is a line, its cells
parted by tabs, an empty cell kept, a cell's own line breaks made spaces. A table that only lays paragraphs out is no
table: its cells are read one after the other; nor is that of those who sign, which is read column by column.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from importers.documents.illisible import Illisible
from importers.documents.passage import PLAT
from importers.documents.personnes import is_fonction, is_person

TEXT_LIMIT = 3_000_000  # characters: 1,000 pages
LINE_LIMIT = 1_000_000  # characters: the longest real paragraph has a few thousand
SPAN_LIMIT = 64  # columns that one cell may span: Word has 63 at most
COTE_MAXIMUM = 90
"""A line of a block of signature is no longer than this, nor is a value of a table."""
RANGEES_SIGNEES, RANGEES_SIGNEES_SANS_FILETS, COLONNES_SIGNEES = 3, 8, 6
"""Those who sign stand in so many rows and columns at most."""

_INVISIBLES = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FINS_DE_LIGNE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SIGNE = re.compile(
    r"(?:pour|p/)\s?(?:l[ea]s?\b|l'|monsieur|madame|ordre)|(?:co-?)?délég(?:ant|ataire)|signé|fait (?:à|le)\b|mme\b|m\.|monsieur|madame"
    r"|(?:l[ea]s?\s|l')(?:vice-|co-?|sous-|haut-)?(?:délég|direct|préf|secrét|chef|ministre|adjoint|responsable|commiss|présid|rect|génér|ingén"
    r"|administrat|contrôl|command|colonel|chargé|procureur|premi|inspect|service|ambassad|doyen|trésor|comptable|médecin|gouvern)",
    re.IGNORECASE,
)
"""How a block of signature opens."""


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """One paragraph, or one line of it after another."""

    texte: str


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: what it holds, and over how many columns; one that goes on with a cell above it holds nothing."""

    blocs: Sequence["Bloc"] = ()
    colonnes: int = 1


@dataclass(frozen=True, slots=True)
class Grille:
    """A table as it is drawn: `filets` says whether it has borders, None where the format cannot tell."""

    rangees: Sequence[Sequence[Case]]
    filets: bool | None = None


Bloc = Paragraphe | Grille

_FINALE = ".;:!?"
_ITEM = re.compile(r"\w{1,5}[.)]\s")
COUPEE = 40
"""A line that was cut because it was full has so many characters."""


@dataclass(slots=True)
class Copie:
    """The text as it grows, bounded: a few bytes of a file can ask for a thousand times their size."""

    morceaux: list[str] = field(default_factory=list)
    longueur: int = 0
    coupable: bool = False
    """Whether the last piece is a paragraph that stops in the middle of a sentence: who typed it may have cut it there."""

    def add(self, texte: str, fin: str) -> None:
        """Raises `Illisible` past the size of any act."""
        self.longueur += len(texte) + len(fin)
        if self.longueur > TEXT_LIMIT or len(texte) > LINE_LIMIT:
            raise Illisible("Le document est plus long qu'aucun acte ne l'est : découpez-le, ou vérifiez-le.")
        self.morceaux.append(texte + fin)


def render(blocs: Iterable[Bloc]) -> str:
    """The intermediate text. Raises `Illisible` where it is too long."""
    copie = Copie()
    for bloc in blocs:
        _render(bloc, copie)
    return "".join(copie.morceaux).strip("\n") + "\n" if copie.morceaux else ""


def clean(texte: str) -> str:
    """Give the text without the characters that nobody sees, its line ends as LF."""
    return _SURROGATES.sub("�", _INVISIBLES.sub("", _FINS_DE_LIGNE.sub("\n", texte)))


def _render(bloc: Bloc, copie: Copie) -> None:
    if isinstance(bloc, Paragraphe):
        texte = _paragraph(bloc.texte) if bloc.texte else ""
        if copie.coupable and texte[:1].islower() and not _ITEM.match(texte):
            copie.morceaux[-1] = copie.morceaux[-1].removesuffix("\n")
        if texte:
            copie.add(texte, "\n\n")
        copie.coupable = len(texte) >= COUPEE and texte[-1] not in _FINALE and "\t" not in texte
        return
    copie.coupable = False
    if _only_lays_out(bloc):
        for case in (case for rangee in bloc.rangees for case in rangee):
            _render_case(case, copie)
    elif _is_signed(bloc):
        for colonne in _columns(bloc):
            copie.add("\n".join(colonne), "\n\n")
    else:
        _render_rows(bloc, copie)


def _render_case(case: Case, copie: Copie) -> None:
    for bloc in case.blocs:
        _render(bloc, copie)


def _render_rows(grille: Grille, copie: Copie) -> None:
    for rangee in grille.rangees:
        if grille.filets is not True and any(map(_holds_prose, rangee)):
            for case in rangee:
                _render_case(case, copie)
            continue
        ligne = _row(rangee)
        if ligne.strip():
            copie.add(ligne, "\n")
    copie.add("", "\n")


def _paragraph(texte: str) -> str:
    """One paragraph's lines; a tab that opens one is an indent, unless others make it a row."""
    lignes = (ligne.rstrip() for ligne in clean(texte).split("\n"))
    nettes = (ligne if "\t" in ligne.strip() else ligne.strip() for ligne in lignes)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(nettes).strip("\n"))


def _only_lays_out(grille: Grille) -> bool:
    """Say whether a table has one column, or holds another table: it is a frame, not rows."""
    if all(len(rangee) == 1 for rangee in grille.rangees):
        return True
    return any(isinstance(bloc, Grille) for rangee in grille.rangees for case in rangee for bloc in case.blocs)


def _holds_prose(case: Case) -> bool:
    """Say whether a cell holds paragraphs rather than a value; without borders they are read one cell after another."""
    lignes = _lines(case)
    return len(lignes) > 1 and max(map(len, lignes)) > COTE_MAXIMUM


def _is_signed(grille: Grille) -> bool:
    """Say whether a table has a column for each of those who sign, of lines that only its column holds together."""
    rangees = RANGEES_SIGNEES if grille.filets else RANGEES_SIGNEES_SANS_FILETS
    if not 0 < len(grille.rangees) <= rangees or any(len(rangee) > COLONNES_SIGNEES for rangee in grille.rangees):
        return False
    colonnes = _columns(grille)
    if len(colonnes) < 2 or all(len(_lines(case)) < 2 for rangee in grille.rangees for case in rangee):
        return False
    courtes = all(len(ligne) <= COTE_MAXIMUM for colonne in colonnes for ligne in colonne)
    return courtes and all(len(colonne) > 1 and _opens_signature(colonne[0].translate(PLAT)) for colonne in colonnes)


def _opens_signature(ligne: str) -> bool:
    return bool(_SIGNE.match(ligne)) or is_person(ligne) or is_fonction(ligne)


def _columns(grille: Grille) -> list[list[str]]:
    """The lines of each column that holds something, from the first row to the last."""
    colonnes: dict[int, list[str]] = {}
    for rangee in grille.rangees:
        rang = 0
        for case in rangee:
            colonnes.setdefault(rang, []).extend(_lines(case))
            rang += case.colonnes
    return [lignes for lignes in colonnes.values() if lignes]


def _row(rangee: Sequence[Case]) -> str:
    cellules = (cellule for case in rangee for cellule in (" ".join(_lines(case)), *[""] * (case.colonnes - 1)))
    return "\t".join(cellules)


def _lines(case: Case) -> list[str]:
    """The lines of a cell that hold something, without tabs."""
    textes = (bloc.texte for bloc in case.blocs if isinstance(bloc, Paragraphe))
    lignes = (" ".join(ligne.split("\t")).strip() for texte in textes for ligne in clean(texte).split("\n"))
    return [ligne for ligne in lignes if ligne]
