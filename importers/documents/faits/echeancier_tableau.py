"""An échéancier printed as a table: AE and CP by year, in rows or in columns, by programme, UO or service."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from importers.documents.credits import (
    ANNEE,
    Credit,
    find_credits,
    is_total,
    read_annee,
    read_credit,
    read_programme,
    read_unite,
    read_uo,
)
from importers.documents.passage import Etendue
from importers.documents.tableaux import Rangee, Tableau
from portal.domain.convention import LigneEcheancier
from portal.domain.identifiers import UO
from portal.domain.montants import parse_montant

_ANNEE_DU_TEXTE = re.compile(
    r"\b(?:année|exercice|titre de|pour|en|gestion)\s(?:l'année\s|l'exercice\s|budgétaire\s|civile\s)*$", re.IGNORECASE
)
_PROGRAMME = re.compile(r"\b(?:programmes?|prog\.?|BOP)\b", re.IGNORECASE)
_UO = re.compile(r"\bUO\b|unités? opérationnelles?|centres? financiers?", re.IGNORECASE)
_PARTIE = re.compile(
    r"\b(?:services?|parties?|délégante?s?|(?:co-?)?délégataires?|directions?|financeurs?|contributeurs?|ministères?|entités?|structures?|partenaires?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Repere:
    """What a row, a column or the words above a table say of its amounts."""

    credit: Credit | None = None
    annee: int | None = None
    programme: str | None = None
    uo: str | None = None
    partie: str | None = None
    unite: str | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A line of the échéancier and the span where it was read: a row, or from the row of its AE to that of its CP."""

    ligne: LigneEcheancier
    lieu: Etendue


@dataclass(frozen=True, slots=True)
class LectureTableau:
    """The lines of a table, and the totals that it prints, by kind of credit."""

    lignes: tuple[LigneLue, ...]
    totaux: tuple[tuple[Credit, Decimal], ...]


def read_tableau(tableau: Tableau, introduction: str, parties: Collection[str]) -> LectureTableau | None:
    """Read a table as an échéancier; `None` where nothing says which amounts are AE and which CP.

    `parties` are the names by which a row may tell whose it is.
    """
    tetes, donnees = _split_header(tableau)
    if not donnees:
        return None
    contexte = _read_caption(tetes, _read_introduction(introduction))
    colonnes = [_read_column(tetes, rang, contexte) for rang in range(tableau.colonnes)]
    colonnes = _spread_heads(tetes, _spread_years(tetes, colonnes), parties)
    genres = [_column_role(tetes, rang) for rang in range(tableau.colonnes)]
    lignes = _Lignes()
    totaux: list[tuple[Credit, Decimal]] = []
    dessus = precedent = _Repere()
    for rangee in donnees:
        repere = _read_row(rangee, genres, parties)
        if _is_heading(rangee):
            dessus = repere
            continue
        repere = _under(repere, dessus)
        if "" in [cellule for cellule, genre in zip(rangee.cellules, genres, strict=True) if genre]:
            # A cell left blank under another says the same as it.
            repere = _under(repere, precedent)
        precedent = repere if not repere.total else _Repere()
        cases = list(_amounts(rangee, colonnes, genres, repere, contexte))
        totaux += [(c.credit, m) for c, m in cases if c.total and c.credit and m is not None]
        cases = [(c, m) for c, m in cases if not c.total and c.credit]
        lignes.add(cases, rangee.etendue, across=repere.credit is not None)
    lues = [lue for lue in lignes.lues if lue.ligne.ae is not None or lue.ligne.cp is not None]
    return LectureTableau(tuple(lues), tuple(totaux)) if lues else None


def _split_header(tableau: Tableau) -> tuple[list[Rangee], list[Rangee]]:
    """Share the rows between the header, which holds no amount, and the data, which a heading may open."""
    for rang, rangee in enumerate(tableau.rangees):
        if any(_is_amount(cellule) for cellule in rangee.cellules) or (rang and _is_heading(rangee)):
            return list(tableau.rangees[:rang]), list(tableau.rangees[rang:])
    return list(tableau.rangees), []


def _is_heading(rangee: Rangee) -> bool:
    """Say whether a row is a heading over those below (« Programme 102 »): its first cell alone is written."""
    tete, *reste = rangee.cellules
    return bool(tete) and not any(reste) and not is_total(tete) and read_annee(tete) is None


def _under(repere: _Repere, dessus: _Repere) -> _Repere:
    """Give to a row what the heading above it says and the row does not."""
    return replace(
        repere,
        programme=repere.programme or dessus.programme,
        uo=repere.uo or dessus.uo,
        partie=repere.partie or dessus.partie,
    )


