"""The parts of the text: header, parties, visas, préambule, articles, annexes, signature.

Each part is a run of lines that keep their place in the extracted text. What opens a part is one short pattern; a part
goes on until another opens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from importers.documents.intitules import (
    Intitule,
    find_first_article,
    find_intitules,
    looks_like_title,
    next_line,
    read_rang,
)
from importers.documents.lignes import Ligne, without_noise
from importers.documents.passage import Etendue
from importers.documents.personnes import is_fonction, is_grade, is_person
from importers.documents.preliminaires import find_body, opens_act, split_glued_parties, split_preliminaires

_FAIT = re.compile(
    r"(?-i:(?:[ÀA]\s)?[A-ZÀ-Þ])[\w' -]{1,30}, le\s?\d.{0,300}|(?:fait|signé|établi)(?:\sélectroniquement)?\s?,?\s?(?:à|en|au|le)\b.{0,300}"
    r"|je vous (?:prie|remercie|saurais gré)\b.{0,300}|veuillez agréer\b.{0,300}",
    re.IGNORECASE,
)
_ANNEXE = re.compile(
    r"annexes?\b\s?(?P<numero>(?:n°\s?)?(?:\d{1,2}|[IVX]{1,5}|[A-E])\b)?\s?(?P<suite>(?:[.:–—-]|\().{1,200}|[.:]|financière.{0,80}|technique.{0,80})?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:pour|p/)\s?(?:l[ea]s?\b|l'|monsieur|madame).{2,160}|(?:l[ea]s?\s)(?:co-?)?délég(?:ant|ataire)e?s?\b.{0,80}",
    re.IGNORECASE,
)


_PARENTHESE = re.compile(r"\([^()]{3,150}\)")


@dataclass(frozen=True, slots=True)
class PartieArticle:
    """An article's heading and the lines of its body."""

    intitule: Intitule
    tete: Etendue
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class PartieAnnexe:
    intitule: str
    tete: Etendue
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of an act. `groupes` are headings over several articles (« Titre II »), which belong to no article;
    `suite` is what another act takes, where a file holds several.
    """

    entete: tuple[Ligne, ...] = ()
    parties: tuple[Ligne, ...] = ()
    visas: tuple[Ligne, ...] = ()
    preambule: tuple[Ligne, ...] = ()
    articles: tuple[PartieArticle, ...] = ()
    groupes: tuple[PartieArticle, ...] = ()
    annexes: tuple[PartieAnnexe, ...] = ()
    signature: tuple[Ligne, ...] = ()
    suite: tuple[Ligne, ...] = ()


def find_plan(lignes: Sequence[Ligne]) -> Plan:
    """Cut the lines into the parts of an act."""
    lignes = split_glued_parties(without_noise(lignes))
    premier = find_first_article(lignes)
    ouverture = find_body(lignes, len(lignes) if premier is None else premier)
    if ouverture >= len(lignes):
        # Nothing opens the act: its title is the first paragraph, and the rest is its body.
        ouverture = next((rang for rang in range(1, len(lignes)) if lignes[rang].apres_vide), min(1, len(lignes)))
    intitules = find_intitules(lignes, ouverture)
    suite = _find_second_act(lignes, intitules)
    lignes_de_suite, lignes = lignes[suite:], lignes[:suite]
    intitules = [intitule for intitule in intitules if intitule.rang < suite]
    debut_articles = intitules[0].rang if intitules else ouverture
    dernier = intitules[-1].rang + 1 if intitules else ouverture
    fin_corps, annexe, signature = _find_ends(lignes, dernier)
    intitules = [intitule for intitule in intitules if intitule.rang < fin_corps]
    bornes = [intitule.rang for intitule in intitules] + [fin_corps]
    articles = [
        PartieArticle(intitule, _tete(lignes, intitule), _body(lignes, intitule, fin))
        for intitule, fin in zip(intitules, bornes[1:], strict=True)
    ]
    if not intitules and debut_articles < fin_corps:
        articles = [_whole_body(lignes, debut_articles, fin_corps)]
    avant = split_preliminaires(lignes[: max(ouverture, debut_articles)], lignes[debut_articles:])
    return Plan(
        entete=avant.entete,
        parties=avant.parties,
        visas=avant.visas,
        preambule=avant.preambule,
        articles=tuple(article for article in articles if not article.intitule.groupe),
        groupes=tuple(article for article in articles if article.intitule.groupe),
        annexes=tuple(_read_annexes(lignes[annexe : signature if signature > annexe else None])),
        signature=tuple(lignes[signature : annexe if annexe > signature else None]),
        suite=tuple(lignes_de_suite),
    )


def _find_second_act(lignes: Sequence[Ligne], intitules: Sequence[Intitule]) -> int:
    """Give the rank where another act starts, its articles numbered from 1 again after a first signature.

    A rank past the lines says that there is none.
    """
    for precedent, suivant in pairwise(intitules):
        if read_rang(suivant.numero) != 1 or read_rang(precedent.numero) < 1:
            continue
        entre = range(precedent.rang + 1, suivant.rang)
        fait = next((rang for rang in entre if _FAIT.fullmatch(lignes[rang].texte)), suivant.rang)
        for rang in range(fait + 1, suivant.rang):
            if _is_annexe(lignes, rang) or opens_act(lignes[rang]):
                return rang
    return len(lignes)


def _whole_body(lignes: Sequence[Ligne], debut: int, fin: int) -> PartieArticle:
    """A text without articles: its body is kept as one, which bears no number."""
    seul = Intitule("", "", debut, 0)
    return PartieArticle(seul, Etendue(lignes[debut].debut, lignes[debut].debut), tuple(lignes[debut:fin]))


def _tete(lignes: Sequence[Ligne], intitule: Intitule) -> Etendue:
    derniere = lignes[intitule.rang + max(intitule.lignes, 1) - 1]
    fin = derniere.fin if intitule.corps is None else derniere.debut + intitule.corps
    return Etendue(lignes[intitule.rang].debut, fin)


def _body(lignes: Sequence[Ligne], intitule: Intitule, fin: int) -> tuple[Ligne, ...]:
    corps = list(lignes[intitule.rang + intitule.lignes : fin])
    if intitule.corps is not None:
        tete = lignes[intitule.rang]
        debut = tete.debut + intitule.corps
        corps.insert(0, replace(tete, texte=tete.texte[intitule.corps :], depart=debut, debut=debut))
    return tuple(corps)


def _find_ends(lignes: Sequence[Ligne], dernier: int) -> tuple[int, int, int]:
    """Give the ranks where the body ends, where the annexes start and where the signature starts.

    A rank past the lines says that there is none.
    """
    total = len(lignes)
    annexe = next((rang for rang in range(dernier, total) if _is_annexe(lignes, rang)), total)
    fait = next((rang for rang in range(dernier, total) if _FAIT.fullmatch(lignes[rang].texte)), total)
    fait = min(fait, _find_unmarked_signature(lignes, dernier, min(annexe, fait)))
    return min(annexe, fait), annexe, fait


def _find_unmarked_signature(lignes: Sequence[Ligne], dernier: int, fin: int) -> int:
    """Find a signature block without « Fait à »: a side (« Pour le… ») or a function, above a person's name."""
    for rang in range(max(dernier, fin - 40), fin):
        texte = next(iter(split_columns(lignes[rang].texte)), "")
        if not texte:
            continue
        cote = bool(_SIGNATURE.fullmatch(texte))
        if len(texte) > 200 or texte[-1] in ".;" or (_has_verb(texte) and not (cote and texte[0] in "Pp")):
            continue
        suivantes = lignes[rang + 1 : min(fin, rang + (5 if cote else 4))]
        if not cote:
            # « Le directeur central, » announces the name under it, be it after a blank line.
            attendue = 1 if texte[-1] == "," else 0
            suivantes = [*suivantes[:attendue], *takewhile(lambda ligne: not ligne.apres_vide, suivantes[attendue:])]
        signe = cote or is_fonction(texte) or is_grade(texte)
        if signe and any(is_person(morceau) for ligne in suivantes for morceau in split_columns(ligne.texte)):
            # « Le général de brigade aérienne, » stands above the function.
            return rang - 1 if rang > dernier and is_grade(lignes[rang - 1].texte) else rang
    return len(lignes)


