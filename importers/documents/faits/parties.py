"""The parties, from the block that names them; else from the sentence that binds them, a letter's head, or the title."""

import re
from collections.abc import Iterator
from itertools import islice

from importers.documents.faits.parties_bloc import Lecteur, PartieLue, build_partie, is_head, read_bloc
from importers.documents.noms import SERVICE, find_designation, read_role
from importers.documents.passage import Passage
from importers.documents.personnes import FONCTION
from importers.documents.phrases import find_phrases
from importers.documents.releve import Releve
from portal.domain.convention import Role

_RELATIF = re.compile(
    r"\s(?:relati[fv]e?s?|portant|pour l[ea]|dans le cadre|concernant|en vue|au titre|en matière|du \d{1,2}|sur l[ea]s?)\b",
    re.IGNORECASE,
)
_JE_CONFIE = re.compile(r"\bje (?:vous (?:confie|délègue)|(?:vous )?donne délégation)\b", re.IGNORECASE)
_CIVILITE = re.compile(r"(?:madame|monsieur|mesdames|messieurs)\s(?=l[ea]s?\s|l')", re.IGNORECASE)
_ENTRE_TITRE = re.compile(
    r"\bentre\s(?P<premiere>.{3,300}?)\set\s(?P<seconde>(?:l[ea]s?\s|l').{3,300})$", re.IGNORECASE
)
_QUI = rf"(?:l[ea]s?\s|l')(?:{SERVICE}|{FONCTION})\b"
_CONFIE = re.compile(
    rf"(?P<delegant>{_QUI}.{{3,400}}?)\s(?:confie|délègue|donne délégation|charge)\b.{{0,200}}?"
    rf"\b(?:à\s|au\s|aux\s)?(?P<delegataire>(?:l[ea]s?\s|l'|(?<=au\s)|(?<=aux\s))(?:{SERVICE}|{FONCTION})\b.{{3,400}}?"
    r"(?:co-?)?délégataires?\b\s?[»)\"]?)",
    re.IGNORECASE,
)
_TETE = re.compile(rf"(?<!\bde\s)(?<!\bpar\s)(?<!\bpour\s){_QUI}", re.IGNORECASE)
_DELEGANT = re.compile(r"[(,«]\s?(?:l[ea]s?\s)?délégante?s?\b", re.IGNORECASE)
_COTE = re.compile(
    r"(?:(?:désignation|identification) (?:du |des )?)?(?:l[ea]s? )?(?:services? |parties? |autorités? )?(?:co-?)?délég(?:ant|ataire)e?s?",
    re.IGNORECASE,
)
_ANNONCE = re.compile(r".{0,250}?\b(?:est|sont)\s?:?\s", re.IGNORECASE)
ARTICLES_DE_PARTIES = 4
"""The parties stand in the first articles."""

PHRASES_MAXIMUM = 20
"""The sentence that binds the parties is one of the first."""


def read(releve: Releve) -> None:
    """Reads: plan, titre. Writes: parties."""
    lues = (
        read_bloc(releve, releve.plan.parties)
        or _read_articles(releve)
        or _read_sentence(releve)
        or list(_read_letter(releve))
        or list(_read_title(releve))
    )
    releve.record(parties=tuple(build_partie(partie) for partie in lues))
    for rang, partie in enumerate(lues):
        lieu = partie.passage.span(partie.debut, partie.fin)
        releve.locate(f"parties[{rang}]", lieu)
        releve.locate(f"parties[{rang}].nom", lieu)


def _read_articles(releve: Releve) -> list[PartieLue]:
    """Read articles that name the parties, each side under its heading (« Services délégants », « Service délégataire »)."""
    lues: list[PartieLue] = []
    for partie, passage in zip(releve.plan.articles[:ARTICLES_DE_PARTIES], releve.corps, strict=False):
        if not _COTE.fullmatch(partie.intitule.titre):
            continue
        annonce = _ANNONCE.match(passage.texte)
        bloc = read_bloc(releve, partie.lignes, read_role(partie.intitule.titre), annonce.end() if annonce else 0)
        for lue in bloc:
            lue.designation = lue.designation or find_designation(annonce[0] if annonce else "")
        lues += bloc
    return lues if {lue.role for lue in lues} == set(Role) else []


def _read_sentence(releve: Releve) -> list[PartieLue]:
    """Read « la DGAL, ci-après « le délégant », confie à la DDPP (délégataire) la… »: both sides, each with its word."""
    for lignes in (releve.plan.preambule, *(partie.lignes for partie in releve.plan.articles[:2])):
        passage = releve.passage(lignes)
        for debut, fin in islice(find_phrases(passage), PHRASES_MAXIMUM):
            trouve = _CONFIE.search(passage.texte, debut, fin)
            if not trouve or not _DELEGANT.search(trouve["delegant"]):
                continue
            lecteur = Lecteur(passage)
            lecteur.read_piece(_find_subject(passage.texte, *trouve.span("delegant")), trouve.end("delegant"))
            lecteur.read_piece(*trouve.span("delegataire"))
            if {partie.role for partie in lecteur.parties} == set(Role):
                return lecteur.parties
    return []


def _find_subject(texte: str, debut: int, fin: int) -> int:
    """Give where the name of the délégant starts: the last service named before its label that is not part of another's."""
    label = _DELEGANT.search(texte, debut, fin)
    tetes = [tete.start() for tete in _TETE.finditer(texte, debut, label.start() if label else fin)]
    return tetes[-1] if tetes else debut


def _read_letter(releve: Releve) -> Iterator[PartieLue]:
    """Read a letter: who writes, « à », who gets it; « je vous confie » says which side each is on."""
    entete = releve.plan.entete
    rang = next((rang for rang, ligne in enumerate(entete) if ligne.texte.casefold() == "à"), 0)
    if not 0 < rang < len(entete) - 1:
        return
    confie = _JE_CONFIE.search(releve.texte)
    for place, role in ((rang - 1, Role.DELEGANT), (rang + 1, Role.DELEGATAIRE)):
        passage = releve.passage([entete[place]])
        civilite = _CIVILITE.match(passage.texte)
        debut = civilite.end() if civilite else 0
        if is_head(passage.texte[debut:]):
            yield PartieLue(passage, debut, len(passage.texte.rstrip(" ,;")), role if confie else None)


def _read_title(releve: Releve) -> Iterator[PartieLue]:
    """Read « … entre la DGCS et la DNUM » in the title: two services, whose roles it does not say."""
    lieu = releve.lieux.get("titre")
    passage = Passage.of(releve.texte, [lieu] if lieu else [])
    trouve = _ENTRE_TITRE.search(passage.texte)
    if not trouve:
        return
    for nom in ("premiere", "seconde"):
        coupe = _RELATIF.search(trouve[nom])
        fin = trouve.start(nom) + (coupe.start() if coupe else len(trouve[nom]))
        if is_head(passage.texte[trouve.start(nom) : fin]):
            yield PartieLue(passage, trouve.start(nom), fin)
    releve.inform("P4", "Les parties sont lues dans le titre, qui ne dit pas leur rôle.", lieu, "parties")
