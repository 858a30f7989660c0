"""The échéancier: AE and CP by year, from the tables of the act, else from its sentences. Totals are never lines."""

from collections.abc import Iterator, Sequence

from importers.documents.credits import Credit, find_credits
from importers.documents.faits.echeancier_phrases import read_phrases
from importers.documents.faits.echeancier_tableau import LectureTableau, LigneLue, read_tableau
from importers.documents.lignes import Ligne
from importers.documents.passage import Passage
from importers.documents.releve import Releve
from importers.documents.tableaux import find_tableaux, split_cellules
from portal.domain.convention import TypeArticle

_SANS_CREDITS = (TypeArticle.PUBLICATION, TypeArticle.DUREE, TypeArticle.MODIFICATION)

CELLULES_D_UNE_RANGEE = 3
INTRODUCTION_MAXIMUM = 1_000


def read(releve: Releve) -> None:
    """Reads: articles, annexes, plan. Writes: echeancier, and montant_total where the table prints one total."""
    tableaux = list(_read_tableaux(releve))
    lues = [lue for tableau in tableaux for lue in tableau.lignes]
    lues = lues or _read_sentences(releve)
    releve.record(echeancier=tuple(lue.ligne for lue in lues))
    for rang, lue in enumerate(lues):
        releve.locate(f"echeancier[{rang}]", lue.lieu)
    if lues:
        releve.locate("echeancier", lues[0].lieu)
    _record_total(releve, tableaux)


def _read_tableaux(releve: Releve) -> Iterator[LectureTableau]:
    parties = {nom for partie in releve.convention.parties for nom in (partie.sigle, partie.nom) if nom}
    for titre, lignes in _places(releve):
        for tableau in find_tableaux(releve.texte, lignes):
            lu = read_tableau(tableau, f"{titre} {_introduction(lignes, tableau.rang)}", parties)
            if lu:
                yield lu


def _places(releve: Releve) -> Iterator[tuple[str, Sequence[Ligne]]]:
    """Yield the lines of each article and annexe with its heading, which may give the unit (« en milliers d'euros »)."""
    yield from ((partie.intitule.titre, partie.lignes) for partie in releve.plan.articles)
    yield from ((annexe.intitule, annexe.lignes) for annexe in releve.plan.annexes)


def _introduction(lignes: Sequence[Ligne], rang: int) -> str:
    """Give the paragraph above a table, and the caption between them."""
    debut = rang
    while debut and rang - debut < 3 and not (debut < rang and lignes[debut].texte[-1] == "."):
        debut -= 1
        if (lignes[debut].apres_vide and lignes[debut].texte[-1] in ":") or (
            debut < rang - 1 and lignes[debut].texte[-1] == "."
        ):
            break
    return " ".join(ligne.texte for ligne in lignes[debut:rang])[-INTRODUCTION_MAXIMUM:]


def _read_sentences(releve: Releve) -> list[LigneLue]:
    """Read the articles that may speak of money and the annexes, rows of tables left out."""
    articles = zip(releve.convention.articles, releve.plan.articles, releve.corps, strict=True)
    places = [(partie.lignes, corps) for article, partie, corps in articles if article.type not in _SANS_CREDITS]
    places += [(annexe.lignes, releve.passage(annexe.lignes)) for annexe in releve.plan.annexes]
    return read_phrases(
        _without_rows(releve, lignes, passage) for lignes, passage in places if find_credits(passage.texte)
    )


def _without_rows(releve: Releve, lignes: Sequence[Ligne], passage: Passage) -> Passage:
    phrases = [ligne for ligne in lignes if len(split_cellules(releve.texte, ligne)) < CELLULES_D_UNE_RANGEE]
    return passage if len(phrases) == len(lignes) else releve.passage(phrases)


def _record_total(releve: Releve, tableaux: Sequence[LectureTableau]) -> None:
    """Keep the total that a single table prints: that of its AE; of its CP where it has no AE."""
    if len(tableaux) != 1 or releve.convention.montant_total is not None:
        return
    totaux = tableaux[0].totaux
    par_credit = {credit: {m for c, m in totaux if c is credit} for credit in Credit}
    engages = next(
        (par_credit[credit] for credit in (Credit.AE, Credit.LES_DEUX, Credit.CP) if par_credit[credit]), set()
    )
    if len(engages) == 1:
        releve.record(tableaux[0].lignes[0].lieu, montant_total=engages.pop())
