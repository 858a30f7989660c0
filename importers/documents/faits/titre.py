"""The title, the NOR, the reference and the nature of the act, from its header.

Each line of the header is of one kind: a rubric of the bulletin, a NOR, a date line (« Convention du 15-7-2024 »), an
issuer, a notice of publication, or words of the title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from importers.documents.lignes import Ligne
from importers.documents.passage import Etendue, squeeze
from importers.documents.releve import Releve
from portal.domain.dates import find_dates
from portal.domain.identifiers import NOR

TITRE_MAXIMUM = 500
"""The title of a text that has no header is its first line, cut at this length."""

ACTE = r"(?:conventions?|délégations?|chartes?|avenants?|protocoles?|contrats?|arrêtés?|décisions?|instructions?|autre(?: texte)?|lettre|résiliation|dénonciation)"
_EXPOSANT = re.compile(r"\^\{([^{}]{0,10})\}|\^(er|e|ère)\b")
_INTRODUCTION = re.compile(r"objet\s?:\s|\s?\bréf(?:érence)?s?\.?\s?:\s?\S+$", re.IGNORECASE)
_DATE = r"(?:\d{1,2}(?:er|ᵉʳ|\^\{?er\}?)?\s\w{3,9}\.?\s\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
_LIGNE_DE_DATE = re.compile(rf"(?:(?:autre texte|{ACTE}|texte) )?(?:du|en date du|le)\s{_DATE}\s?\.?", re.IGNORECASE)
_NOR = re.compile(r"n\.?o\.?r\.?\s?:", re.IGNORECASE)
_AVIS = re.compile(
    r"(?:jorf|j\.?o\.?(?:r\.?f\.?)?)\s?n°.*|journal officiel.*|texte n° ?\d+.*|(?:sur )?\d{1,3} sur \d{1,3}|eli ?:.*|version (?:initiale|pdf).*"
    r"|référence de publication.*|classement dans.*|boem .*|boc .*|pièces? jointes?.*|\(.{1,40}\)|textes? abrogés?.*|référence\(s\).*"
    r"|n°\s?\d{1,4} du .*|recueil.*|publi[ée]e? (?:le|au) .*|préfète?s?( .{0,60})?|préfecture.*|sommaire.*|république française|liberté.*|égalité.*|fraternité.*"
    r"|bulletin officiel.*|b\.?o\.? .{0,60}n°.*|ministère .{0,160}|direction .{0,160}|secrétariat général.{0,160}|rlr ?:.*|télécharger.*"
    r"|mots?-cl[ée]s.*|n° ?\d{2,3}-\d{4}-\d{3}|(?:R\d{2}|\d{2,3}|2[AB])-\d{4}-\d{2}-\d{2}-\d{5}.*|page \d+.*|æ|/|résumé.*|domaine.*|affaire suivie.*|section .{0,80}|bureau .{0,120}",
    re.IGNORECASE | re.DOTALL,
)
_RUBRIQUE = re.compile(
    r"(?:réglementation financière.*|conventions? de délégation(?:s)? de gestion(?: entre services)?|délégations? de gestion(?: entre services)?"
    r"|administration(?: générale)?|organisation générale|actes? divers|mesures? .{0,60}|textes? généraux|budget et finances?|conventions?)",
    re.IGNORECASE,
)
_EMETTEUR = re.compile(
    r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]{1,10}(?:\s?[–—-]\s?[A-ZÀ-Þ0-9][\w&]{0,10}(?:\s[A-Z0-9][\w-]{0,8}){0,4}){1,4}|[A-Z]{2,8}(?:\s[A-Z0-9-]{1,6}){0,4}"
)
_ACTE = re.compile(rf"\b{ACTE}\b", re.IGNORECASE)
_GESTION = re.compile(r"délégations? (?:de|et) gestion|gestion et (?:de )?délégation", re.IGNORECASE)
_OUVRE = re.compile(r"(?:convention|charte|avenant|délégation)s?\b.*\bgestion", re.IGNORECASE)
_SUITE = re.compile(
    r"(?:relati[fv]e?s?|portant|entre\b|pour\b|en vue|en matière|concernant|n°|du \d|en date|au titre|de gestion|de (?:la |l')?(?:délégation|convention)|et\b|à la\b|dans le cadre|modifi|à la gestion|valant)",
    re.IGNORECASE,
)
_INACHEVEE = re.compile(r"(?:\b(?:d[eu]s?|l[ae]s?|à|aux?|et|par|pour|en|sur)|')$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:(?:\bréf(?:érence)?s?\.?\s?:|\bréf\.|\b(?:convention|charte|délégation|acte|dossier)(?:\s(?!programmes?\b|bop\b|décret|arrêté|avenant|article|lot\b|marché)[\w'-]{1,20}){0,5}?\s(?:n°|no|numéro)\s?:?|^n°\s?:?)\s?)"
    r"(?P<reference>(?=[\w./-]{0,40}\d)[A-Z0-9][\w./-]{1,40}\w|\d{1,6})",
    re.IGNORECASE,
)
_NUMERO_SEUL = re.compile(r"n°\s?[\w./-]{1,40}", re.IGNORECASE)
_NUMERO_DE_RECUEIL = re.compile(r"(?<![\w-])(?:R\d{2}|\d{2,3}|2[AB])-\d{4}-\d{2}-\d{2}-\d{5}(?![\w-])")


class Genre(Enum):
    """The kind of a line of the header."""

    NOR = auto()
    DATE = auto()
    AVIS = auto()
    RUBRIQUE = auto()
    EMETTEUR = auto()
    TITRE = auto()


@dataclass(frozen=True, slots=True)
class _Paragraphe:
    """Consecutive lines of the header of one kind."""

    genre: Genre
    lignes: tuple[Ligne, ...]

    @property
    def texte(self) -> str:
        return " ".join(ligne.texte for ligne in self.lignes)

    @property
    def etendue(self) -> Etendue:
        return Etendue(self.lignes[0].debut, self.lignes[-1].fin)


def classify_ligne(texte: str) -> Genre:
    """Say what a line of the header is."""
    if _NOR.match(texte) or NOR.accepts(texte):
        return Genre.NOR
    if _LIGNE_DE_DATE.fullmatch(texte):
        return Genre.DATE
    if _RUBRIQUE.fullmatch(texte):
        return Genre.RUBRIQUE
    if _AVIS.fullmatch(texte) and not re.match(r"(?:convention|avenant|charte)", texte, re.IGNORECASE):
        return Genre.AVIS
    if _EMETTEUR.fullmatch(texte) and len(texte) < 60 and not _ACTE.search(texte):
        return Genre.EMETTEUR
    return Genre.TITRE


def read(releve: Releve) -> None:
    """Reads: plan.entete. Writes: titre, nor, reference."""
    entete = releve.plan.entete or releve.plan.preambule[:1] or releve.lignes[:1]
    paragraphes = _group(entete)
    choisis = _choose(paragraphes)
    if not choisis and entete:
        choisis = [_Paragraphe(Genre.TITRE, (entete[0],))]
    if choisis:
        lieu = Etendue(choisis[0].etendue.debut, choisis[-1].etendue.fin)
        releve.record(lieu, titre=clean_titre(releve.texte[lieu.debut : lieu.fin], choisis, releve.texte))
    _read_nor(releve)
    _read_reference(releve)


def clean_titre(brut: str, choisis: Sequence[_Paragraphe], texte: str) -> str:
    """Give the words of the title on one line, its exponents set straight (« 1^{er} » gives « 1er »)."""
    morceaux = [squeeze(texte[ligne.debut : ligne.fin]) for paragraphe in choisis for ligne in paragraphe.lignes]
    titre = _INTRODUCTION.sub(
        "", _EXPOSANT.sub(lambda trouve: trouve[1] or trouve[2] or "", " ".join(morceaux)).replace("ᵉʳ", "er")
    )
    return titre[:TITRE_MAXIMUM].strip(" .:;,")


def _group(lignes: Sequence[Ligne]) -> list[_Paragraphe]:
    groupes: list[list[Ligne]] = []
    genres: list[Genre] = []
    for ligne, suivante in zip_longest(lignes, lignes[1:]):
        genre = classify_ligne(ligne.texte)
        # « CONVENTION DE DÉLÉGATION DE GESTION » over « relative à… » is no rubric of the bulletin.
        if genre is Genre.RUBRIQUE and suivante and _SUITE.match(suivante.texte):
            genre = Genre.TITRE
        suite = (
            bool(genres)
            and genres[-1] is Genre.TITRE
            and not ligne.apres_vide
            and genre is not Genre.NOR
            and genre is not Genre.DATE
        )
        ouvre = suite and _OUVRE.match(ligne.texte) and not _ACTE.search(groupes[-1][-1].texte)
        inachevee = suite and _INACHEVEE.search(groupes[-1][-1].texte)
        if suite and not ouvre and (genre is Genre.TITRE or inachevee or _SUITE.match(ligne.texte)):
            groupes[-1].append(ligne)
        else:
            groupes.append([ligne])
            genres.append(genre)
    return [_Paragraphe(genre, tuple(groupe)) for genre, groupe in zip(genres, groupes, strict=True)]


def _choose(paragraphes: Sequence[_Paragraphe]) -> list[_Paragraphe]:
    """Choose the paragraphs of the title: those before the NOR where a bulletin puts it after, else the act's first."""
    rang_nor = next((rang for rang, p in enumerate(paragraphes) if p.genre is Genre.NOR), None)
    avant = [p for p in paragraphes[:rang_nor] if p.genre is Genre.TITRE] if rang_nor else []
    if avant:
        actes = [p for p in avant if _ACTE.search(p.texte)]
        return _extend(paragraphes, actes[-1] if actes and not _is_rubric_above(paragraphes, avant) else avant[-1])
    titres = [p for p in paragraphes if p.genre is Genre.TITRE]
    gestion = [p for p in titres if _GESTION.search(p.texte)]
    # « Objet : délégation de gestion pour… » stands under the title, where there is one.
    gestion = [p for p in gestion if not _INTRODUCTION.match(p.texte)] or gestion
    actes = gestion or [p for p in titres if _ACTE.search(p.texte)]
    autres = [p for p in paragraphes if p.genre in (Genre.DATE, Genre.RUBRIQUE) and _ACTE.search(p.texte)]
    # The title stands last, right above the act; what a recueil prints higher up names it too.
    choisi = gestion[-1] if gestion else next(iter(actes or autres or titres), None)
    return _extend(paragraphes, choisi) if choisi else []


