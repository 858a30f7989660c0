"""The headings of articles, in every form that real texts give them.

Three families, tried in this order: « Article 1 », « Art. 2 », « ARTICLE PREMIER »; then numbers without the word
(« 1. Objet. », « II – Durée », « 1.1. Champ »); then headings without a number (in capitals, or standing alone with
the words of a known type of article). A family is kept only where its headings follow on, so that a numbered list or
a quoted article is not taken for a heading.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from importers.documents.lignes import Ligne
from importers.documents.types_article import classify_intitule
from portal.domain.convention import TypeArticle

T = TypeVar("T")

TITRE_MAXIMUM = 160
SOUS_TITRE_MAXIMUM = 80
"""A longer line after « 2.1. » is a numbered paragraph."""
_ROMAINS = {"I": 1, "V": 5, "X": 10, "L": 50}
_CHIFFRES = re.compile(r"\d+")
_EXPOSANT = r"(?:\s?(?:er|ER)\b|\s?ᵉʳ|\s?\^\{?er\}?)"
_ARTICLE = re.compile(
    rf"(?:Article|ARTICLE|Art\.|ART\.|A\s?r\s?t\s?i\s?c\s?l\s?e)\s{{0,4}}(?:n°\s?)?"
    rf"(?P<numero>\d{{1,6}}(?!\d)(?:\.\d{{1,3}}){{0,3}}(?P<premier>{_EXPOSANT})?(?:\s(?:bis|ter|quater)\b)?"
    rf"|(?i:premier|première|unique)\b|I{_EXPOSANT}|[IVXL]{{1,7}}\b(?:\s(?:bis|ter|quater)\b)?)"
    r"(?P<suite>.{0,400})"
)
_NUMERO = re.compile(
    r"(?P<numero>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})(?:\s?[.)/]\s?[-–—]?|\s?[-–—:])\s{0,4}(?P<suite>[^\s\d].{0,200})"
    r"|(?P<nu>\d{1,2}(?:\.\d{1,2}){1,3})\s{1,4}(?P<suite_nue>\S.{0,200})"
)
_TITRE = re.compile(r"(?i:titre|chapitre|section|partie)\s+(?P<numero>[IVXL]{1,7}|\d{1,2})(?:er)?\b(?P<suite>.{0,200})")
_TIRET = re.compile(r"^\s{0,4}(?:[.:)]?\s?[-–—/]|[.:)/])?\s{0,4}")
_SUITE_DE_PHRASE = re.compile(r"\s?[,;]|\s+(?:d[ue]s?\b|de\b|d'|et\b|ou\b|à\b|aux?\b|ci-|susvisé|précité|[a-z])")
_DEBUT_DE_PHRASE = re.compile(
    r"(?:(?:la|le|les|par la|par le)\s+présente?s?\b|il\b|ils\b|elles?\b|les parties\b|par\b|en application\b"
    r"|dans le cadre\b|conformément\b|à compter\b|au titre\b|pour\b|chaque\b|toute?\b|un exemplaire\b|afin\b|ce\b|cette\b"
    r"|le (?:délégant|délégataire)\b|les (?:délégants|délégataires)\b|[-–—•*◦▪]|[a-z]\))",
    re.IGNORECASE,
)
_SOUS_NUMERO = re.compile(r"(?:[IVX]{1,4}|[A-Z])\s?[.)°]\s?[-–—]")
"""« Art. 3. – I. – Le délégataire… »: the body starts at its first paragraph's number."""
_VERBE = re.compile(
    r"\b(?:est|sont|sera|seront|a pour|ont pour|peut|peuvent|doit|doivent|s'engage(?:nt)?|confie|confient|assure(?:nt)?|prend"
    r"|prennent|entre en|s'élève|porte sur|portent sur|valide|permet|fixe|fixent|comprend|procède|transmet|fait l'objet|met à|exécute|fournit|reste)\b",
    re.IGNORECASE,
)
SANS_NUMERO_MINIMUM = 3
"""Headings without a number are believed only in such company."""


@dataclass(frozen=True, slots=True)
class Intitule:
    """A heading: `numero` without the word « article », `titre` empty where none is printed; `lignes` are the ranks of
    the lines that it takes, `corps` where the body starts on the heading's own last line (its length if none does).
    """

    numero: str
    titre: str
    rang: int
    lignes: int
    corps: int | None = None
    groupe: bool = False


def find_intitules(lignes: Sequence[Ligne], depart: int) -> list[Intitule]:
    """Give the headings of the lines from rank `depart`, in order."""
    for famille in (_find_articles, _find_numbered, _find_bare):
        intitules = famille(lignes, depart)
        if intitules:
            return intitules
    return []


def find_first_article(lignes: Sequence[Ligne]) -> int | None:
    """Give the rank of the first line that opens with the word « article » and a number, as a heading does."""
    return next((rang for rang, ligne in enumerate(lignes) if not ligne.bruit and _match_article(ligne)), None)