def _is_amount(cellule: str) -> bool:
    return read_annee(cellule) is None and parse_montant(cellule) is not None


def _read_introduction(texte: str) -> _Repere:
    """Read what the sentence above the table says: the UO, the unit, the year where the table gives none."""
    annees = {int(t[0]) for t in ANNEE.finditer(texte) if _ANNEE_DU_TEXTE.search(texte[: t.start()])}
    annoncee = re.search(r"\b(?i:en)\s(?:k|M|(?i:milli))|[(]\s?(?:en\s)?[kM]", texte)
    unite = read_unite(texte) if annoncee else None
    return _Repere(
        credit=Credit.LES_DEUX if any(credit is Credit.LES_DEUX for _, _, credit in find_credits(texte)) else None,
        annee=annees.pop() if len(annees) == 1 else None,
        programme=read_programme(texte),
        uo=read_uo(texte),
        unite=unite,
    )


def _read_caption(tetes: Sequence[Rangee], contexte: _Repere) -> _Repere:
    """Add the unit that the header writes beside its columns (« En k€ » above the years)."""
    autres = [c for tete in tetes for c in tete.cellules if not read_credit(c) and read_annee(c) is None]
    unite = next((u for cellule in autres if (u := read_unite(cellule))), None)
    return replace(contexte, unite=unite or contexte.unite)


def _read_column(tetes: Sequence[Rangee], rang: int, contexte: _Repere) -> _Repere:
    cellules = [tete.cellules[rang] for tete in tetes]
    texte = " ".join(cellules)
    annees = [annee for cellule in cellules if (annee := read_annee(cellule)) is not None]
    return _Repere(
        credit=read_credit(texte),
        annee=annees[0] if len(annees) == 1 else None,
        programme=read_programme(texte),
        uo=read_uo(texte),
        unite=read_unite(texte) or contexte.unite,
        total=is_total(texte),
    )