def _is_rubric_above(paragraphes: Sequence[_Paragraphe], avant: Sequence[_Paragraphe]) -> bool:
    """Say whether a rubric of the bulletin names the act, so that the title may not (« Exécution financière »)."""
    rang = paragraphes.index(avant[-1])
    return any(p.genre is Genre.RUBRIQUE for p in paragraphes[:rang])


def _extend(paragraphes: Sequence[_Paragraphe], choisi: _Paragraphe) -> list[_Paragraphe]:
    """Add the paragraphs that go on with the title (« relative à la gestion… »)."""
    rang = paragraphes.index(choisi)
    suite = [*_head_above(paragraphes, rang), choisi]
    for paragraphe in paragraphes[rang + 1 :]:
        coupe = paragraphe.texte[0].islower() or _INACHEVEE.search(suite[-1].texte)
        if paragraphe.genre not in (Genre.TITRE, Genre.AVIS) or not (coupe or _SUITE.match(paragraphe.texte)):
            break
        suite.append(paragraphe)
    # The number of the act is of its title where words of the title come after it.
    while len(suite) > 1 and _NUMERO_SEUL.fullmatch(suite[-1].texte):
        suite.pop()
    return suite


def _head_above(paragraphes: Sequence[_Paragraphe], rang: int) -> list[_Paragraphe]:
    """Give the words that name the act above the rest of its title (« AVENANT N° 2 », « à la convention… »)."""
    tete: list[_Paragraphe] = []
    while rang and _SUITE.match(paragraphes[rang].texte):
        rang -= 1
        dessus = paragraphes[rang]
        if dessus.genre is not Genre.TITRE and not re.fullmatch(ACTE, dessus.texte, re.IGNORECASE):
            break
        if not (_ACTE.search(dessus.texte) or _SUITE.match(dessus.texte)):
            break
        tete.insert(0, dessus)
    return tete if tete and _ACTE.search(tete[0].texte) else []