def looks_like_title(texte: str, *, suivante: Ligne | None = None) -> bool:
    """Say whether a line is a heading's words and not the start of a sentence."""
    if not 2 < len(texte) <= TITRE_MAXIMUM or texte[-1] in ";:,":
        return False
    if (not texte[0].isalpha() and texte[0] not in '«"') or _SOUS_NUMERO.match(texte):
        return False
    if _DEBUT_DE_PHRASE.match(texte) or _VERBE.search(texte):
        return False
    continue_plus_bas = suivante is not None and not suivante.apres_vide and suivante.texte[0].islower()
    return not continue_plus_bas


def _match_article(ligne: Ligne) -> re.Match[str] | None:
    trouve = _ARTICLE.match(ligne.texte)
    return None if not trouve or _SUITE_DE_PHRASE.match(trouve["suite"]) else trouve


def _find_articles(lignes: Sequence[Ligne], depart: int) -> list[Intitule]:
    rangs = [(rang, trouve) for rang in range(depart, len(lignes)) if (trouve := _match_article(lignes[rang]))]
    gardes = _keep_sequence(rangs, lambda couple: read_rang(couple[1]["numero"]))
    if not gardes:
        return []
    intitules = [_build(lignes, rang, _clean_numero(trouve), trouve.start("suite")) for rang, trouve in gardes]
    sommets = [(rang, str(read_rang(trouve["numero"])), 0) for rang, trouve in gardes]
    intitules = _merge(intitules, _find_subheadings(lignes, sommets, gardes[0][0]))
    return _merge(intitules, _find_groups(lignes, depart))


def _find_numbered(lignes: Sequence[Ligne], depart: int) -> list[Intitule]:
    depart = _first_numbered(lignes, depart)
    candidats = [couple for couple in _numbered_candidates(lignes, depart) if "." not in couple[1]]
    for numeration in (str.isdecimal, str.isalpha):
        sommets = _keep_sequence([c for c in candidats if numeration(c[1])], lambda couple: read_rang(couple[1]))
        if len(sommets) > 1 and read_rang(sommets[0][1]) == 1:
            intitules = [_build(lignes, rang, numero, debut) for rang, numero, debut in sommets]
            return _merge(intitules, _find_subheadings(lignes, sommets, depart))
    return [
        Intitule(groupe.numero, groupe.titre, groupe.rang, groupe.lignes)
        for groupe in _find_groups(lignes, depart)
        if groupe.titre
    ]


def _first_numbered(lignes: Sequence[Ligne], depart: int) -> int:
    """Give where the numbers start: before the body where it opens with a 2, for then the parties stand in the 1."""
    premier = next((numero for _, numero, _ in _numbered_candidates(lignes, depart)), "")
    if read_rang(premier) != 2:
        return depart
    return next((rang for rang, numero, _ in _numbered_candidates(lignes, 0) if numero in ("1", "I")), depart)


def _numbered_candidates(lignes: Sequence[Ligne], depart: int) -> Iterator[tuple[int, str, int]]:
    for rang in range(depart, len(lignes)):
        trouve = _NUMERO.fullmatch(lignes[rang].texte)
        if not trouve or lignes[rang].bruit:
            continue
        numero = (trouve["numero"] or trouve["nu"]).rstrip(".")
        nom = "suite" if trouve["suite"] else "suite_nue"
        suivante = lignes[rang + 1] if rang + 1 < len(lignes) else None
        longueur = SOUS_TITRE_MAXIMUM if "." in numero else TITRE_MAXIMUM
        if (
            trouve[nom][0].isupper()
            and len(trouve[nom]) <= longueur
            and looks_like_title(trouve[nom], suivante=suivante)
        ):
            yield rang, numero, trouve.start(nom)


def _find_subheadings(lignes: Sequence[Ligne], sommets: Sequence[tuple[int, str, int]], depart: int) -> list[Intitule]:
    """Give « 1.1. Champ » under « 1. Objet »: a number that goes on from its chapter's."""
    bornes = [rang for rang, _, _ in sommets]
    sous_titres = []
    for rang, numero, debut in _numbered_candidates(lignes, depart):
        dessus = bisect_left(bornes, rang) - 1
        if "." in numero and dessus >= 0 and numero.split(".")[0] == sommets[dessus][1]:
            sous_titres.append(_build(lignes, rang, numero, debut))
    return sous_titres


def _find_bare(lignes: Sequence[Ligne], depart: int) -> list[Intitule]:
    rangs = [rang for rang in range(depart, len(lignes)) if _is_bare_heading(lignes, rang)]
    if len(rangs) < SANS_NUMERO_MINIMUM:
        return []
    return [Intitule("", lignes[rang].texte.rstrip(" .:"), rang, 1) for rang in rangs]


def _is_bare_heading(lignes: Sequence[Ligne], rang: int) -> bool:
    texte = lignes[rang].texte
    suivante = lignes[rang + 1] if rang + 1 < len(lignes) else None
    if (
        lignes[rang].bruit
        or suivante is None
        or "\t" in texte
        or not looks_like_title(texte.rstrip(" :"), suivante=suivante)
    ):
        return False
    capitales = texte.isupper() and sum(map(str.isalpha, texte)) > 4
    if capitales:
        return classify_intitule(texte) is not TypeArticle.AUTRE or len(texte.split()) > 1
    separe = lignes[rang].apres_vide or lignes[rang - 1].texte[-1] in ".;"
    isole = separe and texte[-1] not in "." and len(texte) < 80 and not any(map(str.isdigit, texte))
    return isole and classify_intitule(texte) is not TypeArticle.AUTRE


