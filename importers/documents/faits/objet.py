"""The objet: the first paragraph of the article on the objet, as printed, with its list where it opens one.

It is not cut before « a pour objet de »: the sentence stays whole, so that it can be read alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from importers.documents.corps import is_broken, print_corps
from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, squeeze
from importers.documents.releve import Releve
from portal.domain.convention import TypeArticle

_PUCE = re.compile(r"(?:[-–—•●■➢*◦▪·]|\d{1,2}[°.)]|[a-z]\))\s?\S")
_OBJET = re.compile(r"objet\s?:\s?(?=\S)", re.IGNORECASE)
_A_POUR_OBJET = re.compile(r"\b(?:a|ont) pour (?:objet|but)\b", re.IGNORECASE)
_CONFIE = re.compile(
    r"\b(?:confie(?:nt)?|délègue(?:nt)?|charge(?:nt)? l[ea]s? (?:co-?)?délégataires?|donne(?:nt)? mandat)\b",
    re.IGNORECASE,
)


def read(releve: Releve) -> None:
    """Reads: articles, plan. Writes: objet."""
    trouve = next(_find_objets(releve), None)
    if trouve is None and _read_header(releve):
        return
    trouve = trouve or next(_find_missions(releve), None)
    if trouve:
        lignes, debut = trouve
        debut = _paragraph_start(lignes, debut)
        fin = _paragraph_end(lignes, debut)
        lieu = Etendue(lignes[debut].debut, lignes[fin - 1].fin)
        releve.record(lieu, objet=squeeze(print_corps(releve.texte, lignes[debut:fin])))


def _read_header(releve: Releve) -> bool:
    """Read « Objet : délégation de gestion pour… » at the head of a letter, with the lines that go on with it."""
    entete = releve.plan.entete
    for rang, ligne in enumerate(entete):
        annonce = _OBJET.match(ligne.texte)
        if annonce:
            suite = list(takewhile(lambda autre: not autre.apres_vide and ":" not in autre.texte, entete[rang + 1 :]))
            lieu = Etendue(ligne.debut + annonce.end(), (suite or [ligne])[-1].fin)
            releve.record(lieu, objet=squeeze(releve.texte[lieu.debut : lieu.fin]).rstrip(" .;"))
            return True
    return False


def _find_objets(releve: Releve) -> Iterator[tuple[Sequence[Ligne], int]]:
    """Yield lines and the rank where the objet is said, surest first: in its article, by its words."""
    for _, partie, _ in releve.articles_of(TypeArticle.OBJET):
        if partie.lignes:
            yield partie.lignes, next(_find_lines(partie.lignes, _A_POUR_OBJET), 0)
    yield from _find_elsewhere(releve, _A_POUR_OBJET)


def _find_missions(releve: Releve) -> Iterator[tuple[Sequence[Ligne], int]]:
    """Yield where the text says what is entrusted, though nothing calls it the objet."""
    yield from _find_elsewhere(releve, _CONFIE)


def _find_elsewhere(releve: Releve, motif: re.Pattern[str]) -> Iterator[tuple[Sequence[Ligne], int]]:
    for lignes in (*(partie.lignes for partie in releve.plan.articles), releve.plan.preambule):
        yield from ((lignes, rang) for rang in _find_lines(lignes, motif))


def _find_lines(lignes: Sequence[Ligne], motif: re.Pattern[str]) -> Iterator[int]:
    return (rang for rang, ligne in enumerate(lignes) if motif.search(ligne.texte))


def _paragraph_start(lignes: Sequence[Ligne], rang: int) -> int:
    while rang and not lignes[rang].apres_vide and lignes[rang - 1].texte[-1] not in ".;:":
        rang -= 1
    return rang


def _paragraph_end(lignes: Sequence[Ligne], debut: int) -> int:
    """Give the rank after the paragraph: a line that goes on with the sentence, or the list that it opens."""
    fin = debut + 1
    while fin < len(lignes):
        precedente, ligne = lignes[fin - 1], lignes[fin]
        liste = _PUCE.match(ligne.texte) and precedente.texte[-1] in ":;,"
        # A page, or the line of a file, may be cut in the middle of a sentence.
        suite = precedente.texte[-1] not in ".:;" and (not ligne.apres_vide or ligne.texte[0].islower())
        if not (liste or suite or is_broken(precedente, ligne)):
            break
        fin += 1
    return fin