def _read_nor(releve: Releve) -> None:
    """Read the first NOR of the header, spaced or not; one cited further down, or inside the title, is another act's."""
    titre = releve.lieux.get("titre")
    for ligne in _header_lines(releve):
        for debut, fin, code in NOR.find(ligne.texte):
            lieu = Etendue(ligne.debut + debut, ligne.debut + fin)
            cite = re.search(r"\w.*\([^()]*$", ligne.texte[:debut])
            if not cite and not (titre and titre.debut < lieu.debut and lieu.fin < titre.fin):
                releve.record(lieu, nor=code)
                return


def _read_reference(releve: Releve) -> None:
    """Read the number that the act bears in its header; that of the convention which an avenant changes is not its own."""
    avenant = False
    for ligne in _header_lines(releve):
        if _AVIS.fullmatch(ligne.texte) and not _NUMERO_DE_RECUEIL.search(ligne.texte):
            continue
        trouve = _REFERENCE.search(ligne.texte)
        avenant = avenant or bool(re.search(r"\bavenant\b", ligne.texte, re.IGNORECASE))
        propre = trouve and (not avenant or trouve[0].lower().startswith("réf"))
        recueil = trouve and re.fullmatch(r"\d{2,3}-\d{4}-\d{3}", trouve["reference"])
        if trouve and propre and not recueil and not next(find_dates(trouve["reference"]), None):
            lieu = Etendue(ligne.debut + trouve.start("reference"), ligne.debut + trouve.end("reference"))
            releve.record(lieu, reference=trouve["reference"].strip("."))
            return
    for ligne in _header_lines(releve):
        numero = _NUMERO_DE_RECUEIL.search(ligne.texte)
        if numero:
            releve.record(Etendue(ligne.debut + numero.start(), ligne.debut + numero.end()), reference=numero[0])
            return


def _header_lines(releve: Releve) -> Iterator[Ligne]:
    """Yield the lines of the header, noise of the page included: a bulletin prints its numbers there."""
    entete = releve.plan.entete
    fin = entete[-1].fin if entete else 0
    yield from (ligne for ligne in releve.lignes if ligne.fin <= fin)