def _spread_years(tetes: Sequence[Rangee], colonnes: list[_Repere]) -> list[_Repere]:
    """Give to AE and CP side by side the year written once above them."""
    for tete in tetes:
        annees = [
            (rang, annee) for rang, cellule in enumerate(tete.cellules) if (annee := read_annee(cellule)) is not None
        ]
        credits_ = [rang for rang, colonne in enumerate(colonnes) if colonne.credit and not colonne.total]
        if len(annees) < 1 or len(credits_) <= len(annees) or len(credits_) % len(annees):
            continue
        largeur = len(credits_) // len(annees)
        for place, rang in enumerate(credits_):
            colonnes[rang] = replace(colonnes[rang], annee=annees[place // largeur][1])
        libres = {rang for rang, _ in annees} - set(credits_)
        for rang in libres:
            colonnes[rang] = replace(colonnes[rang], annee=None)
    return colonnes


def _spread_heads(tetes: Sequence[Rangee], colonnes: list[_Repere], parties: Collection[str]) -> list[_Repere]:
    """Give to the columns the programme, the UO and the partie written above the first of them."""
    for tete in tetes:
        dessus = _Repere()
        for rang, cellule in enumerate(tete.cellules):
            if cellule:
                partie = cellule if cellule in parties else None
                dessus = _Repere(programme=read_programme(cellule), uo=read_uo(cellule), partie=partie)
            colonnes[rang] = _under(colonnes[rang], dessus)
    return colonnes


def _column_role(tetes: Sequence[Rangee], rang: int) -> str:
    """Say what the cells of a column are: "programme", "uo", both ("programme uo"), "partie", or "" where nothing says."""
    texte = " ".join(tete.cellules[rang] for tete in tetes)
    if read_credit(texte) or is_total(texte) or any(read_annee(tete.cellules[rang]) for tete in tetes):
        return ""
    codes = [nom for nom, motif in (("programme", _PROGRAMME), ("uo", _UO)) if motif.search(texte)]
    return " ".join(codes) or ("partie" if _PARTIE.search(texte) else "")


def _read_row(rangee: Rangee, genres: Sequence[str], parties: Collection[str]) -> _Repere:
    """Read the cells that say what the row is about."""
    repere = _Repere()
    for rang, cellule in enumerate(rangee.cellules):
        if not cellule or (rang and not genres[rang] and _is_amount(cellule)):
            continue
        if (genres[rang] == "partie" and read_annee(cellule) is None) or (not genres[rang] and cellule in parties):
            repere = replace(repere, partie=repere.partie or cellule, total=repere.total or is_total(cellule))
            continue
        repere = replace(
            repere,
            annee=repere.annee or read_annee(cellule),
            credit=repere.credit or (read_credit(cellule) if not _is_amount(cellule) else None),
            programme=repere.programme or _read_code(cellule, "programme" in genres[rang]),
            uo=repere.uo or read_uo(cellule) or (cellule if "uo" in genres[rang] and UO.accepts(cellule) else None),
            total=repere.total or is_total(cellule),
        )
    return repere


def _read_code(cellule: str, colonne: bool) -> str | None:
    """Give the programme of a cell: under its heading the number may stand alone or lead its title."""
    if colonne:
        trouve = re.match(r"(?:P\s?|programme\s)?0?(\d{3})\b", cellule, re.IGNORECASE)
        return trouve[1] if trouve else None
    return read_programme(cellule) if _PROGRAMME.search(cellule) or re.fullmatch(r"P\s?\d{3}", cellule) else None


def _amounts(
    rangee: Rangee, colonnes: Sequence[_Repere], genres: Sequence[str], ligne: _Repere, contexte: _Repere
) -> Iterator[tuple[_Repere, Decimal | None]]:
    """Yield each amount cell of a row with all that is known of it, an empty one as `None`."""
    for rang, (cellule, colonne) in enumerate(zip(rangee.cellules, colonnes, strict=True)):
        credit = colonne.credit or ligne.credit
        if credit is None and contexte.credit is Credit.LES_DEUX and ligne.annee and _is_amount(cellule):
            credit = Credit.LES_DEUX
        if credit is None or genres[rang] or (read_annee(cellule) is not None and colonne.credit is None):
            continue
        if colonne.credit is None and (colonne.annee is None and not _is_amount(cellule)):
            continue
        repere = _Repere(
            credit=credit,
            annee=colonne.annee or ligne.annee or contexte.annee,
            programme=colonne.programme or ligne.programme or contexte.programme,
            uo=colonne.uo or ligne.uo or contexte.uo,
            partie=colonne.partie or ligne.partie,
            unite=colonne.unite,
            total=colonne.total or ligne.total,
        )
        yield repere, parse_montant(cellule, repere.unite)


_Cle = tuple[int | None, str | None, str | None, str | None]


class _Lignes:
    """The lines of a table so far. AE and CP of one year join into a line: in one row, or, where rows are kinds of
    credit, across rows; there the search goes on where the last one of its kind ended, for a line only ever fills.
    """

    def __init__(self) -> None:
        self.lues: list[LigneLue] = []
        self._rangs: defaultdict[_Cle, list[int]] = defaultdict(list)
        self._vus: Counter[tuple[_Cle, bool, bool]] = Counter()

    def add(self, cases: Iterable[tuple[_Repere, Decimal | None]], lieu: Etendue, *, across: bool) -> None:
        depart = len(self.lues)
        for repere, montant in cases:
            nouvelle = LigneEcheancier(
                repere.annee,
                repere.programme,
                repere.uo,
                repere.partie,
                ae=montant if repere.credit is not Credit.CP else None,
                cp=montant if repere.credit is not Credit.AE else None,
            )
            rang = self._find_across(nouvelle) if across else self._find_from(depart, nouvelle)
            if rang is None:
                self._rangs[_cle(nouvelle)].append(len(self.lues))
                self.lues.append(LigneLue(nouvelle, lieu))
            else:
                lue = self.lues[rang]
                self.lues[rang] = LigneLue(_join(lue.ligne, nouvelle), Etendue(lue.lieu.debut, lieu.fin))

    def _find_from(self, depart: int, nouvelle: LigneEcheancier) -> int | None:
        cle = _cle(nouvelle)
        rangs = range(depart, len(self.lues))
        return next((rang for rang in rangs if _cle(self.lues[rang].ligne) == cle and self._fits(rang, nouvelle)), None)

    def _find_across(self, nouvelle: LigneEcheancier) -> int | None:
        cle = _cle(nouvelle)
        rangs, genre = self._rangs[cle], (cle, nouvelle.ae is None, nouvelle.cp is None)
        while self._vus[genre] < len(rangs) and not self._fits(rangs[self._vus[genre]], nouvelle):
            self._vus[genre] += 1
        return rangs[self._vus[genre]] if self._vus[genre] < len(rangs) else None

    def _fits(self, rang: int, nouvelle: LigneEcheancier) -> bool:
        ligne = self.lues[rang].ligne
        return (ligne.ae is None or nouvelle.ae is None) and (ligne.cp is None or nouvelle.cp is None)


def _cle(ligne: LigneEcheancier) -> _Cle:
    return ligne.annee, ligne.programme, ligne.uo, ligne.partie


def _join(ligne: LigneEcheancier, autre: LigneEcheancier) -> LigneEcheancier:
    """Join two halves of one line."""
    return replace(
        ligne, ae=ligne.ae if ligne.ae is not None else autre.ae, cp=ligne.cp if ligne.cp is not None else autre.cp
    )