def _has_verb(texte: str) -> bool:
    return not looks_like_title(
        re.sub(r"^(?:pour|p/|l[ea]s?)\s?", "", texte.rstrip(" ,:"), count=2, flags=re.IGNORECASE) or "x"
    )


_COLONNES = re.compile(r"\s*\t\s*|\s{3,}|\s*\|\s*")


def split_columns(texte: str) -> list[str]:
    """Cut a line at its tabs, bars and wide gaps."""
    return [morceau for morceau in _COLONNES.split(texte) if morceau]


def _is_annexe(lignes: Sequence[Ligne], rang: int) -> bool:
    if rang >= len(lignes):
        return False
    ligne = lignes[rang]
    trouve = _ANNEXE.fullmatch(ligne.texte)
    if not trouve or (ligne.texte[-1] in ";," or ligne.texte[0] == "a"):
        return False
    return bool(trouve["numero"] or trouve["suite"] or ligne.texte.isupper() or ligne.apres_vide)


def _read_annexes(lignes: Sequence[Ligne]) -> Iterator[PartieAnnexe]:
    rangs = [rang for rang in range(len(lignes)) if _is_annexe(lignes, rang) and not _is_annexe(lignes, rang + 1)]
    for rang, fin in pairwise([*rangs, len(lignes)]):
        tete, corps = lignes[rang], rang + 1
        intitule = " ".join(tete.texte.split()).rstrip(" .:")
        trouve = _ANNEXE.fullmatch(tete.texte)
        suivante = next_line(lignes, rang)
        sans_titre = trouve is not None and len((trouve["suite"] or "").strip(" .:–—-")) == 0
        if sans_titre and suivante is not None and suivante < fin and _PARENTHESE.fullmatch(lignes[suivante].texte):
            intitule = f"{intitule} {' '.join(lignes[suivante].texte.split())}"
            corps = suivante + 1
        elif sans_titre and suivante is not None and suivante < fin:
            voisine = lignes[suivante + 1] if suivante + 1 < len(lignes) else None
            if looks_like_title(lignes[suivante].texte, suivante=voisine):
                intitule = f"{intitule} – {' '.join(lignes[suivante].texte.split()).rstrip(' .:')}"
                corps = suivante + 1
        yield PartieAnnexe(intitule, Etendue(tete.debut, lignes[corps - 1].fin), tuple(lignes[corps:fin]))
