"""The objet: the first paragraph of the article on the objet, as printed, with its list where it opens one.

It is not cut before « a pour objet de »: the sentence stays whole, so that it can be read alone.
"""

import re
from collections.abc import Sequence

from importers.documents.corps import is_broken, print_corps
from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, squeeze
from importers.documents.releve import Releve
from portal.domain.convention import TypeArticle

_PUCE = re.compile(r"(?:[-–—•*◦▪·]|\d{1,2}[°.)]|[a-z]\))\s?\S")
_A_POUR_OBJET = re.compile(r"\b(?:a|ont) pour objet\b", re.IGNORECASE)


def read(releve: Releve) -> None:
    """Reads: articles, plan. Writes: objet."""
    candidats = [partie.lignes for _, partie, _ in releve.articles_of(TypeArticle.OBJET)]
    candidats += [
        lignes for lignes in (*(p.lignes for p in releve.plan.articles), releve.plan.preambule) if _says_objet(lignes)
    ]
    lignes = next((lignes for lignes in candidats if lignes), ())
    if lignes:
        debut = next((rang for rang, ligne in enumerate(lignes) if _A_POUR_OBJET.search(ligne.texte)), 0)
        debut = _paragraph_start(lignes, debut)
        fin = _paragraph_end(lignes, debut)
        lieu = Etendue(lignes[debut].debut, lignes[fin - 1].fin)
        releve.record(lieu, objet=squeeze(print_corps(releve.texte, lignes[debut:fin])))


def _says_objet(lignes: Sequence[Ligne]) -> bool:
    return any(_A_POUR_OBJET.search(ligne.texte) for ligne in lignes)


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
        suite = not ligne.apres_vide and precedente.texte[-1] not in ".:;"
        if not (liste or suite or is_broken(precedente, ligne)):
            break
        fin += 1
    return fin