def _find_groups(lignes: Sequence[Ligne], depart: int) -> list[Intitule]:
    """Give « TITRE II – Dispositions financières »: a heading over articles, no article itself."""
    groupes = []
    for rang in range(depart, len(lignes)):
        trouve = _TITRE.fullmatch(lignes[rang].texte)
        if trouve and not lignes[rang].bruit and not _SUITE_DE_PHRASE.match(trouve["suite"]):
            intitule = _build(lignes, rang, trouve["numero"], trouve.start("suite"))
            if intitule.corps is None:
                groupes.append(Intitule(intitule.numero, intitule.titre, rang, intitule.lignes, groupe=True))
    return groupes


def _build(lignes: Sequence[Ligne], rang: int, numero: str, debut: int) -> Intitule:
    """Read the title after the number, on its line or the next; a sentence there is already the body."""
    texte = lignes[rang].texte
    debut += len(_TIRET.match(texte[debut:])[0])  # type: ignore[index]  # the pattern matches the empty text
    suite = texte[debut:]
    suivante = next_line(lignes, rang)
    if not suite:
        titre = lignes[suivante].texte if suivante is not None else ""
        apres = next_line(lignes, suivante) if suivante is not None else None
        voisine = lignes[apres] if apres is not None else None
        if suivante is not None and voisine is not None and looks_like_title(titre, suivante=voisine):
            return Intitule(numero, _clean(titre), rang, suivante - rang + 1)
        return Intitule(numero, "", rang, 1)
    if looks_like_title(suite, suivante=lignes[suivante] if suivante is not None else None):
        return Intitule(numero, _clean(suite), rang, 1)
    continuee = _read_broken_title(lignes, rang, suite)
    if continuee:
        return Intitule(numero, _clean(continuee), rang, 2)
    if suite.endswith(":") and looks_like_title(suite.rstrip(" :")):
        return Intitule(numero, _clean(suite), rang, 1)
    return Intitule(numero, "", rang, 1, corps=debut)


def _read_broken_title(lignes: Sequence[Ligne], rang: int, suite: str) -> str | None:
    """Join a title broken over two lines: the second starts low, ends the paragraph and makes no sentence."""
    if rang + 2 >= len(lignes):
        return None
    seconde, apres = lignes[rang + 1], lignes[rang + 2]
    if seconde.apres_vide or not apres.apres_vide or not seconde.texte[0].islower() or seconde.texte[-1] in ".;:,":
        return None
    titre = f"{suite} {seconde.texte}"
    return titre if looks_like_title(titre) else None


def next_line(lignes: Sequence[Ligne], rang: int) -> int | None:
    """Give the rank of the next line that is not noise."""
    return next((suivant for suivant in range(rang + 1, len(lignes)) if not lignes[suivant].bruit), None)


def _keep_sequence(couples: Sequence[T], value: Callable[[T], int]) -> list[T]:
    """Drop the headings out of sequence (a quoted article) where the expected number comes later."""
    restants = Counter(value(couple) for couple in couples)
    gardes: list[T] = []
    attendu = None
    for couple in couples:
        numero = value(couple)
        restants[numero] -= 1
        if attendu is None or numero in (attendu, attendu - 1, 0) or not restants[attendu]:
            gardes.append(couple)
            attendu = (numero or attendu or 0) + 1
    return gardes


def _merge(intitules: list[Intitule], autres: list[Intitule]) -> list[Intitule]:
    pris = {intitule.rang for intitule in intitules}
    return sorted([*intitules, *(autre for autre in autres if autre.rang not in pris)], key=lambda i: i.rang)


def _clean_numero(trouve: re.Match[str]) -> str:
    """« 1ᵉʳ », « 1^{er} », « PREMIER » are all written « 1er »; another number stays as printed."""
    numero = trouve["numero"]
    if trouve["premier"] or numero.lower() in ("premier", "première") or (numero[0] == "I" and "er" in numero):
        return "1er"
    return numero


def read_rang(numero: str) -> int:
    """Give the rank that a number says: of « 2.1 » 2, of « IV » 4; 0 where it says none."""
    chiffres = _CHIFFRES.match(numero)
    if chiffres:
        return int(chiffres[0])
    if numero.lower() in ("premier", "première") or "er" in numero:
        return 1
    romain = numero.partition(" ")[0]
    if not romain or not set(romain) <= set(_ROMAINS):
        return 0
    valeurs = [_ROMAINS[lettre] for lettre in romain]
    suivantes = [*valeurs[1:], 0]
    return sum(-v if v < suivante else v for v, suivante in zip(valeurs, suivantes, strict=True))


def _clean(titre: str) -> str:
    return " ".join(titre.split()).rstrip(" .:")
