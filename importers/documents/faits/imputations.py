"""The accounting codes: a block of labels and values, a table of one imputation a row, or codes named in sentences.

Codes of sentences are joined where they are of one programme and each of its kind; a programme is written only where
the text names it. Where no code is found, the programmes of the title and of the articles stand alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from importers.documents.credits import read_credit
from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, Passage
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve
from importers.documents.tableaux import find_tableaux, split_cellules
from portal.domain.convention import Imputation, TypeArticle
from portal.domain.identifiers import (
    ACTIVITE,
    CENTRE_COUT,
    COMPTABLE,
    DOMAINE_FONCTIONNEL,
    PROGRAMME,
    UO,
    Identifiant,
    programme_of,
)

Codes = dict[str, str]

_IDENTIFIANTS: dict[str, Identifiant] = {
    "programme": PROGRAMME,
    "comptable": COMPTABLE,
    "domaine_fonctionnel": DOMAINE_FONCTIONNEL,
    "centre_financier": UO,
    "activite": ACTIVITE,
    "centre_cout": CENTRE_COUT,
}
_ETIQUETTES = {
    "comptable": r"(?:code (?:du )?)?comptable(?: assignataire)?(?: de la dépense)?|code comptable",
    "domaine_fonctionnel": r"(?:code )?domaines? fonctionnels?|DF",
    "centre_financier": r"(?:code )?centres? financiers?(?: \(?UO\)?)?|(?:code )?UO|unités? opérationnelles?(?: \(?UO\)?)?|CF",
    "activite": r"(?:code )?activités?(?: budgétaires?)?|(?:code )?référentiel de programmation",
    "centre_cout": r"(?:code )?centres? de coûts?|CC",
    "programme": r"(?:(?:code|n°|numéro) (?:d[eu] )?)?programmes?(?: budgétaires?)?|BOP",
}
_ETIQUETTE = {
    nom: re.compile(rf"(?:[-–—•*◦▪·]\s?)?(?:{motif})(?: n°)?(?![\w'-])\s?[:=]?\s?", re.IGNORECASE)
    for nom, motif in _ETIQUETTES.items()
}
_CODE = re.compile(r"\d{3}")
"""No imputation is without a code of so many figures."""

_JETON = re.compile(r"(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,19}")
_MOT_REQUIS = {
    "comptable": re.compile(r"comptable", re.IGNORECASE),
    "centre_cout": re.compile(r"centres? de coût", re.IGNORECASE),
}
_AVEC_PROGRAMME = ("centre_financier", "domaine_fonctionnel", "activite")


@dataclass(frozen=True, slots=True)
class _Lue:
    """Codes read together. Those of the rows of an `echeancier` say on what its credits are opened, which its own lines
    keep: they make imputations only where the text gives no other.
    """

    codes: Codes
    lieu: Etendue
    echeancier: bool = False


def read(releve: Releve) -> None:
    """Reads: articles, annexes, titre. Writes: imputations."""
    lues: list[_Lue] = []
    passages: list[Passage] = []
    for lignes in (*(p.lignes for p in releve.plan.articles), *(a.lignes for a in releve.plan.annexes)):
        if not any(_CODE.search(ligne.texte) for ligne in lignes):
            continue
        blocs, reste = _read_blocks(releve.texte, lignes)
        lues += blocs
        passages.append(releve.passage(reste))
    connus = {code for lue in lues for code in lue.codes.values()}
    for lue in _read_sentences(passages, connus):
        if not _complete(lues, lue):
            lues.append(lue)
    lues = [lue for lue in lues if not lue.echeancier] or lues
    nommes = {code for _, _, code in PROGRAMME.find(releve.texte)}
    lues = [_add_programme(lue, nommes) for lue in lues] or list(_read_programmes(releve))
    lues = list({tuple(sorted(lue.codes.items())): lue for lue in lues}.values())
    releve.record(imputations=tuple(Imputation(**lue.codes) for lue in lues))
    for rang, lue in enumerate(lues):
        releve.locate(f"imputations[{rang}]", lue.lieu)


def _complete(lues: Sequence[_Lue], autre: _Lue) -> bool:
    """Add the codes of a sentence to the one block of their programme that lacks them; say whether there is one."""
    incompletes = [
        lue
        for lue in lues
        if not lue.echeancier
        and lue.codes.get("programme")
        and {programme_of(code) for code in autre.codes.values()} - {None} == {lue.codes["programme"]}
        and not set(autre.codes) - {"programme"} & set(lue.codes)
    ]
    if len(incompletes) == 1:
        incompletes[0].codes.update(autre.codes)
    return len(incompletes) == 1


def _read_blocks(texte: str, lignes: Sequence[Ligne]) -> tuple[list[_Lue], list[Ligne]]:
    """Read the labelled codes and the tables of codes; give them and the lines that are of neither."""
    lues: list[_Lue] = []
    prises: set[int] = set()
    for tableau in find_tableaux(texte, lignes):
        ranks = set(range(tableau.rang, tableau.rang + tableau.lignes))
        credit = any(map(read_credit, tableau.rangees[0].cellules))
        noms = [_label_of(cellule) for cellule in tableau.rangees[0].cellules]
        if sum(nom is not None for nom in noms) > 1 and _label_of_rows(tableau.rangees[0].cellules) is None:
            for rangee in tableau.rangees[1:]:
                codes = _codes_of_row(noms, rangee.cellules)
                if len(codes) > 1 or (codes and "programme" not in codes):
                    lues.append(_Lue(codes, rangee.etendue, echeancier=credit))
        if credit or sum(nom is not None for nom in noms) > 1:
            prises |= ranks
    bloc: list[tuple[int, str, list[str]]] = []
    for rang, ligne in enumerate([*lignes, None]):
        etiquette = _read_label(texte, ligne) if ligne and rang not in prises else None
        if etiquette and ligne and ligne.texte:
            bloc.append((rang, *etiquette))
            continue
        if len({nom for _, nom, _ in bloc}) > 1:
            lues += _close_block(lignes, bloc)
            prises |= {rang for rang, _, _ in bloc}
        bloc = []
    return lues, [ligne for rang, ligne in enumerate(lignes) if rang not in prises]


def _read_label(texte: str, ligne: Ligne) -> tuple[str, list[str]] | None:
    """Read « Domaine fonctionnel ⇥ 0214-08-02 »: the kind of code and its values, several in several columns."""
    cellules = [cellule for cellule in split_cellules(texte, ligne) if cellule]
    for nom, motif in _ETIQUETTE.items():
        tete = motif.match(cellules[0]) if cellules else None
        if not tete:
            continue
        reste = [cellules[0][tete.end() :], *cellules[1:]]
        valeurs = [code for cellule in reste if cellule and (code := _read_code(nom, cellule))]
        return (nom, valeurs) if valeurs else None
    return None


def _read_code(nom: str, cellule: str) -> str | None:
    """Give the code of a cell that its label says to be one; a single word of another form is kept as printed."""
    identifiant, cellule = _IDENTIFIANTS[nom], cellule.lstrip(" :=")
    if nom == "programme":
        tete = re.match(r"(?:P\s?)?(0?\d{3})(?!\d)", cellule)
        return identifiant.normalise(tete[1]) if tete else None
    premier = re.split(r"\s[(–-]|\s:", cellule)[0]
    if identifiant.accepts(premier):
        return identifiant.normalise(premier)
    trouve = next(identifiant.find(cellule), None)
    if trouve and trouve[0] < 3:
        return trouve[2]
    return identifiant.normalise(premier) if _JETON.fullmatch(premier.strip(" .;,")) else None


def _close_block(lignes: Sequence[Ligne], bloc: Sequence[tuple[int, str, list[str]]]) -> Iterator[_Lue]:
    """Yield the imputations of a block: one a column of values, a new one where a label comes again."""
    groupes: list[list[tuple[int, str, list[str]]]] = [[]]
    for element in bloc:
        if element[1] in {nom for _, nom, _ in groupes[-1]}:
            groupes.append([])
        groupes[-1].append(element)
    for groupe in groupes:
        lieu = Etendue(lignes[groupe[0][0]].debut, lignes[groupe[-1][0]].fin)
        for colonne in range(max(len(valeurs) for _, _, valeurs in groupe)):
            codes = {
                nom: valeurs[min(colonne, len(valeurs) - 1)]
                for _, nom, valeurs in groupe
                if len(valeurs) in (1, colonne + 1) or len(valeurs) > colonne
            }
            yield _Lue(codes, lieu)


def _label_of(cellule: str) -> str | None:
    return next(
        (nom for nom, motif in _ETIQUETTE.items() if (t := motif.match(cellule)) and t.end() >= len(cellule.rstrip())),
        None,
    )


def _label_of_rows(cellules: Sequence[str]) -> str | None:
    """Say whether a first row is itself a label and its code, so that the labels stand in the first column."""
    nom = _label_of(cellules[0]) if cellules else None
    return nom if nom and any(_read_code(nom, cellule) for cellule in cellules[1:] if cellule) else None


def _codes_of_row(noms: Sequence[str | None], cellules: Sequence[str]) -> Codes:
    couples = zip(noms, cellules, strict=False)
    return {nom: code for nom, cellule in couples if nom and cellule and (code := _read_code(nom, cellule))}


def _read_sentences(passages: Iterable[Passage], connus: set[str]) -> Iterator[_Lue]:
    """Yield the codes of sentences, gathered by programme."""
    trouves: dict[str | None, dict[str, dict[str, Etendue]]] = {}
    for passage in passages:
        for debut, fin in find_phrases(passage):
            for nom, code, place in _find_codes(passage.texte[debut:fin]):
                if code not in connus:
                    lieu = passage.span(debut + place, debut + place + len(code))
                    trouves.setdefault(programme_of(code), {}).setdefault(nom, {}).setdefault(code, lieu)
    communs = trouves.pop(None, {})
    if len(trouves) == 1:
        for nom, codes in communs.items():
            next(iter(trouves.values()))[nom] = codes
    elif communs:
        yield from _join_codes(communs)
    for par_nom in trouves.values():
        yield from _join_codes(par_nom)


def _find_codes(phrase: str) -> Iterator[tuple[str, str, int]]:
    for nom, identifiant in _IDENTIFIANTS.items():
        requis = _MOT_REQUIS.get(nom)
        if nom == "programme" or (requis and not requis.search(phrase)):
            continue
        for debut, _, code in identifiant.find(phrase):
            if nom != "centre_cout" or not COMPTABLE.accepts(code):
                yield nom, code, debut


def _join_codes(par_nom: dict[str, dict[str, Etendue]]) -> Iterator[_Lue]:
    """Join codes each alone of its kind; several of one kind make as many imputations, which share the single ones."""
    par_nom = {nom: _without_prefixes(codes) for nom, codes in par_nom.items()}
    seuls = {nom: next(iter(codes)) for nom, codes in par_nom.items() if len(codes) == 1}
    multiples = {nom: codes for nom, codes in par_nom.items() if len(codes) > 1}
    if not multiples:
        yield _Lue(seuls, next(iter(next(iter(par_nom.values())).values())))
        return
    longueurs = {len(codes) for codes in multiples.values()}
    if len(longueurs) == 1:
        for rang, (_, lieu) in enumerate(next(iter(multiples.values())).items()):
            yield _Lue({**seuls, **{nom: list(codes)[rang] for nom, codes in multiples.items()}}, lieu)
        return
    for nom, codes in multiples.items():
        for code, lieu in codes.items():
            yield _Lue({nom: code}, lieu)


def _without_prefixes(codes: dict[str, Etendue]) -> dict[str, Etendue]:
    """Leave out « 0214-CEN2 », the BOP, beside « 0214-CEN2-INFO », its UO."""
    debuts = {code[:rang] for code in codes for rang, lettre in enumerate(code) if lettre == "-"}
    return {code: lieu for code, lieu in codes.items() if code not in debuts}


def _add_programme(lue: _Lue, nommes: set[str]) -> _Lue:
    """Write the programme of the codes where the text names it."""
    programmes = {programme_of(code) for nom, code in lue.codes.items() if nom in _AVEC_PROGRAMME} - {None}
    if "programme" in lue.codes or len(programmes) != 1:
        return lue
    programme = programmes.pop()
    return _Lue({"programme": programme, **lue.codes}, lue.lieu) if programme in nommes and programme else lue


def _read_programmes(releve: Releve) -> Iterator[_Lue]:
    """Yield the programmes that the title and the articles on the objet, the missions and the money name or list."""
    lieu = releve.lieux.get("titre")
    types = (TypeArticle.OBJET, TypeArticle.MISSIONS, TypeArticle.FINANCIER, TypeArticle.COUT)
    articles = releve.articles_of(*types)
    vus: set[str] = set()
    for passage in (Passage.of(releve.texte, [lieu] if lieu else []), *(passage for _, _, passage in articles)):
        for debut, fin, code in PROGRAMME.find(passage.texte):
            if code not in vus:
                vus.add(code)
                yield _Lue({"programme": code}, passage.span(debut, fin))
    for _, partie, _ in articles:
        for tableau in find_tableaux(releve.texte, partie.lignes):
            tete, *rangees = tableau.rangees
            noms = [_label_of(cellule) for cellule in tete.cellules]
            for rangee in rangees:
                code = _codes_of_row(noms, rangee.cellules).get("programme", "")
                if code and code not in vus:
                    vus.add(code)
                    yield _Lue({"programme": code}, rangee.etendue)
