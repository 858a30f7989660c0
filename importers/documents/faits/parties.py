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
_TETE = re.compile(
    rf"(?<!\bde\s)(?<!\bpar\s)(?<!\bpour\s)(?:l[ea]s?\s|l'|(?<=\bau\s)|(?<=\baux\s))(?:{SERVICE}|{FONCTION})\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[(,]\s?(?:ci-après\s)?(?:(?:dé)?nommée?s?\s|désignée?s?\s)?«?\s?(?:l[ea]s?\s)?(?:co-?)?délég(?:ant|ataire)e?s?\s?[»)]",
    re.IGNORECASE,
)
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
    """Read « la DGAL, ci-après « le délégant », confie à la DDPP (délégataire) la… »: each side by the word put after it."""
    for lignes in (releve.plan.preambule, *(partie.lignes for partie in releve.plan.articles[:2])):
        passage = releve.passage(lignes)
        lecteur = Lecteur(passage)
        for debut, fin in islice(find_phrases(passage), PHRASES_MAXIMUM):
            for label in _LABEL.finditer(passage.texte, debut, fin):
                tetes = [tete.start() for tete in _TETE.finditer(passage.texte, debut, label.start())]
                if tetes:
                    # The service named last before its label, that is no part of another's name.
                    lecteur.read_piece(tetes[-1], label.end())
                    debut = label.end()
        if {partie.role for partie in lecteur.parties} == set(Role):
            return lecteur.parties
    return []


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
