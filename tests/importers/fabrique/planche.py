"""What the text of an example is made of: paragraphs, headings, list items, tables, columns of signatures.

The makers draw these as their format does. Lines that a plain text wraps are one paragraph; page numbers are no text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ARTICLE = re.compile(
    r"(?P<mot>article|art\.)\s+(?P<numero>\d{1,2})(?P<suite>\s*(?:[:.–—-]+)?\s*)(?P<intitule>\S.*)?", re.IGNORECASE
)
CHIFFRE = re.compile(r"(?P<mot>)(?P<numero>\d{1,2})(?P<suite>\.\s+)(?P<intitule>\D.*)")
PUCE = re.compile(r"[-–—•*]\s+(?=\S)")

_PAGE = re.compile(
    r"(?:\s*|.*\s{3,})(?:page\s+)?\d{1,3}\s*(?:/|sur)\s*\d{1,3}\s*|\D{20}.*\S\s{3,}(?:page\s)?\d{1,3}"
    r"|.* - \d{2,3}-\d{4}-\d{2}-\d{2}-\d{5} - .*|\s*\d{1,3}",
    re.IGNORECASE,
)
_ECART = re.compile(r"\s{3,}")
_CELLULE = re.compile(r"\S+(?:\s{1,2}\S+)*")
_OUVERTURE = re.compile(r"\s*(?:[-–—•*]\s|\d{1,2}[°.)]|[a-z]\)|vu\b|article\b|et\b\s*:?$|entre\b)", re.IGNORECASE)
_COUPE = re.compile(r"\w-$")
_ANNEXE = re.compile("annexe|copie", re.IGNORECASE)
_LARGEUR_MINIMUM = 70
_FAIT = re.compile(r"(?:fait|signé) ", re.IGNORECASE)


@dataclass(frozen=True)
class Alinea:
    """A paragraph, with the line breaks that its author typed."""

    lignes: tuple[str, ...]


@dataclass(frozen=True)
class Titre:
    """A heading whose number may be computed: « Article », 3, « – », « Durée »."""

    mot: str
    numero: int
    suite: str
    intitule: str
    apres: tuple[str, ...] = ()

    @property
    def texte(self) -> str:
        return f"{self.mot}{' ' if self.mot else ''}{self.numero}{self.suite}{self.intitule}".rstrip()


@dataclass(frozen=True)
class Item:
    """An item of a list, with the bullet that its author typed."""

    puce: str
    texte: str


@dataclass(frozen=True)
class Table:
    """A table with borders."""

    rangees: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signatures:
    """Columns of lines laid side by side without borders."""

    colonnes: tuple[tuple[str, ...], ...]


Element = Alinea | Titre | Item | Table | Signatures


def read(texte: str, *, signatures: bool = False) -> list[Element]:
    """The elements of a text; the blocks of those who sign are laid side by side with `signatures`."""
    elements = [element for bloc in _blocks(texte) for element in _read_block(bloc)]
    elements = list(_number(elements))
    return _gather_signatures(elements) if signatures else elements


def _blocks(texte: str) -> Iterator[list[str]]:
    """The runs of lines between blank lines, wrapped lines joined, page numbers dropped."""
    lignes = [ligne.rstrip() for ligne in texte.replace("\f", "\n").split("\n") if not _PAGE.fullmatch(ligne)]
    largeur = _wrap_width(lignes)
    bloc: list[str] = []
    precedente = ""
    for ligne in [*lignes, ""]:
        if not ligne.strip():
            if bloc and (_FAIT.match(bloc[-1].strip()) or not _in_columns(bloc[-1])):
                yield bloc
                bloc = []
        elif bloc and _goes_on(precedente, ligne, largeur):
            bloc[-1] += ("" if _COUPE.search(bloc[-1]) else " ") + ligne.strip()
        else:
            if bloc and not precedente.strip() and not _in_columns(ligne):
                yield bloc
                bloc = []
            bloc.append(ligne)
        precedente = ligne
    if bloc:
        yield bloc


def _wrap_width(lignes: list[str]) -> int:
    """How wide the text was wrapped, 0 where it was not."""
    longueurs = sorted(len(ligne) for ligne in lignes if ligne.strip() and "|" not in ligne and "\t" not in ligne)
    largeur = longueurs[-3] if len(longueurs) > 2 else 0
    pleines = sum(longueur > 0.85 * largeur for longueur in longueurs)
    return largeur if _LARGEUR_MINIMUM < largeur <= 125 and pleines > len(longueurs) / 8 else 0


def _goes_on(precedente: str, ligne: str, largeur: int) -> bool:
    if (
        not largeur
        or not precedente
        or "|" in ligne
        or "\t" in ligne
        or _OUVERTURE.match(ligne)
        or "...." in precedente
    ):
        return False
    if _in_columns(precedente) or _in_columns(ligne):
        return False
    if ligne[0] == " " and not PUCE.match(precedente.strip()):
        return False
    pleine = len(precedente) > 0.8 * largeur and precedente[-1] not in ".;:,"
    return pleine or len(precedente) + 1 + len(ligne.split()[0]) > largeur


def _in_columns(ligne: str) -> bool:
    return "\t" not in ligne and "|" not in ligne and (bool(_ECART.search(ligne.strip())) or ligne.startswith(" " * 35))


def _read_block(bloc: list[str]) -> Iterator[Element]:
    if any(_ECART.search(ligne.strip()) for ligne in bloc) and _in_columns(bloc[0]) and len(bloc) > 1:
        yield _columns(bloc)
        return
    alinea: list[str] = []
    rangees: list[tuple[str, ...]] = []
    for ligne in [*bloc, None]:
        cellules = None if ligne is None else _cells(ligne)
        if cellules is None and rangees:
            yield _table(rangees)
            rangees = []
        if (cellules is not None or ligne is None or PUCE.match(ligne.strip())) and alinea:
            yield Alinea(tuple(alinea))
            alinea = []
        if cellules is not None:
            rangees.append(cellules)
        elif ligne is not None and PUCE.match(ligne.strip()):
            yield Item(ligne.strip()[0], PUCE.sub("", ligne.strip(), count=1))
        elif ligne is not None:
            alinea.append("\t".join(_ECART.split(ligne.strip())))
    if alinea:
        yield Alinea(tuple(alinea))


def _cells(ligne: str) -> tuple[str, ...] | None:
    if "\t" in ligne:
        return tuple(cellule.strip() for cellule in ligne.split("\t"))
    if " | " in ligne or ligne.rstrip().endswith(" |"):
        return tuple(cellule.strip() for cellule in ligne.strip().removeprefix("|").split("|"))
    return None


def _table(rangees: list[tuple[str, ...]]) -> Element:
    largeur = max(map(len, rangees))
    if len(rangees) == 1:
        return Alinea(("\t".join(rangees[0]),))
    return Table(tuple((*rangee, *[""] * (largeur - len(rangee))) for rangee in rangees))


def _columns(bloc: list[str]) -> Element:
    """Lines with wide gaps: amounts are a table, names are signatures."""
    colonnes = _column_spans(bloc)
    lignes = []
    for ligne in bloc:
        cellules = [""] * len(colonnes)
        for trouve in _CELLULE.finditer(ligne):
            rang = next(r for r, (_, fin) in enumerate(colonnes) if trouve.end() <= fin)
            cellules[rang] = f"{cellules[rang]} {trouve[0]}".strip()
        lignes.append(tuple(cellules))
    if sum(any(signe.isdigit() for signe in "".join(ligne)) for ligne in lignes) > len(lignes) / 2:
        return Table(tuple(lignes))
    return Signatures(tuple(zip(*lignes, strict=True)))


def _column_spans(bloc: list[str]) -> list[tuple[int, int]]:
    """Where columns stand: what stands above or under one another is of one column."""
    colonnes: list[tuple[int, int]] = []
    for debut, fin in sorted(trouve.span() for ligne in bloc for trouve in _CELLULE.finditer(ligne)):
        if colonnes and debut < colonnes[-1][1]:
            colonnes[-1] = (colonnes[-1][0], max(fin, colonnes[-1][1]))
        else:
            colonnes.append((debut, fin))
    return colonnes


def _number(elements: list[Element]) -> Iterator[Element]:
    """Make headings of the paragraphs whose numbers run on from 1, as those that Word counts do."""
    for motif in (ARTICLE, CHIFFRE):
        attendu = 1
        for rang, element in enumerate(elements):
            trouve = motif.fullmatch(element.lignes[0]) if isinstance(element, Alinea) else None
            if trouve and "...." not in trouve[0] and int(trouve["numero"]) == attendu and isinstance(element, Alinea):
                attendu += 1
                elements[rang] = Titre(
                    trouve["mot"], int(trouve["numero"]), trouve["suite"], trouve["intitule"] or "", element.lignes[1:]
                )
        if attendu > 2:
            break
    yield from elements


def _gather_signatures(elements: list[Element]) -> list[Element]:
    """Lay side by side, two by two, the paragraphs that follow « Fait à »."""
    depart = max((r for r, e in enumerate(elements) if isinstance(e, Alinea) and _FAIT.match(e.lignes[0])), default=-1)
    blocs: list[tuple[str, ...]] = []
    for element in elements[depart + 1 :] if depart >= 0 else ():
        if not isinstance(element, Alinea) or not 2 <= len(element.lignes) <= 6 or _ANNEXE.match(element.lignes[0]):
            break
        blocs.append(element.lignes)
    pairs = len(blocs) - len(blocs) % 2
    paires = [Signatures(tuple(blocs[rang : rang + 2])) for rang in range(0, pairs, 2)]
    return [*elements[: depart + 1], *paires, *elements[depart + 1 + pairs :]]


def retype(element: Titre) -> Alinea:
    """A heading as an author types it, its number included."""
    return Alinea((element.texte, *element.apres))
