"""The visas: one « Vu » a line, several texts in one line separated by « ; », or a list under one « Vu ».

A « Vu » that each visa bears is part of it, as printed; one that opens a list belongs to none of its members.
"""

import re
from collections.abc import Iterator, Sequence

from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, Passage
from importers.documents.releve import Releve

_VU = re.compile(r"vus?\b\s?:?\s?", re.IGNORECASE)
_PUCE = re.compile(r"[-–—•●■➢*◦▪·o]\s")
_TEXTE = (
    r"(?:l[ea]s?\s|l')?(?:décrets?|lois?|arrêtés?|ordonnances?|codes?|conventions?|circulaires?|avis|contrats?|protocoles?"
    r"|instructions?|décisions?|règlements?|directives?|constitution|chartes?|avenants?|notes?|délibérations?|accords?"
    r"|délégations?|lettres?|articles?|schéma|plan|budget|projet)\b"
)
_SUIVANT = re.compile(rf"\s?;\s?(?:et\s)?(?=(?:vus?\s)?{_TEXTE})|\s?,\s?(?=vus?\s{_TEXTE})", re.IGNORECASE)
_NOUVEAU = re.compile(rf"(?:[-–—•●■➢*◦▪·]\s?)?{_TEXTE}", re.IGNORECASE)
_CONVENU = re.compile(
    r"[,;]?\s(?:il (?:est|a été)|ont|les parties)\s[^;]{0,40}?(?:convenu|conviennent|arrêté)[^;]{0,60}$", re.IGNORECASE
)


def read(releve: Releve) -> None:
    """Reads: plan.visas. Writes: visas."""
    textes: list[str] = []
    for passage in _find_vus(releve):
        for debut, fin in _split(passage):
            visa = passage.printed(debut, fin).strip(" ;,.:")
            if len(visa) > 3:
                releve.locate(f"visas[{len(textes)}]", passage.span(debut, fin))
                textes.append(visa)
    releve.record(visas=tuple(textes))


def _find_vus(releve: Releve) -> Iterator[Passage]:
    """Yield each visa, or each line of several: the lines from one start to before the next."""
    groupe: list[Ligne] = []
    liste = False
    for ligne in releve.plan.visas:
        vu = _VU.match(ligne.texte)
        ouvre_liste = bool(vu) and not ligne.texte[vu.end() :].strip() if vu else False
        if vu or _PUCE.match(ligne.texte) or (liste and _starts_item(groupe, ligne)):
            if groupe:
                yield _passage(releve, groupe)
            groupe = []
        liste = ouvre_liste or (liste and not vu)
        if not ouvre_liste:
            groupe.append(ligne)
    if groupe:
        yield _passage(releve, groupe)


def _starts_item(groupe: Sequence[Ligne], ligne: Ligne) -> bool:
    """In a list without bullets, a text starts after the « ; » or the blank line that ended the one before."""
    return not groupe or ((groupe[-1].texte[-1] in ";," or ligne.apres_vide) and bool(_NOUVEAU.match(ligne.texte)))


def _passage(releve: Releve, lignes: Sequence[Ligne]) -> Passage:
    puce = _PUCE.match(lignes[0].texte)
    premiere = lignes[0].debut + (puce.end() if puce else 0)
    return Passage.of(releve.texte, [Etendue(premiere, lignes[0].fin), *(ligne.etendue for ligne in lignes[1:])])


def _split(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield where each text of a « Vu » stands; its « Vu » is left out where it opens several."""
    convenu = _CONVENU.search(passage.texte)
    fin = convenu.start() if convenu else len(passage.texte)
    coupes = list(_SUIVANT.finditer(passage.texte, 0, fin))
    vu = _VU.match(passage.texte)
    ouvre_liste = coupes and not any(_VU.match(passage.texte, coupe.end()) for coupe in coupes)
    debut = vu.end() if vu and ouvre_liste else 0
    for coupe in coupes:
        yield debut, coupe.start()
        debut = coupe.end()
    yield debut, fin
